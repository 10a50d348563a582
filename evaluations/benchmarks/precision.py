"""What compression costs in quality: `python -m evaluations.benchmarks.precision ../shared/data MODEL`.

Dense retrieval alone, with the plain fp32 sentence-transformers call and with ours, on the same texts: crpa, and piaf's
test half (questions drawn by a seed, all paragraphs, text alone).
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.benchmarks.encoding import Plain
from evaluations.squad import SquadSet, read_squad
from evaluations.tuning.fusion import ndcg_at_10
from index import SentenceEmbedder, load_embedder, models_home, passage_string, query_string

Vectors = npt.NDArray[np.float32]
_SEED = 2026


def measure(data: SquadSet, questions: Sequence[tuple[str, int]], ours: SentenceEmbedder, plain: Plain) -> str:
    """nDCG@10 of both, their difference, and the least cosine of a vector to its plain one."""
    texts = [passage_string(ours.stamp, p) for p in data.paragraphs]
    asked = [query_string(ours.stamp, q) for q, _ in questions]
    gold = np.array([row for _, row in questions])
    pairs = [(encoder.encode(asked), encoder.encode(texts)) for encoder in (plain, ours)]
    before, after = (ndcg_at_10(q @ p.T, gold) for q, p in pairs)
    least = min(float(np.vecdot(a, b).min()) for a, b in zip(*pairs, strict=True))
    return f"{len(questions)} | {before:.4f} | {after:.4f} | {after - before:+.4f} | {least:.4f} |\n"


def sets(data: Path, most: int) -> Iterator[tuple[str, SquadSet, list[tuple[str, int]]]]:
    crpa = read_squad(data / "crpa/crpa.json", titled=False)
    yield "crpa", crpa, list(crpa.questions)
    piaf = read_squad(data / "piaf/test.json", titled=False)
    yield "piaf/test", piaf, random.Random(_SEED).sample(piaf.questions, most)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("data", type=Path)
    cli.add_argument("model")
    cli.add_argument("--questions", type=int, default=1000)
    args = cli.parse_args()
    ours, plain = load_embedder(args.model, models_home()), Plain.load(args.model)
    sys.stdout.write("| set | questions | fp32 | ours | difference | least cosine |\n|---|---|---|---|---|---|\n")
    for name, data, questions in sets(args.data, args.questions):
        sys.stdout.write(f"| {args.model}, {name} | {measure(data, questions, ours, plain)}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
