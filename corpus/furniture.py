"""Running headers, footers, page numbers and contents pages: what no reader would quote."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, product, zip_longest

from corpus.lines import Line, PageText
from corpus.margins import in_margin, largest_type, running_titles
from corpus.reading_order import rejoined

_MOST_NUMBERS = 4  # in a running line
_SAME_HEIGHT = 4.0  # points within which a repeated line stands at the same height
_FEW_PAGES = 4  # under which a number alone in a margin is taken for the page's, whatever it is
_MOSTLY = 0.6  # share of a page's lines that end in a number, above which it may be a contents page
_FEWEST_LEADERS = 5  # dotted entries that make a contents page
_FEWEST_ENTRIES = 8  # that make a page go on with the contents of the one before
_TITLE_WITHIN = 8  # lines from the top of the page, where its title stands
_ROMAN = r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = re.compile(rf"\d+|\b(?=[ivxl]+\b){_ROMAN}(?<=[ivxl])\b")
_PAGE_NUMBER = re.compile(
    rf"^[\s–—-]*(?:page\s*)?(?:\d{{1,4}}|(?=[ivxl]+\b){_ROMAN})(?:\s*(?:/|sur|of)\s*\d{{1,4}})?[\s–—-]*$", re.I
)
_SHEET = re.compile(
    r"(?:fiche|annexe|étape|chapitre|partie|module|pratique|section|leçon|sheet|chapter|part) \W{0,3}(?:n° ?)?\d", re.I
)
_LEADER = re.compile(r"(?:\.\s?){5}|…{2}")
_NUMBERED = re.compile(r"\D\s*\d{1,3}$")
_LAST_NUMBER = re.compile(r"\d{1,3}$")
_TITLE = re.compile(r"^(?:sommaire|tables? des (?:mati[eè]res|figures|illustrations)|contents|index)\b", re.I)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}

Key = tuple[str, int]


def without_furniture(pages: Sequence[PageText]) -> list[list[Line]]:
    """The lines of each page less running headers and footers, and page numbers with what stands beside them."""
    largest = largest_type(pages)
    repeated, offsets, titles = _repeated(pages, largest), _offsets(pages), running_titles(pages)
    kept: list[list[Line]] = []
    for page in pages:
        margin = [line for line in page.lines if in_margin(line, page)]
        found = {id(line) for line in margin if _keys(line, page, largest) & repeated or _is_page_number(line, offsets)}
        marked = found | {id(line) for line in margin if id(line) in titles}
        gone = marked | _beside(margin, marked, page)
        kept.append([line for line in page.lines if id(line) not in gone])
    return kept


def without_contents(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without tables of contents, from their title or first entry to their last one."""
    kept: list[list[Line]] = []
    before = False
    for pieces in pages:
        lines = rejoined(pieces)
        leaders = [i for i, line in enumerate(lines) if _is_entry(line.text)]
        numbered = [i for i, line in enumerate(lines) if _NUMBERED.search(line.text)]
        title = next((i for i, line in enumerate(lines[:_TITLE_WITHIN]) if _TITLE.match(line.text)), None)
        mostly = len(numbered) > _MOSTLY * max(1, len(lines)) and (title is not None or before) and len(lines) >= 8
        goes_on, before = before, mostly or len(leaders) >= _FEWEST_LEADERS or (before and _goes_on(lines, numbered))
        if not before:
            kept.append(list(pieces))
            continue
        entries = sorted({*leaders, *numbered}) if mostly or title is not None or not leaders else leaders
        first = title if title is not None else 0 if goes_on else entries[0]
        kept.append([*lines[:first], *lines[entries[-1] + 1 :]])
    return kept


def _is_entry(text: str) -> bool:
    """Whether a line has dots that lead to a number, at its end; in one pattern they would take cubic time."""
    said = text.rstrip()
    return said[-1:].isdecimal() and bool(_LEADER.search(said))


def _goes_on(lines: Sequence[Line], numbered: Sequence[int]) -> bool:
    """Whether a page after a contents page is one too: its entries, of several lines each, end in ascending numbers."""
    pages = [int(found[0]) for i in numbered if (found := _LAST_NUMBER.search(lines[i].text))]
    return len(pages) >= _FEWEST_ENTRIES and pages == sorted(pages)


def _repeated(pages: Sequence[PageText], largest: float) -> set[Key]:
    """Margin lines that stand at one height on at least three pages, or on two of two or three.

    Most of what stands at that height must repeat: else it is the height of the text's first or last line, where a
    label such as « Références » comes back by chance.
    """
    margins = [[(line, _keys(line, page, largest)) for line in page.lines if in_margin(line, page)] for page in pages]
    counts = Counter(key for margin in margins for key in {key for _, keys in margin for key in keys})
    repeated = {key for key, count in counts.items() if count >= (3 if len(pages) > 3 else 2)}
    heights: Counter[int] = Counter()
    for line, keys in chain.from_iterable(margins):
        heights[_height(line)] += 1 if repeated & keys else -1
    return {key for key in repeated if heights[key[1]] >= 0}


def _offsets(pages: Sequence[PageText]) -> set[int] | None:
    """Differences between printed and physical page numbers that recur; None where too few pages tell."""
    if len(pages) < _FEW_PAGES:
        return None
    lines = (line for page in pages for line in page.lines if in_margin(line, page))
    counts = Counter(_value(n.casefold()) - line.page for line in lines for n in _page_number(line))
    return {offset for offset, count in counts.items() if count > 1}


def _page_number(line: Line) -> list[str]:
    return _NUMBER.findall(line.text.casefold())[:1] if _PAGE_NUMBER.match(line.text) else []


def _is_page_number(line: Line, offsets: set[int] | None) -> bool:
    return any(offsets is None or _value(number) - line.page in offsets for number in _page_number(line))


def _beside(margin: Sequence[Line], marked: set[int], page: PageText) -> set[int]:
    """What shares a row with furniture at the edge of the page: the running title beside a page number."""
    found: set[int] = set()
    for line in margin:
        row = [other for other in margin if abs(other.y0 - line.y0) < _SAME_HEIGHT]
        top = line.y0 > page.height / 2
        beyond = (other for other in page.lines if (other.y0 > line.y1 if top else other.y1 < line.y0))
        if any(id(other) in marked for other in row) and all(id(other) in marked for other in beyond):
            found.add(id(line))
    return found


def _keys(line: Line, page: PageText, largest: float) -> set[Key]:
    """A line's text and height, each of its numbers as it stands or counted from the page's own.

    Not counted in larger type at the top where it names a sheet: « Fiche 1 », « Fiche 2 » over sheets of one page each
    are headings.
    """
    pieces = _NUMBER.split(line.text.casefold().strip())
    numbers = _NUMBER.findall(line.text.casefold().strip())
    if len(numbers) > _MOST_NUMBERS:
        return {(line.text, _height(line))}
    if line.y0 > page.height / 2 and line.type_size > largest and _SHEET.match(line.text.strip()):
        return {(line.text.casefold().strip(), _height(line))}
    ways = product(*((number, f"#{_value(number) - line.page}") for number in numbers))
    texts = {"".join(chain.from_iterable(zip_longest(pieces, way, fillvalue=""))) for way in ways}
    return {(text, _height(line)) for text in texts}


def _height(line: Line) -> int:
    return round(line.y0 / _SAME_HEIGHT)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    digits = [_ROMAN_VALUES[letter] for letter in number]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
