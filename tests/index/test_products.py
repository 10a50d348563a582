"""Products on one thread are those of NumPy, row for row."""

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.products import half_products, nearest_halves, one_thread, small_products

GENERATOR = np.random.default_rng(3)
HALVES = GENERATOR.normal(size=(50, 32)).astype(np.float16)
QUERY = GENERATOR.normal(size=32).astype(np.float32)
EXACT = HALVES.astype(np.float32) @ QUERY


@given(st.integers(0, 50))
def test_products_of_halves_stand_in_the_order_of_the_rows(count):
    assert half_products(QUERY, HALVES[:count]) == pytest.approx(EXACT[:count], abs=1e-4)


@given(st.integers(1, 50))
def test_the_nearest_halves_come_best_first(k):
    places, products = nearest_halves(QUERY, HALVES, k)
    assert products == pytest.approx(np.sort(EXACT)[::-1][:k], abs=1e-4)
    assert EXACT[places] == pytest.approx(products, abs=1e-4)


@settings(max_examples=10)
@given(rows=st.integers(0, 3000), queries=st.integers(1, 60))
def test_products_made_block_by_block_are_those_of_the_whole(rows, queries):
    generator = np.random.default_rng(rows)
    tokens = generator.integers(-127, 128, (rows, 16)).astype(np.int8)
    asked = generator.normal(size=(queries, 16)).astype(np.float32)
    assert small_products(asked, tokens) == pytest.approx(tokens.astype(np.float32) @ asked.T, rel=1e-4, abs=1e-3)


def test_the_number_of_threads_is_given_back_whatever_happens():
    before = faiss.omp_get_max_threads()
    with pytest.raises(ZeroDivisionError), one_thread():
        assert faiss.omp_get_max_threads() == 1
        raise ZeroDivisionError
    assert faiss.omp_get_max_threads() == before


def test_what_is_no_number_stays_none_and_spoils_no_other():
    halves = HALVES[:3].copy()
    halves[0] = np.nan
    found = half_products(QUERY, halves)
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx(EXACT[1:3], abs=1e-4)
