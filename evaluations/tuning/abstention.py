"""Fit the abstention's coefficients on piaf/tune: `python -m evaluations.tuning.abstention PIAF_TUNE MODEL`.

Half of the articles are indexed; the questions on the other half are certain to be outside the corpus. Evidence is
what the searcher would return, and a feature the best of a signal in it.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.squad import read_squad
from evaluations.tuning.scores import PairScores, pair_scores
from index import Calibration, Fusion, load_embedder, models_home

Floats = npt.NDArray[np.float64]
EVIDENCE = 8  # passages
_COSINES = ("dense", "sentence", "token")
_SETS = ((*_COSINES, "lexical"), _COSINES, ("dense", "lexical"), ("dense",), ("score",))


def features(pairs: PairScores, fusion: Fusion, names: Sequence[str]) -> tuple[Floats, Floats]:
    """Best of each named signal in the evidence, shape (questions, names); 1 where the question is inside."""
    indexed = pairs.articles % 2 == 0
    signals = {name: values[:, indexed] for name, values in pairs.signals.items()}
    totals = fusion.totals(signals)
    signals["score"] = fusion.shown(totals)
    found = np.argpartition(-totals, EVIDENCE, axis=1)[:, :EVIDENCE]
    best = [np.take_along_axis(signals[name], found, axis=1).max(axis=1) for name in names]
    return np.stack(best, axis=1).astype(np.float64), indexed[pairs.gold].astype(np.float64)


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
    out = sys.stdout.write
    for names in _SETS:
        x, y = features(pairs, fusion, names)
        weights = fit(x, y)
        scores = weights[0] + x @ weights[1:]
        fitted = dict(zip(("bias", *names), np.round(weights, 2).tolist(), strict=True))
        out(f"{args.model}: {fitted}, AUROC {auroc(scores, y):.4f}\n")
        threshold = float(np.quantile(scores[y == 1], 0.04))
        kept = float((scores[y == 0] < threshold).mean())
        out(f"  log-odds at 4 % false abstention: {threshold:.2f}; abstention recall there {kept:.3f}\n")


if __name__ == "__main__":
    main()
