"""Measures of a ranking, their arithmetic by hand."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.retrieval_metrics import retrieval_scores

MEASURES = {f"retrieval_{name}" for name in
            ("success_at_1", "success_at_5", "recall_at_5", "recall_at_10", "ndcg_at_10", "rr")}  # fmt: skip


def pages(*numbers: int):
    return frozenset(("guide", number) for number in numbers)


def scored(measure, ranking, *gold):
    return retrieval_scores([pages(*(one if isinstance(one, tuple) else (one,))) for one in ranking], pages(*gold))[
        f"retrieval_{measure}"
    ]


@pytest.mark.parametrize(
    ("ranking", "at_1", "at_5"),
    [([3, 8], 1, 1), ([8, 3], 0, 1), ([8, 9, 7, 6, 3], 0, 1), ([8, 9, 7, 6, 5, 3], 0, 0)],
    ids=["first", "second", "fifth", "sixth"],
)
def test_success_is_whether_gold_stands_among_the_first(ranking, at_1, at_5):
    assert (scored("success_at_1", ranking, 3), scored("success_at_5", ranking, 3)) == (at_1, at_5)


def test_recall_at_5_is_gold_pages_in_the_first_five_among_gold_pages():
    """Page 3 is second and page 4 sixth: 1 of 2."""
    assert scored("recall_at_5", [9, 3, 8, 7, 6, 4], 3, 4) == 1 / 2


def test_recall_at_10_is_gold_pages_in_the_first_ten_among_gold_pages():
    """Page 3 is second, page 4 sixth and page 5 eleventh: 2 of 3."""
    ranking = [9, 3, 8, 7, 6, 4, 10, 11, 12, 13, 5]
    assert scored("recall_at_10", ranking, 3, 4, 5) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("ranking", "gold", "expected"),
    [
        ([3, 4], [3, 4], 1),
        ([9, 3], [3], (1 / log2(3)) / (1 / log2(2))),
        ([3, 9, 4], [3, 4], (1 / log2(2) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3))),
        ([3, 3, 4], [3, 4], (1 / log2(2) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3))),  # page 3 counts once
        ([9] * 10 + [3], [3], 0),  # the eleventh is not looked at
    ],
)
def test_ndcg_is_the_gain_of_each_gold_page_over_the_best_order(ranking, gold, expected):
    """A page at rank r gains 1 / log2(r + 1)."""
    assert scored("ndcg_at_10", ranking, *gold) == pytest.approx(expected)


@pytest.mark.parametrize(("ranking", "expected"), [([3], 1), ([9, 8, 3], 1 / 3), ([9] * 10 + [3], 0), ([9], 0)])
def test_reciprocal_rank_is_1_over_the_rank_of_the_first_gold_page(ranking, expected):
    assert scored("rr", ranking, 3) == pytest.approx(expected)


def test_a_passage_over_two_gold_pages_stands_for_the_one_no_passage_touched_before():
    """The first is on page 3, the second on pages 3 and 4: 2 of 2 pages."""
    assert scored("recall_at_5", [3, (3, 4)], 3, 4) == 1


def test_the_same_page_of_another_publication_is_not_gold():
    assert retrieval_scores([frozenset({("autre", 3)})], pages(3))["retrieval_success_at_1"] == 0


def test_an_empty_ranking_scores_0():
    assert set(retrieval_scores([], pages(3)).values()) == {0}


RANKING = st.lists(st.frozensets(st.integers(1, 8), min_size=1, max_size=2), max_size=12)
GOLD = st.sets(st.integers(1, 8), min_size=1, max_size=4)


@given(RANKING, GOLD)
def test_every_measure_of_a_ranking_is_a_rate(ranking, gold):
    scores = retrieval_scores([pages(*one) for one in ranking], pages(*gold))
    assert scores.keys() == MEASURES
    assert all(0 <= value <= 1 for value in scores.values())


@given(RANKING, GOLD)
def test_a_longer_ranking_never_loses_recall(ranking, gold):
    recalls = [scored("recall_at_10", [tuple(one) for one in ranking[:k]], *gold) for k in range(len(ranking) + 1)]
    assert recalls == sorted(recalls)
