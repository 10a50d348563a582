"""Fit the abstention's coefficients on piaf/tune: `python -m evaluations.tuning.abstention PIAF_TUNE MODEL`.

Three questions are put for each one drawn: to the half of the articles of even rank (those of the other half are
certain to be outside the corpus), to all paragraphs, and to all but its own. Traits are those the searcher gives.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.squad import read_squad
from evaluations.tuning.scores import PairScores, pair_scores
from index import Calibration, Fusion, Traits, load_embedder, models_home, sampled

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
EVIDENCE = 8  # passages
NAMES = tuple(field.name for field in fields(Traits) if field.name != "score")  # the score is for unknown models
FALSE_ABSTENTION = 0.04  # on questions inside the corpus, where the threshold is set


@dataclass(frozen=True)
class Protocol:
    """Traits of each question, shape (questions, traits), and 1 where the corpus answers it."""

    traits: Floats
    inside: Floats


def protocols(pairs: PairScores, fusion: Fusion) -> tuple[Protocol, Protocol]:
    """Questions outside the corpus; questions with and without their own paragraph."""
    half = np.flatnonzero(pairs.articles % 2 == 0)
    every = np.arange(len(pairs.articles))
    asked = range(len(pairs.questions))
    outside = Protocol(_rows(pairs, fusion, [half] * len(asked)), np.isin(pairs.gold, half).astype(np.float64))
    without = [np.delete(every, pairs.gold[i]) for i in asked]
    both = np.concatenate([_rows(pairs, fusion, [every] * len(asked)), _rows(pairs, fusion, without)])
    return outside, Protocol(both, np.repeat([1.0, 0.0], len(asked)))


def _rows(pairs: PairScores, fusion: Fusion, kept: Sequence[Rows]) -> Floats:
    return np.array([_traits(pairs, fusion, number, rows) for number, rows in enumerate(kept)])


def _traits(pairs: PairScores, fusion: Fusion, question: int, rows: Rows) -> list[float]:
    signals = {name: values[question, rows] for name, values in pairs.signals.items()}
    totals = fusion.totals(signals)
    best = np.argsort(-totals, kind="stable")[:EVIDENCE]
    found = Traits(
        dense=float(signals["dense"][best].max()),
        sentence=float(signals["sentence"][best].max()),
        typical=float(np.median(signals["dense"][sampled(len(rows))])),
        weakest=pairs.weakest(question, int(rows[best[0]])),
        lead=float(totals[best[0]] - totals[best[4]]),
    )
    return [float(getattr(found, name)) for name in NAMES]


def fit(x: Floats, y: Floats, ridge: float = 1e-3) -> Floats:
    """Logistic regression by Newton's method; returns (bias, one weight for each feature)."""
    centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(x)), (x - centre) / scale])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        hessian = design.T @ (design * (p * (1 - p))[:, None]) + ridge * np.eye(len(weights))
        weights += np.linalg.solve(hessian, design.T @ (y - p) - ridge * weights)
    slopes = weights[1:] / scale
    return np.concatenate([[weights[0] - slopes @ centre], slopes])


def auroc(scores: Floats, y: Floats) -> float:
    """Probability that an inside question scores above an outside one (ties count a half)."""
    inside, outside = scores[y == 1], scores[y == 0]
    wins = (inside[:, None] > outside[None, :]).mean() + 0.5 * (inside[:, None] == outside[None, :]).mean()
    return float(wins)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("squad", type=Path)
    cli.add_argument("model")
    cli.add_argument("--questions", type=int, default=1200)
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    embedder = load_embedder(args.model, models_home())
    pairs = pair_scores(read_squad(args.squad), embedder, args.cache, args.questions)
    fusion = Fusion.of(args.model, Calibration(0.0, 1.0), bool(embedder.stamp.token_dimension))
    outside, removed = protocols(pairs, fusion)
    x = np.concatenate([outside.traits, removed.traits])
    weights = fit(x, np.concatenate([outside.inside, removed.inside]))
    named = dict(zip(("bias", *NAMES), np.round(weights, 2).tolist(), strict=True))
    sys.stdout.write(f"{args.model}: {named}\n")
    scores = weights[0] + outside.traits @ weights[1:]
    threshold = float(np.quantile(scores[outside.inside == 1], FALSE_ABSTENTION))
    sys.stdout.write(f"threshold at {FALSE_ABSTENTION:.0%} false abstention: {1 / (1 + np.exp(-threshold)):.3f}\n")
    for label, protocol in (("outside the corpus", outside), ("own paragraph removed", removed)):
        scores = weights[0] + protocol.traits @ weights[1:]
        caught = float((scores[protocol.inside == 0] < threshold).mean())
        lost = float((scores[protocol.inside == 1] < threshold).mean())
        area = auroc(scores, protocol.inside)
        sys.stdout.write(f"{label}: AUROC {area:.4f}, abstention recall {caught:.3f}, false abstention {lost:.3f}\n")


if __name__ == "__main__":
    main()
