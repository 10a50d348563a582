"""A small corpus with a guide, its real index, and the page « Le recueil » run on it; `root`, `assistant`: fixtures."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from corpus import Catalogue, Guide, Passage, Pillar, Publication
from index import Filters, IndexVersion, Searcher, SearchResult
from tests.assistant.making import Bilingual
from tests.index.making import build_catalogue, guide_pdf, note_pdf
from tests.support import write_pdf

GUIDE = Guide(
    "g", "Le guide d’essai", "Pôle", "2026", "Recueil", "Ceci est une démonstration.", True,
    (Pillar("veille", "Veille", "Chercher"), Pillar("vide", "Sans publication")),
)  # fmt: skip
CHAPTER = {"publication": "chapitre"}  # the address of one of its publications
HOSTILE = "<img src=x onerror=alert(1)> & [x](javascript:alert(1))"


def indexed_guide(folder: Path) -> Path:
    """The index of a chapter under a pillar, a chapter without one, and a publication apart. No file holds the last."""
    files = [
        Publication("chapitre", "I. Bonnes pratiques", guide_pdf(folder / "a.pdf"), "chapitre", "g", "Pôle", "2026-11",
                    pillar="veille"),
        Publication("annexe", "Annexe", note_pdf(folder / "b.pdf", "Une annexe sans aucun titre de section."),
                    "annexe", "g"),
        Publication("ailleurs", HOSTILE, write_pdf(folder / "c.pdf", ["Une note venue d’ailleurs sur les salons.", ""]),
                    "ailleurs"),
    ]  # fmt: skip
    build_catalogue(Catalogue(tuple(files), (GUIDE,)), folder / "index", Bilingual())
    return folder / "index"


class CountingSearcher(Searcher):
    """Remembers what it was asked."""

    def __init__(self, version: IndexVersion) -> None:
        super().__init__(version, Bilingual())
        self.asked: list[tuple[str, Filters | None]] = []

    def search(self, question: str, k: int, filters: Filters | None = None) -> SearchResult:
        self.asked.append((question, filters))
        return super().search(question, k, filters)


@dataclass
class Reader:
    """What the page asks of an assistant."""

    searcher: Any
    settings: Any = field(default=None)


def reader(root: Path) -> Reader:
    return Reader(CountingSearcher(IndexVersion(root)))


def _page(assistant):
    from ui.guide.page import show_guide_page

    show_guide_page(assistant)


def at(assistant: Any, language: str = "fr", **address: str) -> AppTest:
    """The page at an address."""
    page = AppTest.from_function(_page, args=(assistant,), default_timeout=30)
    page.query_params.update(address)
    page.session_state["interface"] = language
    return page.run()


def links(shown: str, label: str) -> list[dict[str, str]]:
    """The addresses that a label, plain or said to screen readers, leads to."""
    return [
        dict(parse_qsl(html.unescape(link.split('"', 1)[0])))
        for link in shown.split('<a class="vigie-go" href="?')[1:]
        if label in link.split("</a>", 1)[0]
    ]


def titles(shown: str) -> Sequence[str]:
    """The page's own headings of the first level."""
    return [html.unescape(part.split("</h1>")[0].split(">", 1)[1]) for part in shown.split("<h1")[1:]]


def passage_of(assistant: Reader, text: str) -> Passage:
    """The first passage with this text."""
    store = assistant.searcher.version.passages
    return next(store[row] for row in range(len(store)) if text in store[row].text)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed_guide(tmp_path_factory.mktemp("guide"))


@pytest.fixture
def assistant(root: Path) -> Reader:
    st.cache_resource.clear()
    return reader(root)
