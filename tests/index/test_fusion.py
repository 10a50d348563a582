"""Five signals into one score: linear, on fixed scales, carried over to models that were not fitted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import MODELS, SIGNALS, Calibration, Fusion, fusion

CALIBRATION = Calibration(0.6, 0.05)
FITTED = Fusion(10.0, 4.0, 8.0, 2.0, 6.0, (14.0, 12.0), low=5.0, high=25.0)
UNKNOWN = Fusion.of("unknown", CALIBRATION, tokens=False)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def signals(count: int) -> st.SearchStrategy[dict[str, np.ndarray]]:
    ranges = {name: (-1, 1) if name in ("dense", "sentence", "token") else (0, 1) for name in SIGNALS}
    return st.fixed_dictionaries(
        {name: st.lists(st.floats(*ends, width=32), min_size=count, max_size=count) for name, ends in ranges.items()}
    ).map(lambda drawn: {name: floats(*values) for name, values in drawn.items()})


def test_a_total_is_the_weighted_sum_of_the_signals():
    values = dict(zip(SIGNALS, map(floats, (0.5, 0.25, 0.1, 1.0, 0.3)), strict=True))
    # 10 × 0.5 + 4 × 0.25 + 8 × 0.1 + 2 × 1 + 6 × 0.3
    assert FITTED.totals(values) == pytest.approx([10.6])


def test_an_absent_signal_counts_as_zero():
    values = {"dense": floats(0.5), "lexical": floats(0.1)}
    assert FITTED.totals(values) == pytest.approx([10 * 0.5 + 8 * 0.1])


def test_candidates_weigh_dense_against_lexical_alone():
    assert FITTED.candidates(floats(0.5, 0.0), floats(0.0, 1.0)) == pytest.approx([7.0, 12.0])


@pytest.mark.parametrize(
    ("total", "expected"),
    [(5.0, 0.0), (25.0, 1.0), (10.0, 0.25), (-3.0, 0.0), (99.0, 1.0)],  # (10 - 5) / (25 - 5) = 0.25
)
def test_the_scale_shown_ends_at_low_and_high(total, expected):
    assert FITTED.shown(floats(total)) == pytest.approx([expected])


@pytest.mark.parametrize("fitted", [FITTED, UNKNOWN], ids=["fitted", "unknown"])
@given(drawn=signals(6))
def test_scores_lie_in_0_1_and_never_contradict_the_order_of_the_totals(fitted, drawn):
    totals = fitted.totals(drawn)
    shown = fitted.shown(totals)
    assert ((shown >= 0) & (shown <= 1)).all()
    assert (np.diff(shown[np.argsort(totals)]) >= 0).all()


@given(drawn=signals(6), scale=st.floats(0.2, 3), shift=st.floats(-0.5, 0.5))
def test_an_unknown_model_is_judged_by_where_its_cosines_stand_among_its_own(drawn, scale, shift):
    """Cosines of another mean and spread, with the calibration that says so, give the same scores."""
    moved = drawn | {name: (scale * drawn[name] + shift).astype(np.float32) for name in ("dense", "sentence")}
    calibration = Calibration(scale * CALIBRATION.mean + shift, scale * CALIBRATION.std)
    other = Fusion.of("another", calibration, tokens=False)
    assert other.shown(other.totals(moved)) == pytest.approx(UNKNOWN.shown(UNKNOWN.totals(drawn)), abs=1e-4)
    first, second = (f.candidates(d["dense"], d["lexical"]) for f, d in ((UNKNOWN, drawn), (other, moved)))
    assert second - second[0] == pytest.approx(first - first[0], abs=1e-3)  # a shift leaves the order as it is


def test_an_unknown_model_s_tokens_do_not_count():
    assert Fusion.of("unknown", CALIBRATION, tokens=True).token == 0


def test_a_fitted_model_keeps_its_values_whatever_the_calibration(monkeypatch):
    monkeypatch.setitem(fusion._FITTED, "fitted", FITTED)
    assert Fusion.of("fitted", CALIBRATION, tokens=True) == Fusion.of("fitted", Calibration(0, 1), tokens=True)
    assert Fusion.of("fitted", CALIBRATION, tokens=True) == FITTED


@pytest.mark.parametrize("weight", [0.0, 6.0])
def test_values_fitted_with_tokens_are_not_used_without_them_nor_the_reverse(weight, monkeypatch):
    monkeypatch.setitem(fusion._FITTED, "fitted", replace(FITTED, token=weight))
    assert Fusion.of("fitted", CALIBRATION, tokens=weight == 0) == UNKNOWN


@pytest.mark.parametrize("model", MODELS)
def test_every_shipped_model_has_fitted_values_that_count_nothing_against_a_passage(model):
    fitted = fusion._FITTED[model]
    assert all(getattr(fitted, name) >= 0 for name in SIGNALS)
    assert min(fitted.first) > 0
    assert fitted.low < fitted.high


def test_calibration_is_the_mean_and_spread_of_the_cosines_of_pairs():
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    # pairs: 0, 0.6 and 0.8; mean 1.4 / 3 = 0.4667, deviation √((0.36 + 0.64) / 3 − 0.4667²) = 0.3399
    assert Calibration.of(vectors) == Calibration(0.4667, 0.3399)


def test_calibration_of_too_few_passages_is_a_guess():
    assert Calibration.of(np.eye(2, dtype=np.float32)) == Calibration(0.0, 0.1)


def test_calibration_of_equal_passages_has_a_spread_one_can_divide_by():
    assert Calibration.of(np.tile(floats(0.6, 0.8), (5, 1))).std > 0


def test_calibration_of_many_passages_is_drawn_the_same_way_each_time():
    drawn = np.random.default_rng(1).standard_normal((2_000, 8)).astype(np.float32)
    vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    first = Calibration.of(vectors)
    assert first == Calibration.of(vectors)
    assert first.mean == pytest.approx(0, abs=0.02)
    assert first.std == pytest.approx(8**-0.5, abs=0.02)  # cosines of random directions in d dimensions: 1 / √d
