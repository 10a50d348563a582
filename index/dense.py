"""Nearest passages by cosine: a flat index while a full scan is fast enough, four-bit codes beyond it.

Large indexes scan product-quantised codes of 4 bits (faiss FastScan) and compute again, from half-precision vectors
read through a memory map, the exact cosines of the best. Measured on real vectors (16,648 distinct, 768 dimensions,
500 questions, one thread of a Xeon with AVX-512, a busy machine; `evaluations.benchmarks.scale` does it again):

- visiting few of the lists of an inverted file costs recall@10 at once (a quarter of 64 lists: .89, of 256: .96),
  scanning codes costs none once the best 400 are rescored (1.00; 384 dimensions at 2 bits each: .999, at 1 bit: .94);
- 5/8 of 256 lists find .995 of what a flat scan does, .988 with a filter that keeps a tenth of the rows;
- 1,000,000 codes of 96 bytes take 11.6 ms in full, 5.8 ms for half of the lists; 100,000 take 0.6 ms in full.
"""

import dataclasses
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.products import half_products, nearest_halves, one_thread

DENSE, VECTORS, PLAN = "dense.faiss", "dense.npy", "dense.json"

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

FLAT_FLOATS = 15_000_000  # 20,000 vectors of 768: 2.5 ms; 50,000 take 13 ms
_LISTS = 256  # one k-means of 10 rounds is 5 s
_EXACT_ROWS = 4_000  # 0.5 µs each, 2 ms: what a scan of 1,000,000 codes with a filter takes at the least
_NARROW = 0.1  # a filter that keeps less visits all lists: with 5 % kept, 5/8 of them find .982 of the nearest
_LADDER = ((0.625, 1_000), (0.75, 1_000), (1.0, 1_000), (1.0, 4_000))  # (share of the lists visited, rows rescored)
_RECALL, _NEAREST = 0.99, 10  # wanted at 10 on the index's own vectors; real questions then keep .98
_NOISE = 3.0  # of a passage's distance to the mean: at less, made questions are easier than real ones
_TRAINED_ON, _QUERIES, _BLOCK, _SEED = 32_768, 200, 16_384, 20_260


@dataclass(frozen=True)
class DensePlan:
    """How `size` vectors of `dimension` are held. Flat has no lists, and nothing to compute again.

    `probes` of the `lists` are visited and `depth` rows at least rescored, for a recall@10 measured at building.
    """

    size: int
    dimension: int
    factory: str = "Flat"
    lists: int = 0
    probes: int = 0
    depth: int = 0
    recall: float = 1.0

    @property
    def rescored(self) -> bool:
        """Whether the index holds codes, so that cosines are computed again from `dense.npy`."""
        return self.lists > 0


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


class DenseIndex:
    """An open index. Safe to share between threads; every search runs on one."""

    def __init__(self, index: Any, plan: DensePlan, halves: Halves | None = None) -> None:
        self.plan = plan
        self._index = index
        self._halves = halves

    @classmethod
    def open(cls, folder: Path, size: int) -> "DenseIndex":
        """Map the files of an index of `size` vectors. Raises OSError, ValueError or RuntimeError on damage."""
        try:
            plan = DensePlan(**json.loads((folder / PLAN).read_text("utf-8")))
        except TypeError as error:
            raise ValueError(f"{folder / PLAN}: {error}") from error
        index = faiss.read_index(str(folder / DENSE), faiss.IO_FLAG_MMAP_IFC)
        halves = _halves(folder / VECTORS) if plan.rescored else None
        shapes = {(size, plan.dimension), (plan.size, plan.dimension), (index.ntotal, index.d)}
        if len(shapes | ({halves.shape} if halves is not None else set())) > 1:
            raise ValueError(f"{folder / DENSE}: {size} vectors expected, found {sorted(shapes)}")
        return cls(index, plan, halves)

    def search(self, vector: Floats, k: int, allowed: Mask | None = None) -> tuple[Rows, Floats]:
        """The k nearest rows and their cosines, best first, then by row; fewer where fewer are allowed.

        `vector` has shape (dimension,), `allowed` (size,). Raises ValueError for other shapes.
        """
        query = self._query(vector)
        rows = np.arange(0) if k < 1 else self._nearest(query, k, allowed)
        cosines = self.cosines(query, rows)
        order = np.lexsort((rows, -cosines))
        return rows[order], cosines[order]

    def vectors(self, rows: Rows) -> Floats:
        """Unit vectors of these rows, shape (len(rows), dimension)."""
        if self._halves is not None:
            return self._halves[rows].astype(np.float32)
        found: Floats = self._index.reconstruct_batch(rows) if len(rows) else np.empty((0, self.plan.dimension), "f4")
        return found

    def cosines(self, vector: Floats, rows: Rows) -> Floats:
        """Cosines of these rows with a unit vector, shape (len(rows),); the same numbers as `search` gives.

        Raises IndexError for a row that is not there.
        """
        query, rows = self._query(vector), np.ascontiguousarray(rows, dtype=np.int64)
        if not len(rows):
            return np.empty(0, dtype=np.float32)
        if not 0 <= rows.min() <= rows.max() < self.plan.size:  # faiss would read beyond its memory
            raise IndexError(f"rows of {self.plan.size} vectors expected, not {rows.min()} to {rows.max()}")
        return self._flat_cosines(query, rows) if self._halves is None else half_products(query, self._halves[rows])

    def _flat_cosines(self, query: Floats, rows: Rows) -> Floats:
        cosines = np.empty(len(rows), dtype=np.float32)
        pointers = (faiss.swig_ptr(array) for array in (cosines, rows))
        with one_thread():
            self._index.compute_distance_subset(1, faiss.swig_ptr(query), len(rows), *pointers)
        return cosines

    def _query(self, vector: Floats) -> Floats:
        if vector.shape != (self.plan.dimension,):
            raise ValueError(f"a vector of {self.plan.dimension} dimensions expected, not of shape {vector.shape}")
        return np.ascontiguousarray(vector, dtype=np.float32)

    def _nearest(self, query: Floats, k: int, allowed: Mask | None) -> Rows:
        if allowed is not None and (allowed.shape != (self.plan.size,) or allowed.dtype != np.bool_):
            raise ValueError(f"a mask of {self.plan.size} rows expected, not of shape {allowed.shape}")
        kept = self.plan.size if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(k, kept)
        with one_thread():
            if not (wanted and self.plan.rescored):
                return self._scanned(query, wanted, allowed)
            if allowed is not None and kept <= _EXACT_ROWS:
                return self._rescored(query, wanted, np.flatnonzero(allowed))
            return self._rescored(query, wanted, self._candidates(query, wanted, allowed, kept))

    def _candidates(self, query: Floats, wanted: int, allowed: Mask | None, kept: int) -> Rows:
        """Rows worth rescoring, in order; all lists are visited where some might hold too few allowed rows."""
        depth = min(kept, max(self.plan.depth, 5 * wanted))
        narrow = kept < _NARROW * self.plan.size
        rows = self._scanned(query, depth, allowed, self.plan.lists if narrow else self.plan.probes)
        return np.sort(rows if len(rows) >= wanted else self._scanned(query, depth, allowed, self.plan.lists))

    def _scanned(self, query: Floats, k: int, allowed: Mask | None, probes: int = 0) -> Rows:
        if not k:
            return np.arange(0)
        how: Any = faiss.SearchParametersIVF() if probes else faiss.SearchParameters()
        if probes:
            how.nprobe = probes
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))  # a local: faiss keeps the address only
            how.sel = selector
        rows: Rows = self._index.search(query[None, :], k, params=how)[1][0]
        return rows[rows >= 0]

    def _rescored(self, query: Floats, k: int, rows: Rows) -> Rows:
        """The k nearest of these rows."""
        assert self._halves is not None
        found: Rows = rows[nearest_halves(query, self._halves[rows], k)[0]]
        return found


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


def _halves(path: Path) -> Halves:
    """The file as a map. Unlike `np.load`, raises ValueError, not EOFError, where it is empty."""
    halves = np.lib.format.open_memmap(path, mode="r")
    if halves.dtype != np.float16:
        raise ValueError(f"{path}: half-precision numbers expected, found {halves.dtype}")
    return halves


def _read_back(path: Path, plan: DensePlan) -> Iterator[Floats]:
    """Blocks of floats. Each maps the file anew, or the pages of all would stay with the process."""
    for start in range(0, plan.size, _BLOCK):
        yield _halves(path)[start : start + _BLOCK].astype(np.float32)


def _sample(path: Path, size: int) -> Floats:
    halves = _halves(path)
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
    halves = _halves(path)
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
