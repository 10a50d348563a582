"""Which sentences of one edition are those of the other, reworded: the most alike, then those in the same place."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from scipy import sparse

from index.french import fold

LIKE = (
    0.5  # shared weight of words, as a share of all (weighted Jaccard), from which a sentence is another one reworded
)
LIKE_IN_PLACE = 0.3  # the same, between two sentences that both editions have
_WITHIN, _FEWEST = 0.8, 6  # or the share of the shorter one's distinct words, of so many at least, that stand in order
_WIDEST_GAP = 60  # sentences between two that both editions have, in which one takes the place of another
_BLOCK = 512  # sentences compared at once with all of the other edition
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Pair:
    """A sentence of the earlier edition, by number, and the one that takes its place in the later."""

    before: int
    after: int
    likeness: float


class WordLikeness:
    """How alike sentences are. A word weighs log(N / n), n of the N sentences of both editions having it."""

    def __init__(self, sentences: Sequence[str]) -> None:
        counts = Counter(word for text in sentences for word in _words(text))
        self._numbers = {word: number for number, word in enumerate(counts)}
        held = np.array(list(counts.values()), dtype=np.float64)
        self._weights = np.log(1 + len(sentences) / held) if len(held) else held

    def reworded(self, before: Sequence[str], after: Sequence[str], least: float = LIKE) -> list[Pair]:
        """Pairs of sentences that say nearly the same, each sentence in one pair at most: the most alike first.

        `least` is the likeness, in [0, 1], from which two are alike. Equally alike ones are paired in their order.
        """
        found = self._candidates(before, after, least)
        candidates = sorted(found, key=lambda pair: (-pair.likeness, abs(pair.before - pair.after)))
        taken_before: set[int] = set()
        taken_after: set[int] = set()
        pairs: list[Pair] = []
        for pair in candidates:
            if pair.before not in taken_before and pair.after not in taken_after:
                taken_before.add(pair.before)
                taken_after.add(pair.after)
                pairs.append(pair)
        return pairs

    def nearest(self, texts: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
        """For each text that is like any of the others, the number of the likest."""
        best: dict[int, Pair] = {}
        for pair in self._candidates(texts, others, LIKE):
            if pair.before not in best or pair.likeness > best[pair.before].likeness:
                best[pair.before] = pair
        return [(pair.before, pair.after) for _, pair in sorted(best.items())]

    def _candidates(self, before: Sequence[str], after: Sequence[str], least: float) -> Iterator[Pair]:
        old, new = self._matrix(before), self._matrix(after)
        old_weights, new_weights = old @ self._weights, new @ self._weights
        old_sizes, new_sizes = (np.diff(matrix.indptr) for matrix in (old, new))
        weighed = new.multiply(self._weights).T.tocsc()
        for start in range(0, len(before), _BLOCK):
            common = (old[start : start + _BLOCK] @ weighed).tocoo()
            rows, columns, shared = common.row + start, common.col, common.data
            likeness = shared / (old_weights[rows] + new_weights[columns] - shared)
            shorter = np.minimum(old_weights[rows], new_weights[columns])
            within = (shared >= _WITHIN * shorter) & (np.minimum(old_sizes[rows], new_sizes[columns]) >= _FEWEST)
            for place in np.flatnonzero((likeness >= least) | within).tolist():
                row, column, alike = int(rows[place]), int(columns[place]), float(likeness[place])
                if alike >= least or _in_order(before[row], after[column]):
                    yield Pair(row, column, alike)

    def _matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """A row for each text, with 1 for each of its distinct words."""
        words = [sorted(_words(text)) for text in texts]
        columns = np.array([self._numbers[word] for row in words for word in row], dtype=np.int32)
        ends = np.cumsum([0, *map(len, words)])
        return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), len(self._numbers)))


def gaps(anchors: Sequence[tuple[int, int]]) -> Iterator[tuple[range, range]]:
    """The places between two neighbouring anchors, (earlier, later) places of a sentence, near in both editions."""
    ordered = sorted(anchors)
    for (a, b), (c, d) in pairwise(ordered):
        if 0 < d - b <= _WIDEST_GAP and 0 < c - a <= _WIDEST_GAP:
            yield range(a + 1, c), range(b + 1, d)


def _words(text: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(text.casefold())}


def _in_order(one: str, other: str) -> bool:
    """Whether most words of the shorter sentence stand in the other in the same order."""
    first, second = (_WORD.findall(fold(text.casefold())) for text in (one, other))
    matched = sum(block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())
    return matched >= _WITHIN * min(len(first), len(second))
