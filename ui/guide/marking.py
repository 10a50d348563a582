"""The words of a search marked in a text: those with the same stem, whatever their accents and endings."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial

from index import Correction, Expansion, analyse
from ui.chat.text import spaced

_WORD = re.compile(r"[^\W_]+")

Phrase = tuple[str, ...]  # index terms, which stop words may separate in a text
NOTHING: frozenset[Phrase] = frozenset()


def wanted_phrases(
    query: str, corrections: Iterable[Correction] = (), expansions: Iterable[Expansion] = ()
) -> frozenset[Phrase]:
    """What to mark: each word of the query, also as it was read, and whole what was searched besides."""
    own = (term for text in (query, *(c.read_as for c in corrections)) for term in analyse(text))
    return frozenset([*((term,) for term in own), *(tuple(analyse(e.added)) for e in expansions)])


def marked(text: str, wanted: frozenset[Phrase]) -> str:
    """The text as HTML, what is wanted of it inside <mark>."""
    text, parts, end = spaced(text), [], 0
    for first, last in _places(text, wanted) if wanted else ():
        parts += [html.escape(text[end:first]), f"<mark>{html.escape(text[first:last])}</mark>"]
        end = last
    return "".join([*parts, html.escape(text[end:])])


def marker_of(wanted: frozenset[Phrase]) -> Callable[[str], str]:
    """What marks those phrases in a line."""
    return partial(marked, wanted=wanted)


def _places(text: str, wanted: frozenset[Phrase]) -> Iterator[tuple[int, int]]:
    """Where the longest phrases stand, in order, without overlap."""
    found = [(word.start(), word.end(), term) for word in _WORD.finditer(text) for term in _terms(word[0])]
    lengths = sorted({len(phrase) for phrase in wanted if phrase}, reverse=True)
    at, end = 0, len(found)
    while at < end:
        length = next((n for n in lengths if at + n <= end and _phrase(found[at : at + n]) in wanted), 0)
        if length:
            yield found[at][0], found[at + length - 1][1]
        at += max(1, length)


def _phrase(words: Sequence[tuple[int, int, str]]) -> Phrase:
    return tuple(term for _, _, term in words)


@lru_cache(maxsize=20_000)
def _terms(word: str) -> Phrase:
    return tuple(analyse(word))
