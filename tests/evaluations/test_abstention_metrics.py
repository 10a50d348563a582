"""Measures of the decision to answer: against scikit-learn, and by hand."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from evaluations.abstention_metrics import (
    Decision,
    abstention_scores,
    auroc,
    calibration_error,
    risk_coverage,
    risk_coverage_area,
)

SILENT, RIGHT, WRONG = "silent", "right", "wrong"


def decision(covered=True, did=RIGHT, confidence=0.5):
    return Decision(covered, did == SILENT, confidence, did == RIGHT)


def answered(*rights: tuple[float, bool]):
    """Covered questions, (confidence, right)."""
    return [decision(did=RIGHT if right else WRONG, confidence=confidence) for confidence, right in rights]


# What is refused


def test_abstention_precision_is_uncovered_questions_among_those_without_an_answer():
    """Three got no answer, two of them uncovered: 2/3."""
    decisions = [decision(False, SILENT), decision(False, SILENT), decision(True, SILENT), decision(False, WRONG)]
    assert abstention_scores(decisions)["abstention_precision"] == pytest.approx(2 / 3)


def test_abstention_f1_is_the_harmonic_mean_of_precision_and_recall():
    """Precision 2/3; recall 2 of 4 uncovered, 1/2: 2 × 1/3 / (7/6) = 4/7."""
    decisions = [*[decision(False, SILENT)] * 2, decision(True, SILENT), *[decision(False, WRONG)] * 2, decision()]
    assert abstention_scores(decisions)["abstention_f1"] == pytest.approx(4 / 7)


def test_where_no_uncovered_question_is_refused_f1_is_0():
    assert abstention_scores([decision(False, WRONG), decision(True, SILENT)])["abstention_f1"] == 0


def test_without_abstention_there_is_no_precision():
    assert abstention_scores([decision(False, WRONG)])["abstention_precision"] is None


def test_without_uncovered_questions_there_is_no_f1():
    assert abstention_scores([decision(), decision(True, SILENT)])["abstention_f1"] is None


def test_without_questions_there_is_nothing():
    assert set(abstention_scores([]).values()) == {None}


# How well confidence tells


def test_abstention_auroc_is_the_share_of_pairs_in_which_the_covered_question_has_more_confidence():
    """Covered .9 and .4, uncovered .4 and .2. Pairs: .9 > .4, .9 > .2, .4 = .4 (half), .4 > .2: 3.5 / 4."""
    decisions = [decision(confidence=0.9), decision(confidence=0.4),
                 decision(False, WRONG, 0.4), decision(False, SILENT, 0.2)]  # fmt: skip
    assert abstention_scores(decisions)["abstention_auroc"] == 3.5 / 4


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_auroc_is_scikit_learn_s_with_ties(pairs):
    scores, truth = [score / 5 for score, _ in pairs], [positive for _, positive in pairs]
    assume(len(set(truth)) == 2)
    assert auroc(scores, truth) == pytest.approx(roc_auc_score(truth, scores), abs=1e-9)


@pytest.mark.parametrize("truth", [[True, True], [False, False], []])
def test_auroc_needs_both_kinds_of_questions(truth):
    assert auroc([0.5] * len(truth), truth) is None


# Risk and coverage


def test_risk_coverage_goes_from_the_surest_answer_to_all():
    """Right, wrong, right, wrong from the surest: 0/1, 1/2, 1/3, 2/4."""
    decisions = answered((0.9, True), (0.8, False), (0.7, True), (0.6, False))
    assert risk_coverage(decisions) == [(1 / 4, 0), (2 / 4, 1 / 2), (3 / 4, pytest.approx(1 / 3)), (1, 1 / 2)]


def test_risk_coverage_area_is_the_mean_of_the_error_rates():
    """(0 + 1/2 + 1/3 + 1/2) / 4 = 1/3."""
    decisions = answered((0.9, True), (0.8, False), (0.7, True), (0.6, False))
    assert abstention_scores(decisions)["risk_coverage_area"] == pytest.approx(1 / 3)


def test_equals_in_confidence_share_their_errors():
    """One right of two at .5, after a right one: 0/1, (0 + 1/2)/2, (0 + 1)/3."""
    decisions = answered((0.9, True), (0.5, False), (0.5, True))
    assert [risk for _, risk in risk_coverage(decisions)] == pytest.approx([0, 1 / 4, 1 / 3])


@pytest.mark.parametrize(("right", "area"), [(True, 0), (False, 1)])
def test_all_right_is_an_area_of_0_and_all_wrong_of_1(right, area):
    assert risk_coverage_area(answered((0.9, right), (0.5, right), (0.1, right))) == area


# Calibration


def test_calibration_error_is_the_gap_of_each_bin_weighted_by_its_size():
    """.92 and .98, both covered: |1 − .95| × 2. .31 and .39, one covered: |.5 − .35| × 2. (.10 + .30) / 4 = .1."""
    decisions = [decision(confidence=0.92), decision(confidence=0.98), decision(confidence=0.31),
                 decision(False, WRONG, 0.39)]  # fmt: skip
    assert abstention_scores(decisions)["calibration_error"] == pytest.approx(0.1)


def test_a_confidence_of_1_is_in_the_last_bin():
    """With .95: |1/2 − .975| × 2 / 2, where bins of their own would give (|0 − 1| + |1 − .95|) / 2."""
    decisions = [decision(False, WRONG, 1.0), decision(confidence=0.95)]
    assert calibration_error(decisions) == pytest.approx(0.475)


@pytest.mark.parametrize(("confidence", "covered", "error"), [(1, True, 0), (0, False, 0), (1, False, 1), (0, True, 1)])
def test_certainty_is_an_error_of_0_or_1(confidence, covered, error):
    assert calibration_error([decision(covered, WRONG, confidence)] * 3) == error


# Whatever is decided

DECISIONS = st.lists(
    st.builds(
        decision, st.booleans(), st.sampled_from([SILENT, RIGHT, WRONG]), st.integers(0, 20).map(lambda n: n / 20)
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@given(DECISIONS)
def test_every_measure_of_abstention_is_a_rate(decisions):
    scores = abstention_scores(decisions)
    assert all(value is None or -1e-12 <= value <= 1 + 1e-12 for value in scores.values())


@given(DECISIONS)
def test_coverage_grows_to_1_and_ends_with_the_whole_set_s_errors(decisions):
    points = risk_coverage(decisions)
    coverages = [coverage for coverage, _ in points]
    assert coverages == [(k + 1) / len(decisions) for k in range(len(decisions))]
    assert points[-1][1] == pytest.approx(sum(not d.right for d in decisions) / len(decisions))


@given(DECISIONS, st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_no_measure_of_abstention(decisions, random):
    shuffled = random.sample(decisions, len(decisions))
    assert abstention_scores(shuffled) == pytest.approx(abstention_scores(decisions))
