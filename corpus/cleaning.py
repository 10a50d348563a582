"""A line's characters cleaned into text, each keeping the index of its raw one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set

from corpus.glyphs import HYPHEN_MARK

Cleaned = tuple[str, tuple[int, ...]]  # a text and, for each of its characters, the index of its raw one

_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_BLANKS = frozenset("\t\v\f\u0085\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
_DROPPED = "\ufffe\uffff\u200b\u200c\u200d\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What translation one to one does not settle. A soft hyphen is text where it has ink.
_NEEDS_CARE = re.compile(rf"[\x00-\x1f{_DROPPED}\u00ad{''.join(_LIGATURES)}\u0300-\u036f]|  ")
_NOTE_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPTS = str.maketrans("0123456789", _NOTE_DIGITS)


def with_plain_blanks(text: str) -> str:
    """A page's text with a space for every kind of blank."""
    for blank in _BLANKS.intersection(text):
        text = text.replace(blank, " ")
    return text


def cleaned(plain: str, start: int, printed: Sequence[bool]) -> Cleaned:
    """The raw characters of a line, from raw index `start` on; `printed[i]` tells whether plain[i] has ink."""
    whole = plain.strip(" ")
    if not _NEEDS_CARE.search(whole) and sum(printed) + whole.count(" ") == len(whole):
        first = start + len(plain) - len(plain.lstrip(" "))
        return whole, tuple(range(first, first + len(whole)))
    seen = (i for i, c in enumerate(plain) if printed[i] or c in (" ", HYPHEN_MARK))
    return one_by_one((plain[i], start + i) for i in seen)


def one_by_one(characters: Iterable[tuple[str, int]]) -> Cleaned:
    """Ligatures opened, accents composed, blanks folded, characters without a meaning in print dropped."""
    text: list[str] = []
    raw: list[int] = []
    for character, index in characters:
        for piece in _pieces(character):
            if piece == " " and (not text or text[-1] == " "):
                continue
            if text and piece >= "\u0300" and unicodedata.combining(piece):
                composed = unicodedata.normalize("NFC", text[-1] + piece)
                if len(composed) == 1:
                    text[-1] = composed
                    continue
            text.append(piece)
            raw.append(index)
    if text and text[-1] == " ":
        text.pop(), raw.pop()
    return "".join(text), tuple(raw)


def _pieces(character: str) -> str:
    if character == HYPHEN_MARK:
        return "-"
    if character < " " or character in _DROPPED:
        return ""
    return _LIGATURES.get(character, character)


def with_superscripts(text: str, raw: Sequence[int], raised: Set[int]) -> Cleaned:
    """Raised digits as superscripts, without the blanks that the engine puts around them."""
    pairs = [(c.translate(_SUPERSCRIPTS) if i in raised else c, i) for c, i in zip(text, raw, strict=True)]
    for i in range(len(pairs) - 2, 0, -1):
        before, here, after = pairs[i - 1][0], pairs[i][0], pairs[i + 1][0]
        if here == " " and (after in _NOTE_DIGITS or (before in _NOTE_DIGITS and after in ".,;:!?)»")):
            del pairs[i]
    if pairs[0][0] in _NOTE_DIGITS:  # the number of a note, which some tools set against its text
        first = next((i for i, (c, _) in enumerate(pairs) if c not in _NOTE_DIGITS), 0)
        if pairs[first][0].isalpha():
            pairs.insert(first, (" ", pairs[first - 1][1]))
    return "".join(c for c, _ in pairs), tuple(i for _, i in pairs)
