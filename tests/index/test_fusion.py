"""The convex combination of dense and lexical scores."""

import numpy as np
import pytest

from index import MODELS, FusionWeights, fused

WEIGHTS = FusionWeights(low=0.2, high=0.7, dense=0.6)


def score(dense: float, lexical: float) -> float:
    return float(fused(np.array([dense], np.float32), np.array([lexical], np.float32), WEIGHTS)[0])


@pytest.mark.parametrize(
    ("dense", "lexical", "expected"),
    [
        (0.45, 0.5, 0.6 * 0.5 + 0.4 * 0.5),  # (0.45 - 0.2) / 0.5 = 0.5
        (0.7, 1.0, 1.0),
        (0.2, 0.0, 0.0),
        (-0.3, 0.5, 0.2),  # below `low` counts as `low`
        (0.95, 0.0, 0.6),  # above `high` counts as `high`
    ],
)
def test_scores_are_a_weighted_sum_on_fixed_scales(dense, lexical, expected):
    assert score(dense, lexical) == pytest.approx(expected)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_fitted_weights_of_its_own(model):
    weights = FusionWeights.of(model)
    assert weights != FusionWeights.of("unknown model")
    assert -1 <= weights.low < weights.high <= 1
    assert 0 < weights.dense < 1
