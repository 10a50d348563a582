"""Lines into running text."""

import re
from collections.abc import Sequence

from corpus.block import NOWHERE, Origin, origin_of
from corpus.hyphenation import WordList, ends_hyphenated
from corpus.lines import Line

_CALL_FIRST = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s|$)")
_PRINTED_HYPHENS = str.maketrans("\u2010\u00ad", "--")


def joined(lines: Sequence[Line], words: WordList) -> tuple[str, tuple[Origin, ...]]:
    """The text of a block's lines, words rejoined across their ends, and where each character stands."""
    text: list[str] = []
    origins: list[Origin] = []
    for index, line in enumerate(lines):
        if index and text:
            previous = "".join(text[-60:])
            if _CALL_FIRST.match(line.text):  # a note call cut from its word by the end of the line
                pass
            elif not ends_hyphenated(previous):
                text.append(" ")
                origins.append(NOWHERE)
            elif not words.keeps_hyphen(previous, line.text):
                del text[-1], origins[-1]
        text.extend(line.text)
        start = origin_of(line.page, 0)
        origins.extend([start + raw for raw in line.raw])
    return "".join(text).translate(_PRINTED_HYPHENS), tuple(origins)
