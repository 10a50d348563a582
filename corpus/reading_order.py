"""Reading order: a recursive X-Y cut (Nagy and Seth, 1984) that asks the content order for evidence of columns.

A gutter alone does not tell two columns of text from the cells of a table. The order in which the page's
maker drew the lines does: columns are drawn one after the other, table rows go back and forth.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.lines import Line

_GUTTER = 0.9  # narrowest column gutter, in line heights
_BAND = 0.5  # gap, in line heights, between two bands drawn one after the other, where there are columns
_SLACK = 0.3  # overlap allowed between them, where there are none
_GAP = 0.2  # smallest vertical gap that separates two bands, in line heights
_BETWEEN = 6  # raw characters, at most, between two pieces of one line
_MOST_SWITCHES = 0.25  # side changes per line of the smaller side, above which a gutter belongs to a table


def ordered(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page in reading order; a table keeps the order in which it was drawn."""
    units = [list(unit) for _, unit in groupby(lines, key=lambda line: line.cell[0] if line.cell else id(line))]
    ranked = [(rank, unit[0] if len(unit) == 1 else _frame(unit)) for rank, unit in enumerate(units)]
    return rejoined(line for rank, _ in _cut(ranked, 0) for line in units[rank])


def rejoined(lines: Iterable[Line]) -> list[Line]:
    """Lines made whole again where a wide blank inside one separated neither columns nor cells."""
    whole: list[Line] = []
    for line in lines:
        if whole and _is_rest(line, whole[-1]):
            whole[-1] = _merged(whole[-1], line)
        else:
            whole.append(line)
    return whole


def _is_rest(line: Line, last: Line) -> bool:
    beside = line.x0 > last.x1 and abs(line.y0 - last.y0) < 0.5 * last.size
    return beside and not (line.cell or last.cell) and 0 < line.raw[0] - last.raw[-1] <= _BETWEEN


def _merged(left: Line, right: Line) -> Line:
    return replace(
        left,
        text=f"{left.text} {right.text}",
        raw=(*left.raw, left.raw[-1], *right.raw),
        y0=min(left.y0, right.y0),
        x1=right.x1,
        y1=max(left.y1, right.y1),
        bold=left.bold and right.bold,
    )


def _frame(unit: Sequence[Line]) -> Line:
    """A line with the outline of a table, to find the table's place among the others."""
    return replace(
        unit[0],
        x0=min(line.x0 for line in unit),
        y0=min(line.y0 for line in unit),
        x1=max(line.x1 for line in unit),
        y1=max(line.y1 for line in unit),
    )


Ranked = list[tuple[int, Line]]


def _cut(region: Ranked, depth: int) -> Ranked:
    if len(region) < 2 or depth > 40:
        return region
    drawn = _drawn_bands(region)
    if len(drawn) > 1:
        return [item for band in drawn for item in _cut(band, depth + 1)]
    halves = _columns(region) or _bands(region)
    if halves is None:
        return region
    first, second = halves
    return _cut(first, depth + 1) + _cut(second, depth + 1)


def _drawn_bands(region: Ranked) -> list[Ranked]:
    """Bands that the page's maker drew one below the other: each line of a band stands above all later ones."""
    ranked = sorted(region, key=lambda item: item[0])
    height = _line_height(region)
    beside = _widest_gap(region, lambda line: (line.x0, line.x1))[0] >= _GUTTER * height
    apart = _BAND * height if beside else -_SLACK * height  # a column's lines may by chance stand above a box beside it
    tops = [line.y1 for _, line in ranked]
    for i in range(len(tops) - 2, -1, -1):
        tops[i] = max(tops[i], tops[i + 1])  # the highest point of what is drawn from i on
    bands: list[Ranked] = [[ranked[0]]]
    floor = ranked[0][1].y0
    for item, top in zip(ranked[1:], tops[1:], strict=True):
        if floor >= top + apart:
            bands.append([])
        bands[-1].append(item)
        floor = min(floor, item[1].y0)
    return bands


def _columns(region: Ranked) -> tuple[Ranked, Ranked] | None:
    """Left and right of the widest gutter, where the content order agrees that these are columns."""
    gap, position = _widest_gap(region, lambda line: (line.x0, line.x1))
    if gap < _GUTTER * _line_height(region):
        return None
    left = [item for item in region if item[1].x0 < position]
    right = [item for item in region if item[1].x0 >= position]
    if min(len(left), len(right)) < 2:
        return None
    sides = [line.x0 < position for _, line in sorted(region, key=lambda item: item[0])]
    switches = sum(a != b for a, b in pairwise(sides))
    return (left, right) if switches <= max(2, _MOST_SWITCHES * min(len(left), len(right))) else None


def _bands(region: Ranked) -> tuple[Ranked, Ranked] | None:
    """Above and below the tallest horizontal white band."""
    gap, position = _widest_gap(region, lambda line: (line.y0, line.y1))
    if gap < _GAP * _line_height(region):
        return None
    above = [item for item in region if item[1].y0 >= position]
    below = [item for item in region if item[1].y0 < position]
    return (above, below) if above and below else None


def _widest_gap(region: Ranked, extent: Callable[[Line], tuple[float, float]]) -> tuple[float, float]:
    """The widest empty interval between the lines' extents on one axis, and where its far side begins."""
    spans = sorted(extent(line) for _, line in region)
    best, position, reach = 0.0, 0.0, spans[0][1]
    for start, end in spans[1:]:
        if start - reach > best:
            best, position = start - reach, start
        reach = max(reach, end)
    return best, position


def _line_height(region: Ranked) -> float:
    sizes = sorted(line.size for _, line in region)
    return sizes[len(sizes) // 2]
