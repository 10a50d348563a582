"""A draft as it comes, cut into sentences, each bare of the markers and bullets a generator may write."""

import re
from collections.abc import Iterable, Iterator

from corpus import split_sentences

_MARKER = re.compile(r"\s*[\[(]\s*(?:extrait\s*)?\d+(?:\s*[,;]\s*\d+)*\s*[\])]", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+|^\s*#+\s*")
_EMPHASIS = re.compile(r"[*`]+")  # gone before sentences are cut: « filière. **Avant » would pass for one
_RUN_ON = re.compile(r"([^\W\d_]{2}[.!?…])(?=[A-ZÀ-ÖØ-Þ][^\W\d_.])")  # « filière.Le préfet »: two sentences too
_MARKED_START = re.compile(r"([^\W\d_]{2}[.!?…;:])\s*(?=[^\w\s(\[.]+\s*[^\w(\[]*[A-ZÀ-ÖØ-Þ])")
_MARKUP = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_FINISHED = re.compile(r"[.!?…][\s»”\"’')\]]*$")
_LONGEST = 700  # characters: a sentence that long is not one
_TAIL = 100  # characters of such a one that are kept, to find where the next begins
_FEWEST_WORDS = 3


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences of a stream of text, each as soon as the next has begun; markers and markup taken away.

    The last is left out where no punctuation ends it: a generator that comes to its last token stops anywhere.
    """
    pending = ""
    for piece in _without_halves(pieces):
        pending = _MARKED_START.sub(r"\1\n", _RUN_ON.sub(r"\1 ", _EMPHASIS.sub("", pending + piece)))
        spans = list(split_sentences(pending))
        if len(spans) > 1:
            yield from _bare(pending[a:b] for a, b in spans[:-1])
            pending = pending[spans[-1][0] :]
        if len(pending) > 2 * _LONGEST:
            pending = pending[: 2 * _LONGEST - _TAIL] + pending[-_TAIL:]
    spans = list(split_sentences(pending))
    yield from _bare(pending[a:b] for a, b in spans[:-1])
    yield from (sentence for sentence in _bare(pending[a:b] for a, b in spans[-1:]) if _FINISHED.search(sentence))


def _without_halves(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces with surrogates joined, across pieces too; one that stays alone has no bytes in UTF-8."""
    half = ""
    for piece in pieces:
        text = half + piece
        half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        yield text.removesuffix(half).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if half:
        yield "\ufffd"


def _bare(found: Iterable[str]) -> Iterator[str]:
    for sentence in found:
        bare = _MARKUP.sub("", _MARKER.sub("", _BULLET.sub("", sentence))).strip().lstrip('»”"').strip()
        if len(bare.split()) >= _FEWEST_WORDS and len(bare) <= _LONGEST:
            yield bare
