"""Passages under a heading: all of it, and nothing beside it."""

import re

import numpy as np
import pytest

from index import Filters, IndexVersion, Searcher, analyse, rows_under
from tests.index.making import build
from tests.support import HashEmbedder, write_pdf

PAGES = (
    ("Pratique n° 1 – Accueillir", ("Les visiteurs portent un badge visible dans les laboratoires.",)),
    ("Pratique n° 2 – Surveiller", ("La veille suit les brevets.", "Voir aussi la pratique n° 1 sur les badges.")),
    ("Pratique n° 12 – Partir", ("Un ordinateur de prêt part en mission.",)),
)


@pytest.fixture(scope="module")
def version(tmp_path_factory) -> IndexVersion:
    folder = tmp_path_factory.mktemp("headings")
    (folder / "corpus").mkdir()
    pages = [[(60, 760, 18, title), *((60, 700 - 40 * n, 11, text) for n, text in enumerate(texts))]
             for title, texts in PAGES]  # fmt: skip
    write_pdf(folder / "corpus" / "recueil.pdf", pages)
    build(folder / "corpus", folder / "index", HashEmbedder())
    return IndexVersion(folder / "index")


def under(version: IndexVersion, number: int) -> set[str]:
    heading = re.compile(rf"Pratique n° {number}\b")
    rows = rows_under(version, list(analyse(f"pratique {number}")), lambda title: bool(heading.match(title)))
    assert rows.tolist() == sorted(set(rows.tolist()))
    return {version.passages[row].section[-1] for row in rows.tolist()}


@pytest.mark.parametrize(("number", "title"), [(1, PAGES[0][0]), (2, PAGES[1][0]), (12, PAGES[2][0])])
def test_the_passages_of_a_heading_are_found(version, number, title):
    assert under(version, number) == {title}


def test_all_its_passages_are_found(version):
    wanted = [row for row in range(len(version.passages)) if version.passages[row].section == (PAGES[1][0],)]
    rows = rows_under(version, list(analyse("pratique 2")), lambda title: title == PAGES[1][0])
    assert rows.tolist() == wanted


@pytest.mark.parametrize("words", [[], ["pratiqu", "99"], ["zzz"]])
def test_a_heading_that_no_passage_has_is_nowhere(version, words):
    assert rows_under(version, words, lambda _: True).tolist() == []


def test_a_search_within_rows_finds_nothing_else(version):
    searcher = Searcher(version, HashEmbedder())
    rows = np.array([len(version.passages) - 1])
    for filters in (None, Filters(publications=frozenset({"recueil"}))):
        found = searcher.search("Les visiteurs portent un badge", 5, filters, rows).results
        assert [scored.row for scored in found] == rows.tolist()
    assert searcher.search("Les visiteurs portent un badge", 5, within=rows[:0]).results == ()
