"""Retrieval on public sets: `python -m evaluations.benchmarks.retrieval ../shared/data MODEL…`.

PIAF's test half (one paragraph is one passage, the paragraph a question was written for is relevant, all questions
count), with and without the article's title as heading; crpa; ANSSI's measures asked for by their short description.
BM25 alone, dense alone and fusion as the searcher computes it, with paired bootstrap intervals of (fusion − better
part). Nothing is fitted here.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.squad import SquadSet, read_known_items, read_squad
from evaluations.tuning.fusion import gains, ranks
from evaluations.tuning.scores import PairScores, pair_scores
from index import RERANKED, Calibration, Fusion, load_embedder, models_home

Floats = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int64]
_HEAD = "| set (questions) | | nDCG@10 | success@1 | recall@5 |\n|---|---|---|---|---|\n"
_DRAWS, _SEED = 10_000, 2026


@dataclass(frozen=True)
class Figures:
    """Means over all questions."""

    ndcg_at_10: float
    success_at_1: float
    recall_at_5: float

    @classmethod
    def of(cls, rank: Ranks) -> "Figures":
        return cls(float(gains(rank).mean()), float((rank == 1).mean()), float((rank <= 5).mean()))

    def __str__(self) -> str:
        return f"{self.ndcg_at_10:.4f} | {self.success_at_1:.4f} | {self.recall_at_5:.4f}"


def staged(fusion: Fusion, pairs: PairScores) -> npt.NDArray[np.float32]:
    """Scores as the searcher orders passages: five signals for the first candidates, the others after them."""
    first = fusion.candidates(pairs.dense, pairs.lexical)
    totals = fusion.totals(pairs.signals)
    kept = min(RERANKED, first.shape[1])
    floor = np.partition(first, -kept, axis=1)[:, -kept][:, None]
    after = first - first.max() + totals.min() - 1
    return np.where(first >= floor, totals, after).astype(np.float32)


def interval(differences: Floats) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the mean of paired differences (Efron and Tibshirani, 1993)."""
    generator = np.random.default_rng(_SEED)
    means = [differences[generator.integers(0, len(differences), len(differences))].mean() for _ in range(_DRAWS)]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def public_sets(data: Path) -> Iterator[tuple[str, SquadSet]]:
    """The report sets by name."""
    yield "piaf/test, title as heading", read_squad(data / "piaf/test.json")
    yield "piaf/test, text alone", read_squad(data / "piaf/test.json", titled=False)
    yield "crpa", read_squad(data / "crpa/crpa.json", titled=False)
    anssi = data / "anssi"
    measures = read_known_items(anssi / "monservicesecurise_mesuresV2.json", anssi / "monaidecyber_mesures.json")
    yield "ANSSI known items", measures


def report(name: str, pairs: PairScores, fusion: Fusion) -> str:
    """Three rows of a Markdown table and the interval."""
    every = {"BM25": pairs.lexical, "dense": pairs.dense, "fusion": staged(fusion, pairs)}
    rank = {part: ranks(scores, pairs.gold) for part, scores in every.items()}
    better = max(("BM25", "dense"), key=lambda part: float(gains(rank[part]).mean()))
    difference = gains(rank["fusion"]) - gains(rank[better])
    low, high = interval(difference)
    rows = [f"| {name} ({len(pairs.gold)}) | {part} | {Figures.of(rank[part])} |" for part in every]
    rows.append(f"| | fusion − {better} | {difference.mean():+.4f} [{low:+.4f}, {high:+.4f}] | | |")
    return "\n".join(rows) + "\n"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("data", type=Path)
    cli.add_argument("models", nargs="+")
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    for model in args.models:
        embedder = load_embedder(model, models_home())
        sys.stdout.write(f"\n{model}\n\n{_HEAD}")
        for name, data in public_sets(args.data):
            pairs = pair_scores(data, embedder, args.cache)
            fusion = Fusion.of(model, Calibration(0.0, 1.0), bool(embedder.stamp.token_dimension))
            sys.stdout.write(report(name, pairs, fusion))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
