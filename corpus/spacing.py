"""Letters set apart for show (« P R E M I E R   M I N I S T R E »), whose blanks must be read from the page."""

import re
from collections.abc import Sequence
from statistics import median

# Five or more short scraps of capitals, as in « PR EMIER MI N ISTR E », or six or more single characters.
_SPACED = re.compile(r"(?:(?<!\S)[^\W\d_a-zà-öø-ÿ]{1,5}(?!\S)\s?){5,}|(?:(?<!\S)\S(?!\S)\s?){6,}")
_WORD_GAP = 1.7  # gap between two words, at least, in gaps between two letters
_NARROWEST = 0.12  # the same in type sizes: letters that are not set apart leave about nothing between them


def letter_spaced(text: str) -> bool:
    """Whether most of a line is scraps of capitals or single characters; the page then tells where its words begin."""
    blanks = text.count(" ")
    if blanks < 4 or len(text) > 3 * (blanks + 1) + 8:
        return False
    return sum(m.end() - m.start() for m in _SPACED.finditer(text)) > 0.6 * len(text)


def word_starts(gaps: Sequence[float], type_size: float) -> set[int]:
    """Positions that begin a word: `gaps[i]` is the blank between characters i and i + 1, in points."""
    least = max(_WORD_GAP * median(gaps), _NARROWEST * type_size) if gaps else 0.0
    return {i + 1 for i, gap in enumerate(gaps) if gap > least}
