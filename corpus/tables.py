"""Tables, recognised by the order in which their cells are drawn: row by row, each cell beside the one before.

A gutter alone does not tell a table from columns of text, but nobody draws columns of text a few lines at a time, in
turn. A table is two or more such rows whose cells stand in the same columns.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from statistics import median

from corpus.lines import Line

_ALIGNED = 6.0  # points by which two cells of one column may differ on the left or on the right
_LONGEST = 90  # words of a cell; a longer one is a column of text
_MARK = 3  # characters of a note call or a bullet, whose size says nothing
_MIXED = 1.25  # ratio of the largest type of a cell to its smallest; a heading over text is no cell
_EDGE = 2.0  # points between the left edges of two cells of one column
_FEWEST_ROWS = 2
_FEW_BLANKS = 3  # of a line that says nothing of how wide its blanks usually are
_WIDER = 1.25  # a blank between two cells, in usual blanks of the line
_UNEVEN = 1.3  # line sizes between two cells of one row that are set at the foot or in the middle of it, at most
_SLACK = 0.35  # of a line's size, by which lines of one cell may overlap
_HEAD_PITCH = 1.5  # line sizes from one line of a head to the next, at most
_SAME_TYPE = 0.3  # points
_CAPTION = re.compile(r"(?:tableau|table|figure|schéma|graphique|encadré)\b|.*[.:]$", re.IGNORECASE)
_PITCH = 2.2  # line sizes from one line of a cell to the next, at most


@dataclass(slots=True)
class _Cell:
    lines: list[Line]
    x0: float
    x1: float

    @classmethod
    def of(cls, *lines: Line) -> "_Cell":
        return cls(list(lines), min(line.x0 for line in lines), max(line.x1 for line in lines))

    def takes(self, line: Line) -> bool:
        """Whether a line continues the cell: just below its last one, and under it."""
        last = self.lines[-1]
        below = line.y1 <= last.y0 + _SLACK * last.size and last.y0 - line.y0 < _PITCH * max(last.size, line.size)
        return below and line.x0 < self.x1 and line.x1 > self.x0

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.x0, self.x1 = min(self.x0, line.x0), max(self.x1, line.x1)


@dataclass(slots=True)
class _Row:
    cells: list[_Cell] = field(default_factory=list)

    @property
    def top(self) -> float:
        return max(cell.lines[0].y1 for cell in self.cells)

    @property
    def bottom(self) -> float:
        return min(cell.lines[-1].y0 for cell in self.cells)

    def cut(self, beside: Line) -> "list[_Row]":
        """A row's only cell, cut before the line that `beside` stands right of: that was the first cell of a row.

        A table's head may be of several lines: those of one type close above the last, all left of `beside`.
        """
        lines = self.cells[0].lines
        first = len(lines) - 1
        while first and _are_one_head(lines[first - 1], lines[first]) and lines[first - 1].x1 < beside.x0:
            first -= 1
        return [_Row([_Cell.of(*part)]) for part in (lines[:first], lines[first:]) if part]

    def takes(self, line: Line) -> bool:
        """Whether a line begins the row's next cell: to the right of all others, at their height."""
        right = max(cell.x1 for cell in self.cells)
        apart = max(line.y0, self.bottom) - min(line.y1, self.top)
        return line.x0 > right and apart < _UNEVEN * line.size


def with_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page in content order, those of tables with their cell."""
    found: list[Line] = []
    numbers = count(1)
    for table in _grouped(_rows(lines)):
        number = next(numbers) if _is_table(table) else 0
        columns = _columns(table) if number else []
        for r, row in enumerate(table, 1):
            for cell in row.cells:
                place = (number, r, _column(cell, columns)) if number else None
                found.extend(replace(line, cell=place) if place else line for line in cell.lines)
    return found


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in chain.from_iterable(_split(line, rows) for line in lines):
        row = rows[-1] if rows else None
        if row and _is_beside(row, line):
            rows[-1:] = row.cut(line)
            rows[-1].cells.append(_Cell.of(line))
        elif row and row.cells[-1].takes(line) and not _crosses(row, line):
            row.cells[-1].add(line)
        elif row and row.takes(line):
            row.cells.append(_Cell.of(line))
        else:
            rows.append(_Row([_Cell.of(line)]))
    return rows


def _are_one_head(above: Line, below: Line) -> bool:
    close = above.y0 - below.y0 < _HEAD_PITCH * below.size and abs(above.x0 - below.x0) < _EDGE
    of_one_type = above.bold and below.bold and abs(above.type_size - below.type_size) < _SAME_TYPE
    return close and of_one_type and not _CAPTION.match(above.text)


def _is_beside(row: _Row, line: Line) -> bool:
    """Whether a line stands right of the last line of a text of several, at its height."""
    last = row.cells[0].lines[-1]
    alone = len(row.cells) == 1 and len(row.cells[0].lines) > 1
    return alone and line.x0 > last.x1 and abs(line.y0 - last.y0) < _SLACK * last.size


def _split(line: Line, rows: Sequence[_Row]) -> Iterator[Line]:
    """A line cut where a column of its row, or of the one above, begins after one of its blanks.

    Not at a blank as wide as the others of a line of text: that a word begins there is chance.
    """
    starts = [cell.x0 for row in rows[-2:] if len(row.cells) > 2 for cell in row.cells[1:]]
    usual = median(x1 - x0 for _, x0, x1 in line.gaps) if len(line.gaps) > _FEW_BLANKS else 0.0
    for raw, x0, x1 in line.gaps:
        if x1 - x0 > _WIDER * usual and any(abs(x1 - start) < _EDGE for start in starts):
            at = bisect_left(line.raw, raw)
            left = line.text[:at].rstrip()
            yield replace(line, text=left, raw=line.raw[: len(left)], x1=x0)
            line = replace(line, text=line.text[at:], raw=line.raw[at:], x0=x1)
    yield line


def _crosses(row: _Row, line: Line) -> bool:
    """Whether a line under a row's last cell reaches under another: it is no longer of that row."""
    return any(line.x0 < cell.x1 for cell in row.cells[:-1])


def _grouped(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Consecutive rows of several cells whose columns agree, and single others."""
    groups: list[list[_Row]] = []
    for row in rows:
        if groups and len(row.cells) > 1 and len(groups[-1][-1].cells) > 1 and _agree(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _agree(table: Sequence[_Row], row: _Row) -> bool:
    """Whether a row stands below a table with its cells in the table's columns."""
    if row.top > table[-1].bottom + 0.5 * row.cells[0].lines[0].size:
        return False
    columns = _columns(table)
    placed = [_column(cell, columns) for cell in row.cells]
    beside = [a.x1 <= b.x0 for a, b in zip(row.cells, row.cells[1:], strict=False)]
    return all(placed) and len(set(placed)) == len(placed) and all(beside)


def _columns(table: Sequence[_Row]) -> list[tuple[float, float]]:
    """Left and right of each column, from the row with most cells widened by the others."""
    widest = max(table, key=lambda row: len(row.cells))
    columns = [(cell.x0, cell.x1) for cell in widest.cells]
    for row in table:
        for cell in row.cells:
            k = _column(cell, columns)
            if k:
                columns[k - 1] = (min(columns[k - 1][0], cell.x0), max(columns[k - 1][1], cell.x1))
    return columns


def _column(cell: _Cell, columns: Sequence[tuple[float, float]]) -> int:
    """The column (from 1) that a cell lies in, 0 for none or several."""
    over = [k for k, (x0, x1) in enumerate(columns, 1) if cell.x0 < x1 and cell.x1 > x0]
    if len(over) == 1:
        return over[0]
    aligned = [k for k, (x0, x1) in enumerate(columns, 1) if min(abs(cell.x0 - x0), abs(cell.x1 - x1)) < _ALIGNED]
    return aligned[0] if not over and len(aligned) == 1 else 0


def _is_table(rows: Sequence[_Row]) -> bool:
    """Whether rows are a table's: enough of them, with cells of one type size, none as long as a column of text."""
    cells = [cell for row in rows for cell in row.cells]
    return len(rows) >= _FEWEST_ROWS and not any(_is_column(cell) for cell in cells)


def _is_column(cell: _Cell) -> bool:
    sizes = [line.type_size for line in cell.lines if len(line.text) > _MARK] or [1.0]
    words = sum(len(line.text.split()) for line in cell.lines)
    return words > _LONGEST or max(sizes) > _MIXED * min(sizes)
