"""Whether the hyphen at a line's end belongs to the word, decided by how the document writes it elsewhere."""

import re
from collections.abc import Iterable

from corpus.lines import HYPHENS, Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-\u00ad]$")
_FIRST_PART = re.compile(r"^([^\W_]+(?:-[^\W_]+)*)")


class WordList:
    """The words a document writes inside its lines, where no hyphenation can have touched them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: set[str] = set()
        for line in lines:
            words = _WORD.findall(line.text.casefold())
            cut = words[:-1] if line.text[-1] in HYPHENS else words
            self._words.update(cut)

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether `left` (ending in a hyphen) and `right` (the next line) join as a compound word."""
        before, after = _LAST_PART.search(left), _FIRST_PART.match(right)
        if before is None or after is None or left.endswith("\u00ad"):
            return False
        first, second = before.group(1).casefold(), after.group(1).casefold()
        if f"{first}-{second}" in self._words:
            return True
        if f"{first}{second}" in self._words:
            return False
        return not after.group(1)[0].islower()


def ends_hyphenated(text: str) -> bool:
    """Whether a line stops inside a word (a dash after a space does not)."""
    return len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum()
