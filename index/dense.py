"""Nearest passages by cosine: a flat index while a full scan is fast enough, four-bit codes beyond it.

Large indexes scan product-quantised codes of 4 bits (faiss FastScan) and compute again, from half-precision vectors
read through a memory map, the exact cosines of the best. `index.dense_writing` makes and measures them.
"""

import json
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

_EXACT_ROWS = 4_000  # 0.5 µs each, 2 ms: what a scan of 1,000,000 codes with a filter takes at the least
_NARROW = 0.1  # a filter that keeps less visits all lists: with 5 % kept, 5/8 of them find .982 of the nearest


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
        halves = map_halves(folder / VECTORS) if plan.rescored else None
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


def map_halves(path: Path) -> Halves:
    """The file as a map. Unlike `np.load`, raises ValueError, not EOFError, where it is empty."""
    halves = np.lib.format.open_memmap(path, mode="r")
    if halves.dtype != np.float16:
        raise ValueError(f"{path}: half-precision numbers expected, found {halves.dtype}")
    return halves
