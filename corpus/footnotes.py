"""Footnotes: told from the text of their page, then placed after the block that calls them."""

import re
from collections.abc import Sequence, Set
from itertools import groupby, takewhile

from corpus.block import NOWHERE, Block, Origin
from corpus.lines import Line

_SMALL = 0.9  # size of a footnote, at most, in body sizes
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_START = re.compile(rf"^([{_RAISED}]+|\d{{1,3}}(?=[^\d.,)\-–/%]|[.)]\s))")
_LISTED = re.compile(r"^\d{1,3}[.)]")  # how an item of a list may begin, too
_CALL = re.compile(rf"(?<=\S)[{_RAISED}]+")
_AS_DIGITS = str.maketrans(_RAISED, "0123456789")
_AS_RAISED = str.maketrans("0123456789", _RAISED)


def note_calls(lines: Sequence[Line], body_size: float) -> set[str]:
    """The numbers of notes that a page calls, as superscripts; one may begin a line, if that line is no note."""
    return {
        number
        for line in lines
        for number in _CALL.findall(f"-{line.text}" if line.cell or line.type_size > _SMALL * body_size else line.text)
    }


def note_lines(lines: Sequence[Line], body_size: float, calls: Set[str]) -> dict[int, bool]:
    """The lines of a page's footnotes, by id(line), and whether each begins a note.

    They are small, from a number of `calls` to their column's end. At the end of the page any number begins the first
    of them: its call may not have been drawn as one.
    """
    last_body = max((i for i, line in enumerate(lines) if line.type_size > _SMALL * body_size or line.cell), default=-1)
    notes: dict[int, bool] = {}
    listed: set[int] = set()  # numbers of a list of notes, which earlier pages call
    last: Line | None = None
    for i, line in enumerate(lines):
        small = line.type_size <= _SMALL * body_size and not line.cell
        number = _START.match(line.text) if small else None
        called = number is not None and number.group(1).translate(_AS_RAISED) in calls
        first = number is not None and last is None and i > last_body and not _LISTED.match(line.text)
        begins = called or first or (number is not None and number.group(1)[0] in _RAISED)
        if number and (not begins or _value(number) - 1 in listed):
            listed.add(_value(number))
            begins = False
        if begins or (small and last is not None and 0 < last.y0 - line.y0 < 2 * last.size):
            notes[id(line)] = begins
            last = line
        else:
            last = None
    return notes


def with_raised_number(text: str, origins: tuple[Origin, ...]) -> tuple[str, tuple[Origin, ...]]:
    """A note whose number is a superscript, as its call is, apart from the first word."""
    number = _START.match(text)
    if number is None:
        return text, origins
    end = number.end()
    gap = (" ", (NOWHERE,)) if text[end : end + 1].isalpha() else ("", ())
    raised = number.group(1).translate(_AS_RAISED)
    return f"{raised}{gap[0]}{text[end:]}", (*origins[:end], *gap[1], *origins[end:])


def with_notes_placed(blocks: Sequence[Block]) -> list[Block]:
    """Each footnote after the block that calls its number, on its page or the one before.

    Notes gathered at the end of a chapter, which some earlier page calls, stay where they are.
    """
    texts = [block for block in blocks if block.kind != "footnote"]
    after: dict[int, list[Block]] = {}
    passed = 0
    for is_note, run in groupby(blocks, key=lambda block: block.kind == "footnote"):
        group = list(run)
        if not is_note:
            passed += len(group)
            continue
        callers = [_caller(texts, passed, note) for note in group]
        cut = passed < len(texts) and texts[passed].page <= group[0].page  # the page's last text was still open
        for note, caller in zip(group, callers, strict=True):
            last = passed if cut else passed - 1
            after.setdefault(last if caller is None or None in callers else caller, []).append(note)
    notes_first = after.get(-1, [])
    return notes_first + [block for i, text in enumerate(texts) for block in (text, *after.get(i, ()))]


def _caller(texts: Sequence[Block], passed: int, note: Block) -> int | None:
    """Index of the text that calls a note: one of those before it, or the one that the page's end cut in two."""
    start = _START.match(note.text)
    number = start.group(1).translate(_AS_RAISED) if start else ""
    for at in range(min(passed, len(texts) - 1), -1, -1):
        if texts[at].page < note.page - 1:
            return None
        if number and number in _CALL.findall(texts[at].text):
            return at + _rows_after(texts, at)
    return None


def _rows_after(texts: Sequence[Block], at: int) -> int:
    """Rows that follow a row in its table, which a note must not cut."""
    table = texts[at].table
    following = takewhile(lambda text: text.table and table and text.table[:2] == table[:2], texts[at + 1 :])
    return sum(1 for _ in following)


def _value(number: re.Match[str]) -> int:
    return int(number.group(1).translate(_AS_DIGITS))
