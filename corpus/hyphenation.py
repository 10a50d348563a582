"""Whether the hyphen at a line's end belongs to the word: how the document writes it elsewhere, else French usage."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from spellchecker import SpellChecker

from corpus.lines import HYPHENS, Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"^([^\W_⁰¹²³⁴-⁹]+(?:-[^\W_⁰¹²³⁴-⁹]+)*)")
_AFTER_WORDS = "même mêmes ci là il ils elle elles on je tu nous vous moi toi lui leur t y en"
_AFTER_HYPHEN = frozenset(_AFTER_WORDS.split())
_PREFIX_USES = 2  # compounds of a document that begin with a part, from which it is taken for a prefix with a hyphen
_SHORTEST = 3  # letters of a part that may be a word by itself: « con » and « tournement » are no compound


class WordList:
    """The words a document writes inside its lines, where no hyphenation can have touched them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: Counter[str] = Counter()
        self._compounds: defaultdict[str, set[str]] = defaultdict(set)
        self._breaks_with_2010 = self._prints_00ad = False
        for line in lines:
            words = _WORD.findall(line.text.casefold().replace("\u2010", "-").replace("\u00ad", "-"))
            self._words.update(words[:-1] if line.text[-1] in HYPHENS else words)
            self._breaks_with_2010 |= line.text[-1] == "\u2010"
            self._prints_00ad |= "\u00ad" in line.text[:-1]
        for word in self._words:
            first, hyphen, rest = word.partition("-")
            if hyphen:
                self._compounds[first].add(rest)

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether `left` (ending in a hyphen) and `right` (the next line) join as a compound word."""
        before, after = _LAST_PART.search(left), _FIRST_PART.match(right)
        if before is None or after is None or (left.endswith("\u00ad") and not self._prints_00ad):
            return False
        if self._breaks_with_2010:  # the maker marks its own word breaks, so that any other hyphen is the author's
            return not left.endswith("\u2010")
        first, second = before.group(1).casefold(), after.group(1).casefold()
        for left_part, right_part in ((first, second), (first.rpartition("-")[2], second.partition("-")[0])):
            compound, joined = f"{left_part}-{right_part}", f"{left_part}{right_part}"
            for usage in (self._words, french_words()):
                if compound in usage or joined in usage:
                    return usage.get(compound, 0) >= usage.get(joined, 0)
        if not after.group(1)[0].islower() or second.split("-")[0] in _AFTER_HYPHEN:
            return True
        return self._is_prefix(first) or "-" in second or _are_words(first, second)

    def _is_prefix(self, part: str) -> bool:
        return len(self._compounds.get(part, ())) >= _PREFIX_USES


@cache
def french_words() -> Mapping[str, int]:
    """How often French writes a word, from pyspellchecker's list of 140,000 forms."""
    return SpellChecker(language="fr", distance=1).word_frequency.dictionary


def _are_words(first: str, second: str) -> bool:
    last = first.rpartition("-")[2]
    return min(len(last), len(second)) >= _SHORTEST and last in french_words() and second in french_words()


def ends_hyphenated(text: str) -> bool:
    """Whether a line stops inside a word (a dash after a space does not)."""
    return len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum()
