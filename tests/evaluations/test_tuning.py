"""The fits' own arithmetic."""

import json
import math

import numpy as np
import pytest

from evaluations.squad import read_squad
from evaluations.tuning.abstention import auroc, fit
from evaluations.tuning.fusion import ndcg_at_10, ranks

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
