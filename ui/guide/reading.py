"""A passage's text as HTML that reads well: paragraphs, lists and tables, as its lines say."""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal

from index import LIST_ITEM, is_note
from ui.chat.text import safe

Kind = Literal["text", "item", "step", "row"]
Mark = Callable[[str], str]
_BAR = " | "  # between the cells of a table's row, as the reader of PDFs writes them
_STEP = re.compile(r"\(?(\d{1,2})[.)]\s+")
_FOOTNOTE, _LEAD = ' class="vigie-footnote"', ' class="vigie-lead"'
_LONGEST_LEAD = 8  # words of a line that stands over others as « Étapes » does


def passage_html(text: str, mark: Mark = safe) -> str:
    """The text of a passage; `mark` makes HTML of what a line holds."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "".join(_BUILDERS[kind](list(same), mark) for kind, same in groupby(lines, key=_kind))


def _kind(line: str) -> Kind:
    if _STEP.match(line):
        return "step"
    if LIST_ITEM.match(line):
        return "item"
    return "row" if _BAR in line else "text"


def _paragraphs(lines: Sequence[str], mark: Mark) -> str:
    return "".join(f"<p{_looks(line)}>{mark(line)}</p>" for line in lines)


def _looks(line: str) -> str:
    if is_note(line):
        return _FOOTNOTE
    return _LEAD if len(line.split()) <= _LONGEST_LEAD and line[-1] not in ".,;:!?…»)" else ""


def _items(lines: Sequence[str], mark: Mark) -> str:
    found = ((LIST_ITEM.match(line), line) for line in lines)
    return "<ul>" + "".join(f"<li>{mark(line[m.end() :])}</li>" for m, line in found if m) + "</ul>"


def _steps(lines: Sequence[str], mark: Mark) -> str:
    """Each step keeps the number it has in the text."""
    found = ((_STEP.match(line), line) for line in lines)
    items = (f'<li value="{m[1]}">{mark(line[m.end() :])}</li>' for m, line in found if m)
    return f"<ol>{''.join(items)}</ol>"


def _rows(lines: Sequence[str], mark: Mark) -> str:
    """A table, that scrolls by itself where it is too wide; the first of several rows is taken for its heads."""
    rows = [[mark(cell) for cell in line.split(_BAR)] for line in lines]
    head = _row(rows[0], "th") if len(rows) > 1 else ""
    body = "".join(_row(cells, "td") for cells in rows[bool(head) :])
    return f'<div class="vigie-table" tabindex="0"><table>{head}{body}</table></div>'


def _row(cells: Sequence[str], tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "<tr>" + "".join(f"<{tag}{scope}>{cell}</{tag}>" for cell in cells) + "</tr>"


_BUILDERS: dict[Kind, Callable[[Sequence[str], Mark], str]] = {
    "text": _paragraphs,
    "item": _items,
    "step": _steps,
    "row": _rows,
}
