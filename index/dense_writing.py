"""The dense index of a version, written once: how its vectors are held is planned, then measured on them.

Measured on real vectors (16,648 distinct, 768 dimensions, 500 questions, one thread of a Xeon with AVX-512, a busy
machine; `evaluations.benchmarks.scale` does it again):

- visiting few of the lists of an inverted file costs recall@10 at once (a quarter of 64 lists: .89, of 256: .96),
  scanning codes costs none once the best 400 are rescored (1.00; 384 dimensions at 2 bits each: .999, at 1 bit: .94);
- 5/8 of 256 lists find .995 of what a flat scan does, .988 with a filter that keeps a tenth of the rows;
- 1,000,000 codes of 96 bytes take 11.6 ms in full, 5.8 ms for half of the lists; 100,000 take 0.6 ms in full.
"""

import dataclasses
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.dense import DENSE, PLAN, VECTORS, DenseIndex, DensePlan, Floats, Rows, map_halves

FLAT_FLOATS = 15_000_000  # 20,000 vectors of 768: 2.5 ms; 50,000 take 13 ms
_LISTS = 256  # one k-means of 10 rounds is 5 s
_LADDER = ((0.625, 1_000), (0.75, 1_000), (1.0, 1_000), (1.0, 4_000))  # (share of the lists visited, rows rescored)
_RECALL, _NEAREST = 0.99, 10  # wanted at 10 on the index's own vectors; real questions then keep .98
_NOISE = 3.0  # of a passage's distance to the mean: at less, made questions are easier than real ones
_TRAINED_ON, _QUERIES, _BLOCK, _SEED = 32_768, 200, 16_384, 20_260


def plan_for(size: int, dimension: int, flat_floats: int = FLAT_FLOATS) -> DensePlan:
    """Flat up to `flat_floats` numbers in all, four-bit codes above."""
    if size * dimension <= flat_floats:
        return DensePlan(size, dimension)
    lists = max(1, min(_LISTS, size // 64))
    width = next(w for w in (4 if dimension > 512 else 2, 2, 1) if dimension % w == 0)  # dimensions in each code
    return DensePlan(size, dimension, f"IVF{lists},PQ{dimension // width}x4fs", lists, lists, _LADDER[-1][1])


def write_dense(folder: Path, vectors: Floats | Iterable[Floats], plan: DensePlan) -> DensePlan:
    """Write the index of unit vectors (size, dimension), whole or in blocks; the plan as measured on it.

    Codes are made in bounded memory: one block, the training sample and the codes. Raises ValueError when the
    vectors are not as many or as wide as planned.
    """
    index = faiss.index_factory(plan.dimension, plan.factory, faiss.METRIC_INNER_PRODUCT)
    if plan.rescored:
        _write_halves(folder / VECTORS, _checked(vectors, plan), plan)
        _fill(index, folder / VECTORS, plan)
        plan = _tuned(index, folder / VECTORS, plan)
    else:
        for block in _checked(vectors, plan):
            index.add(block)
    (folder / DENSE).write_bytes(faiss.serialize_index(index).data)  # faiss's own writing hides what the disk answers
    (folder / PLAN).write_text(json.dumps(dataclasses.asdict(plan)), "utf-8")
    return plan


def _checked(vectors: Floats | Iterable[Floats], plan: DensePlan) -> Iterator[Floats]:
    blocks = np.array_split(vectors, len(vectors) // _BLOCK + 1) if isinstance(vectors, np.ndarray) else vectors
    size = 0
    for block in blocks:
        size += len(block)
        if block.shape[1:] != (plan.dimension,) or size > plan.size:
            raise ValueError(f"{plan.size} vectors of {plan.dimension} planned, a block of {block.shape} came")
        yield np.ascontiguousarray(block, dtype=np.float32)
    if size < plan.size:
        raise ValueError(f"{plan.size} vectors planned, {size} came")


def _write_halves(path: Path, blocks: Iterator[Floats], plan: DensePlan) -> None:
    header = {"descr": "<f2", "fortran_order": False, "shape": (plan.size, plan.dimension)}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for block in blocks:
            file.write(block.astype("<f2").tobytes())


def _read_back(path: Path, plan: DensePlan) -> Iterator[Floats]:
    """Blocks of floats. Each maps the file anew, or the pages of all would stay with the process."""
    for start in range(0, plan.size, _BLOCK):
        yield map_halves(path)[start : start + _BLOCK].astype(np.float32)


def _sample(path: Path, size: int) -> Floats:
    halves = map_halves(path)
    rows = np.random.default_rng(_SEED).choice(len(halves), min(size, len(halves)), replace=False)
    return np.asarray(halves[np.sort(rows)], dtype=np.float32)


def _fill(index: Any, path: Path, plan: DensePlan) -> None:
    index.cp.niter = 10
    index.cp.min_points_per_centroid = index.pq.cp.min_points_per_centroid = 1  # below 39, faiss warns on its own
    index.train(_sample(path, _TRAINED_ON))
    for block in _read_back(path, plan):
        index.add(block)


def _tuned(index: Any, path: Path, plan: DensePlan) -> DensePlan:
    """The plan with the least work on the ladder that finds the nearest of made questions."""
    queries = _made_questions(path)
    nearest = faiss.ResultHeap(len(queries), min(_NEAREST, plan.size), keep_max=True)
    for number, block in enumerate(_read_back(path, plan)):
        cosines, rows = faiss.knn(queries, block, min(_NEAREST, len(block)), metric=faiss.METRIC_INNER_PRODUCT)
        nearest.add_result(cosines, rows + number * _BLOCK)
    halves = map_halves(path)
    for share, depth in _LADDER:
        plan = dataclasses.replace(plan, probes=math.ceil(share * plan.lists), depth=depth)
        plan = dataclasses.replace(plan, recall=_recall(DenseIndex(index, plan, halves), queries, nearest.I))
        if plan.recall >= _RECALL:
            break
    return plan


def _made_questions(path: Path) -> Floats:
    passages = _sample(path, _QUERIES)
    spread = np.sqrt(np.mean(np.sum((passages - passages.mean(axis=0)) ** 2, axis=1)) / passages.shape[1])
    noise = np.random.default_rng(_SEED).standard_normal(passages.shape, dtype=np.float32)
    made = passages + np.float32(_NOISE) * spread * noise
    questions: Floats = made / np.linalg.norm(made, axis=1, keepdims=True)
    return questions


def _recall(index: DenseIndex, queries: Floats, truth: Rows) -> float:
    found = [np.isin(index.search(q, truth.shape[1])[0], rows).sum() for q, rows in zip(queries, truth, strict=True)]
    return round(float(np.sum(found)) / truth.size, 4)
