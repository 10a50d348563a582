"""Fit the fusion's bounds and weight on piaf/tune: `python -m evaluations.tuning.fusion PIAF_TUNE MODEL`."""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.tuning.scores import PairScores, pair_scores
from index import FusionWeights, fused, load_embedder, models_home

Floats = npt.NDArray[np.float32]


def ranks(scores: Floats, gold: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rank of the gold column, from 1, for each row; ties count against us."""
    best = scores[np.arange(len(gold)), gold][:, None]
    result: npt.NDArray[np.int64] = (scores >= best).sum(axis=1)
    return result


def ndcg_at_10(scores: Floats, gold: npt.NDArray[np.int64]) -> float:
    """Mean nDCG@10 with one relevant paragraph: 1 / log2(1 + rank) up to rank 10, else 0."""
    rank = ranks(scores, gold)
    return float(np.where(rank <= 10, 1 / np.log2(1 + rank), 0).mean())


def bounds(pairs: PairScores) -> tuple[float, float]:
    """Median cosine of the best paragraph of another article, less a margin; 95th percentile of gold cosines."""
    rows = np.arange(len(pairs.gold))
    other = np.where(pairs.articles[None, :] == pairs.articles[pairs.gold][:, None], -1, pairs.dense).max(axis=1)
    high = float(np.quantile(pairs.dense[rows, pairs.gold], 0.95))
    median = float(np.median(other))
    return round(median - (high - median), 2), round(high, 2)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("squad", type=Path)
    cli.add_argument("model")
    cli.add_argument("--questions", type=int, default=1200)
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    pairs = pair_scores(args.squad, load_embedder(args.model, models_home()), args.cache, args.questions)
    low, high = bounds(pairs)
    out = sys.stdout.write
    out(f"{args.model}: {len(pairs.gold)} questions, low={low} high={high}\n")
    out(f"lexical  nDCG@10 {ndcg_at_10(pairs.lexical, pairs.gold):.4f}\n")
    out(f"dense    nDCG@10 {ndcg_at_10(pairs.dense, pairs.gold):.4f}\n")
    for weight in np.arange(0.3, 1.0, 0.1):
        weights = FusionWeights(low, high, round(float(weight), 2))
        score = ndcg_at_10(fused(pairs.dense, pairs.lexical, weights), pairs.gold)
        out(f"dense weight {weight:.2f}  nDCG@10 {score:.4f}\n")


if __name__ == "__main__":
    main()
