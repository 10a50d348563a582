"""Whether the hyphen at a line's end belongs to the word, decided by how the document writes it elsewhere."""

import re
from collections.abc import Iterable

from corpus.lines import HYPHENS, Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"^([^\W_⁰¹²³⁴-⁹]+(?:-[^\W_⁰¹²³⁴-⁹]+)*)")
_AFTER_WORDS = "même mêmes ci là il ils elle elles on je tu nous vous moi toi lui leur t y en"
_AFTER_HYPHEN = frozenset(_AFTER_WORDS.split())


class WordList:
    """The words a document writes inside its lines, where no hyphenation can have touched them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: set[str] = set()
        self._breaks_with_2010 = False
        for line in lines:
            words = _WORD.findall(line.text.casefold().replace("\u2010", "-"))
            self._words.update(words[:-1] if line.text[-1] in HYPHENS else words)
            self._breaks_with_2010 |= line.text[-1] == "\u2010"

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether `left` (ending in a hyphen) and `right` (the next line) join as a compound word."""
        before, after = _LAST_PART.search(left), _FIRST_PART.match(right)
        if before is None or after is None or left.endswith("\u00ad"):
            return False
        if self._breaks_with_2010:  # the maker marks its own word breaks, so that any other hyphen is the author's
            return not left.endswith("\u2010")
        first, second = before.group(1).casefold(), after.group(1).casefold()
        if f"{first}-{second}" in self._words:
            return True
        if f"{first}{second}" in self._words:
            return False
        return second.split("-")[0] in _AFTER_HYPHEN or not after.group(1)[0].islower()


def ends_hyphenated(text: str) -> bool:
    """Whether a line stops inside a word (a dash after a space does not)."""
    return len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum()
