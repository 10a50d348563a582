"""Lines joined into blocks (headings, paragraphs, list items, footnotes), each character keeping its origin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from corpus.hyphenation import WordList, ends_hyphenated
from corpus.lines import Line

Kind = Literal["heading", "paragraph", "item", "footnote"]
Origin = tuple[int, int] | None  # (page, raw index), or None for a character we inserted

_BULLET = re.compile(r"^(?:[•▪■◆●○◦‣→➔►✓✔❑□☐*–—-]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")
_NOTE_CALL = re.compile(r"^[\d⁰¹²³⁴⁵⁶⁷⁸⁹]")
_FINAL = re.compile(r"[.!?…:;»)][»”\"]?$")
_LOOSE = 1.5  # line pitch, in usual pitches, above which a new paragraph begins
_SMALL = 0.9  # size of a footnote, at most, in body sizes


@dataclass(frozen=True)
class Block:
    """A unit that a reader would call one: `origins[i]` tells where `text[i]` stands."""

    kind: Kind
    text: str
    origins: tuple[Origin, ...]
    page: int
    size: float
    bold: bool
    level: int = 0

    @property
    def words(self) -> int:
        return len(self.text.split())


def build_blocks(pages: Sequence[Sequence[Line]], heading_levels: dict[int, int]) -> list[Block]:
    """Blocks in reading order. `heading_levels` maps id(line) of heading lines to their level."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    assembler = _Assembler(WordList(lines), median(line.size for line in lines), _usual_pitch(pages), heading_levels)
    for page in pages:
        assembler.page(page)
    return assembler.finish()


def _usual_pitch(pages: Sequence[Sequence[Line]]) -> float:
    """Median distance between baselines of consecutive lines, in line sizes."""
    pitches = [
        (a.y0 - b.y0) / a.size
        for page in pages
        for a, b in pairwise(page)
        if 0 < a.y0 - b.y0 < 3 * a.size and abs(a.size - b.size) < 0.1 * a.size
    ]
    return median(pitches) if pitches else 1.2


class _Assembler:
    """Holds the paragraph being built; footnotes are set apart so that a sentence may run on to the next page."""

    def __init__(self, words: WordList, body_size: float, pitch: float, levels: dict[int, int]) -> None:
        self._words, self._body, self._pitch, self._levels = words, body_size, pitch, levels
        self._open: list[Line] = []
        self._blocks: list[Block] = []

    def page(self, lines: Sequence[Line]) -> None:
        first_note = _first_note(lines, self._body)
        for line in lines[:first_note]:
            if self._open and not self._continues(line):
                self._close()
            self._open.append(line)
        notes = lines[first_note:]
        if notes:
            held, self._open = self._open, []
            for line in notes:
                if self._open and _NOTE_CALL.match(line.text):
                    self._close(footnote=True)
                self._open.append(line)
            self._close(footnote=True)
            self._open = held

    def finish(self) -> list[Block]:
        self._close()
        return self._blocks

    def _continues(self, line: Line) -> bool:
        last, first = self._open[-1], self._open[0]
        if self._levels.get(id(line)) != self._levels.get(id(last)):
            return False
        if id(line) in self._levels:
            return abs(line.size - last.size) < 0.1 * last.size and 0 < last.y0 - line.y0 < 2.2 * last.size
        if ends_hyphenated(last.text) and line.text[0].islower():
            return True
        if _BULLET.match(line.text) or abs(line.size - last.size) > 0.15 * last.size or line.bold != last.bold:
            return False
        if line.page != last.page or line.y0 > last.y0 + 0.5 * last.size:
            runs_on = len(self._open) > 1 and _is_full(last, self._open) and abs(line.x0 - last.x0) < line.size
            return not _FINAL.search(last.text) and (line.text[0].islower() or runs_on)
        if line.bold_start and not line.bold and _FINAL.search(last.text):
            return False
        if last.y0 - line.y0 > _LOOSE * self._pitch * last.size:
            return False
        indented = line.x0 > first.x0 + 0.8 * line.size and len(self._open) > 1 and not _BULLET.match(first.text)
        ended = bool(_FINAL.search(last.text)) and (indented or not _is_full(last, self._open))
        return not ended

    def _close(self, footnote: bool = False) -> None:
        if not self._open:
            return
        text, origins = _joined(self._open, self._words)
        first = self._open[0]
        level = self._levels.get(id(first))
        kind: Kind = "heading" if level is not None else "footnote" if footnote else _kind(text)
        self._blocks.append(Block(kind, text, origins, first.page, first.size, first.bold, level or 0))
        self._open = []


def _kind(text: str) -> Kind:
    return "item" if _BULLET.match(text) else "paragraph"


def _is_full(line: Line, block: Sequence[Line]) -> bool:
    """Whether a line reaches the right edge of its block, so that the next may carry on."""
    right = max(other.x1 for other in block)
    return len(block) == 1 or line.x1 > right - 0.12 * (right - line.x0)


def _first_note(lines: Sequence[Line], body_size: float) -> int:
    """Index of the first line of the footnotes at the end of a page; len(lines) without any."""
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.size > _SMALL * body_size:
            break
        if _NOTE_CALL.match(line.text):
            start = index
    return start


def _joined(lines: Sequence[Line], words: WordList) -> tuple[str, tuple[Origin, ...]]:
    text: list[str] = []
    origins: list[Origin] = []
    for index, line in enumerate(lines):
        if index and text:
            previous = "".join(text[-60:])
            if not ends_hyphenated(previous):
                text.append(" ")
                origins.append(None)
            elif not words.keeps_hyphen(previous, line.text):
                del text[-1], origins[-1]
        text.extend(line.text)
        origins.extend((line.page, raw) for raw in line.raw)
    kept = [i for i, character in enumerate(text) if character != "\u00ad"]
    return "".join(text[i] for i in kept).replace("\u2010", "-"), tuple(origins[i] for i in kept)
