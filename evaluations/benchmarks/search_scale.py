"""Whole searches at 1 k to 1 M passages, the question's encoding left out.

    python -m evaluations.benchmarks.search_scale [INDEX] [--sizes 1000 100000 1000000]

An index is grown from a real one: its passages drawn again and again, each with noise in its vector and a tenth of its
terms exchanged. What is read of the best candidates (texts, sentences, tokens) is that of the passage each was grown
from, so these figures are those of files already in memory. Memory is this process's own, with the index mapped.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus import Passage
from evaluations.benchmarks.scale import timed
from evaluations.questions import SHIPPED, load_questions
from index import (
    AskedVectors,
    DenseIndex,
    Filters,
    IndexVersion,
    LexicalIndex,
    LexicalQuery,
    QuestionTokens,
    Searcher,
    build_postings,
    load_embedder,
    load_glossary,
    models_home,
    plan_for,
    query_string,
    write_dense,
)

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_NOISE, _EXCHANGED, _BLOCK, _SEED, _QUESTIONS = 0.3, 0.1, 16_384, 2026, 60
_SHARES = (1.0, 0.5, 0.01)  # of the passages that a filter keeps


@dataclass(frozen=True)
class GrownLexical(LexicalIndex):
    """Postings of the grown passages; sentences of those they came from."""

    real: LexicalIndex

    def sentence_coverage(self, query: LexicalQuery, rows: Rows) -> Floats:
        return self.real.sentence_coverage(query, rows % self.real.size)


class GrownVersion(IndexVersion):
    """A version of `size` passages, of which row r was grown from row r % n of the real one."""

    def __init__(self, real: IndexVersion, size: int, folder: Path) -> None:
        # Not opened from a folder: all that a searcher reads is set here, or read of the real one.
        self._real, self._n = real, len(real.passages)
        generator = np.random.default_rng(_SEED)
        write_dense(folder, _vectors(real, size, generator), plan_for(size, real.manifest.model.dimension))
        self.dense = DenseIndex.open(folder, size)
        self.lexical = _lexical(real.lexical, size, generator)
        self.manifest, self.watch = real.manifest, real.watch
        self._allowed = generator.random(size)
        self.passages: Any = GrownPassages(real, size)
        self.facets: Any = SimpleNamespace(allowed=self._mask)
        self.asked = AskedVectors.open(folder)  # of a folder without any: what is written by hand does not grow

    def best_sentences(self, vector: Floats, rows: Rows) -> Floats:
        return self._real.best_sentences(vector, rows % self._n)

    def tokens(self, rows: Rows) -> Any:
        return self._real.tokens(rows % self._n)

    def _mask(self, filters: Filters) -> Any:
        """A filter by share: the number in place of an edition's name."""
        share = next(iter(filters.editions), "")
        return self._allowed < float(share) if share else None


class GrownPassages:
    """The real passages again and again, `size` in all."""

    def __init__(self, real: IndexVersion, size: int) -> None:
        self._real, self._size = real.passages, size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, row: int) -> Passage:
        return self._real[row % len(self._real)]


def _vectors(real: IndexVersion, size: int, generator: np.random.Generator) -> Any:
    every = real.dense.vectors(np.arange(len(real.passages)))
    for start in range(0, size, _BLOCK):
        block = every[np.arange(start, min(start + _BLOCK, size)) % len(every)]
        noise = generator.normal(size=block.shape).astype(np.float32)
        block = block + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        yield block / np.linalg.norm(block, axis=1, keepdims=True)


def _lexical(real: LexicalIndex, size: int, generator: np.random.Generator) -> LexicalIndex:
    """The real passages' distinct terms, a tenth of them exchanged for others drawn by their frequency."""
    postings = real.postings
    terms = np.repeat(np.arange(len(postings.idf), dtype=np.int32), np.diff(postings.starts))
    order = np.argsort(np.asarray(postings.rows), kind="stable")
    own, lengths = terms[order], np.bincount(np.asarray(postings.rows), minlength=real.size)
    times = -(-size // real.size)
    counted = np.tile(lengths, times)[:size]
    every = np.tile(own, times)[: counted.sum()]
    exchanged = np.flatnonzero(generator.random(len(every)) < _EXCHANGED)
    every[exchanged] = own[generator.integers(0, len(own), len(exchanged))]
    offsets = np.concatenate([[0], np.cumsum(counted)]).astype(np.int64)
    grown = build_postings(every, offsets, len(postings.idf))
    return GrownLexical(real.vocabulary, grown, real.sentences, real.sentence_starts, real)


class Encoded:
    """Questions encoded beforehand, so that a search is timed without the model."""

    def __init__(self, embedder: Any, questions: Sequence[str]) -> None:
        self.stamp = embedder.stamp
        strings = [query_string(self.stamp, q) for q in questions]
        self._known: dict[str, tuple[Floats, QuestionTokens | None]] = dict(
            zip(strings, embedder.encode_questions(strings), strict=True)
        )
        self._any = next(iter(self._known.values()))

    def encode_question(self, text: str) -> tuple[Floats, QuestionTokens | None]:
        """A question that was corrected gets another's vector: only time is measured here."""
        return self._known.get(text, self._any)


def memory_mb() -> float:
    """Resident memory of this process, in MiB."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    home = Path(os.environ.get("VIGIE_HOME", ".vigie"))
    cli.add_argument("index", type=Path, nargs="?", default=home / "index")
    cli.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    args = cli.parse_args()
    real = IndexVersion(args.index)
    embedder = load_embedder(real.manifest.model.name, models_home())
    questions = [r.question for r in load_questions([SHIPPED / "guide.jsonl"]) if not r.history][:_QUESTIONS]
    encoded, glossary = Encoded(embedder, questions), load_glossary()
    out = sys.stdout.write
    out(
        "| passages | dense index | build, s | MiB | " + " | ".join(f"{s:.0%} kept, ms (p95)" for s in _SHARES) + " |\n"
    )
    out("|---|---|---|---|---|---|---|\n")
    for size in args.sizes:
        with tempfile.TemporaryDirectory(dir=args.index) as folder:
            before, begin = memory_mb(), time.perf_counter()
            version = GrownVersion(real, size, Path(folder))
            built = time.perf_counter() - begin
            searcher = Searcher(version, encoded, glossary=glossary)  # type: ignore[arg-type]
            cells = [_cell(searcher, questions, share) for share in _SHARES]
            plan = version.dense.plan.factory
            out(f"| {size:,} | {plan} | {built:.0f} | {memory_mb() - before:.0f} | " + " | ".join(cells) + " |\n")
            sys.stdout.flush()


def _cell(searcher: Searcher, questions: Sequence[str], share: float) -> str:
    filters = Filters() if share == 1 else Filters(editions=frozenset([str(share)]))
    median, late = timed(lambda question: searcher.search(question, 8, filters), questions)
    return f"{median:.2f} ({late:.2f})"


if __name__ == "__main__":
    main()
