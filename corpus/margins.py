"""What stands in the margins of a page, and the running titles there that change from page to page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from corpus.lines import Line, PageText

_MARGIN = 0.12  # share of the page's height, at the top and at the bottom, where furniture stands
_WIDE_MARGIN = 0.17  # the same where the line is set apart from the text
_APART = 1.5  # type sizes that set it apart
_SAME = 1.5  # points within which lines of several pages stand at one height
_FEWEST = 3  # pages with a line at one height that make it that of running titles
_MOST_PAGES = 0.6  # share of the pages, at least, that have one
_NO_LARGER = 1.02  # type of a running title, at most, in body sizes: the titles of slides stand at one height, too


def in_margin(line: Line, page: PageText) -> bool:
    """Whether a line stands where running headers and footers do."""
    middle = (line.y0 + line.y1) / 2 / page.height
    edge = min(middle, 1 - middle)
    return edge < _MARGIN or (edge < _WIDE_MARGIN and _stands_apart(line, page))


def running_titles(pages: Sequence[PageText]) -> set[int]:
    """Lines, by id(line), that name the chapter or the page at the same height of most pages, apart from their text."""
    if len(pages) < _FEWEST:
        return set()
    largest = largest_type(pages)
    heights: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for page in pages:
        for line in _outermost(page):
            if in_margin(line, page) and line.type_size <= largest and _stands_apart(line, page):
                heights[round(line.y0 / _SAME)].append((page.number, line))
    return {
        id(line)
        for found in heights.values()
        if len({number for number, _ in found}) >= max(_FEWEST, _MOST_PAGES * len(pages))
        for _, line in found
    }


def largest_type(pages: Sequence[PageText]) -> float:
    """The type size above which a line is a title of its own, whatever changes in it from page to page."""
    sizes = [line.type_size for page in pages for line in page.lines]
    return _NO_LARGER * median(sizes) if sizes else 0.0


def _outermost(page: PageText) -> Iterator[Line]:
    """The lines of the first row and of the last."""
    if page.lines:
        top, bottom = max(line.y0 for line in page.lines), min(line.y0 for line in page.lines)
        yield from (line for line in page.lines if line.y0 > top - _SAME or line.y0 < bottom + _SAME)


def _stands_apart(line: Line, page: PageText) -> bool:
    """Whether a line is set off from the text that follows it towards the middle of the page."""
    if line.y0 > page.height / 2:
        inner = [other.y1 for other in page.lines if other.y1 < line.y0]
        gap = line.y0 - max(inner) if inner else 0.0
    else:
        outer = [other.y0 for other in page.lines if other.y0 > line.y1]
        gap = min(outer) - line.y1 if outer else 0.0
    return gap > _APART * line.type_size
