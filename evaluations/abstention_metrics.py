"""Measures of the decision to answer, over a set: what it refuses, how well confidence tells, what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

_BINS = 10


@dataclass(frozen=True)
class Decision:
    """One question: whether the corpus covers it, whether it got no answer, with what confidence, and if it was right.

    `right`: an answer that cites a gold page; an answer to an uncovered question is never right. None where nothing
    tells it: the gold of a covered question is lost.
    """

    covered: bool
    abstained: bool
    confidence: float
    right: bool | None


def abstention_scores(decisions: Sequence[Decision]) -> dict[str, float | None]:
    """The measures of the family « abstention » that belong to a set; None where they need both kinds of questions."""
    precision = _mean([not d.covered for d in decisions if d.abstained])
    recall = _mean([d.abstained for d in decisions if not d.covered])
    f1 = None
    if recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision and recall else 0.0
    return {
        "abstention_precision": precision,
        "abstention_f1": f1,
        "abstention_auroc": auroc([d.confidence for d in decisions], [d.covered for d in decisions]),
        "risk_coverage_area": risk_coverage_area(known) if (known := judged(decisions)) else None,
        "calibration_error": calibration_error(decisions) if decisions else None,
    }


def judged(decisions: Sequence[Decision]) -> list[Decision]:
    """Those known to be right or wrong."""
    return [decision for decision in decisions if decision.right is not None]


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Chance that a positive has a greater score than a negative, ties counting half; None without both.

    From the sum of the positives' mean ranks (Hanley and McNeil, 1982).
    """
    truth = np.array(positive, dtype=bool)
    many, few = int(truth.sum()), int((~truth).sum())
    if not many or not few:
        return None
    ranks = scipy.stats.rankdata(scores)
    return float((ranks[truth].sum() - many * (many + 1) / 2) / (many * few))


def risk_coverage(decisions: Sequence[Decision]) -> list[tuple[float, float]]:
    """(coverage k/n, error rate) of the k questions with the most confidence; equals in confidence come together.

    Within a group of equals the error rate is the group's, as if their order were drawn at random.
    """
    ordered = sorted(decisions, key=lambda d: -d.confidence)
    points: list[tuple[float, float]] = []
    done, wrong = 0, 0.0
    while done < len(ordered):
        group = [d for d in ordered[done:] if d.confidence == ordered[done].confidence]
        share = sum(not d.right for d in group) / len(group)
        for k in range(1, len(group) + 1):
            points.append(((done + k) / len(ordered), (wrong + k * share) / (done + k)))
        done, wrong = done + len(group), wrong + share * len(group)
    return points


def risk_coverage_area(decisions: Sequence[Decision]) -> float:
    """Mean of the error rates of `risk_coverage`."""
    return float(np.mean([risk for _, risk in risk_coverage(decisions)]))


def calibration_error(decisions: Sequence[Decision], bins: int = _BINS) -> float:
    """Mean over bins of equal width of |share covered − mean confidence|, weighted by their size."""
    confidence = np.array([d.confidence for d in decisions])
    covered = np.array([d.covered for d in decisions], dtype=float)
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(covered[places == place].mean() - confidence[places == place].mean()) * (places == place).sum()
        for place in np.unique(places)
    ]
    return float(sum(gaps) / len(decisions))


def _mean(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
