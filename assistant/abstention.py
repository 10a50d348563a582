"""Does the guide cover the question? A logistic model of two evidence features, fitted on piaf/tune.

Features: the best cosine among the evidence, and its best lexical score (the share of the question's weight in
words found in one passage). A question in another language than the passages shares no words with them, so the
cosine alone decides there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index import ScoredPassage


@dataclass(frozen=True)
class Coefficients:
    """log-odds = bias + dense × best cosine + lexical × best lexical score."""

    bias: float
    dense: float
    lexical: float = 0.0


@dataclass(frozen=True)
class Abstention:
    """Coefficients for a question in the passages' language, and for one in another."""

    same_language: Coefficients
    other_language: Coefficients

    @classmethod
    def of(cls, model: str) -> "Abstention":
        """The values fitted for a model. Raises KeyError for a model nobody fitted."""
        return _FITTED[model]

    def confidence(self, evidence: Sequence[ScoredPassage], same_language: bool) -> float:
        """Probability in [0, 1] that the evidence answers the question."""
        if not evidence:
            return 0.0
        weights = self.same_language if same_language else self.other_language
        dense = max(scored.dense_score for scored in evidence)
        lexical = max(scored.lexical_score for scored in evidence)
        return _logistic(weights.bias + weights.dense * dense + weights.lexical * lexical)


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))


# From `python -m evaluations.tuning.abstention`; see docs/measurements.md.
_FITTED = {
    "multilingual-e5-small": Abstention(Coefficients(-79.76, 92.28, 9.92), Coefficients(-92.72, 110.72)),
    "embeddinggemma-300m": Abstention(Coefficients(-9.81, 20.98, 9.04), Coefficients(-8.42, 23.49)),
}
