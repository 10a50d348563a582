"""Lines into running text."""

import re
from collections.abc import Sequence

from corpus.block import NOWHERE, Origin, origin_of
from corpus.hyphenation import WordList, ends_hyphenated
from corpus.lines import Line

_CALL_FIRST = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s|$)")


def joined(lines: Sequence[Line], words: WordList) -> tuple[str, tuple[Origin, ...]]:
    """The text of a block's lines, words rejoined across their ends, and where each character stands."""
    pieces: list[str] = []
    origins: list[Origin] = []
    for line in lines:
        previous = pieces[-1] if pieces else ""
        if previous and not _CALL_FIRST.match(line.text):  # a note call may be cut from its word by the line's end
            if not ends_hyphenated(previous):
                pieces.append(" ")
                origins.append(NOWHERE)
            elif not words.keeps_hyphen(previous, line.text):
                pieces[-1] = previous[:-1]
                del origins[-1]
        pieces.append(line.text)
        start = origin_of(line.page, 0)
        origins.extend([start + raw for raw in line.raw])
    return "".join(pieces).replace("\u2010", "-").replace("\u00ad", "-"), tuple(origins)
