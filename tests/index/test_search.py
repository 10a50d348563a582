"""Search in a version: fused, sorted, and the question is the only text encoded."""

import numpy as np
import pytest

from index import FusionWeights, IndexVersion, Searcher, fused
from tests.index.making import SpyEmbedder, build, guide_pdf, note_pdf
from tests.support import HashEmbedder

QUESTION = "Quelle veille mener sur les brevets ?"
QUESTIONS = (QUESTION, "Les visiteurs portent-ils un badge ?", "ordinateur en déplacement", "zzz", "?", "")


@pytest.fixture(scope="module")
def version(built) -> IndexVersion:
    return IndexVersion(built)


@pytest.fixture(scope="module")
def searcher(version) -> Searcher:
    return Searcher(version, HashEmbedder())


def test_the_passage_that_answers_comes_first(searcher):
    assert searcher.search(QUESTION, 3).results[0].passage.section == ("Veille sur les brevets",)


@pytest.mark.parametrize("question", QUESTIONS)
def test_results_are_sorted_by_score_then_by_place(searcher, question):
    results = searcher.search(question, 3).results
    assert [(-r.score, r.row) for r in results] == sorted((-r.score, r.row) for r in results)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_score_is_the_fusion_of_its_cosine_and_its_lexical_score(searcher, version, question):
    found = searcher.search(question, 3)
    vector, weights = HashEmbedder().encode([f"query: {question}"])[0], FusionWeights.of("multilingual-e5-small")
    lexical = version.lexical.scores(question)
    for result in found.results:
        cosine = version.dense.reconstruct(result.row) @ vector
        assert result.dense_score == pytest.approx(cosine, abs=1e-6)
        assert result.lexical_score == pytest.approx(lexical[result.row])
        expected = fused(np.array([cosine]), lexical[[result.row]], weights)[0]
        assert result.score == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("k", "count"), [(1, 1), (2, 2), (3, 3), (50, 3)])
def test_k_is_respected_up_to_the_passages_there_are(searcher, k, count):
    assert len(searcher.search(QUESTION, k).results) == count


def test_k_is_respected_past_the_candidates_of_each_side(version):
    assert len(Searcher(version, HashEmbedder(), candidates=1).search("zzz", 3).results) == 3


def test_a_passage_appears_once(searcher):
    rows = [result.row for result in searcher.search(QUESTION, 3).results]
    assert len(set(rows)) == len(rows)


def test_scores_are_the_same_at_every_search(searcher):
    first, second = (searcher.search(QUESTION, 3).results for _ in range(2))
    assert first == second


def test_scores_do_not_depend_on_k(searcher):
    assert searcher.search(QUESTION, 1).results[0] == searcher.search(QUESTION, 3).results[0]


def test_a_word_found_by_bm25_alone_is_not_lost(tmp_path):
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    note_pdf(tmp_path / "corpus" / "note.pdf", "Le numéro vert 0800 est ouvert à tous les adhérents du pôle en région.")
    build(tmp_path / "corpus", tmp_path / "index")

    class LooksElsewhere(HashEmbedder):
        def encode(self, texts):
            return super().encode(["query: veille sur les brevets" for _ in texts])

    searcher = Searcher(IndexVersion(tmp_path / "index"), LooksElsewhere(), candidates=1)
    found = searcher.search("0800", 2).results
    assert {result.passage.publication for result in found} == {"note", "recueil"}


def test_the_question_is_the_only_text_encoded(version):
    spy = SpyEmbedder()
    Searcher(version, spy).search(QUESTION, 3)
    assert spy.calls == [[f"query: {QUESTION}"]]


def test_opening_a_version_encodes_nothing(version):
    spy = SpyEmbedder()
    Searcher(version, spy)
    assert spy.calls == []


def test_the_steps_are_timed_as_the_contract_names_them(searcher):
    timings = searcher.search(QUESTION, 3).timings_ms
    assert set(timings) == {"encode", "dense", "lexical", "fuse", "total"}
    assert all(ms >= 0 for ms in timings.values())
    assert timings["total"] >= timings["encode"]


def test_scores_of_dense_and_lexical_lie_in_their_ranges(searcher):
    for result in searcher.search(QUESTION, 3).results:
        assert 0 <= result.score <= 1
        assert 0 <= result.lexical_score <= 1
        assert -1 <= result.dense_score <= 1
