"""Is a difference between two runs more than chance? Paired tests, intervals, and what a set of this size shows."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # whose statistics, a second of imports, are read where they are first used

_RESAMPLES = 9_999
_SEED = 20_260
_ALPHA, _POWER = 0.05, 0.8


@dataclass(frozen=True)
class Interval:
    """A mean, and the bounds between which it lies with a confidence of 95 %."""

    mean: float
    low: float
    high: float

    @property
    def leaves_zero_out(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Difference:
    """What the second run has more than the first, on `cases` questions that both measured.

    `p`: probability of as large a difference by chance; `adjusted`: the same, all the measures looked at considered;
    `detectable`: the smallest difference that such a set shows four times out of five.
    """

    interval: Interval
    p: float
    detectable: float
    cases: int
    adjusted: float = 1.0

    @property
    def is_real(self) -> bool:
        """Whether chance alone would hardly give it."""
        return self.adjusted < _ALPHA


def interval(values: Sequence[float]) -> Interval:
    """Mean and its bounds by the bias-corrected and accelerated bootstrap (Efron, 1987). Raises ValueError for none.

    Values that are all the same have no bounds but themselves.
    """
    if not len(values):
        raise ValueError("no value, no interval")
    sample = np.asarray(values, dtype=float)
    mean = float(sample.mean())
    if np.ptp(sample) == 0:
        return Interval(mean, mean, mean)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", scipy.stats.DegenerateDataWarning)
        found = scipy.stats.bootstrap(
            (sample,), np.mean, n_resamples=_RESAMPLES, method="BCa", rng=np.random.default_rng(_SEED)
        )
    low, high = map(float, found.confidence_interval)
    return Interval(mean, min(mean, _or(low, mean)), max(mean, _or(high, mean)))


def difference(before: Sequence[float], after: Sequence[float]) -> Difference:
    """Paired difference of two runs' values for the same questions, in the same order.

    A yes/no measure is tested by McNemar's exact test, any other by a paired permutation test. Raises ValueError where
    the two do not have as many.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} values against {len(after)}")
    gaps = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    yes_no = set(before) | set(after) <= {0.0, 1.0}
    p = mcnemar(before, after) if yes_no else _permutation(gaps)
    return Difference(interval(gaps.tolist()), p, smallest_detectable(gaps.tolist()), len(gaps))


def mcnemar(before: Sequence[float], after: Sequence[float]) -> float:
    """Exact two-sided probability, from the questions on which two yes/no runs disagree (McNemar, 1947)."""
    gained = sum(b > a for a, b in zip(before, after, strict=True))
    lost = sum(b < a for a, b in zip(before, after, strict=True))
    return float(scipy.stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0


def _permutation(gaps: np.ndarray) -> float:
    """Two-sided probability of the mean gap when each question's two values may have been swapped."""
    if not gaps.any() or len(gaps) < 2:
        return 1.0
    found = scipy.stats.permutation_test(
        (gaps,), np.mean, permutation_type="samples", n_resamples=_RESAMPLES, rng=np.random.default_rng(_SEED)
    )
    return float(found.pvalue)


def smallest_detectable(gaps: Sequence[float]) -> float:
    """Mean difference found four times out of five at 5 %: (z.975 + z.8) × standard deviation / √n (Cohen, 1988)."""
    if len(gaps) < 2:
        return 1.0
    spread = float(np.std(gaps, ddof=1))
    return float((scipy.stats.norm.ppf(1 - _ALPHA / 2) + scipy.stats.norm.ppf(_POWER)) * spread / np.sqrt(len(gaps)))


def holm(found: Mapping[str, Difference]) -> dict[str, Difference]:
    """Each difference with its probability adjusted for their number (Holm, 1979): never under the one before it."""
    ordered = sorted(found, key=lambda name: found[name].p)
    adjusted: dict[str, float] = {}
    floor = 0.0
    for rank, name in enumerate(ordered):
        floor = max(floor, min(1.0, found[name].p * (len(ordered) - rank)))
        adjusted[name] = floor
    return {
        name: Difference(one.interval, one.p, one.detectable, one.cases, adjusted[name]) for name, one in found.items()
    }


def cohen_kappa(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Agreement of two judges beyond chance (Cohen, 1960): 1 always, 0 as by chance; None where chance is certain."""
    if len(one) != len(other):
        raise ValueError(f"{len(one)} labels against {len(other)}")
    if not one:
        return None
    seen = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    labels = set(one) | set(other)
    chance = sum((list(one).count(label) / len(one)) * (list(other).count(label) / len(other)) for label in labels)
    return (seen - chance) / (1 - chance) if chance < 1 else None


def _or(value: float, otherwise: float) -> float:
    return otherwise if np.isnan(value) else value
