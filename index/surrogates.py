"""Halves of a pair of surrogates, which JSON can bring and which no encoder, database or terminal can write."""

import re

_HALF = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """The same with U+FFFD for each half, as decoders write what they cannot read."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def has_surrogates(text: str) -> bool:
    """Whether a text holds half a pair."""
    return bool(_HALF.search(text))
