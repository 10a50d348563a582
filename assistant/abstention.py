"""Does the guide cover the question? A logistic model of evidence features, fitted on piaf/tune.

Features: the best of each signal among the evidence. A question in another language than the passages shares no
words with them, so the cosines alone decide there.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index import ScoredPassage


@dataclass(frozen=True)
class Coefficients:
    """log-odds = bias + the sum of weight × best signal."""

    bias: float
    weights: Mapping[str, float]

    def log_odds(self, best: Mapping[str, float]) -> float:
        return self.bias + sum(weight * best[name] for name, weight in self.weights.items())


@dataclass(frozen=True)
class Abstention:
    """Coefficients for a question in the passages' language, and for one in another."""

    same_language: Coefficients
    other_language: Coefficients

    @classmethod
    def of(cls, model: str, tokens: bool = True) -> "Abstention":
        """The values fitted for a model with its late interaction; for another, those that read the score alone."""
        return _FITTED.get(model, _BY_SCORE) if tokens else _BY_SCORE

    def confidence(self, evidence: Sequence[ScoredPassage], same_language: bool) -> float:
        """Probability in [0, 1] that the evidence answers the question."""
        if not evidence:
            return 0.0
        weights = self.same_language if same_language else self.other_language
        return _logistic(weights.log_odds(best_signals(evidence)))


def best_signals(evidence: Sequence[ScoredPassage]) -> dict[str, float]:
    """The best of each signal among the passages found."""
    return {
        "dense": max(scored.dense_score for scored in evidence),
        "sentence": max(scored.sentence_score for scored in evidence),
        "token": max(scored.token_score for scored in evidence),
        "lexical": max(scored.lexical_score for scored in evidence),
        "score": max(scored.score for scored in evidence),
    }


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))


# From `python -m evaluations.tuning.abstention`; see docs/measurements.md.
# Two signals only: with all of them AUROC on piaf/tune is .976, not .959, but members' own words, far from the guide's,
# are then taken for questions it does not cover.
_FITTED = {
    "embeddinggemma-300m": Abstention(
        Coefficients(-8.73, {"dense": 18.29, "lexical": 8.13}), Coefficients(-8.42, {"dense": 23.49})
    ),
    "multilingual-e5-small": Abstention(
        Coefficients(-67.62, {"dense": 77.47, "lexical": 9.76}), Coefficients(-92.72, {"dense": 110.72})
    ),
}
# Gentler than what piaf/tune gives for EmbeddingGemma's score (-9.3, 17.9): nobody has checked such a model's scale.
_BY_SCORE = Abstention(Coefficients(-4.5, {"score": 12.0}), Coefficients(-4.5, {"score": 12.0}))
