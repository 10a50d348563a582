"""Products of a few thousand vectors with a question's, on one thread.

Faiss and NumPy would share such small work between threads that wait for each other where cores are busy: a flat search
of 10,000 vectors then took 23 ms for 1.2, the tokens of 50 passages 3.3 ms for .6 (medians, `evaluations.benchmarks.
search_scale` beside other work).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Places = npt.NDArray[np.int64]
_ALONE = 1 << 19  # multiplications; OpenBLAS stays on the thread that called it up to about twice as many


@contextmanager
def one_thread() -> Iterator[None]:
    """For what faiss does inside. OpenMP keeps this number for each calling thread: others are not concerned."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def nearest_halves(query: Floats, halves: Halves, k: int) -> tuple[Places, Floats]:
    """The k rows of `halves`, shape (rows, dimension), of the greatest products with `query`, and these, best first.

    Faiss reads halves several times faster than NumPy turns them into floats.
    """
    rows = faiss.IndexScalarQuantizer(halves.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    rows.add_sa_codes(halves.view(np.uint8))
    with one_thread():
        products, places = rows.search(query[None, :], k)
    return places[0], products[0]


def half_products(query: Floats, halves: Halves) -> Floats:
    """The product of each row of `halves`, shape (rows, dimension), with `query`: shape (rows,)."""
    products = np.full(len(halves), np.nan, dtype=np.float32)
    if len(halves):
        places, found = nearest_halves(query, halves, len(halves))
        products[places[places >= 0]] = found[places >= 0]  # faiss leaves out what is no number
    return products


def small_products(queries: Floats, rows: npt.NDArray[Any]) -> Floats:
    """The product of each of `rows`, shape (rows, dimension), with each query: shape (rows, queries)."""
    products = np.empty((len(rows), len(queries)), dtype=np.float32)
    across = np.ascontiguousarray(queries.T)
    step = max(1, _ALONE // max(1, queries.size))
    for start in range(0, len(rows), step):
        block = slice(start, start + step)
        np.matmul(rows[block].astype(np.float32), across, out=products[block])
    return products
