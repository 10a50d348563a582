"""Running headers, footers, page numbers and contents pages: what no reader would quote."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.lines import Line, PageText

_MARGIN = 0.12  # share of the page's height, at the top and at the bottom, where furniture stands
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|sur|of)\s*\d{1,4})?\W*$", re.I)
_LEADER = re.compile(r"(?:\.\s?){5,}|…{2,}|\s\d{1,3}$")
_DOTTED = re.compile(r"(?:\.\s?){5,}|…{2,}")


def without_furniture(pages: Sequence[PageText]) -> list[list[Line]]:
    """The lines of each page less those that repeat in the margins and those that only number the page."""
    repeated = _repeated(pages)
    return [[line for line in page.lines if not _is_furniture(line, page, repeated)] for page in pages]


def is_contents_page(lines: Sequence[Line]) -> bool:
    """Whether a page is a table of contents: dotted leaders, or most lines ending in a page number."""
    dotted = sum(bool(_DOTTED.search(line.text)) for line in lines)
    numbered = sum(bool(_LEADER.search(line.text)) for line in lines)
    return dotted >= 5 or (len(lines) >= 8 and numbered > 0.6 * len(lines) and _says_contents(lines))


def _says_contents(lines: Sequence[Line]) -> bool:
    return any(re.match(r"^(sommaire|table des mati[eè]res|contents)\b", line.text, re.I) for line in lines[:4])


def _repeated(pages: Sequence[PageText]) -> set[str]:
    """Margin texts, digits masked, that stand on at least three pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_masked(line.text) for line in page.lines if _in_margin(line, page)})
    return {text for text, pages_with_it in counts.items() if pages_with_it >= min(3, max(2, len(pages)))}


def _is_furniture(line: Line, page: PageText, repeated: set[str]) -> bool:
    if not _in_margin(line, page):
        return False
    return _masked(line.text) in repeated or bool(_PAGE_NUMBER.match(line.text))


def _in_margin(line: Line, page: PageText) -> bool:
    middle = (line.y0 + line.y1) / 2 / page.height
    return middle < _MARGIN or middle > 1 - _MARGIN


def _masked(text: str) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", text.casefold()).strip()
