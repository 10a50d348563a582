"""Convex combination of dense and lexical scores on scales that do not move from one question to the next.

Bruch, Gai and Ingber, « An Analysis of Fusion Functions for Hybrid Retrieval », 2023: a convex combination of
scores normalised by fixed bounds beats reciprocal rank fusion. The lexical score is already divided by its
upper bound; a model's cosines are stretched from the range where they really lie.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FusionWeights:
    """`low` and `high`: cosines of an unrelated and of a perfect passage; `dense`: weight of the dense score."""

    low: float
    high: float
    dense: float

    @classmethod
    def of(cls, model: str) -> "FusionWeights":
        """The values fitted on piaf/tune for a model, or cautious ones."""
        return _FITTED.get(model, cls(low=0.0, high=1.0, dense=0.7))


# From `python -m evaluations.tuning.fusion`; see docs/measurements.md.
_FITTED = {
    "multilingual-e5-small": FusionWeights(low=0.75, high=0.91, dense=0.45),
    "embeddinggemma-300m": FusionWeights(low=-0.09, high=0.69, dense=0.6),
}


def fused(dense: Floats, lexical: Floats, weights: FusionWeights) -> Floats:
    """Scores in [0, 1]; `dense` holds cosines, `lexical` scores in [0, 1], of the same shape."""
    stretched = np.clip((dense - weights.low) / (weights.high - weights.low), 0, 1)
    combined: Floats = (weights.dense * stretched + (1 - weights.dense) * lexical).astype(np.float32)
    return combined
