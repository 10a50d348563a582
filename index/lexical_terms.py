"""Texts to term numbers: the analysis, and every distinct word's spelling, once for all passages."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.french import STOP_WORDS, fold, is_compound, parts, term, units
from index.spelling import signatures
from index.vocabulary import StringTable, Vocabulary, table_order

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
STOP_WORD_FREQUENCY = 2**31 - 1  # a slip in « comment » is read as « comment » before anything else


@dataclass(frozen=True)
class Ragged:
    """Lists of term numbers, end to end: values[offsets[i]:offsets[i+1]] is the i-th."""

    values: Ints
    offsets: Longs


@dataclass(frozen=True)
class AnalysedTexts:
    """`texts`: by text, its terms with repetitions, compounds included; `lengths`: their number, compounds left out.

    `sentences`: by sentence, its distinct terms; text i has sentences sentence_starts[i] to sentence_starts[i+1].
    """

    vocabulary: Vocabulary
    texts: Ragged
    lengths: Ints
    sentences: Ragged
    sentence_starts: Longs


class _Words:
    """Numbers for words and for their terms, in the order they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.terms: dict[str, int] = {}
        self.term_of: list[int] = []
        self._units: dict[str, tuple[tuple[int, ...], int]] = {}

    def of(self, unit: str) -> tuple[tuple[int, ...], int]:
        """The numbers of a unit's words, stop words left out, and of the compound they make; how many are compounds."""
        known = self._units.get(unit)
        if known is None:
            compound = is_compound(unit)
            written = (*parts(unit), unit) if compound else parts(unit)
            known = self._units[unit] = tuple(self._number(word) for word in written if term(word)), int(compound)
        return known

    def _number(self, word: str) -> int:
        number = self.numbers.setdefault(word, len(self.numbers))
        if number == len(self.term_of):
            self.term_of.append(self.terms.setdefault(term(word), len(self.terms)))
        return number


def analysed(texts: Iterable[str], sentences: Iterable[Sequence[str]] | None = None) -> AnalysedTexts:
    """Analyse texts, and the sentences of each where given. Keeps four bytes a word."""
    words, flat, ends, lengths = _Words(), array("i"), array("q", [0]), array("i")
    for text in texts:
        found = [words.of(unit) for unit in units(text)]
        flat.extend(number for numbers, _ in found for number in numbers)
        lengths.append(len(flat) - ends[-1] - sum(compounds for _, compounds in found))
        ends.append(len(flat))
    said, starts = _sentences(words, sentences or ())
    order = _places(table_order(words.terms), words.terms)
    term_of = order[np.array(words.term_of, dtype=np.int32)]
    counts = np.bincount(_ints(flat), minlength=len(words.numbers))
    return AnalysedTexts(
        _vocabulary(words, term_of, counts),
        Ragged(term_of[_ints(flat)], _longs(ends)),
        _ints(lengths),
        Ragged(order[said.values], said.offsets),
        starts,
    )


def _sentences(words: _Words, groups: Iterable[Sequence[str]]) -> tuple[Ragged, Longs]:
    flat, ends, starts = array("i"), array("q", [0]), array("q", [0])
    for group in groups:
        for sentence in group:
            flat.extend(sorted({words.term_of[n] for unit in units(sentence) for n in words.of(unit)[0]}))
            ends.append(len(flat))
        starts.append(len(ends) - 1)
    return Ragged(_ints(flat), _longs(ends)), _longs(starts)


def _places(ordered: Sequence[str], numbers: dict[str, int]) -> Ints:
    """By number, the place of its string in `ordered`."""
    places = np.zeros(len(ordered), dtype=np.int32)
    places[[numbers[string] for string in ordered]] = np.arange(len(ordered))
    return places


def _vocabulary(words: _Words, term_of: Ints, counts: Longs) -> Vocabulary:
    """Spellings by their form without accents: the most frequent stands for all."""
    spellings: defaultdict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for word, number in words.numbers.items():
        folded = fold(word.replace("-", ""))
        if folded.isascii() and folded.isalpha():
            spellings[folded].append((int(counts[number]), word, int(term_of[number])))
    for word in STOP_WORDS:
        spellings[fold(word)].append((STOP_WORD_FREQUENCY, word, -1))
    forms = table_order(spellings)
    best = [max(spellings[form]) for form in forms]
    table = StringTable.of(forms)
    return Vocabulary(
        StringTable.of(table_order(words.terms)),
        table,
        StringTable.of(word for _, word, _ in best),
        np.array([number for _, _, number in best], dtype=np.int32),
        np.array([count for count, _, _ in best], dtype=np.int32),
        signatures(table.blob, table.offsets),
    )


def _ints(values: "array[int]") -> Ints:
    return np.frombuffer(values, dtype=np.int32) if values else np.zeros(0, dtype=np.int32)


def _longs(values: "array[int]") -> Longs:
    return np.frombuffer(values, dtype=np.int64)
