"""Signals of a passage fused into one score, by a linear combination fitted for each model.

Bruch, Gai and Ingber, « An Analysis of Fusion Functions for Hybrid Retrieval », 2023: a convex combination of scores
on fixed scales beats reciprocal rank fusion. Nothing is normalised by question, so a score means the same from one
question to the next, and abstention can read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
ASKED = 1.5  # log-odds for each standard deviation of likeness to what was asked before
SIGNALS = ("dense", "sentence", "lexical", "coverage", "token")


@dataclass(frozen=True)
class Calibration:
    """Mean and standard deviation of the cosines between passages of an index drawn at random."""

    mean: float
    std: float

    @classmethod
    def of(cls, vectors: Floats, most: int = 512) -> "Calibration":
        """From unit vectors, shape (passages, dimension)."""
        if len(vectors) < 3:
            return cls(0.0, 0.1)
        drawn = vectors[np.random.default_rng(0).permutation(len(vectors))[:most]]
        cosines = (drawn @ drawn.T)[np.triu_indices(len(drawn), 1)]
        return cls(round(float(cosines.mean()), 4), max(round(float(cosines.std()), 4), 1e-3))


@dataclass(frozen=True)
class Fusion:
    """Log-odds for each unit of a signal: cosines of the passage and of its best sentence, BM25 and coverage in
    [0, 1], late interaction, likeness to what was asked before (`asked`). `first` weighs dense against lexical where
    candidates are chosen. The score shown is 0 at `low` and 1 at `high`."""

    dense: float
    sentence: float
    lexical: float
    coverage: float
    token: float
    first: tuple[float, float]
    low: float
    high: float
    asked: float = ASKED

    @classmethod
    def of(cls, model: str, calibration: Calibration, tokens: bool) -> "Fusion":
        """The values fitted for a model on piaf/tune, or those of the fitted ones carried over by `calibration`."""
        fitted = _FITTED.get(model)
        if fitted and tokens == (fitted.token > 0):
            return fitted
        unit = 1 / calibration.std
        low = 2.4 * calibration.mean * unit
        return cls(1.2 * unit, 1.2 * unit, 8.0, 1.5, 0.0, (1.7 * unit, 12.0), low, low + 22.0)

    def candidates(self, dense: Floats, lexical: Floats, asked: Floats | float = 0.0) -> Floats:
        """The score by which candidates are kept, of arrays of one shape."""
        kept = self.first[0] * dense + self.first[1] * lexical + self.asked * asked
        return np.asarray(kept, dtype=np.float32)

    def totals(self, signals: Mapping[str, Floats]) -> Floats:
        """The scores that passages are ordered by, of arrays of one shape, by signal; those absent count as 0."""
        return np.asarray(sum(getattr(self, name) * values for name, values in signals.items()), dtype=np.float32)

    def shown(self, totals: Floats) -> Floats:
        """Totals on a scale of 0 to 1."""
        shown: Floats = np.clip((totals - self.low) / (self.high - self.low), 0, 1).astype(np.float32)
        return shown


# From `python -m evaluations.tuning.tokens`; see docs/measurements.md.
_FITTED = {
    "embeddinggemma-300m": Fusion(6.93, 9.29, 3.56, 0.84, 19.04, first=(20.96, 10.55), low=9.79, high=30.32),
    "multilingual-e5-small": Fusion(35.17, 35.61, 6.21, 0.7, 15.85, first=(79.67, 12.43), low=64.89, high=82.6),
}
