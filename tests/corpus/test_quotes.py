"""Each quote that Vigie could show is on its page, as an independent reader (poppler) sees it."""

import functools
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from corpus import Document
from tests.corpus.makers import GUIDE, SHARED, letters, letters_by_page, read

CHAPTERS = sorted(GUIDE.glob("*.pdf"))
FRENCH = SHARED / "french"


@functools.cache
def document(path: Path) -> Document:
    return read(path)


@functools.cache
def poppler_pages(path: Path) -> list[str]:
    """Letters and digits of each page, in the order of its content."""
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is missing: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return [letters(page) for page in done.stdout.decode().split("\f")]


def strange_quotes(path: Path) -> tuple[list[str], int]:
    """The sentences of which a page's part is not on that page, and how many sentences there are."""
    strange, count = [], 0
    for passage in document(path).passages:
        for start, end in passage.sentences:
            count += 1
            parts = letters_by_page(passage, start, end)
            if any(part not in poppler_pages(path)[page - 1] for page, part in parts.items()):
                strange.append(f"p. {'-'.join(map(str, parts))}: {passage.text[start:end]}")
    return strange, count


def words(text: str) -> set[str]:
    """Words and hyphenated compounds, note calls left out."""
    plain = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", " ", text)
    return set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", unicodedata.normalize("NFKC", plain).casefold()))


def test_the_comparison_sees_a_wrong_letter():
    words = poppler_pages(CHAPTERS[0])[-2]
    assert words[:40] in words
    assert words[:20] + "0" + words[20:40] not in words


def test_all_eight_chapters_are_there():
    assert len(CHAPTERS) == 8


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_every_quote_of_the_shipped_guide_is_on_its_page(path):
    strange, count = strange_quotes(path)
    assert count > 50
    assert strange == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_the_shipped_guide_has_no_unreadable_page(path):
    assert document(path).unreadable_pages == ()


def read_words(path: Path) -> set[str]:
    return words(" ".join(" ".join((passage.text, *passage.section)) for passage in document(path).passages))


def source_words(path: Path) -> set[str]:
    """Those of the Markdown that the chapter was typeset from, less its title, which no passage repeats."""
    source = (GUIDE / "source" / f"{path.stem}.md").read_text("utf-8").replace("::: encadre", "")
    return words(re.sub(r"^# .*", "", source, flags=re.M))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_no_word_of_the_guide_s_source_is_lost_or_misspelt(path):
    """« sous vingt- / quatre heures » read as « vingtquatre » would lose « vingt-quatre »."""
    assert source_words(path) - read_words(path) == set()


@pytest.mark.parametrize("path", CHAPTERS[1:], ids=lambda p: p.stem)
def test_no_word_is_read_that_the_guide_s_source_has_not(path):
    titles = words(" ".join(" ".join(passage.section) for passage in document(path).passages))
    assert read_words(path) - source_words(path) - titles == set()


def test_the_guide_s_contents_pages_are_in_no_passage():
    """The preface's contents name the practices of all chapters; the preface's text does not."""
    contents = [
        p for p in document(CHAPTERS[0]).passages if "Pratique n°" in p.text and p.text.count("Pratique n°") > 2
    ]
    assert [passage.text for passage in contents] == []


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("MiNumEco__guide-de-bonnes-pratiques-numerique-responsable-version-1.pdf", 0.001),
        ("MiNumEco__referentiel_general_ecoconception_des_services_numeriques_version_2024.pdf", 0.001),
        ("unstructured__fr_olap.pdf", 0.001),
    ],
)
def test_quotes_of_real_documents_are_on_their_pages(name, share):
    """One in a thousand: RGESN reads a cell into its neighbour's sentence (p. 11, 1 of 1559); in the guide it is
    poppler that gives a margin tab in the middle of a sentence (p. 89, 1 of 2231)."""
    path = FRENCH / name
    if not path.exists():
        pytest.skip(f"{path} is absent: the real PDFs are kept beside the project")
    strange, count = strange_quotes(path)
    assert len(strange) <= share * count, strange
