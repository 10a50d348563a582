"""Which quotes a reader needs: the others come after them, apart, lest an answer be lost among what only comes near.

A logistic model of three traits, fitted on quotes of tuning questions that a reader labelled.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Home
from assistant.leading import is_under
from index import ScoredPassage

# From `python -m evaluations.tuning.usefulness`; see docs/measurements.md.
_BIAS, _RATIO, _LEADS, _COMPLETES = -5.28, 4.36, 2.1, -1.65
_LEAST = -1.1  # log-odds which .92 of the needed quotes have, and .46 of those that a reader could do without


@dataclass(frozen=True)
class QuoteTraits:
    """Of a passage that is quoted.

    `ratio`: the score of its best sentence over that of the leading section's best; `leads`: whether it stands in that
    section; `completes`: whether it was not found itself and only stands beside one that was.
    """

    ratio: float
    leads: bool
    completes: bool

    @property
    def log_odds(self) -> float:
        """That a reader would miss it."""
        return _BIAS + _RATIO * self.ratio + _LEADS * self.leads + _COMPLETES * self.completes

    @property
    def is_needed(self) -> bool:
        return self.log_odds >= _LEAST


def traits_of(evidence: Sequence[ScoredPassage], scores: Sequence[tuple[int, float]], lead: Home) -> list[QuoteTraits]:
    """Of each passage of the evidence. `scores`: of sentences, each with the place of its passage."""
    best = [0.0] * len(evidence)
    for place, score in scores:
        best[place] = max(best[place], score)
    leads = [is_under(scored.passage, lead) for scored in evidence]
    most = max((score for score, leading in zip(best, leads, strict=True) if leading), default=0.0)
    ratios = [score / most if most > 0 else math.inf for score in best]
    return [
        QuoteTraits(ratio, leading, bool(scored.completes))
        for ratio, leading, scored in zip(ratios, leads, evidence, strict=True)
    ]
