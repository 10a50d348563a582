"""Letters set apart for show (« P R E M I E R   M I N I S T R E »), whose blanks must be read from the page."""

import re
from collections.abc import Sequence
from statistics import median

# Five or more capitals or digits in tokens of one to three, as in « PR EMIER MI N ISTR E ».
_SPACED = re.compile(r"(?:(?<!\S)[^\W\d_a-zà-öø-ÿ]{1,3}(?!\S)\s?){5,}|(?:(?<!\S)\S(?!\S)\s?){6,}")
_WORD_GAP = 1.7  # gap between two words, at least, in gaps between two letters


def letter_spaced(text: str) -> bool:
    """Whether most of a line's tokens are scraps of one to three capitals, or single characters."""
    blanks = text.count(" ")
    if blanks < 4 or len(text) > 3 * (blanks + 1) + 8:
        return False
    return sum(m.end() - m.start() for m in _SPACED.finditer(text)) > 0.6 * len(text)


def word_starts(gaps: Sequence[float]) -> set[int]:
    """Positions that begin a word: `gaps[i]` is the blank between characters i and i + 1, in points."""
    usual = max(median(gaps), 0.01) if gaps else 0.0
    return {i + 1 for i, gap in enumerate(gaps) if gap > _WORD_GAP * usual}
