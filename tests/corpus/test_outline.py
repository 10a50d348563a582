"""The structure a file declares, read with pdfium: the same as pypdf's, its second witness, on every public file."""

import logging
from collections.abc import Iterator

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import NameObject

from corpus.outline import Heading, Structure, read_structure
from tests.corpus.makers import GUIDE, SHARED, edited
from tests.support import write_pdf

_ABSENT = pytest.mark.skip(reason=f"{SHARED / 'french'} is absent: the real PDFs are kept beside the project")
GUIDE_FILES = sorted(GUIDE.glob("*.pdf"))
FRENCH_FILES = sorted((SHARED / "french").glob("*.pdf")) or [pytest.param(None, marks=_ABSENT)]

on_every_file = pytest.mark.parametrize(
    "path", [*GUIDE_FILES, *FRENCH_FILES], ids=lambda path: path.stem[:40] if path else "french"
)


def structure(path) -> Structure:
    with pdfium.PdfDocument(path) as pdf:
        return read_structure(pdf)


@pytest.fixture(autouse=True)
def quiet_pypdf(monkeypatch):
    """It tells of every repair, which is not what is judged here."""
    monkeypatch.setattr(logging.getLogger("pypdf"), "disabled", True)


def pypdf_entries(reader: PdfReader, items, level: int = 0) -> Iterator[tuple[str, int, int]]:
    for item in items:
        if isinstance(item, list):
            yield from pypdf_entries(reader, item, level + 1)
        else:
            page = reader.get_destination_page_number(item)
            if page is not None and printable(item.title):
                yield printable(item.title), level, page + 1


def printable(text: str) -> str:
    """A title without its control characters, which pypdf leaves out or turns into others."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@on_every_file
def test_the_outline_is_that_of_pypdf(path):
    reader = PdfReader(path)
    found = [(printable(h.title), h.level, h.page) for h in structure(path).headings]
    assert found == list(pypdf_entries(reader, reader.outline))


@on_every_file
def test_the_labels_are_those_of_pypdf(path):
    """Where a file declares none, pypdf numbers the pages."""
    reader = PdfReader(path)
    declared = "/PageLabels" in reader.root_object
    assert structure(path).labels == (tuple(reader.page_labels) if declared else ())


@on_every_file
def test_the_title_is_that_of_pypdf(path):
    metadata = PdfReader(path).metadata
    assert structure(path).title == printable((metadata and metadata.title) or "")


def test_every_file_of_the_guide_has_an_outline_to_compare():
    assert len(GUIDE_FILES) == 8
    assert all(structure(path).headings for path in GUIDE_FILES)


def outlined(path, change) -> Structure:
    return structure(edited(write_pdf(path, ["Un.", "Deux.", "Trois."]), change))


def test_a_heading_knows_its_level_and_page(tmp_path):
    def outline(writer: PdfWriter) -> None:
        part = writer.add_outline_item(title="Sécurité", page_number=0)
        chapter = writer.add_outline_item(title="Les visiteurs", page_number=1, parent=part)
        writer.add_outline_item(title="Le badge", page_number=1, parent=chapter)
        writer.add_outline_item(title="Influence", page_number=2)

    assert outlined(tmp_path / "a.pdf", outline).headings == (
        Heading("Sécurité", 0, 1),
        Heading("Les visiteurs", 1, 2),
        Heading("Le badge", 2, 2),
        Heading("Influence", 0, 3),
    )


@pytest.mark.parametrize("title", ["  Les \n visiteurs ", "Les\u00a0visiteurs", "Les\tvisiteurs"])
def test_the_blanks_of_a_title_are_folded(tmp_path, title):
    headings = outlined(tmp_path / "a.pdf", lambda writer: writer.add_outline_item(title=title, page_number=0)).headings
    assert [heading.title for heading in headings] == ["Les visiteurs"]


def test_an_entry_without_a_title_is_left_out(tmp_path):
    def outline(writer: PdfWriter) -> None:
        writer.add_outline_item(title="  ", page_number=0)
        writer.add_outline_item(title="Influence", page_number=1)

    assert outlined(tmp_path / "a.pdf", outline).headings == (Heading("Influence", 0, 2),)


def test_an_entry_that_leads_nowhere_is_left_out(tmp_path):
    def outline(writer: PdfWriter) -> None:
        lost = writer.add_outline_item(title="Perdu", page_number=0).get_object()
        for key in ("/A", "/Dest"):
            lost.pop(NameObject(key), None)
        writer.add_outline_item(title="Influence", page_number=1)

    assert outlined(tmp_path / "a.pdf", outline).headings == (Heading("Influence", 0, 2),)


def test_an_outline_that_goes_round_in_circles_is_read_once(tmp_path):
    def outline(writer: PdfWriter) -> None:
        first = writer.add_outline_item(title="Un", page_number=0)
        second = writer.add_outline_item(title="Deux", page_number=1)
        second.get_object()[NameObject("/Next")] = first

    assert [heading.title for heading in outlined(tmp_path / "a.pdf", outline).headings] == ["Un", "Deux"]


def test_pages_have_their_printed_labels(tmp_path):
    def number(writer: PdfWriter) -> None:
        writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN, start=4)
        writer.set_page_label(1, 2, style=PageLabelStyle.DECIMAL, prefix="A-")

    assert outlined(tmp_path / "a.pdf", number).labels == ("iv", "A-1", "A-2")


def test_a_file_that_declares_nothing_has_no_structure(tmp_path):
    assert structure(write_pdf(tmp_path / "a.pdf", ["Un."])) == Structure()
