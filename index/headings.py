"""The passages under a heading: found by its words, then as far as the heading goes on."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.opened import IndexVersion

Rows = npt.NDArray[np.int64]
_MOST = 2_000  # passages that hold all the words, of which the headings are read


def rows_under(version: IndexVersion, words: Sequence[str], wanted: Callable[[str], bool]) -> Rows:
    """Rows of the passages that stand under a wanted heading, however deep, ascending.

    `words` are index terms that the heading holds: an index analyses a passage with the last two headings above it.
    """
    found: set[int] = set()
    for row in _holding(version, words)[:_MOST].tolist():
        if row not in found and _is_under(version, row, wanted):
            found.update(_around(version, row, wanted))
    return np.array(sorted(found), dtype=np.int64)


def _holding(version: IndexVersion, words: Sequence[str]) -> Rows:
    """Rows of the passages that hold every one of these terms."""
    numbers = [version.lexical.vocabulary.terms.find(word) for word in dict.fromkeys(words)]
    if not numbers or min(numbers) < 0:
        return np.zeros(0, dtype=np.int64)
    first, *others = (version.lexical.postings.of(number)[0] for number in numbers)
    for rows in others:
        first = np.intersect1d(first, rows, assume_unique=True)
    return first.astype(np.int64)


def _around(version: IndexVersion, row: int, wanted: Callable[[str], bool]) -> range:
    """The rows on both sides, as long as they stand under such a heading too."""
    first = last = row
    while first > 0 and _is_under(version, first - 1, wanted):
        first -= 1
    while last + 1 < len(version.passages) and _is_under(version, last + 1, wanted):
        last += 1
    return range(first, last + 1)


def _is_under(version: IndexVersion, row: int, wanted: Callable[[str], bool]) -> bool:
    return any(map(wanted, version.passages[row].section))
