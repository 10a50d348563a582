"""Which sentences of one edition are those of the other: the same, reworded, gone or new."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from scipy import sparse

from index.french import fold

LIKE = 0.6  # share of words in common (Jaccard) from which a sentence is another one reworded, wherever it stands
_WITHIN, _FEWEST = 0.8, 6  # or the share of the shorter one's distinct words, of so many at least, that stand in order
_BLOCK = 512  # sentences compared at once with all of the other edition
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Pair:
    """A sentence of the earlier edition, by number, and the one that takes its place in the later."""

    before: int
    after: int
    likeness: float


def reworded(before: Sequence[str], after: Sequence[str], least: float = LIKE) -> list[Pair]:
    """Pairs of sentences that say nearly the same, each sentence in one pair at most: the most alike first.

    `least` is the share of words in common from which two are alike. Equally alike ones are paired in their order.
    """
    candidates = sorted(
        _candidates(before, after, least), key=lambda pair: (-pair.likeness, abs(pair.before - pair.after))
    )
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs: list[Pair] = []
    for pair in candidates:
        if pair.before not in taken_before and pair.after not in taken_after:
            taken_before.add(pair.before)
            taken_after.add(pair.after)
            pairs.append(pair)
    return pairs


def _candidates(before: Sequence[str], after: Sequence[str], least: float) -> Iterator[Pair]:
    numbers: dict[str, int] = {}
    old, new = (_matrix(texts, numbers) for texts in (before, after))
    width = len(numbers)
    old.resize((len(before), width))
    new.resize((len(after), width))
    old_sizes, new_sizes = (np.asarray(m.sum(axis=1)).ravel() for m in (old, new))
    for start in range(0, len(before), _BLOCK):
        common = (old[start : start + _BLOCK] @ new.T).tocoo()
        rows, columns, shared = common.row + start, common.col, common.data
        likeness = shared / (old_sizes[rows] + new_sizes[columns] - shared)
        shorter = np.minimum(old_sizes[rows], new_sizes[columns])
        within = (shared >= _WITHIN * shorter) & (shorter >= _FEWEST)
        for place in np.flatnonzero((likeness >= least) | within).tolist():
            row, column, alike = int(rows[place]), int(columns[place]), float(likeness[place])
            if alike >= least or _in_order(before[row], after[column]):
                yield Pair(row, column, alike)


def _in_order(one: str, other: str) -> bool:
    """Whether most words of the shorter sentence stand in the other in the same order."""
    first, second = (_WORD.findall(fold(text.casefold())) for text in (one, other))
    matched = sum(block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())
    return matched >= _WITHIN * min(len(first), len(second))


def _matrix(texts: Sequence[str], numbers: dict[str, int]) -> sparse.csr_matrix:
    """A row for each text, with 1 for each of its distinct words."""
    words = [sorted({fold(word) for word in _WORD.findall(text.casefold())}) for text in texts]
    columns = [numbers.setdefault(word, len(numbers)) for row in words for word in row]
    ends = np.cumsum([0, *map(len, words)])
    return sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.int32), np.array(columns, dtype=np.int32), ends),
        shape=(len(texts), max(1, len(numbers))),
    )
