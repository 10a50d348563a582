"""Passages named by a few of their words, which stand wherever a later reading cuts or numbers them."""

import re
from collections.abc import Sequence

from corpus import letters
from evaluations.support.sources import SourcePassage

_LEAST_WORDS = 5
_WORD = re.compile(r"\S+")


class LostAnchor(LookupError):
    """Words that no passage of their document holds any more: the statement must be judged again, or left out."""

    def __init__(self, document: str, anchor: str) -> None:
        super().__init__(f"{document}: no passage holds « {anchor} »; mend its line in evaluations/support")


def anchor(passage: SourcePassage, document: Sequence[SourcePassage]) -> str:
    """The fewest words in a row, five or more, that this passage alone holds in its document; the earliest such.

    A passage whose whole text another one repeats gets its whole text.
    """
    others = [letters(other.text) for other in document if other.ref != passage.ref]
    words = [match.span() for match in _WORD.finditer(passage.text)]
    for length in range(_LEAST_WORDS, len(words) + 1):
        for first in range(len(words) - length + 1):
            said = passage.text[words[first][0] : words[first + length - 1][1]]
            if not any(letters(said) in other for other in others):
                return said
    return passage.text


def anchored(document: str, said: str, passages: Sequence[SourcePassage]) -> SourcePassage:
    """The first passage of a document that holds an anchor. Raises LostAnchor."""
    sought = letters(said)
    for passage in passages:
        if passage.document == document and sought in letters(passage.text):
            return passage
    raise LostAnchor(document, said)
