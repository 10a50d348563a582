"""Groups gathered and reduced without a loop are those of a loop."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.groups import gathered, greatest

VALUES = np.random.default_rng(7).normal(size=(40, 3)).astype(np.float32)
SLICES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=8)


@given(SLICES)
def test_what_is_gathered_is_the_slices_end_to_end(slices):
    firsts, lasts = np.array(slices, dtype=np.int64).reshape(-1, 2).T
    expected = [row for first, last in slices for row in VALUES[first:last].tolist()]
    assert gathered(VALUES, firsts, lasts).tolist() == expected


@given(st.lists(st.integers(0, 5), max_size=8))
def test_the_greatest_of_each_group_is_that_of_a_loop_and_0_of_an_empty_one(lengths):
    found = greatest(VALUES[: sum(lengths)], np.array(lengths, dtype=np.int64))
    groups = np.split(VALUES[: sum(lengths)], np.cumsum(lengths)[:-1]) if lengths else []
    expected = [group.max(axis=0) if len(group) else np.zeros(3) for group in groups]
    assert found == pytest.approx(np.array(expected).reshape(-1, 3))


def test_the_greatest_of_plain_numbers_is_a_number_for_each_group():
    assert greatest(VALUES[:4, 0], np.array([3, 0, 1])).shape == (3,)
