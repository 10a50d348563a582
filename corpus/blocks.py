"""Lines joined into blocks: headings, paragraphs, items, table rows, footnotes. Each character keeps its origin."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median

from corpus.block import Block, Kind
from corpus.footnotes import note_calls, note_lines, with_notes_placed, with_raised_number
from corpus.hyphenation import WordList, ends_hyphenated
from corpus.joining import joined
from corpus.lines import Line
from corpus.rows import RowBuilder

_BULLET = re.compile(r"^(?:[•▪■◆●○◦‣→➔►✓✔❑□☐*–—-]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")
_FINAL = re.compile(r"[.!?…:;»)][»”\"]?[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_SPACE = 0.3  # width of a space, in type sizes
_LOOSE = 1.3  # line pitch, in usual pitches, above which a new paragraph begins


def build_blocks(pages: Sequence[Sequence[Line]], heading_levels: dict[int, int]) -> list[Block]:
    """Blocks in reading order. `heading_levels` maps id(line) of heading lines to their level."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    body = median(line.type_size for line in lines)
    assembler = _Assembler(WordList(lines), body, _usual_pitch(pages), heading_levels)
    for page in pages:
        assembler.page(page)
    return with_notes_placed(assembler.finish())


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
        self._called_before: set[str] = set()
        self._rows = RowBuilder(words)

    def page(self, lines: Sequence[Line]) -> None:
        calls = note_calls(lines, self._body)
        notes = note_lines(lines, self._body, calls | self._called_before)
        self._called_before = calls  # a note may not fit on the page that calls it
        texts = [line for line in lines if id(line) not in notes]
        for row, run in groupby(texts, key=lambda line: line.cell and line.cell[:2]):
            if row is None:
                self._text(run)
            else:
                self._close()
                last = next((block for block in reversed(self._blocks) if block.kind != "footnote"), None)
                self._blocks.extend(self._rows.row(list(run), last))
        held, self._open = self._open, []
        for line in (line for line in lines if id(line) in notes):
            if self._open and notes[id(line)]:
                self._close(footnote=True)
            self._open.append(line)
        self._close(footnote=True)
        self._open = held

    def _text(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if self._open and not self._continues(line):
                self._close()
            self._open.append(line)

    def finish(self) -> list[Block]:
        self._close()
        return self._blocks

    def _continues(self, line: Line) -> bool:
        last, first = self._open[-1], self._open[0]
        if self._levels.get(id(line)) != self._levels.get(id(last)):
            return False
        if id(line) in self._levels:
            return _same_type(line, last, 0.1) and 0 < last.y0 - line.y0 < 2.2 * last.size
        if _goes_on(last, line) or (ends_hyphenated(last.text) and line.text[0].islower()):
            return True
        if _BULLET.match(line.text) or not _same_type(line, last, 0.15) or line.bold != last.bold:
            return False
        if line.page != last.page or line.y0 > last.y0 + 0.5 * last.size:
            runs_on = len(self._open) > 1 and _is_full(last, self._open) and abs(line.x0 - last.x0) < line.size
            return not _FINAL.search(last.text) and (line.text[0].islower() or runs_on)
        if line.bold_start and not line.bold and _FINAL.search(last.text):
            return False
        if last.y0 - line.y0 > _LOOSE * self._pitch * last.size:
            return False
        left = min(other.x0 for other in self._open)
        indented = line.x0 > left + 0.8 * line.size and len(self._open) > 1 and not _BULLET.match(first.text)
        ended = bool(_FINAL.search(last.text)) and (indented or _ends_early(self._open, line))
        return not ended

    def _close(self, footnote: bool = False) -> None:
        if not self._open:
            return
        text, origins = joined(self._open, self._words)
        if footnote:
            text, origins = with_raised_number(text, origins)
        first = self._open[0]
        level = self._levels.get(id(first))
        kind: Kind = "heading" if level is not None else "footnote" if footnote else _kind(text)
        self._blocks.append(Block(kind, text, origins, first.page, first.type_size, first.bold, level or 0))
        self._open = []


def _same_type(line: Line, last: Line, tolerance: float) -> bool:
    return abs(line.type_size - last.type_size) < tolerance * last.type_size


def _kind(text: str) -> Kind:
    return "item" if _BULLET.match(text) else "paragraph"


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a line stands on the same row as the last, a blank away: what lay between was set apart."""
    return abs(line.y0 - last.y0) < _SPACE * last.size and 0 <= line.x0 - last.x1 < line.type_size


def _ends_early(block: Sequence[Line], line: Line) -> bool:
    """Whether a block's last line left room for the first word of the next: it was ended on purpose."""
    last = block[-1]
    room = max(other.x1 for other in (*block, line)) - last.x1
    word = len(line.text.partition(" ")[0]) * (line.x1 - line.x0) / len(line.text)
    return room > word + _SPACE * line.type_size


def _is_full(line: Line, block: Sequence[Line]) -> bool:
    """Whether a line reaches the right edge of its block, so that the next may carry on."""
    right = max(other.x1 for other in block)
    return len(block) == 1 or line.x1 > right - 0.12 * (right - line.x0)
