"""The word meant by one that neither the passages nor the language know: the nearest word of the passages.

Distance: optimal string alignment, where a swap of neighbours counts as one slip. Candidates are first cut down by
their letters, then measured all at once by bit-parallel dynamic programming (Hyyrö, « A bit-vector algorithm for
computing Levenshtein and Damerau edit distances », 2003).
"""

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from spellchecker import SpellChecker

from index.french import fold

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

LONGEST = 40  # letters of a word that may be corrected, of the 64 that `distances` can measure
SHORTEST = 5  # letters of a word that may be corrected; shorter ones are too often acronyms
_TWO_SLIPS = 8  # letters from which two slips are forgiven
_GLUED = re.compile(r"^(?:[cdjlmnst]|qu)(?=[aeiouyh])")
_SHORTEST_PART = 3
_LETTERS = 26
_A = ord("a")

Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]


def read_as(word: str, vocabulary: "Vocabulary", *, named: bool = False) -> tuple[str, ...]:
    """The words of the passages that an unknown word stands for, as they write them; none when it stays as it is.

    One that is `named`, an acronym or a proper name, is nobody's slip: it loses no more than a glued article.
    """
    typed = fold(word)
    if not SHORTEST <= len(typed) <= LONGEST or not (typed.isascii() and typed.isalpha()):
        return ()
    if typed in general_words():
        return ()
    numbers = _without_elision(typed, vocabulary)
    if not numbers and not named:
        numbers = nearest(typed, vocabulary) or _split(typed, vocabulary)
    return tuple(vocabulary.written[number] for number in numbers)


@cache
def french_words() -> frozenset[str]:
    """French words as they are spelled, from pyspellchecker's list. The first call takes 0.4 s."""
    return frozenset(SpellChecker(language="fr", distance=1).word_frequency.dictionary)


@cache
def general_words() -> frozenset[str]:
    """French and English words without their accents, from pyspellchecker's lists. The first call takes 0.6 s."""
    english = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return frozenset(map(fold, (*french_words(), *english)))


def nearest(typed: str, vocabulary: "Vocabulary") -> tuple[int, ...]:
    """The number of the nearest word, the most frequent of equals; none beyond the slips forgiven for its length.

    Two slips are forgiven where the first letter stands, so that « adjectif » is not read as « objectif ».
    """
    slips = 2 if len(typed) >= _TWO_SLIPS else 1
    near = _alike(typed, vocabulary, slips)
    distance = distances(typed, vocabulary.words.blob, vocabulary.words.offsets, near)
    same_start = vocabulary.words.blob[vocabulary.words.offsets[near]] == ord(typed[0])
    good = np.flatnonzero((distance <= 1) | ((distance <= slips) & same_start))
    if not len(good):
        return ()
    near, distance = near[good], distance[good]
    return (int(near[np.lexsort((near, -vocabulary.frequency[near].astype(np.int64), distance))[0]]),)


def _alike(typed: str, vocabulary: "Vocabulary", slips: int) -> Ints:
    """Words whose length and letters are few enough changes away. A slip changes at most two bits of a signature."""
    own = signatures(np.frombuffer(typed.encode(), dtype=np.uint8), np.array([0, len(typed)]))[0]
    changed = np.bitwise_count(np.asarray(vocabulary.signatures) ^ own)
    near = np.flatnonzero(changed <= 2 * slips)
    offsets = np.asarray(vocabulary.words.offsets)
    alike: Ints = near[np.abs(offsets[near + 1] - offsets[near] - len(typed)) <= slips]
    return alike


def _without_elision(typed: str, vocabulary: "Vocabulary") -> tuple[int, ...]:
    """« lentreprise » is « l’entreprise »."""
    bare = _GLUED.sub("", typed, count=1)
    number = vocabulary.words.find(bare) if SHORTEST <= len(bare) < len(typed) else -1
    return (number,) if number >= 0 else ()


def _split(typed: str, vocabulary: "Vocabulary") -> tuple[int, ...]:
    """« savoirfaire » is « savoir faire »: the cut in two known words whose rarer one is most frequent."""
    cuts = range(_SHORTEST_PART, len(typed) - _SHORTEST_PART + 1)
    pairs = [(vocabulary.words.find(typed[:cut]), vocabulary.words.find(typed[cut:])) for cut in cuts]
    known = [pair for pair in pairs if min(pair) >= 0]
    return max(known, key=lambda pair: min(int(vocabulary.frequency[n]) for n in pair), default=())


def signatures(blob: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> Bits:
    """By word in a-z, two bits for each letter: it is there, it is there twice or more."""
    size = len(offsets) - 1
    result = np.zeros(size, dtype=np.uint64)
    bit = np.uint64(1) << np.arange(_LETTERS, dtype=np.uint64)
    for low in range(0, size, 100_000):
        ends = offsets[low : low + 100_001]
        words = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        letters = blob[ends[0] : ends[-1]].astype(np.int64) - _A
        counts = np.bincount(words * _LETTERS + letters, minlength=(len(ends) - 1) * _LETTERS).reshape(-1, _LETTERS)
        once, twice = (counts >= 1) @ bit, (counts >= 2) @ bit
        result[low : low + len(once)] = once | (twice << np.uint64(_LETTERS))
    return result


def distances(typed: str, blob: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], near: Ints) -> Ints:
    """Distance of `typed` (a-z, at most 64 letters) to each of the words numbered `near`."""
    lengths = offsets[near + 1] - offsets[near]
    masks = np.zeros(_LETTERS, dtype=np.uint64)
    for place, letter in enumerate(typed.encode()):
        masks[letter - _A] |= np.uint64(1 << place)
    one, last = np.uint64(1), np.uint64(len(typed) - 1)
    zero = np.zeros(len(near), dtype=np.uint64)
    up, down, diagonal, before = ~zero, zero, zero, zero
    distance = np.full(len(near), len(typed), dtype=np.int64)
    for place in range(int(lengths.max(initial=0))):
        inside = place < lengths
        matches = masks[np.where(inside, blob[np.minimum(offsets[near] + place, len(blob) - 1)], _A) - _A]
        swapped = ((~diagonal & matches) << one) & before
        diagonal = (((matches & up) + up) ^ up) | matches | down | swapped
        right, left = down | ~(diagonal | up), diagonal & up
        step = ((right >> last) & one).astype(np.int64) - ((left >> last) & one).astype(np.int64)
        distance += np.where(inside, step, 0)
        right, left = (right << one) | one, left << one
        up, down, before = left | ~(diagonal | right), right & diagonal, matches
    return distance
