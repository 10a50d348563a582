"""Search in a version: fused, sorted, and the question is the only text encoded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import Correction, Expansion, Fusion, IndexVersion, Searcher, load_glossary, passage_store, token_scores
from index.search import BESIDE
from tests.index.making import SpyEmbedder, build, guide_pdf, note_pdf
from tests.support import HashEmbedder

QUESTION = "Quelle veille mener sur les brevets ?"
QUESTIONS = (QUESTION, "Les visiteurs portent-ils un badge ?", "ordinateur en déplacement", "zzz", "?", "")
NETWORK = "Les petites et moyennes entreprises du réseau signalent aussitôt la perte d’un téléphone."


@pytest.fixture(scope="module", params=[0, 16], ids=["no tokens", "tokens"])
def embedder(request) -> HashEmbedder:
    return HashEmbedder(tokens=request.param)


@pytest.fixture(scope="module")
def version(embedder, guide_folder, tmp_path_factory) -> IndexVersion:
    root = tmp_path_factory.mktemp("index")
    build(guide_folder, root, embedder)
    return IndexVersion(root)


@pytest.fixture(scope="module")
def searcher(version, embedder) -> Searcher:
    return Searcher(version, embedder)


def test_the_passage_that_answers_comes_first(searcher):
    assert searcher.search(QUESTION, 3).results[0].passage.section == ("Veille sur les brevets",)


@pytest.mark.parametrize("question", QUESTIONS)
def test_results_are_sorted_by_score(searcher, question):
    scores = [-result.score for result in searcher.search(question, 3).results]
    assert scores == sorted(scores)


def test_half_a_pair_of_surrogates_is_read_as_a_replacement_character(searcher):
    found = searcher.search("Quelle veille \ud83d ?", 3, beside="brevets \udfff")
    assert (
        found.results
        == searcher.search("Quelle veille \N{REPLACEMENT CHARACTER} ?", 3, beside="brevets \ufffd").results
    )
    assert not any("\ud83d" in text for text in (*found.unknown, *(c.typed for c in found.corrections)))


def test_equals_are_sorted_by_place(version, embedder):
    indifferent = Searcher(version, embedder, fusion=Fusion(0, 0, 0, 0, 0, (1, 1), 0, 1))
    assert [result.row for result in indifferent.search(QUESTION, 3).results] == [0, 1, 2]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_score_is_the_fusion_of_the_passage_s_five_signals(searcher, version, embedder, question):
    fusion = Fusion.of(embedder.stamp.name, version.manifest.calibration, bool(embedder.stamp.token_dimension))
    vector, tokens = embedder.encode_question(f"query: {question}")
    query = version.lexical.query(question)
    for result in searcher.search(question, 3).results:
        row = np.array([result.row])
        signals = {
            "dense": version.dense.vectors(row) @ vector,
            "sentence": (version.sentence_vectors(result.row) @ vector).max(keepdims=True),
            "lexical": version.lexical.scores(query)[row],
            "coverage": version.lexical.sentence_coverage(query, row),
        } | ({"token": token_scores(tokens, *version.tokens(row))} if tokens else {})
        assert result.dense_score == pytest.approx(signals["dense"][0], abs=1e-6)
        assert result.lexical_score == pytest.approx(signals["lexical"][0])
        assert result.sentence_score == pytest.approx(signals["sentence"][0], abs=1e-6)
        assert result.token_score == pytest.approx(signals.get("token", [0])[0], abs=1e-6)
        assert result.score == pytest.approx(fusion.shown(fusion.totals(signals))[0], abs=1e-4)


@pytest.mark.parametrize(("low", "high"), [(1e6, 2e6), (-2e6, -1e6)], ids=["all at 0", "all at 1"])
def test_the_order_is_that_of_the_totals_where_scores_are_clipped(searcher, version, embedder, low, high):
    clipped = Searcher(version, embedder, fusion=replace(searcher._fusion, low=low, high=high))
    for question in QUESTIONS[:3]:
        results = clipped.search(question, 3).results
        assert len({r.score for r in results}) == 1
        assert [r.row for r in results] == [r.row for r in searcher.search(question, 3).results]


@pytest.mark.parametrize(("k", "count"), [(1, 1), (2, 2), (3, 3), (50, 3)])
def test_k_is_respected_up_to_the_passages_there_are(searcher, k, count):
    assert len(searcher.search(QUESTION, k).results) == count


def test_k_is_respected_past_the_candidates_of_each_side(version, embedder):
    assert len(Searcher(version, embedder, candidates=1).search("zzz", 3).results) == 3


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


def test_the_question_is_the_only_text_encoded(built):
    spy = SpyEmbedder()
    Searcher(IndexVersion(built), spy).search(QUESTION, 3)
    assert spy.calls == [[f"query: {QUESTION}"]]


def test_opening_a_version_encodes_nothing(built):
    spy = SpyEmbedder()
    Searcher(IndexVersion(built), spy)
    assert spy.calls == []


def test_a_warm_model_has_met_questions_of_all_usual_lengths_under_its_own_prompt(built):
    spy = SpyEmbedder()
    Searcher(IndexVersion(built), spy).warm_up()
    lengths = [len(text.split()) for (text,) in spy.calls]
    assert lengths == sorted(set(lengths))
    assert all(text.startswith("query: mot") for (text,) in spy.calls)


def test_the_steps_are_timed_as_the_contract_names_them(searcher):
    timings = searcher.search(QUESTION, 3).timings_ms
    assert set(timings) == {"read", "encode", "dense", "lexical", "fuse", "total"}
    assert all(ms >= 0 for ms in timings.values())
    assert timings["total"] >= timings["encode"]


def test_scores_lie_in_their_ranges(searcher):
    for result in searcher.search(QUESTION, 3).results:
        assert 0 <= result.score <= 1
        assert 0 <= result.lexical_score <= 1
        assert all(-1 <= cosine <= 1 for cosine in (result.dense_score, result.sentence_score, result.token_score))


def test_threads_find_what_one_thread_finds(searcher):
    asked = list(QUESTIONS) * 8
    alone = [searcher.search(question, 3).results for question in asked]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: searcher.search(question, 3).results, asked))
    assert together == alone


def test_a_search_reads_the_passages_it_shows_and_their_neighbours_alone(shipped, monkeypatch):
    """Opening reads none: an index may hold a million."""
    read: list[dict] = []
    decoded = passage_store._decoded
    monkeypatch.setattr(passage_store, "_decoded", lambda record: read.append(record) or decoded(record))
    searcher = Searcher(IndexVersion(shipped), HashEmbedder())
    assert read == []
    assert len(searcher.version.passages) > 400
    searcher.search("Que faire avant un déplacement à l’étranger ?", 3)
    assert 3 <= len(read) <= 9  # three passages, and two neighbours of each


# How the question was read


@pytest.fixture(scope="module")
def network(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("network")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    note_pdf(folder / "corpus" / "note.pdf", NETWORK)
    build(folder / "corpus", folder / "index")
    return folder / "index"


def test_a_slip_is_corrected_said_and_encoded_as_it_was_meant(network):
    spy = SpyEmbedder()
    found = Searcher(IndexVersion(network), spy).search("la perte d’un telehpone", 1)
    assert found.corrections == (Correction("telehpone", "téléphone"),)
    assert found.results[0].passage.publication == "note"
    assert spy.strings == ["query: la perte d’un téléphone"]


def test_an_acronym_is_expanded_by_the_glossary_and_said(network):
    found = Searcher(IndexVersion(network), HashEmbedder(), glossary=load_glossary()).search("Que font les PME ?", 1)
    assert found.expansions == (Expansion("PME", "petite et moyenne entreprise"),)
    assert found.results[0].passage.publication == "note"
    assert found.results[0].lexical_score > 0


def test_without_a_glossary_nothing_is_expanded(network):
    assert Searcher(IndexVersion(network), HashEmbedder()).search("Que font les PME ?", 1).expansions == ()


def test_a_question_read_as_it_is_written_reports_nothing(network):
    found = Searcher(IndexVersion(network), HashEmbedder(), glossary=load_glossary()).search(QUESTION, 1)
    assert (found.corrections, found.expansions) == ((), ())


OTHER = "Les visiteurs portent-ils un badge ?"


def test_other_words_beside_a_question_count_for_half_of_it(version, embedder):
    searcher = Searcher(version, embedder, fusion=Fusion(1, 2, 1, 1, 1, (1, 1), -50, 50))  # no score is clipped
    alone = {r.row: r.score for r in searcher.search(QUESTION, 3).results}
    beside = {r.row: r.score for r in searcher.search(OTHER, 3).results}
    for found in searcher.search(QUESTION, 3, beside=OTHER).results:
        assert found.score == pytest.approx((alone[found.row] + BESIDE * beside[found.row]) / (1 + BESIDE), abs=1e-5)


def test_the_same_words_beside_a_question_change_nothing(searcher):
    alone, twice = searcher.search(QUESTION, 3), searcher.search(QUESTION, 3, beside=QUESTION)
    assert [r.row for r in alone.results] == [r.row for r in twice.results]
    assert [r.score for r in alone.results] == pytest.approx([r.score for r in twice.results], abs=1e-5)


def test_what_stands_beside_a_question_says_nothing_of_how_well_it_is_answered(searcher):
    alone, beside = searcher.search(QUESTION, 3), searcher.search(QUESTION, 3, beside=OTHER)
    assert alone.traits == beside.traits
    assert alone.beside is None
    assert beside.beside is not None
    assert beside.beside.typical == searcher.search(OTHER, 3).traits.typical
    assert np.array_equal(alone.vector, beside.vector)


def test_a_passage_that_only_the_words_beside_find_is_found(searcher):
    assert searcher.search("", 1, beside=OTHER).results[0].row == searcher.search(OTHER, 1).results[0].row
