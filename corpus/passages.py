"""Blocks gathered into passages: what is embedded, retrieved and cited.

Cuts depend only on the text around them, so that inserting a paragraph leaves the other passages as they
were: a paragraph is a passage; only list items, short lines and what introduces them are gathered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.block import NOWHERE, PAGE_BITS, Block, Origin, place_of
from corpus.passage import PassageText, Span
from corpus.sentences import split_sentences
from corpus.settings import CorpusSettings

_LEAD_IN = re.compile(r"[:：]\W*$")
_LINE_END = 8  # raw characters that may lie between two of a sentence's: a hyphen, a break, blanks


def build_passages(blocks: Iterable[Block], settings: CorpusSettings) -> Iterator[PassageText]:
    """Passages in reading order; none crosses a heading, and a table's heads are in each of its passages."""
    path: list[tuple[int, str]] = []
    group: list[Block] = []
    notes: list[Block] = []  # held until the text that calls them is complete
    head: Block | None = None
    previous: Block | None = None
    for block in blocks:
        section = tuple(title for _, title in path)
        if block.kind == "footnote":
            notes.append(block)
        elif block.kind != "heading" and group and _joins(group, block, settings):
            group.append(block)
        else:
            yield from _closed(group, notes, section, settings)
            repeated = [as_head(head)] if head and block.table and _table(block) == _table(head) else []
            group, notes = ([], []) if block.kind == "heading" else ([*repeated, block], [])
        if block.kind == "heading":
            path = [*((level, title) for level, title in path if level < block.level), (block.level, block.text)]
            if previous and _are_one(previous, block):
                path[-1] = block.level, " ".join(sorted((previous.text, block.text), key=_has_letters))
        if block.table and block.table[2] == 1:
            head = block if block.is_head else None
        previous = block
    yield from _closed(group, notes, tuple(title for _, title in path), settings)


def _are_one(previous: Block, block: Block) -> bool:
    """Whether two headings are the number and the title of one, set apart: « 7.5 » in the margin."""
    alike = previous.kind == "heading" and (previous.page, previous.level) == (block.page, block.level)
    return alike and _has_letters(previous.text) != _has_letters(block.text)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def as_head(block: Block) -> Block:
    """A table's heads as they are repeated above its later rows, where they do not stand on the page."""
    return replace(block, origins=(NOWHERE,) * len(block.text), table=None)


def _closed(
    group: Sequence[Block], notes: Sequence[Block], section: tuple[str, ...], settings: CorpusSettings
) -> Iterator[PassageText]:
    yield from _passages(group, section, settings)
    for note in notes:
        yield from _passages([note], section, settings)


def _joins(group: Sequence[Block], block: Block, settings: CorpusSettings) -> bool:
    if group[-1].is_head and _table(block) == _table(group[-1]):
        return True  # heads alone would say nothing
    total = sum(b.words for b in group) + block.words
    if total > settings.passage_words:
        return False
    if _introduces(group[-1]):
        return True
    if block.table or group[-1].table:
        return _table(block) == _table(group[-1])
    if _introduces(block):
        return False
    body = [b for b in group if not _introduces(b)]
    return _is_light(block, settings) and all(_is_light(b, settings) for b in body)


def _table(block: Block) -> tuple[int, int] | None:
    """Page and number of the table that a row belongs to."""
    return block.table[:2] if block.table else None


def _introduces(block: Block) -> bool:
    """Whether a block announces the next: it ends in a colon, or is a label, the title of a box or a table's heads."""
    if block.kind == "row":
        return block.is_head
    most = 14 if block.bold else 3
    return bool(_LEAD_IN.search(block.text)) or (block.words <= most and block.text[-1].isalnum())


def _is_light(block: Block, settings: CorpusSettings) -> bool:
    return block.kind == "item" or block.words < settings.short_block_words


def _passages(group: Sequence[Block], section: tuple[str, ...], settings: CorpusSettings) -> Iterator[PassageText]:
    if not group:
        return
    text = "\n".join(block.text for block in group)
    origins: list[Origin] = []
    sentences: list[tuple[int, int]] = []
    for block in group:
        origins.extend((*([NOWHERE] if origins else []), *block.origins))
        sentences += _sentences(block, len(origins) - len(block.text))
    places = np.array(origins, np.int64)
    torn = _torn(places)
    heads = set(sentences[:1]) if group[0].is_head else set()
    for first, last in _cuts(text, sentences, settings.passage_words, glued=bool(heads)):
        start, end = sentences[first][0], sentences[last - 1][1]
        spans = tuple(_spans(places[start:end]))
        if spans and any(c.isalpha() for c in text[start:end]):
            whole = (
                s for s in sentences[first:last] if s not in heads and not any(s[0] <= a and b < s[1] for a, b in torn)
            )
            yield PassageText(text[start:end], section, tuple((a - start, b - start) for a, b in whole), spans)


def _sentences(block: Block, start: int) -> Iterator[tuple[int, int]]:
    """Offsets of a block's sentences; the row of a table is one, whatever its cells hold."""
    found = [(0, len(block.text))] if block.kind == "row" else split_sentences(block.text)
    return ((start + a, start + b) for a, b in found)


def _torn(places: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Neighbours that do not stand together on their page: a line torn by a misread layout must not be quoted."""
    placed = np.flatnonzero(places != NOWHERE)
    steps = np.diff(places[placed])
    same_page = np.diff(places[placed] >> PAGE_BITS) == 0
    bad = np.flatnonzero(same_page & ((steps < 0) | (steps > _LINE_END)))
    return [(int(placed[i]), int(placed[i + 1])) for i in bad]


def _cuts(
    text: str, sentences: Sequence[tuple[int, int]], most_words: int, *, glued: bool = False
) -> Iterator[tuple[int, int]]:
    """Runs of sentences of about equal length, none longer than `most_words` unless one sentence is.

    `glued` keeps the first sentence, a table's heads, with the second.
    """
    lengths = [len(text[a:b].split()) for a, b in sentences]
    pieces = -(-sum(lengths) // most_words)
    target = sum(lengths) / max(1, pieces)
    first, size = 0, 0
    for index, length in enumerate(lengths):
        free = index > first and not (glued and index == 1)
        if free and (size + length / 2 > target or size + length > most_words):
            yield first, index
            first, size = index, 0
        size += length
    if first < len(lengths):
        yield first, len(lengths)


def _spans(places: npt.NDArray[np.int64]) -> Iterator[Span]:
    """Runs of neighbours, those that stand nowhere left out."""
    ends = np.flatnonzero(np.diff(places) != 1) + 1
    for start, end in pairwise([0, *ends.tolist(), len(places)]):
        if start < end and places[start] != NOWHERE:
            page, raw = place_of(int(places[start]))
            yield Span(start, page, raw, end - start)
