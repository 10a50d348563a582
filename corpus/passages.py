"""Blocks gathered into passages: what is embedded, retrieved and cited.

Cuts depend only on the text around them, so that inserting a paragraph leaves the other passages as they
were: a paragraph is a passage; only list items, short lines and what introduces them are gathered.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.block import Block, Origin
from corpus.sentences import split_sentences
from corpus.settings import CorpusSettings

_LEAD_IN = re.compile(r"[:：]\W*$")
_LINE_END = 8  # raw characters that may lie between two of a sentence's: a hyphen, a break, blanks
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """`length` characters of a passage from `start`, which are raw characters `raw`, `raw`+1… of `page`."""

    start: int
    page: int
    raw: int
    length: int


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as read from one file, before it has an id. Sentences are (start, end) offsets."""

    text: str
    section: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page, 1-based."""
        return self.spans[0].page, self.spans[-1].page


@dataclass(frozen=True, slots=True)
class Passage(PassageText):
    """A passage of a publication. `labels` are the printed labels of its pages, first to last."""

    id: str
    publication: str
    labels: tuple[str, ...]

    def pages_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last page of the text between two offsets."""
        pages = [s.page for s in self.spans if s.start < end and s.start + s.length > start]
        return (pages[0], pages[-1]) if pages else self.pages

    def label(self, page: int) -> str:
        """The printed label of one of its pages."""
        index = page - self.pages[0]
        return self.labels[index] if 0 <= index < len(self.labels) else str(page)

    def raw_characters(self, start: int, end: int) -> dict[int, list[int]]:
        """Raw character indices by page, for the text between two offsets."""
        found: dict[int, list[int]] = {}
        for span in self.spans:
            first, last = max(start, span.start), min(end, span.start + span.length)
            if first < last:
                offset = span.raw - span.start
                found.setdefault(span.page, []).extend(range(first + offset, last + offset))
        return found


def build_passages(blocks: Iterable[Block], settings: CorpusSettings) -> Iterator[PassageText]:
    """Passages in reading order; none crosses a heading."""
    path: list[tuple[int, str]] = []
    group: list[Block] = []
    notes: list[Block] = []  # held until the text that calls them is complete
    for block in blocks:
        section = tuple(title for _, title in path)
        if block.kind == "footnote":
            notes.append(block)
        elif block.kind != "heading" and group and _joins(group, block, settings):
            group.append(block)
        else:
            yield from _closed(group, notes, section, settings)
            group, notes = ([], []) if block.kind == "heading" else ([block], [])
        if block.kind == "heading":
            path = [*((level, title) for level, title in path if level < block.level), (block.level, block.text)]
    yield from _closed(group, notes, tuple(title for _, title in path), settings)


def _closed(
    group: Sequence[Block], notes: Sequence[Block], section: tuple[str, ...], settings: CorpusSettings
) -> Iterator[PassageText]:
    yield from _passages(group, section, settings)
    for note in notes:
        yield from _passages([note], section, settings)


def _joins(group: Sequence[Block], block: Block, settings: CorpusSettings) -> bool:
    total = sum(b.words for b in group) + block.words
    if total > settings.passage_words:
        return False
    if _introduces(group[-1]):
        return True
    if _introduces(block):
        return False
    body = [b for b in group if not _introduces(b)]
    return _is_light(block, settings) and all(_is_light(b, settings) for b in body)


def _introduces(block: Block) -> bool:
    """Whether a block announces the next: it ends in a colon, or is a label or the title of a box."""
    most = 14 if block.bold else 3
    return bool(_LEAD_IN.search(block.text)) or (block.words <= most and block.text[-1].isalnum())


def _is_light(block: Block, settings: CorpusSettings) -> bool:
    return block.kind == "item" or block.words < settings.short_block_words


def _passages(group: Sequence[Block], section: tuple[str, ...], settings: CorpusSettings) -> Iterator[PassageText]:
    if not group:
        return
    text = "\n".join(block.text for block in group)
    origins: list[Origin] = []
    for block in group:
        origins.extend((*([None] if origins else []), *block.origins))
    sentences = list(split_sentences(text))
    for first, last in _cuts(text, sentences, settings.passage_words):
        start, end = sentences[first][0], sentences[last - 1][1]
        spans = tuple(_spans(origins[start:end]))
        if spans and any(c.isalpha() for c in text[start:end]):
            offsets = tuple((a - start, b - start) for a, b in sentences[first:last] if _is_whole(origins[a:b]))
            yield PassageText(text[start:end], section, offsets, spans)


def _is_whole(origins: Sequence[Origin]) -> bool:
    """Whether a sentence stands on its pages in one piece: a line torn by a misread layout must not be quoted."""
    placed = [origin for origin in origins if origin is not None]
    return all(page != p or 0 <= raw - r <= _LINE_END for (p, r), (page, raw) in pairwise(placed))


def _cuts(text: str, sentences: Sequence[tuple[int, int]], most_words: int) -> Iterator[tuple[int, int]]:
    """Runs of sentences of about equal length, none longer than `most_words` unless one sentence is."""
    lengths = [len(text[a:b].split()) for a, b in sentences]
    pieces = -(-sum(lengths) // most_words)
    target = sum(lengths) / max(1, pieces)
    first, size = 0, 0
    for index, length in enumerate(lengths):
        if index > first and (size + length / 2 > target or size + length > most_words):
            yield first, index
            first, size = index, 0
        size += length
    if first < len(lengths):
        yield first, len(lengths)


def _spans(origins: Sequence[Origin]) -> Iterator[Span]:
    start = 0
    while start < len(origins):
        origin = origins[start]
        if origin is None:
            start += 1
            continue
        length = 1
        while start + length < len(origins) and origins[start + length] == (origin[0], origin[1] + length):
            length += 1
        yield Span(start, origin[0], origin[1], length)
        start += length


class PassageIds:
    """Ids of one work's passages: the same text keeps its id in the next edition, wherever it moves."""

    def __init__(self, work: str) -> None:
        self._work = work
        self._seen: Counter[str] = Counter()

    def next(self, text: str) -> str:
        """First 16 hex digits of SHA-256(work, normalised text, n-th occurrence of that text)."""
        normal = normalised(text)
        self._seen[normal] += 1
        key = f"{self._work}\0{normal}\0{self._seen[normal]}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


def normalised(text: str) -> str:
    """Text as compared between editions: case kept, blanks folded, note calls dropped."""
    return _SPACES.sub(" ", re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", unicodedata.normalize("NFC", text))).strip()
