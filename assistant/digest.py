"""What is read of parts that cannot be read out whole: how a chapter's sections begin, the blocks that practices share.

« Résume le chapitre IV » would otherwise end in its first practice, and « Compare la pratique 30 et la 31 » before the
steps of either.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.completing import FEWEST_WORDS
from assistant.extractive import WHOLE
from assistant.part_names import plain
from assistant.parts import NamedParts
from corpus import Passage
from index import IndexVersion, is_note, list_goes_on

Rows = npt.NDArray[np.int64]
_MOST = 2_000  # passages of a part that are looked through
_FEWEST_SECTIONS = 3  # numbered sections from which a part is told by how each begins
_INTRODUCTION = 2  # passages of what stands before them
_FEWEST_SHARED = 2  # blocks in common from which practices are compared by these


def to_be_read(parts: NamedParts, version: IndexVersion, *, compared: bool) -> NamedParts:
    """Parts with the rows to read of them: chapters' by how their sections begin, practices' by what they share where
    they are `compared`, any other's from the first on."""
    views = [overview(version, rows) for rows in parts.each]
    others = [rows for rows, view in zip(parts.each, views, strict=True) if not len(view)]
    shared = iter((compared and len(others) > 1 and shared_blocks(version, others)) or others)
    told = tuple(view if len(view) else next(shared) for view in views)
    changed = any(len(view) < len(rows) for view, rows in zip(told, parts.each, strict=True))
    return replace(parts, told=told if changed else (), overview=not others)


def overview(version: IndexVersion, rows: Rows) -> Rows:
    """The first passage of each numbered section of a part, after its introduction.

    None of a part that is short enough to be read whole, that has fewer than three such sections below it, or whose
    number several publications have.
    """
    begin: dict[tuple[str, ...], list[int]] = {}
    publications: set[str] = set()
    words = 0
    for row in rows[:_MOST].tolist():
        passage = version.passages[row]
        publications.add(passage.publication)
        words += len(passage.text.split())
        section = numbered(passage.section)
        told = begin.setdefault(section, [])
        if len(told) < (1 if section else _INTRODUCTION) and not is_note(passage.text):
            told.append(row)
    if words <= WHOLE or len(publications) > 1 or len(innermost(begin)) < _FEWEST_SECTIONS:
        return _NONE
    return np.array([row for told in begin.values() for row in told], dtype=np.int64)


def innermost(sections: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those that introduce no other, each once."""
    each = list(dict.fromkeys(sections))
    over = {section[:depth] for section in each for depth in range(len(section))}
    return [section for section in each if section not in over]


def numbered(section: Sequence[str]) -> tuple[str, ...]:
    """The headings over a passage down to the last that has a number; none where none has."""
    depths = [depth for depth, title in enumerate(section, 1) if any(map(str.isdigit, title))]
    return tuple(section[: depths[-1]]) if depths else ()


def shared_blocks(version: IndexVersion, each: Sequence[Rows]) -> tuple[Rows, ...]:
    """Of each part the passages of the blocks (« Objectif », « Étapes ») that all have; none where they share few."""
    blocks = [list(_blocks(version, rows[:_MOST].tolist())) for rows in each]
    shared = set.intersection(*({label for label, _ in own} for own in blocks))
    if len(shared) < _FEWEST_SHARED:
        return ()
    return tuple(np.array([row for label, row in own if label in shared], dtype=np.int64) for own in blocks)


def _blocks(version: IndexVersion, rows: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Each passage that stands under a label of its own, with the label; a list goes on under its own."""
    label, before = "", None
    for row in rows:
        passage = version.passages[row]
        goes_on = before is not None and list_goes_on(before, passage)
        label = label if goes_on else _label(passage)
        before = passage
        if label:
            yield label, row


def _label(passage: Passage) -> str:
    """What its first sentence says, where that is no more than a word or two; nothing without any."""
    if len(passage.sentences) < 2 or is_note(passage.text):
        return ""
    start, end = passage.sentences[0]
    said = plain(passage.text[start:end].strip(" .:"))
    return said if len(said.split()) < FEWEST_WORDS and any(map(str.isalpha, said)) else ""


_NONE: Rows = np.zeros(0, dtype=np.int64)
