"""Reading order: a recursive X-Y cut (Nagy and Seth, 1984) that asks the content order for evidence of columns.

A gutter alone does not tell two columns of text from the cells of a table. The order in which the page's
maker drew the lines does: columns are drawn one after the other, table rows go back and forth.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.lines import Line

_GUTTER = 0.9  # narrowest column gutter, in line heights
_GAP = 0.2  # smallest vertical gap that separates two bands, in line heights
_MOST_SWITCHES = 0.25  # side changes per line of the smaller side, above which a gutter belongs to a table


def ordered(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page in reading order."""
    ranked = list(enumerate(lines))
    return [line for _, line in _cut(ranked, 0)]


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
    slack = 0.3 * _line_height(region)
    tops = [line.y1 for _, line in ranked]
    for i in range(len(tops) - 2, -1, -1):
        tops[i] = max(tops[i], tops[i + 1])  # the highest point of what is drawn from i on
    bands: list[Ranked] = [[ranked[0]]]
    floor = ranked[0][1].y0
    for item, top in zip(ranked[1:], tops[1:], strict=True):
        if floor >= top - slack:
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
