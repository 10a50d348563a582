"""Two evaluators label without seeing each other; their agreement is Cohen's kappa; a third person closes an item."""

import math
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evaluations import EvaluationError, inbox, labels, promotion
from evaluations.labels import Judgement, Label, Review, agreements, reviews
from tests.evaluations.inbox_making import GOLD, closed, received
from tests.evaluations.making import printed

VALUES = get_args(Judgement)
PAIRS = st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), min_size=1, max_size=30)


def label(evaluator: str, value: Judgement) -> Label:
    return Label(at=datetime.now(UTC), item="f", evaluator=evaluator, label=value)


def said(pairs: Sequence[tuple[Judgement, Judgement]], names: tuple[str, str] = ("Ana", "Bob")) -> list[Review]:
    """What two evaluators said of as many items."""
    return [Review({name: label(name, value) for name, value in zip(names, pair, strict=True)}) for pair in pairs]


def kappa_of(reviews_: Sequence[Review]) -> float | None:
    (agreement,) = agreements(reviews_)
    return agreement.kappa


@given(PAIRS)
def test_kappa_is_scikit_learn_s(pairs):
    one, other = zip(*pairs, strict=True)
    with warnings.catch_warnings(action="ignore"):
        expected = cohen_kappa_score(one, other)
    kappa = kappa_of(said(pairs))
    assert math.isnan(expected) if kappa is None else math.isclose(kappa, expected, rel_tol=0, abs_tol=1e-9)


@given(PAIRS)
def test_kappa_lies_between_minus_one_and_one_and_does_not_depend_on_who_comes_first(pairs):
    kappa, swapped = kappa_of(said(pairs)), kappa_of(said(pairs, ("Bob", "Ana")))
    assert (kappa is None) == (swapped is None)
    if kappa is not None:
        assert -1 - 1e-9 <= kappa <= 1 + 1e-9
        assert math.isclose(kappa, swapped, abs_tol=1e-9)


@given(PAIRS)
def test_evaluators_who_always_agree_have_a_kappa_of_one_where_it_is_defined(pairs):
    assert kappa_of(said([(one, one) for one, _ in pairs])) in (None, pytest.approx(1))


def test_each_pair_counts_only_the_items_that_both_labelled():
    reviews_ = [
        Review({n: label(n, "wrong") for n in ("Ana", "Bob")}),
        Review({n: label(n, "correct") for n in ("Ana", "Cléo")}),
        Review({"Ana": label("Ana", "partly")}),
    ]
    assert [(a.evaluators, a.items) for a in agreements(reviews_)] == [(("Ana", "Bob"), 1), (("Ana", "Cléo"), 1)]


def test_a_later_label_replaces_the_earlier_which_stays_in_the_log(tmp_path):
    item = received(tmp_path)
    for value in ("wrong", "partly"):
        labels.give_label(tmp_path, item, value, "Ana")
    assert [one.label for one in reviews(tmp_path)[item.id].labels.values()] == ["partly"]
    log = (tmp_path / "evaluation" / "labels.jsonl").read_text("utf-8")
    assert (log.count('"wrong"'), log.count("\n")) == (1, 2)


def test_an_evaluator_sees_no_label_before_giving_one(tmp_path):
    item = received(tmp_path)
    labels.give_label(tmp_path, item, "wrong", "Ana", note="La page 4.")
    assert inbox.found(tmp_path, item.id).review.seen_by("Bob") == []
    assert inbox.found(tmp_path, item.id).review.seen_by("") == []
    labels.give_label(tmp_path, item, "correct", "Bob")
    assert [one.evaluator for one in inbox.found(tmp_path, item.id).review.seen_by("Bob")] == ["Ana", "Bob"]


@pytest.mark.parametrize("name", ["Zoé", " Zoé ", "Zoe\u0301"], ids=ascii)
def test_a_name_is_one_name_however_it_is_typed(tmp_path, name):
    item = received(tmp_path)
    labels.give_label(tmp_path, item, "wrong", "Zoé")
    labels.give_label(tmp_path, item, "correct", name)
    review = reviews(tmp_path)[item.id]
    assert list(review.labels) == ["Zoé"]
    assert len(review.seen_by(name)) == 1


def test_labels_that_differ_are_a_dispute_until_it_is_adjudicated(tmp_path):
    item = received(tmp_path)
    labels.give_label(tmp_path, item, "wrong", "Ana")
    labels.give_label(tmp_path, item, "unsure", "Bob")
    assert inbox.found(tmp_path, item.id).state == "disputed"
    labels.adjudicate(tmp_path, item, "wrong", "Zoé", "La page 3 dit le contraire.")
    assert inbox.found(tmp_path, item.id).state == "settled"
    (agreement,) = agreements(reviews(tmp_path).values())
    assert (agreement.items, agreement.kappa) == (1, 0)


def test_a_closed_item_takes_no_label_and_says_who_closed_it(tmp_path):
    item = inbox.found(tmp_path, closed(tmp_path)).feedback
    with pytest.raises(EvaluationError, match=f"« {item.id} » est clos : Zoé") as caught:
        labels.give_label(tmp_path, item, "correct", "Ana")
    assert f"vigie evaluate adjudicate {item.id}" in caught.value.remedy


def test_a_later_adjudication_stands_for_the_earlier(tmp_path):
    item = inbox.found(tmp_path, closed(tmp_path, "wrong")).feedback
    labels.adjudicate(tmp_path, item, "partly", "Zoé", "À moitié.")
    assert reviews(tmp_path)[item.id].adjudication.decision == "partly"


def test_a_promoted_item_is_not_adjudicated_again(tmp_path):
    id_ = closed(tmp_path)
    promotion.promote(tmp_path, id_, printed)
    with pytest.raises(EvaluationError, match="est déjà une question") as caught:
        labels.adjudicate(tmp_path, inbox.found(tmp_path, id_).feedback, "correct", "Zoé", "Non.")
    assert "tune.jsonl" in caught.value.remedy


def test_a_question_to_be_silent_about_has_no_page(tmp_path):
    item = received(tmp_path)
    with pytest.raises(EvaluationError, match="se taire") as caught:
        labels.give_label(tmp_path, item, "should_abstain", "Ana", [GOLD])
    assert "--gold" in caught.value.remedy
    assert reviews(tmp_path) == {}


@pytest.mark.parametrize("blank", ["", " \n\t\u00a0"], ids=ascii)
def test_who_and_why_are_said(tmp_path, blank):
    item = received(tmp_path)
    with pytest.raises(EvaluationError, match=r"« evaluator » .*rien n’est écrit"):
        labels.give_label(tmp_path, item, "wrong", blank)
    with pytest.raises(EvaluationError, match=r"« why » .*rien n’est écrit"):
        labels.adjudicate(tmp_path, item, "wrong", "Zoé", blank)


def test_a_line_that_is_no_label_is_named_and_a_torn_one_is_passed_over(tmp_path):
    item = received(tmp_path)
    labels.give_label(tmp_path, item, "wrong", "Ana")
    path = tmp_path / "evaluation" / "labels.jsonl"
    path.write_bytes(path.read_bytes() + b'{"what": "lab')
    assert list(reviews(tmp_path)) == [item.id]
    path.write_bytes(path.read_bytes() + b'\n{"what": "vote"}\n')
    with pytest.raises(EvaluationError, match=r"labels\.jsonl, ligne 3") as caught:
        reviews(tmp_path)
    assert caught.value.remedy
