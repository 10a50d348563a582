"""Encoding against the plain sentence-transformers call: `python -m evaluations.benchmarks.encoding PIAF MODEL…`.

Both in one process, in turn, on the same strings: a question at a time, then mixed-length passages in bulk (the plain
call sorts them by length and pads, in batches of 32). The arithmetic's limit is a large fp32 product by the same
torch; the model's share of it counts two operations for each weight of its matrices and token, without attention.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluations.squad import read_squad
from index import SentenceEmbedder, load_embedder, model_folder, models_home, passage_string, query_string

Vectors = npt.NDArray[np.float32]
_QUESTIONS, _PASSAGES, _ROUNDS = 60, 60, 5


@dataclass(frozen=True)
class Plain:
    """sentence-transformers as it comes, in fp32."""

    model: Any

    @classmethod
    def load(cls, name: str) -> "Plain":
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        return cls(SentenceTransformer(str(model_folder(name, models_home())), device="cpu", local_files_only=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False))

    @property
    def weights(self) -> int:
        """Numbers in the matrices every token is multiplied by: all but the embedding tables."""
        named = self.model.named_parameters()
        return sum(p.numel() for name, p in named if p.dim() == 2 and "embed" not in name and "pooler" not in name)


def seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def in_turn(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of two calls, one after the other each round, after one round to warm up."""
    pairs = [(seconds(first), seconds(second)) for _ in range(rounds + 1)][1:]
    return [a for a, _ in pairs], [b for _, b in pairs]


def fp32_limit(size: int = 2048) -> float:
    """Floating-point operations a second of one large product."""
    import torch  # noqa: PLC0415

    a = torch.randn(size, size)
    return max(2 * size**3 / seconds(lambda: a @ a) for _ in range(8))


def measure(name: str, questions: Sequence[str], passages: Sequence[str]) -> str:
    ours, plain = load_embedder(name, models_home()), Plain.load(name)
    asked = [query_string(ours.stamp, q) for q in questions]
    texts = [passage_string(ours.stamp, p) for p in passages]
    singles = [in_turn(partial(plain.encode, [q]), partial(ours.encode, [q]), 1) for q in asked]
    one, other = (statistics.median(pair[side][0] for pair in singles) for side in (0, 1))
    many, fewer = in_turn(partial(plain.encode, texts), partial(ours.encode, texts), _ROUNDS)
    bulk = statistics.median(a / b for a, b in zip(many, fewer, strict=True))
    tokens, share = ours.count_tokens(texts), fp32_limit()
    per_second = [tokens / statistics.median(times) for times in (many, fewer)]
    reached = [2 * plain.weights * rate / share for rate in per_second]
    return (
        f"| {name} | {one * 1000:.1f} → {other * 1000:.1f} ms | {other / one:.2f} | {per_second[0]:.0f} → "
        f"{per_second[1]:.0f} tokens/s | {bulk:.2f} | {reached[0]:.2f} → {reached[1]:.2f} of {share / 1e9:.0f} GFLOP/s "
        f"| {_cosines(ours, plain, [*asked, *texts])} |\n"
    )


def _cosines(ours: SentenceEmbedder, plain: Plain, texts: Sequence[str]) -> str:
    cosines = np.vecdot(ours.encode(texts), plain.encode(texts))
    return f"{cosines.min():.4f}, {np.median(cosines):.4f}"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("squad", type=Path)
    cli.add_argument("models", nargs="+")
    args = cli.parse_args()
    data = read_squad(args.squad)
    questions = [q for q, _ in data.questions[:: len(data.questions) // _QUESTIONS]][:_QUESTIONS]
    passages = data.paragraphs[:: len(data.paragraphs) // _PASSAGES][:_PASSAGES]
    sys.stdout.write("| model | a question | ratio | bulk | times faster | share of fp32 limit | cosines |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for name in args.models:
        sys.stdout.write(measure(name, questions, passages))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
