"""The benchmark of whole searches asks a grown index what a searcher asks of any."""

import pytest

from evaluations.benchmarks.search_scale import Encoded, GrownVersion
from index import Filters, IndexVersion, Searcher
from tests.index.making import build, guide_pdf
from tests.support import HashEmbedder

QUESTION = "Quelle veille mener sur les brevets ?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    corpus, root, grown = (tmp_path_factory.mktemp(name) for name in ("corpus", "index", "grown"))
    guide_pdf(corpus / "guide.pdf")
    embedder = HashEmbedder(tokens=16)
    build(corpus, root, embedder)
    return Searcher(GrownVersion(IndexVersion(root), 600, grown), Encoded(embedder, [QUESTION]))


def test_passages_grown_from_the_one_that_answers_come_first(searcher):
    found = searcher.search(QUESTION, 8).results
    assert len({scored.row for scored in found}) == len(found) == 8
    assert {scored.passage.section for scored in found} == {("Veille sur les brevets",)}


def test_a_filter_keeps_its_share(searcher):
    allowed = searcher.version.facets.allowed(Filters(editions=frozenset(["0.5"])))
    assert 200 < allowed.sum() < 400
    assert all(
        allowed[scored.row] for scored in searcher.search(QUESTION, 8, Filters(editions=frozenset(["0.5"]))).results
    )
