"""BM25 postings, in plain numpy: term numbers in, rows and weights by term out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

K1, B = 0.9, 0.75  # chosen on piaf/tune; see docs/measurements.md
_LEVELS = 255  # steps of a stored saturation
_CHUNK = 16_000_000  # tokens sorted at once, about 0.5 GB

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Postings:
    """rows[starts[t]:starts[t+1]] hold term t, ascending, with these saturations; idf[t] is its weight.

    A saturation, frequency / (frequency + k1 × (1 - b + b × length / mean)), lies in [0, 1] and is kept in a byte.
    """

    size: int
    starts: Longs
    rows: Ints
    saturations: Bytes
    idf: Floats

    def of(self, term: int) -> tuple[Ints, Floats]:
        """The rows that hold a term, and the term's saturation in each."""
        where = slice(int(self.starts[term]), int(self.starts[term + 1]))
        return np.asarray(self.rows[where]), np.asarray(self.saturations[where]) * np.float32(1 / _LEVELS)

    @property
    def unseen_idf(self) -> float:
        """A term that no passage holds counts as the rarest, so that it lowers the score of all."""
        return float(np.log(1 + (self.size + 0.5) / 0.5))


def build_postings(
    term_ids: Ints, text_offsets: Longs, vocabulary_size: int, lengths: Ints | None = None, k1: float = K1, b: float = B
) -> Postings:
    """Postings of texts whose terms are term_ids[text_offsets[i]:text_offsets[i+1]].

    `lengths`, by text, are the number of terms when not given. Sorts by ranges of terms, in bounded memory.
    """
    size = len(text_offsets) - 1
    counted = np.diff(text_offsets).astype(np.int32)
    lengths = counted if lengths is None else lengths
    mean = max(float(lengths.mean()) if size else 1.0, 1e-9)
    norms = (k1 * (1 - b + b * lengths / mean)).astype(np.float32)
    rows_of = np.repeat(np.arange(size, dtype=np.int32), counted)
    found = np.zeros(vocabulary_size, dtype=np.int64)
    pieces = [_sorted_range(term_ids, rows_of, norms, found, *r) for r in _ranges(term_ids, vocabulary_size)]
    idf = np.log(1 + (size - found + 0.5) / (found + 0.5)).astype(np.float32)
    rows, saturations = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    return Postings(size, np.concatenate([[0], np.cumsum(found)]).astype(np.int64), rows, saturations, idf)


def _ranges(term_ids: Ints, vocabulary_size: int) -> list[tuple[int, int]]:
    """Ranges of terms that hold about _CHUNK tokens each."""
    ends = np.cumsum(np.bincount(term_ids, minlength=vocabulary_size))
    targets = np.arange(_CHUNK, (int(ends[-1]) if len(ends) else 0) + _CHUNK, _CHUNK)
    cuts = np.unique(np.minimum(np.searchsorted(ends, targets) + 1, vocabulary_size)).tolist()
    return list(zip([0, *cuts], [*cuts, vocabulary_size], strict=True))


def _sorted_range(
    term_ids: Ints, rows_of: Ints, norms: Floats, found: Longs, low: int, high: int
) -> tuple[Ints, Bytes]:
    """Rows and saturations of the terms in [low, high), in order; their numbers of rows are written in `found`."""
    tokens = slice(None) if (low, high) == (0, len(found)) else np.flatnonzero((term_ids >= low) & (term_ids < high))
    keys = (term_ids[tokens].astype(np.int64) << 32) | rows_of[tokens]
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    frequency = np.diff(first, append=len(keys)).astype(np.float32)
    rows = (keys[first] & 0xFFFFFFFF).astype(np.int32)
    found[low:high] = np.bincount((keys[first] >> 32) - low, minlength=high - low)[: high - low]
    saturations = np.maximum(np.rint(frequency / (frequency + norms[rows]) * _LEVELS), 1)
    return rows, saturations.astype(np.uint8)
