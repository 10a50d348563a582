"""Sentence boundaries in French and English prose."""

import re
from collections.abc import Iterator

_BREAK = re.compile(r"(?<=[.!?…])((?:\s?[»”\")])?[⁰¹²³⁴⁵⁶⁷⁸⁹]*)\s+(?=[«“\"(\[]?\s?[A-ZÀ-ÖØ-Þ0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|al|p|pp|cf|ex|etc|fig|vol|éd|ed|no|n°|réf|M|MM|Mme|Dr|Pr|St|e\.g|i\.e|vs|env|max|min|tél"
    r"|L|R|D|c\.-à-d)|\b[A-ZÀ-Þ])\.$"
)
_ENUMERATOR = re.compile(r"^\s*(?:\(?\d{1,2}|[a-z]|[IVX]{1,4})[.)]$")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) offsets of the sentences of `text`, without surrounding blanks; a line break always ends one."""
    start = 0
    for match in _BREAK.finditer(text):
        end = match.end(1) if match.group(1) is not None else match.start()
        if "\n" not in match.group(0) and _runs_on(text[start:end]):
            continue
        yield from _trimmed(text, start, end)
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _runs_on(sentence: str) -> bool:
    return bool(_ABBREVIATION.search(sentence) or _ENUMERATOR.match(sentence))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end]
    stripped = sentence.strip()
    if stripped:
        begin = start + len(sentence) - len(sentence.lstrip())
        yield begin, begin + len(stripped)
