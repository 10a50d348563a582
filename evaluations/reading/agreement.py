"""How well a text read from a PDF agrees with its gold text: word F1 and sentence order."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from corpus import split_sentences

_WORD = re.compile(r"\w+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_AS_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FEWEST_LETTERS = 12  # a shorter sentence may stand anywhere by chance


def words(text: str) -> list[str]:
    """NFC word tokens, case kept; a raised number is a number apart from the word that it follows."""
    apart = _RAISED.sub(lambda number: f" {number.group().translate(_AS_DIGITS)} ", text)
    return _WORD.findall(unicodedata.normalize("NFC", apart))


def word_f1(gold: Sequence[str], read: Sequence[str]) -> float:
    """2·LCS / (|gold| + |read|), in [0, 1]: words lost, added, torn or out of order all cost."""
    return 2 * longest_common_subsequence(gold, read) / max(1, len(gold) + len(read))


def longest_common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence, by the bit-parallel algorithm of Hyyrö (2004)."""
    masks: dict[str, int] = {}
    for position, word in enumerate(a):
        masks[word] = masks.get(word, 0) | 1 << position
    full = (1 << len(a)) - 1
    state = full
    for word in b:
        matched = state & masks.get(word, 0)
        state = (state + matched | state - matched) & full
    return len(a) - state.bit_count()


def order_accuracy(gold: str, read: str) -> float:
    """Share of consecutive gold sentences that follow one another in `read`: both found, none of gold between them."""
    letters = _letters(read)
    places: list[int | None] = []
    last = 0
    for sentence in _sentences(gold):
        place = letters.find(sentence, last)
        place = letters.find(sentence) if place < 0 else place
        places.append(place if place >= 0 else None)
        last = place + len(sentence) if place >= 0 else last
    following = dict(pairwise(sorted(p for p in places if p is not None)))
    pairs = list(pairwise(places))
    return sum(a is not None and b is not None and following.get(a) == b for a, b in pairs) / max(1, len(pairs))


def _sentences(text: str) -> list[str]:
    found = (_letters(text[a:b]) for a, b in split_sentences(text))
    return [sentence for sentence in found if len(sentence) >= _FEWEST_LETTERS]


def _letters(text: str) -> str:
    return "".join(words(text)).casefold()
