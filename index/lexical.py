"""BM25 over French terms, with weights computed when the index is built and read through memory maps.

Scores are divided by the most that any passage could score for the question, so that they lie in [0, 1] on a
scale that does not depend on the question's length: 1 would be a short passage full of every term asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.glossary import Glossary
from index.groups import gathered, greatest
from index.lexical_query import LexicalQuery, Places, said
from index.lexical_reading import QuestionReader
from index.lexical_terms import Ragged, analysed
from index.postings import Postings, build_postings
from index.vocabulary import Vocabulary, mapped

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_POSTINGS = ("starts", "rows", "saturations", "idf")
_SENTENCES = ("sentences", "sentences.offsets", "sentence_starts")
_WIDEST_BLOCK = 256  # passages whose best score stands for them when the k best are looked for
_NARROWEST_BLOCK = 8


@dataclass(frozen=True)
class LexicalIndex:
    """Passages by term, and each passage's sentences with their terms (none when built without sentences)."""

    vocabulary: Vocabulary
    postings: Postings
    sentences: Ragged
    sentence_starts: Longs

    @property
    def size(self) -> int:
        """How many passages."""
        return self.postings.size

    def query(self, question: str, glossary: Glossary | None = None, correct: bool = True) -> LexicalQuery:
        """The question as this index reads it, with its slips corrected and, by a glossary, its acronyms expanded."""
        return QuestionReader(self.vocabulary, self.postings, glossary, correct).read(question)

    def scores(self, question: LexicalQuery | str) -> Floats:
        """Every passage's score: shape (size,), in [0, 1]."""
        query = self.query(question) if isinstance(question, str) else question
        return said(query, self.postings.of, self.size)

    def top(self, query: LexicalQuery, k: int, allowed: Bools | None = None) -> tuple[Longs, Floats]:
        """Rows of the k best passages, best first, equals by row, and the scores of all, shape (size,).

        Of the `allowed` only, shape (size,), the others' scores being 0. Fewer when fewer hold a term of the question.
        """
        scores = self.scores(query)
        if allowed is not None:
            scores *= allowed
        rows = np.flatnonzero(scores >= _floor(scores, k))
        return rows[np.lexsort((rows, -scores[rows]))[:k]], scores

    def sentence_coverage(self, query: LexicalQuery, rows: Longs) -> Floats:
        """By passage, the greatest share of the question's idf whose terms stand in one sentence: shape (len(rows),).

        Raises ValueError when the index was built without sentences.
        """
        if len(self.sentence_starts) != self.size + 1:
            raise ValueError("this index was built without sentences")
        firsts, lasts = self.sentence_starts[rows], self.sentence_starts[rows + 1]
        ends = self.sentences.offsets
        terms = gathered(self.sentences.values, ends[firsts], ends[lasts])
        lengths = gathered(ends[1:], firsts, lasts) - gathered(ends, firsts, lasts)
        sentence_of = np.repeat(np.arange(len(lengths)), lengths)
        return greatest(said(query, partial(_holding, terms, sentence_of), len(lengths)), lasts - firsts)

    def save(self, folder: Path) -> None:
        """Write its files into an existing folder."""
        self.vocabulary.save(folder)
        for name in _POSTINGS:
            np.save(folder / f"{name}.npy", getattr(self.postings, name), allow_pickle=False)
        arrays: tuple[npt.NDArray[Any], ...] = (self.sentences.values, self.sentences.offsets, self.sentence_starts)
        for name, array in zip(_SENTENCES, arrays, strict=True):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Open a saved index of `size` passages without reading it."""
        values, offsets, starts = (mapped(folder / f"{name}.npy") for name in _SENTENCES)
        postings = Postings(size, *(mapped(folder / f"{name}.npy") for name in _POSTINGS))
        return cls(Vocabulary.load(folder), postings, Ragged(values, offsets), starts)


def build_lexical(texts: Iterable[str], sentences: Iterable[Sequence[str]] | None = None) -> LexicalIndex:
    """Index texts; row i is the i-th text, and `sentences`, where given, holds the sentences of each."""
    found = analysed(texts, sentences)
    postings = build_postings(found.texts.values, found.texts.offsets, len(found.vocabulary.terms), found.lengths)
    return LexicalIndex(found.vocabulary, postings, found.sentences, found.sentence_starts)


def _floor(scores: Floats, k: int) -> float:
    """A score above zero that at least k passages reach when so many can: the k-th best of blocks' best scores."""
    width = min(len(scores) // max(8 * k, 1), _WIDEST_BLOCK)
    least = float(np.finfo(np.float32).tiny)
    if width < _NARROWEST_BLOCK:
        return least
    whole = len(scores) // width * width
    return max(float(np.partition(scores[:whole].reshape(width, -1).max(axis=0), -k)[-k]), least)


def _holding(terms: Ints, sentence_of: Longs, term: int) -> tuple[Places, Floats]:
    """The sentences that hold a term, each to the full."""
    places = sentence_of[terms == term]
    return places, np.ones(len(places), dtype=np.float32)
