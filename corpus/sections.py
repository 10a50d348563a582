"""Which lines are headings: those the outline names, else those that typography sets apart."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from corpus.lines import Line
from corpus.outline import Heading

_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST = 140  # characters of a typographic heading
_MOST_LINES = 3
_LARGER = 1.15  # size of a typographic heading, at least, in body sizes
_NUMBERED = re.compile(r"^(?:[IVX]+|\d+(?:\.\d+)*|[A-Za-z]\.\d+)[.)]?\s+\S")


def heading_levels(pages: Sequence[Sequence[Line]], outline: Sequence[Heading]) -> dict[int, int]:
    """Level of each heading line, by id(line); lines of one wrapped heading share their level.

    Typography adds, below the outline's levels, the headings that the outline leaves out.
    """
    declared = _from_outline(pages, outline)
    typographic = _from_typography(pages)
    if len(declared) < 2:
        return typographic
    below = max(declared.values()) + 1
    return {key: level + below for key, level in typographic.items()} | declared


def _from_outline(pages: Sequence[Sequence[Line]], outline: Sequence[Heading]) -> dict[int, int]:
    levels: dict[int, int] = {}
    by_number = {page[0].page: page for page in pages if page}
    for heading in outline:
        for line in _match(by_number.get(heading.page, ()), _letters(heading.title), levels):
            levels[id(line)] = heading.level
    return levels


def _match(lines: Sequence[Line], title: str, taken: dict[int, int]) -> Sequence[Line]:
    """The run of lines that together read as `title`, at most four of them."""
    for start, first in enumerate(lines):
        if id(first) in taken or not title or not title.startswith(_letters(first.text) or "\0"):
            continue
        for length in range(1, 5):
            run = lines[start : start + length]
            if "".join(_letters(line.text) for line in run) == title:
                return run
    return ()


def _letters(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()


def _from_typography(pages: Sequence[Sequence[Line]]) -> dict[int, int]:
    lines = [line for page in pages for line in page]
    if not lines:
        return {}
    body = median(line.type_size for line in lines for _ in range(len(line.text) // 20 + 1))
    found = [line for page in pages for line in _short_runs(page, body)]
    sizes = sorted({round(line.type_size) for line in found}, reverse=True)
    return {id(line): min(sizes.index(round(line.type_size)), 3) for line in found}


def _short_runs(page: Sequence[Line], body: float) -> Iterator[Line]:
    """Lines that stand out, less runs of more than three: a lead paragraph in large type is no heading."""
    for larger, run in groupby(page, key=lambda line: line.type_size > _LARGER * body):
        lines = list(run)
        if not larger or len(lines) <= _MOST_LINES:
            yield from (line for line in lines if _stands_out(line, body))


def _stands_out(line: Line, body: float) -> bool:
    if len(line.text) > _LONGEST or not any(c.isalpha() for c in line.text) or line.text[-1] in ".;,":
        return False
    larger = line.type_size > _LARGER * body
    return larger or (line.bold and line.type_size >= 0.98 * body and bool(_NUMBERED.match(line.text)))
