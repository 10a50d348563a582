"""Fit the fusion's weights on piaf/tune: `python -m evaluations.tuning.fusion PIAF_TUNE MODEL`.

Weights come from a listwise softmax: the log-likelihood of the gold paragraph among the best candidates (Cao et al.,
« Learning to Rank: From Pairwise Approach to Listwise Approach », 2007, with one relevant item).
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from evaluations.squad import read_squad
from evaluations.tuning.scores import PairScores, pair_scores
from index import SIGNALS, load_embedder, models_home

Floats = npt.NDArray[np.float32]
_CANDIDATES = 50
_RIDGE = 1e-4


@dataclass(frozen=True)
class LinearWeights:
    """Log-odds for each unit of a signal."""

    weights: dict[str, float]

    def combined(self, signals: Mapping[str, Floats]) -> Floats:
        total = sum(weight * signals[name] for name, weight in self.weights.items())
        return np.asarray(total, dtype=np.float32)


def ranks(scores: Floats, gold: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rank of the gold column, from 1, for each row; ties count against us."""
    best = scores[np.arange(len(gold)), gold][:, None]
    result: npt.NDArray[np.int64] = (scores >= best).sum(axis=1)
    return result


def ndcg_at_10(scores: Floats, gold: npt.NDArray[np.int64]) -> float:
    """Mean nDCG@10 with one relevant paragraph: 1 / log2(1 + rank) up to rank 10, else 0."""
    return float(gains(ranks(scores, gold)).mean())


def gains(rank: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """nDCG@10 of each question, from the rank of its one relevant paragraph."""
    return np.where(rank <= 10, 1 / np.log2(1 + rank), 0)


def fit_weights(pairs: PairScores, names: Sequence[str]) -> LinearWeights:
    """Weights of these signals, never negative: no signal may count against a passage."""
    features, real = _candidates(pairs, names)
    scale = features.std(axis=(0, 1)) + 1e-9
    features = features / scale

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = np.where(real, features @ weights, -np.inf)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        share = odds / odds.sum(axis=1, keepdims=True)
        slope = (share[..., None] * features).sum(axis=1) - features[:, 0]
        value = float(-np.log(share[:, 0] + 1e-30).mean()) + _RIDGE * float(weights @ weights)
        return value, slope.mean(axis=0) + 2 * _RIDGE * weights

    bounds = [(0.0, None)] * len(names)
    found = minimize(loss, np.ones(len(names)), jac=True, method="L-BFGS-B", bounds=bounds)
    return LinearWeights({name: round(float(w), 2) for name, w in zip(names, found.x / scale, strict=True)})


def _candidates(pairs: PairScores, names: Sequence[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Signals of the gold and of the best others by dense and lexical score, gold first; which of them count."""
    base = sum((s - s.mean()) / s.std() for s in (pairs.dense, pairs.lexical))
    most = min(_CANDIDATES, pairs.dense.shape[1] - 1)
    best = np.argpartition(-np.asarray(base), most, axis=1)[:, :most]
    columns = np.concatenate([pairs.gold[:, None], best], axis=1)
    real = np.concatenate([np.ones((len(best), 1), dtype=bool), best != pairs.gold[:, None]], axis=1)
    rows = np.arange(len(columns))[:, None]
    return np.stack([pairs.signals[name][rows, columns] for name in names], axis=-1).astype(np.float64), real


def scale_bounds(scores: Floats, pairs: PairScores) -> tuple[float, float]:
    """Where 0 and 1 of the shown score lie: the median over all pairs, and the 95th percentile of gold pairs."""
    gold = scores[np.arange(len(pairs.gold)), pairs.gold]
    return round(float(np.median(scores)), 2), round(float(np.quantile(gold, 0.95)), 2)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("squad", type=Path)
    cli.add_argument("model")
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    pairs = pair_scores(read_squad(args.squad), load_embedder(args.model, models_home()), args.cache)
    out = sys.stdout.write
    out(f"{args.model}: {len(pairs.gold)} questions\n")
    for names in (*((name,) for name in SIGNALS), ("dense", "lexical"), SIGNALS[:4]):
        fitted = fit_weights(pairs, names)
        scores = fitted.combined(pairs.signals)
        low, high = scale_bounds(scores, pairs)
        out(f"{names} nDCG@10 {ndcg_at_10(scores, pairs.gold):.4f} {fitted.weights} low={low} high={high}\n")


if __name__ == "__main__":
    main()
