"""Tests and intervals: against scipy and scikit-learn called independently, and by hand."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, bootstrap
from sklearn.metrics import cohen_kappa_score

from evaluations.statistics import (
    Difference,
    Interval,
    cohen_kappa,
    difference,
    holm,
    interval,
    mcnemar,
    smallest_detectable,
)

UNEVEN = [0.0, 0.1, 0.15, 0.4, 0.4, 0.5, 0.55, 0.7, 0.9, 1.0]

# the percentiles of its resampled means are .041 and .328; corrected for bias and acceleration, .058 and .44
SKEWED = [0.0, 0.0, 0.01, 0.02, 0.02, 0.05, 0.05, 0.1, 0.1, 0.2, 0.3, 1.0]


def found_with(p: float) -> Difference:
    return Difference(Interval(0.1, 0.0, 0.2), p, 0.1, 10)


# Intervals


@pytest.mark.parametrize("values", [UNEVEN, SKEWED, [0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0]],
                         ids=["shares", "skewed", "yes or no"])  # fmt: skip
def test_the_interval_is_that_of_scipy_s_bootstrap(values):
    found = bootstrap((values,), np.mean, n_resamples=99_999, method="BCa", rng=np.random.default_rng(1))
    low, high = found.confidence_interval
    # other draws, and ten times as many: equal but for the noise of resampling
    assert (interval(values).low, interval(values).high) == pytest.approx((low, high), abs=0.02)


def test_the_interval_is_the_same_at_each_call():
    assert interval(UNEVEN) == interval(UNEVEN)


def test_values_that_are_all_the_same_have_no_bounds_but_themselves():
    assert interval([0.3, 0.3, 0.3]) == Interval(0.3, 0.3, 0.3)


def test_one_value_is_its_own_interval():
    assert interval([0.7]) == Interval(0.7, 0.7, 0.7)


def test_no_value_has_no_interval():
    with pytest.raises(ValueError, match="no value"):
        interval([])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 8).map(lambda n: n / 8), min_size=1, max_size=30))
def test_the_mean_lies_between_its_bounds(values):
    found = interval(values)
    assert min(values) <= found.low <= found.mean + 1e-12
    assert found.mean <= found.high + 1e-12 <= max(values) + 2e-12


# McNemar


def test_mcnemar_is_the_binomial_test_of_the_questions_that_changed():
    """1 lost, 6 gained, 3 as before: P(at most 1 or at least 6 of 7 at 1/2) = 2 × (1 + 7) / 128 = 1/8."""
    before, after = [1] + [0] * 6 + [1, 1, 0], [0] + [1] * 6 + [1, 1, 0]
    assert mcnemar(before, after) == pytest.approx(1 / 8)
    assert mcnemar(before, after) == pytest.approx(binomtest(6, 7, 0.5).pvalue)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_mcnemar_does_not_depend_on_which_run_comes_first(pairs):
    before, after = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    assert mcnemar(before, after) == pytest.approx(mcnemar(after, before))


def test_where_no_question_changed_chance_explains_all():
    assert mcnemar([1, 0, 1], [1, 0, 1]) == 1


# Paired differences


def test_a_difference_is_the_second_run_less_the_first():
    """(−.5 + 0 + .2) / 3 = −.1."""
    assert difference([0.5, 0.5, 0.5], [0.0, 0.5, 0.7]).interval.mean == pytest.approx(-0.1)


def test_a_yes_no_measure_is_tested_by_mcnemar():
    """Six gained, none lost: 2 / 2⁶."""
    assert difference([0.0] * 6, [1.0] * 6).p == pytest.approx(2 / 64)


def test_any_other_measure_is_tested_by_swapping_the_two_runs_of_each_question():
    """Gaps .1, .2, .3, .4: of the 2⁴ sums ±.1 ±.2 ±.3 ±.4, one is as large and one as small: 2/16."""
    assert difference([0.5] * 4, [0.6, 0.7, 0.8, 0.9]).p == pytest.approx(2 / 16)


def test_swaps_that_do_as_well_count():
    """Gaps .1, .2, −.3, .4, sum .4. Sums of at least .4: 1 (none less), .8, .6, .4 (twice): 5/16 on each side."""
    assert difference([0.5] * 4, [0.6, 0.7, 0.2, 0.9]).p == pytest.approx(2 * 5 / 16)


def test_two_equal_runs_do_not_differ():
    found = difference(UNEVEN, UNEVEN)
    assert (found.interval, found.p, found.is_real) == (Interval(0, 0, 0), 1, False)


@pytest.mark.parametrize(("before", "after"), [(0.5, 0.7), (0.0, 1.0)], ids=["share", "yes or no"])
def test_one_question_shows_nothing(before, after):
    """Swapped or not, the gap is as large: probability 1."""
    assert difference([before], [after]).p == 1


def test_a_difference_needs_both_values_of_each_question():
    with pytest.raises(ValueError, match="2 values against 1"):
        difference([0.0, 1.0], [1.0])


# What a set shows


def test_the_detectable_difference_is_2_8_standard_errors():
    """Gaps −1, 0, 1, 0: variance (1 + 1) / 3; (1.95996 + 0.84162) × √(2/3) / √4."""
    assert smallest_detectable([-1, 0, 1, 0]) == pytest.approx((1.95996 + 0.84162) * sqrt(2 / 3) / 2, abs=1e-4)


def test_four_times_as_many_questions_show_half_the_difference():
    """The same spread: the sum of squares is 4 × 2, over 15 instead of 3."""
    few, many = [-1, 0, 1, 0], [-1, 0, 1, 0] * 4
    assert smallest_detectable(many) / smallest_detectable(few) == pytest.approx(sqrt(8 / 15) / 4 / (sqrt(2 / 3) / 2))


@pytest.mark.parametrize("gaps", [[], [0.5]])
def test_less_than_two_questions_show_nothing_under_1(gaps):
    assert smallest_detectable(gaps) == 1


# Many measures


def test_holm_multiplies_the_smallest_most_and_never_goes_down():
    """.01 × 3 = .03; .03 × 2 = .06; .04 × 1 = .04, but not under .06."""
    found = holm({"b": found_with(0.04), "a": found_with(0.01), "c": found_with(0.03)})
    assert [found[name].adjusted for name in "acb"] == pytest.approx([0.03, 0.06, 0.06])


def test_holm_stops_at_1_and_keeps_the_measures_order():
    """.6 × 2 = 1.2."""
    found = holm({"b": found_with(0.9), "a": found_with(0.6)})
    assert [(name, one.adjusted) for name, one in found.items()] == [("b", 1), ("a", 1)]


def test_holm_of_one_measure_changes_nothing():
    assert holm({"a": found_with(0.04)})["a"].adjusted == 0.04


def test_holm_of_no_measure_is_nothing():
    assert holm({}) == {}


@pytest.mark.parametrize(("adjusted", "real"), [(0.049, True), (0.05, False), (1.0, False)])
def test_a_difference_is_real_under_1_in_20(adjusted, real):
    assert replace(found_with(0.01), adjusted=adjusted).is_real == real


# Two judges


def test_kappa_is_agreement_beyond_chance():
    """Agree on 3 of 4. By chance: a 1/2 × 1/4 + b 1/2 × 3/4 = 1/2. (3/4 − 1/2) / (1 − 1/2) = 1/2."""
    assert cohen_kappa(["a", "a", "b", "b"], ["a", "b", "b", "b"]) == pytest.approx(1 / 2)


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=2, max_size=30))
def test_kappa_is_scikit_learn_s(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = cohen_kappa(one, other)
    # where both gave one and the same label, chance is certain, and scikit-learn's value is not a number
    assert found is None if len(set(one + other)) == 1 else found == pytest.approx(cohen_kappa_score(one, other))


def test_no_label_has_no_kappa():
    assert cohen_kappa([], []) is None


def test_judges_of_other_items_are_not_compared():
    with pytest.raises(ValueError, match="2 labels against 1"):
        cohen_kappa(["a", "b"], ["a"])
