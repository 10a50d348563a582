"""Running headers, footers, page numbers and contents pages: what no reader would quote."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, product, zip_longest

from corpus.lines import Line, PageText

_MARGIN = 0.12  # share of the page's height, at the top and at the bottom, where furniture stands
_MOST_NUMBERS = 4  # in a running line
_SAME_HEIGHT = 4.0  # points within which a repeated line stands at the same height
_ROMAN = r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = re.compile(rf"\d+|\b(?=[ivxl]+\b){_ROMAN}(?<=[ivxl])\b")
_PAGE_NUMBER = re.compile(
    rf"^[\s–—-]*(?:page\s*)?(?:\d{{1,4}}|(?=[ivxl]+\b){_ROMAN})(?:\s*(?:/|sur|of)\s*\d{{1,4}})?[\s–—-]*$", re.I
)
_LEADER = re.compile(r"(?:(?:\.\s?){5,}|…{2,}).*\d+\s*$")
_NUMBERED = re.compile(r"\D\s*\d{1,3}$")
_TITLE = re.compile(r"^(?:sommaire|table des mati[eè]res|contents)\b", re.I)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}

Key = tuple[str, int]


def without_furniture(pages: Sequence[PageText]) -> list[list[Line]]:
    """The lines of each page less those that repeat in the margins and those that only number the page."""
    repeated = _repeated(pages)
    return [[line for line in page.lines if not _is_furniture(line, page, repeated)] for page in pages]


def without_contents(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without tables of contents: whole pages of them are emptied, others lose their lines with leaders."""
    kept: list[list[Line]] = []
    before = False
    for lines in pages:
        numbered = sum(bool(_NUMBERED.search(line.text)) for line in lines) > 0.6 * max(1, len(lines))
        leaders = sum(bool(_LEADER.search(line.text)) for line in lines) >= 5
        titled = len(lines) >= 8 and any(_TITLE.match(line.text) for line in lines[:4])
        contents = leaders or (numbered and (titled or before))
        if not contents:
            kept.append(list(lines))
        elif leaders:
            kept.append(_around_leaders(lines, titled))
        else:
            kept.append([])
        before = contents
    return kept


def _around_leaders(lines: Sequence[Line], titled: bool) -> list[Line]:
    """What stands below the entries, and above them unless that is the contents' own title."""
    entries = [i for i, line in enumerate(lines) if _LEADER.search(line.text)]
    return [*(() if titled else lines[: entries[0]]), *lines[entries[-1] + 1 :]]


def _repeated(pages: Sequence[PageText]) -> set[Key]:
    """Margin lines that stand at one height on at least three pages, or on both of two."""
    counts: Counter[Key] = Counter()
    for page in pages:
        counts.update({key for line in page.lines if _in_margin(line, page) for key in _keys(line)})
    return {key for key, count in counts.items() if count >= min(3, max(2, len(pages)))}


def _is_furniture(line: Line, page: PageText, repeated: set[Key]) -> bool:
    if not _in_margin(line, page):
        return False
    return any(key in repeated for key in _keys(line)) or bool(_PAGE_NUMBER.match(line.text))


def _in_margin(line: Line, page: PageText) -> bool:
    middle = (line.y0 + line.y1) / 2 / page.height
    return middle < _MARGIN or middle > 1 - _MARGIN


def _keys(line: Line) -> set[Key]:
    """A line's text and height, each of its numbers as it stands or counted from the page's own."""
    pieces = _NUMBER.split(line.text.casefold().strip())
    numbers = _NUMBER.findall(line.text.casefold().strip())
    if len(numbers) > _MOST_NUMBERS:
        return {(line.text, round(line.y0 / _SAME_HEIGHT))}
    ways = product(*((number, f"#{_value(number) - line.page}") for number in numbers))
    texts = {"".join(chain.from_iterable(zip_longest(pieces, way, fillvalue=""))) for way in ways}
    return {(text, round(line.y0 / _SAME_HEIGHT)) for text in texts}


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    digits = [_ROMAN_VALUES[letter] for letter in number]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
