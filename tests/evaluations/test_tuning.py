"""The fits' own arithmetic."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from evaluations.squad import read_squad
from evaluations.tuning.abstention import auroc, fit
from evaluations.tuning.fusion import LinearWeights, fit_weights, ndcg_at_10, ranks, scale_bounds
from evaluations.tuning.scores import PairScores, pair_scores
from index import SIGNALS, Embedded, QuestionTokens, build_lexical, token_scores
from tests.support import HashEmbedder

SCORES = np.array([[0.9, 0.5, 0.1], [0.9, 0.5, 0.6]], np.float32)
GOLD = np.array([0, 1])


def test_ranks_count_from_one():
    assert ranks(SCORES, GOLD).tolist() == [1, 3]


def test_ties_count_against_the_gold():
    assert ranks(np.array([[0.5, 0.5, 0.1]], np.float32), np.array([0])).tolist() == [2]


def test_ndcg_is_one_over_log2_of_one_plus_the_rank():
    # ranks 1 and 3: (1 / log2(2) + 1 / log2(4)) / 2 = (1 + 1/2) / 2
    assert ndcg_at_10(SCORES, GOLD) == pytest.approx(0.75)


@pytest.mark.parametrize(("rank", "expected"), [(10, 1 / math.log2(11)), (11, 0)])
def test_ndcg_stops_after_ten(rank, expected):
    scores = np.linspace(1, 0, 12, dtype=np.float32)[None, :]
    assert ndcg_at_10(scores, np.array([rank - 1])) == pytest.approx(expected)


def test_auroc_counts_won_pairs_and_half_of_ties():
    # inside 3 and 1 against outside 2 and 1: won, won, lost, tied → (1 + 1 + 0 + 1/2) / 4
    assert auroc(np.array([3.0, 1.0, 2.0, 1.0]), np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx(2.5 / 4)


def test_a_fit_on_one_binary_feature_gives_the_counted_odds():
    # at x = 0, 1 of 4 inside: log-odds ln(1/3); at x = 1, 3 of 4: ln 3, hence a slope of 2 ln 3
    x = np.array([[0.0]] * 4 + [[1.0]] * 4)
    y = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])
    bias, slope = fit(x, y, ridge=0)
    assert bias == pytest.approx(-math.log(3))
    assert slope == pytest.approx(2 * math.log(3))


def test_a_squad_file_gives_paragraphs_with_their_article_and_questions_with_their_paragraph(tmp_path):
    data = [
        {"paragraphs": [{"context": "A", "qas": [{"question": "a?"}]}, {"context": "B", "qas": []}]},
        {"paragraphs": [{"context": "C", "qas": [{"question": "c?"}, {"question": "cc?"}]}]},
    ]
    (tmp_path / "squad.json").write_text(json.dumps({"data": data}), "utf-8")
    squad = read_squad(tmp_path / "squad.json")
    assert squad.paragraphs == ("A", "B", "C")
    assert squad.articles == (0, 0, 1)
    assert squad.questions == (("a?", 0), ("c?", 2), ("cc?", 2))


def pairs(dense: np.ndarray, lexical: np.ndarray, gold: np.ndarray) -> PairScores:
    signals = {"dense": dense.astype(np.float32), "lexical": lexical.astype(np.float32)}
    articles = np.arange(dense.shape[1])
    return PairScores(("?",) * len(gold), gold, articles, signals, (None,) * len(gold))


def test_a_signal_that_tells_the_gold_weighs_and_one_that_counts_against_it_does_not():
    gold = np.arange(40) % 6
    told = np.eye(6)[gold] + 0.1 * np.random.default_rng(0).standard_normal((40, 6))
    fitted = fit_weights(pairs(told, -told, gold), ("dense", "lexical"))
    assert fitted.weights["dense"] > 0
    assert fitted.weights["lexical"] == 0


def test_two_signals_that_tell_as_much_weigh_by_their_units():
    gold = np.arange(60) % 6
    drawn = np.random.default_rng(0)
    one, other = (np.eye(6)[gold] + 0.8 * drawn.standard_normal((60, 6)) for _ in range(2))
    fitted = fit_weights(pairs(one, other / 10, gold), ("dense", "lexical")).weights
    assert fitted["lexical"] == pytest.approx(10 * fitted["dense"], rel=0.6)  # a tenth of the spread
    scores = LinearWeights(fitted).combined({"dense": one, "lexical": other / 10})
    assert ndcg_at_10(scores, gold) > max(ndcg_at_10(one, gold), ndcg_at_10(other, gold))


def test_the_shown_scale_runs_from_the_median_of_all_pairs_to_the_best_gold_pairs():
    scores = np.array([[0.0, 1.0, 9.0], [0.0, 9.0, 1.0]], np.float32)
    gold = np.array([2, 1])
    # all pairs: 0, 0, 1, 1, 9, 9 → 1; gold pairs: 9 and 9
    assert scale_bounds(scores, pairs(scores, scores, gold)) == (1.0, 9.0)


@pytest.mark.parametrize("tokens", [0, 16])
def test_every_signal_of_every_pair_is_what_a_search_would_see(tokens, tmp_path):
    contexts = ("Un brevet protège vingt ans. Il se dépose à l’INPI.", "Le badge est rendu le soir.")
    asked = [[{"question": "Que protège un brevet ?"}], [{"question": "Quand le badge est-il rendu ?"}]]
    articles = [
        {"title": title, "paragraphs": [{"context": context, "qas": qas}]}
        for title, context, qas in zip(("Brevet", "Accueil"), contexts, asked, strict=True)
    ]
    (tmp_path / "squad.json").write_text(json.dumps({"data": articles}), "utf-8")
    embedder = HashEmbedder(tokens=tokens)
    found = pair_scores(read_squad(tmp_path / "squad.json"), embedder, tmp_path / "cache")

    assert found.gold.tolist() == [0, 1]
    assert set(found.signals) == set(SIGNALS)
    assert {values.shape for values in found.signals.values()} == {(2, 2)}
    passages = [f"passage: Brevet. {contexts[0]}", f"passage: Accueil. {contexts[1]}"]
    questions = [f"query: {question}" for question in found.questions]
    assert found.dense == pytest.approx(embedder.encode(questions) @ embedder.encode(passages).T, abs=1e-6)
    sentences = embedder.encode([f"passage: {s}" for s in ("Un brevet protège vingt ans.", "Il se dépose à l’INPI.")])
    assert found.signals["sentence"][:, 0] == pytest.approx((embedder.encode(questions) @ sentences.T).max(axis=1))
    lexical = build_lexical([f"Brevet\n{contexts[0]}", f"Accueil\n{contexts[1]}"])
    assert found.lexical[0] == pytest.approx(lexical.scores(found.questions[0]))
    assert found.signals["coverage"][0, 1] == 0
    if tokens:
        embedded = embedder.encode_passages(passages)
        _, own = embedder.encode_question(questions[0])
        lengths = [len(e.tokens) for e in embedded]
        expected = token_scores(own, np.concatenate([e.tokens for e in embedded]), lengths)
        assert found.signals["token"][0] == pytest.approx(expected)
    else:
        assert not found.signals["token"].any()


def test_some_of_the_questions_keep_their_rows():
    kept = pairs(SCORES, SCORES, GOLD).only(np.array([False, True]))
    assert (kept.questions, kept.gold.tolist()) == (("?",), [1])
    assert np.array_equal(kept.dense, SCORES[1:])


def test_some_of_the_questions_keep_their_tokens():
    first, second = (QuestionTokens(np.eye(2, dtype=np.float32)[[i]], np.ones(1, np.float32)) for i in (0, 1))
    told = replace(pairs(SCORES, SCORES, GOLD), asked=(first, second))
    assert told.only(np.array([False, True])).asked == (second,)


def test_the_weakest_words_of_a_question_are_read_in_the_paragraph_s_tokens():
    asked = QuestionTokens(np.eye(2, dtype=np.float32), np.full(2, 0.5, np.float32))
    held = Embedded(np.zeros(2, np.float32), np.array([[127, 0]], np.int8))
    told = replace(pairs(SCORES, SCORES, GOLD), asked=(asked, None), passages=(held, held, held))
    # the second token is nowhere in the paragraph: the lowest third, one of two, is 0; question 1 has no tokens
    assert (told.weakest(0, 2), told.weakest(1, 2)) == (0.0, 0.0)
    both = replace(told, passages=(held._replace(tokens=np.array([[127, 0], [0, 127]], np.int8)),) * 3)
    assert both.weakest(0, 2) == pytest.approx(1)
