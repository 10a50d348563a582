"""Passages on disk come back as they were, one row at a time."""

import pytest

from corpus import Passage, Span
from index import IndexDamaged
from index.passage_store import LINES, PassageStore, write_passages

PASSAGES = [
    Passage(
        "Un « brevet » : œuvre\nà protéger.",
        ("I", "I.1"),
        ((0, 20), (21, 33)),
        (Span(0, 3, 40, 33),),
        "a1",
        "p",
        ("iv",),
    ),
    Passage("🔒 Suite sur deux pages.", (), ((0, 23),), (Span(0, 4, 0, 10), Span(10, 5, 2, 13)), "b2", "q", ("4", "5")),
]


@pytest.fixture
def store(tmp_path):
    write_passages(tmp_path, PASSAGES)
    return PassageStore(tmp_path)


def test_passages_read_back_equal(store):
    assert [store[row] for row in range(len(store))] == PASSAGES


def test_rows_come_in_the_order_asked(store):
    assert store.rows([1, 0, 1]) == [PASSAGES[1], PASSAGES[0], PASSAGES[1]]


@pytest.mark.parametrize("line", [b"{", b"{}", b"[1]", b"null"])
def test_a_line_that_is_not_a_passage_is_damage_that_names_file_and_line(tmp_path, line):
    write_passages(tmp_path, PASSAGES)
    path = tmp_path / LINES
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + line.ljust(len(second) - 1) + b"\n")
    with pytest.raises(IndexDamaged, match=rf"{LINES} est endommagé \(ligne 2\)"):
        PassageStore(tmp_path)[1]
