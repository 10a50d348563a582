"""BM25 over French terms, with weights computed when the index is built and read through memory maps.

Scores are divided by the most that any passage could score for the question, so that they lie in [0, 1] on a
scale that does not depend on the question's length: 1 would be a short passage full of every term asked.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.french import analyse

K1, B = 1.2, 0.75  # Robertson and Zaragoza, « The Probabilistic Relevance Framework », 2009, section 3.5

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class LexicalIndex:
    """Postings by term: rows[starts[t]:starts[t+1]] hold term t with these BM25 weights."""

    vocabulary: dict[str, int]
    starts: npt.NDArray[np.int64]
    rows: Ints
    weights: Floats
    idf: Floats
    size: int

    def scores(self, question: str) -> Floats:
        """Shape (size,), in [0, 1]."""
        asked = set(analyse(question))
        known = [self.vocabulary[term] for term in asked if term in self.vocabulary]
        total = np.zeros(self.size, dtype=np.float32)
        if not known:
            return total
        for term in known:
            postings = slice(self.starts[term], self.starts[term + 1])
            total[self.rows[postings]] += self.weights[postings]
        most = sum(float(self.idf[term]) for term in known) + (len(asked) - len(known)) * self._unseen_idf
        return total / np.float32(most * (K1 + 1))

    @property
    def _unseen_idf(self) -> float:
        """A term that no passage holds counts as the rarest, so that it lowers the score of all."""
        return float(np.log(1 + (self.size + 0.5) / 0.5))

    def save(self, folder: Path) -> None:
        """Write four files into an existing folder."""
        (folder / "vocabulary.json").write_text(json.dumps(self.vocabulary, ensure_ascii=False), "utf-8")
        for name in ("starts", "rows", "weights", "idf"):
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Open a saved index of `size` passages without reading its postings."""
        vocabulary = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        arrays = {n: np.load(folder / f"{n}.npy", mmap_mode="r", allow_pickle=False) for n in ("rows", "weights")}
        small = {n: np.load(folder / f"{n}.npy", allow_pickle=False) for n in ("starts", "idf")}
        return cls(vocabulary=vocabulary, size=size, **arrays, **small)


def build_lexical(texts: Iterable[str]) -> LexicalIndex:
    """Index texts; row i is the i-th text."""
    counts = [Counter(analyse(text)) for text in texts]
    lengths = np.array([sum(c.values()) for c in counts], dtype=np.float64)
    norm = K1 * (1 - B + B * lengths / max(lengths.mean() if len(lengths) else 1.0, 1e-9))
    vocabulary = {term: number for number, term in enumerate(sorted({t for c in counts for t in c}))}
    postings: list[list[tuple[int, float]]] = [[] for _ in vocabulary]
    for row, count in enumerate(counts):
        for term, frequency in count.items():
            postings[vocabulary[term]].append((row, frequency * (K1 + 1) / (frequency + norm[row])))
    found = np.array([len(p) for p in postings], dtype=np.float64)
    idf = np.log(1 + (len(counts) - found + 0.5) / (found + 0.5)).astype(np.float32)
    flat = [(row, weight * idf[term]) for term, p in enumerate(postings) for row, weight in p]
    return LexicalIndex(
        vocabulary,
        np.concatenate([[0], np.cumsum(found)]).astype(np.int64),
        np.array([row for row, _ in flat], dtype=np.int32),
        np.array([weight for _, weight in flat], dtype=np.float32),
        idf,
        len(counts),
    )
