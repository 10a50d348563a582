"""Dense search at scale: `python -m evaluations.benchmarks.scale --vectors FILE.npz… [--sizes 1000,…] [--json]`.

Each file holds unit vectors of one model, of texts (`whole`, `sep`, and `late` where it is there) and of questions
(`q`). A size up to the number of distinct texts takes real vectors; a larger one adds copies moved by noise, good for
speed and memory, not for recall. One more row, « coded », holds all real vectors in the index of large collections:
its recall is the one to quote. Building and reading each run in a process of their own, so that memory is theirs.
"""

import argparse
import dataclasses
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import faiss
import numpy as np
import numpy.typing as npt

from index import DenseIndex, plan_for, write_dense

T = TypeVar("T")
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

TEXTS, QUESTIONS = ("whole", "sep", "late"), "q"
KEPT = (1.0, 0.5, 0.01)  # share of the rows a filter lets through; all: no filter
_BLOCK, _SEED, _NOISE = 16_384, 20_260, 0.5  # noise as long as half a vector: cosine of about .9 with the original
_WANTED, _NEAREST = 200, 10  # rows the searcher asks for, and those that recall counts


@dataclass(frozen=True)
class Case:
    """One collection to build and read, in codes or as its size asks."""

    files: tuple[Path, ...]
    size: int
    dimension: int
    coded: bool = False


@dataclass(frozen=True)
class Building:
    """What was built, and what it took: seconds of the index alone, memory and disk in MB.

    The peak is that of the process, with the pages of `dense.npy` it read, which the system takes back when needed.
    """

    factory: str
    lists: int
    probes: int
    seconds: float
    peak_mb: float
    disk_mb: float


@dataclass(frozen=True)
class Reading:
    """What a reader took: memory in MB (resident, mapped files included; anonymous: its own), times by share kept."""

    opening_ms: float
    resident_before_mb: float
    resident_open_mb: float
    resident_after_mb: float
    anonymous_added_mb: float
    search_ms: dict[float, tuple[float, float]]
    recall: dict[float, float]


@dataclass(frozen=True)
class Row:
    """One line of the tables."""

    size: int
    real: bool
    building: Building
    reading: Reading


def timed(call: Callable[[T], object], queries: Sequence[T]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds of a call on each query, after five to warm up."""
    for query in queries[:5]:
        call(query)
    spent = []
    for query in queries:
        begin = time.perf_counter()
        call(query)
        spent.append((time.perf_counter() - begin) * 1000)
    median, slow = np.percentile(spent, [50, 95])
    return round(float(median), 2), round(float(slow), 2)


def distinct_texts(files: Sequence[Path]) -> Floats:
    """Every different text vector of the files, shuffled, shape (texts, dimension)."""
    arrays = [vectors for file in files for name, vectors in _arrays(file).items() if name in TEXTS]
    return np.random.default_rng(_SEED).permutation(np.unique(np.concatenate(arrays), axis=0))


def question_vectors(files: Sequence[Path], count: int) -> Floats:
    """At most `count` of the questions, shape (questions, dimension)."""
    arrays = [vectors for file in files for name, vectors in _arrays(file).items() if name == QUESTIONS]
    return np.random.default_rng(_SEED).permutation(np.concatenate(arrays))[:count]


def _arrays(file: Path) -> dict[str, Floats]:
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in (*TEXTS, QUESTIONS) if name in arrays}


def grown(texts: Floats, size: int) -> Iterator[Floats]:
    """Blocks of `size` unit vectors in all: the texts themselves, then copies of them moved by noise."""
    rng = np.random.default_rng(_SEED)
    for start in range(0, size, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, size))
        noise = rng.standard_normal((len(rows), texts.shape[1]), dtype=np.float32) / np.sqrt(texts.shape[1])
        moved = texts[rows % len(texts)] + np.where(rows < len(texts), 0, _NOISE).astype(np.float32)[:, None] * noise
        yield moved / np.linalg.norm(moved, axis=1, keepdims=True)


def mask(size: int, share: float) -> Mask | None:
    """A filter that keeps this share of the rows, at random; none for all."""
    return None if share == 1 else np.random.default_rng(_SEED).random(size) < share


def nearest(blocks: Iterator[Floats], questions: Floats, allowed: Mask | None) -> npt.NDArray[np.int64]:
    """The rows a flat scan of the blocks finds, shape (questions, 10)."""
    best, start = faiss.ResultHeap(len(questions), _NEAREST, keep_max=True), 0
    for block in blocks:
        rows = np.arange(len(block)) if allowed is None else np.flatnonzero(allowed[start : start + len(block)])
        if len(rows):
            cosines, found = faiss.knn(
                questions, block[rows], min(_NEAREST, len(rows)), metric=faiss.METRIC_INNER_PRODUCT
            )
            best.add_result(cosines, rows[found] + start)
        start += len(block)
    best.finalize()
    found_rows: npt.NDArray[np.int64] = best.I
    return found_rows


def _megabytes(file: str, field: str) -> float:
    """A field of /proc/self/<file>, in MB."""
    lines = Path("/proc/self", file).read_text("ascii").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024, 1)


def _timed_apart(blocks: Iterator[Floats], seconds: list[float]) -> Iterator[Floats]:
    """The blocks; the time each took to make goes to `seconds`."""
    begin = time.perf_counter()
    for block in blocks:
        seconds.append(time.perf_counter() - begin)
        yield block
        begin = time.perf_counter()


def _built(case: Case, folder: Path) -> Building:
    texts, apart = distinct_texts(case.files), list[float]()
    begin = time.perf_counter()
    blocks = _timed_apart(grown(texts, case.size), apart)
    planned = plan_for(case.size, case.dimension, *((0,) if case.coded else ()))
    plan = write_dense(folder, blocks, planned)
    seconds = time.perf_counter() - begin - sum(apart)
    disk = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    return Building(
        plan.factory, plan.lists, plan.probes, round(seconds, 1), _megabytes("status", "VmHWM"), round(disk, 1)
    )


def _read(case: Case, folder: Path, questions: Floats) -> Reading:
    before, own = _megabytes("smaps_rollup", "Rss"), _megabytes("smaps_rollup", "Anonymous")
    begin = time.perf_counter()
    index = DenseIndex.open(folder, case.size)
    opening = (time.perf_counter() - begin) * 1000
    opened = _megabytes("smaps_rollup", "Rss")
    searches = {share: partial(index.search, k=_WANTED, allowed=mask(case.size, share)) for share in KEPT}
    times = {share: timed(search, list(questions)) for share, search in searches.items()}
    after, own = _megabytes("smaps_rollup", "Rss"), _megabytes("smaps_rollup", "Anonymous") - own
    return Reading(round(opening, 2), before, opened, after, round(own, 1), times, {})


def _recalls(case: Case, folder: Path, questions: Floats) -> dict[float, float]:
    """Recall at 10 against a flat scan, by share kept."""
    index, texts, recalls = DenseIndex.open(folder, case.size), distinct_texts(case.files), {}
    for share in KEPT:
        allowed = mask(case.size, share)
        truth = nearest(grown(texts, case.size), questions, allowed)
        found = [
            np.isin(index.search(q, _NEAREST, allowed)[0], rows).sum() for q, rows in zip(questions, truth, strict=True)
        ]
        there = int((truth >= 0).sum())
        recalls[share] = round(1 - (there - int(np.sum(found))) / max(1, there), 4)
    return recalls


def _alone(call: Callable[..., T], *arguments: object) -> T:
    """The call's result, from a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(call, *arguments).result()


def measure(case: Case, real: int, questions: int) -> Row:
    """Build one collection of which `real` texts are real, read it and count what it finds."""
    asked = question_vectors(case.files, questions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        building = _alone(_built, case, folder)
        reading = _alone(_read, case, folder, asked[:100])
        recall = _alone(_recalls, case, folder, asked)
    return Row(case.size, case.size <= real, building, dataclasses.replace(reading, recall=recall))


def markdown(rows: Sequence[Row]) -> str:
    """Two tables: what an index takes, and how it searches."""
    takes = ["vectors", "index", "lists visited", "build s", "build peak MB", "disk MB", "opening ms",
             "resident MB before / open / after", "of its own MB"]  # fmt: skip
    finds = ["vectors", *(f"{title}, {share:.0%} kept" for share in KEPT for title in ("median / p95 ms", "recall@10"))]
    return "\n\n".join((_table(takes, [_takes(row) for row in rows]), _table(finds, [_finds(row) for row in rows])))


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *body))


def _name(row: Row) -> str:
    return f"{row.size:,} {'real' if row.real else 'grown'}"


def _takes(row: Row) -> list[str]:
    made, read = row.building, row.reading
    resident = f"{read.resident_before_mb} / {read.resident_open_mb} / {read.resident_after_mb}"
    visited = f"{made.probes} of {made.lists}" if made.lists else "–"
    figures = (made.seconds, made.peak_mb, made.disk_mb, read.opening_ms, resident, read.anonymous_added_mb)
    return [_name(row), made.factory, visited, *map(str, figures)]


def _finds(row: Row) -> list[str]:
    read = row.reading
    cells = ((f"{read.search_ms[s][0]} / {read.search_ms[s][1]}", f"{read.recall[s]:.4f}") for s in KEPT)
    return [_name(row), *(cell for pair in cells for cell in pair)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, then all real vectors in codes, and print."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--vectors", type=Path, nargs="+", required=True, metavar="FILE.npz")
    cli.add_argument("--sizes", default="1000,10000,100000,1000000")
    cli.add_argument("--dimension", type=int, default=768)
    cli.add_argument("--questions", type=int, default=1_000, help="on which recall is measured")
    cli.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    args = cli.parse_args(arguments)
    files, texts = tuple(args.vectors), distinct_texts(args.vectors)
    if texts.shape[1] != args.dimension:
        cli.error(f"the vectors have {texts.shape[1]} dimensions, not {args.dimension}")
    cases = [Case(files, int(size), args.dimension) for size in args.sizes.split(",")]
    cases.append(Case(files, len(texts), args.dimension, coded=True))
    rows = [measure(case, len(texts), args.questions) for case in cases]
    shown = json.dumps([dataclasses.asdict(row) for row in rows], indent=1) if args.json else markdown(rows)
    sys.stdout.write(shown + "\n")


if __name__ == "__main__":
    main()
