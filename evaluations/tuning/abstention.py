"""Fit the abstention's coefficients on piaf/tune: `python -m evaluations.tuning.abstention PIAF_TUNE MODEL`.

Half of the articles are indexed; the questions on the other half are certain to be outside the corpus.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.tuning.scores import PairScores, pair_scores
from index import load_embedder, models_home

Floats = npt.NDArray[np.float64]


def features(pairs: PairScores) -> tuple[Floats, Floats]:
    """Best cosine and best lexical score among the indexed paragraphs, shape (questions, 2); 1 where inside."""
    indexed = pairs.articles % 2 == 0
    inside = indexed[pairs.gold]
    best = np.stack([pairs.dense[:, indexed].max(axis=1), pairs.lexical[:, indexed].max(axis=1)], axis=1)
    return best.astype(np.float64), inside.astype(np.float64)


def fit(x: Floats, y: Floats, ridge: float = 1e-3) -> Floats:
    """Logistic regression by Newton's method; returns (bias, one weight for each feature)."""
    centre, scale = x.mean(axis=0), x.std(axis=0)
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
    pairs = pair_scores(args.squad, load_embedder(args.model, models_home()), args.cache, args.questions)
    x, y = features(pairs)
    out = sys.stdout.write
    for name, columns in (("dense and lexical", [0, 1]), ("dense alone", [0])):
        weights = fit(x[:, columns], y)
        scores = weights[0] + x[:, columns] @ weights[1:]
        out(f"{args.model}, {name}: {np.round(weights, 2).tolist()}, AUROC {auroc(scores, y):.4f}\n")
        threshold = float(np.quantile(scores[y == 1], 0.04))
        kept = float((scores[y == 0] < threshold).mean())
        out(f"  log-odds at 4 % false abstention: {threshold:.2f}; abstention recall there {kept:.3f}\n")


if __name__ == "__main__":
    main()
