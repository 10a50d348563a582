"""A page of a publication in « Le recueil », and addresses that lead nowhere."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from index import IndexVersion, Searcher
from tests.assistant.making import Bilingual
from tests.index.making import PATENTS, VISITORS, flip
from tests.ui.chat_fakes import shown
from tests.ui.guide_fakes import CHAPTER, Reader, assistant, at, links, passage_of, reader, root, titles

__all__ = ["assistant", "root"]


def test_a_page_has_its_image_its_text_and_the_pages_around_it(assistant: Reader):
    wanted = passage_of(assistant, PATENTS[0])
    page = at(assistant, **CHAPTER, page="2", passage=wanted.id)
    html = shown(page)
    assert titles(html) == ["I. Bonnes pratiques, p. 2 · page 2 du PDF"]
    (image,) = page.get("image")
    assert image.proto.imgs[0].alt == "Page 2 du PDF « I. Bonnes pratiques », la citation surlignée en jaune"
    assert PATENTS[1] in html
    assert VISITORS[0] not in html
    assert {address["page"] for address in links(html, "Page précédente")} == {"1"}
    assert {address["page"] for address in links(html, "Page suivante")} == {"3"}
    assert links(html, "Veille sur les brevets")[0]["section"]


def test_a_page_without_the_passage_has_no_highlight(assistant: Reader):
    page = at(assistant, **CHAPTER, page="1", passage=passage_of(assistant, PATENTS[0]).id)
    assert page.get("image")[0].proto.imgs[0].alt == "Page 1 du PDF « I. Bonnes pratiques »"
    assert not links(shown(page), "Page précédente")


def test_only_the_page_in_view_is_drawn(assistant: Reader, monkeypatch: pytest.MonkeyPatch):
    drawn = []
    st.cache_data.clear()
    monkeypatch.setattr("ui.chat.page_image.render_page", lambda path, page, *_: drawn.append(page) or PIXEL)
    at(assistant, **CHAPTER, page="2").run()
    assert drawn == [2]
    st.cache_data.clear()


def test_a_page_without_text_says_so(assistant: Reader):
    assert "aucun texte sur cette page" in shown(at(assistant, publication="ailleurs", page="2"))


def test_a_page_whose_file_is_gone_keeps_its_text(root: Path, tmp_path: Path):
    st.cache_resource.clear()
    moved = reader(Path(shutil.copytree(root, tmp_path / "index")))
    manifest = moved.searcher.version.manifest
    lost = tuple(replace(p, path=str(tmp_path / "absent.pdf")) for p in manifest.publications)
    moved.searcher.version.manifest = replace(manifest, publications=lost)
    page = at(moved, **CHAPTER, page="2")
    assert "n’est plus à sa place" in shown(page)
    assert PATENTS[0] in shown(page)
    assert not page.get("image")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"publication": "absente"}, "Cette publication n’est pas, ou n’est plus, dans le recueil."),
        (CHAPTER | {"section": "absente"}, "Cette section n’existe pas"),
        (CHAPTER | {"passage": "absent"}, "Cette section n’existe pas"),
        (CHAPTER | {"page": "4"}, "Cette publication n’a pas de page 4."),
    ],
)
def test_an_address_out_of_date_is_said_over_the_list(assistant: Reader, address: dict[str, str], said: str):
    html = shown(at(assistant, **address))
    assert said in html
    assert titles(html) == ["Le guide d’essai"]


@pytest.mark.parametrize("page", ["-1", "0", "deux", "1e3", "²", "9999999999"])
def test_a_page_that_is_no_number_is_not_given(assistant: Reader, page: str):
    assert titles(shown(at(assistant, **CHAPTER, page=page))) == ["I. Bonnes pratiques"]


def test_the_interface_speaks_english(assistant: Reader):
    page = at(assistant, "en", q="brevets")
    assert page.text_input[0].label == "Search the guide"
    assert "Results for “brevets”" in shown(page)
    html = shown(at(assistant, "en", **CHAPTER, page="2"))
    assert "p. 2 · page 2 of the PDF" in html
    assert links(html, "Next page")
    assert "Contents</h2>" in shown(at(assistant, "en", **CHAPTER))


def test_a_damaged_file_is_explained(root: Path, tmp_path: Path):
    st.cache_resource.clear()
    copied = Path(shutil.copytree(root, tmp_path / "index"))
    version = IndexVersion(copied)
    broken = Reader(Searcher(version, Bilingual()))
    flip(copied / "versions" / version.manifest.name / "passages.jsonl", 0)
    html = shown(at(broken, **CHAPTER))
    assert "vigie-failure" in html
    assert "vigie index build" in html


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
