"""A publication's table of contents: the headings that its passages stand under, in reading order."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np
import streamlit as st

from corpus import Passage
from index import Filters, IndexVersion

_KEY_LENGTH = 10  # hex digits: a thousand sections are told apart with a chance of error below one in a million


@dataclass(frozen=True)
class Section:
    """A heading under those above it (none before the first heading), and the rows of its own passages.

    `page` (physical) and `label` (printed): where it begins; `last_page`: where it, or its last sub-section, ends.
    `key` is made of the headings alone, so that an address outlives a new version of the same text.
    """

    key: str
    path: tuple[str, ...]
    rows: tuple[int, ...]
    page: int
    label: str
    last_page: int


@dataclass(frozen=True)
class Contents:
    """Sections in reading order, each before its sub-sections; rows of passages by their id, and by physical page."""

    sections: tuple[Section, ...]
    by_id: Mapping[str, int]
    by_page: Mapping[int, Sequence[int]]

    def find(self, key: str) -> Section | None:
        """The section of that key, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def holding(self, passage: str) -> Section | None:
        """The section that a passage, given by its id, stands right under, or None."""
        row = self.by_id.get(passage, -1)
        return next((section for section in self.sections if row in section.rows), None)

    def under(self, section: Section) -> tuple[Section, ...]:
        """Its sub-sections, of the next level only."""
        depth = len(section.path)
        after = self.sections[self.sections.index(section) + 1 :]
        inside = takewhile(lambda later: len(later.path) > depth > 0, after)
        return tuple(later for later in inside if len(later.path) == depth + 1)

    def above(self, section: Section) -> tuple[Section, ...]:
        """The sections over it, outermost first."""
        found: list[Section] = []
        for earlier in reversed(self.sections[: self.sections.index(section)]):
            wanted = section.path[: len((found or [section])[-1].path) - 1]
            if wanted and earlier.path == wanted:
                found.append(earlier)
        return tuple(reversed(found))

    def around(self, section: Section) -> tuple[Section | None, Section | None]:
        """The sections before and after, in reading order."""
        place = self.sections.index(section)
        before = self.sections[place - 1] if place else None
        return before, self.sections[place + 1] if place + 1 < len(self.sections) else None


def contents_of(version: IndexVersion, publication: str) -> Contents:
    """The contents of a publication of this version, by its id; made once. Raises IndexError_ for another id."""
    return _contents(version.manifest.name, publication, version)


@st.cache_resource(show_spinner=False, max_entries=64)
def _contents(name: str, publication: str, _version: IndexVersion) -> Contents:  # noqa: ARG001  (it is the cache's key)
    rows = rows_of(_version, publication)
    return build_contents((row, _version.passages[row]) for row in rows)


def rows_of(version: IndexVersion, publication: str) -> list[int]:
    """The rows of a publication's passages, in reading order. Raises IndexError_ for an unknown id."""
    mask = version.facets.allowed(Filters(publications=frozenset({publication})))
    found: list[int] = np.flatnonzero(mask).tolist() if mask is not None else []
    return found


@dataclass
class _Draft:
    path: tuple[str, ...]
    page: int
    label: str
    last_page: int
    rows: list[int] = field(default_factory=list)


def build_contents(passages: Iterable[tuple[int, Passage]]) -> Contents:
    """Contents of passages with their rows, in reading order."""
    drafts: list[_Draft] = []
    opened: list[_Draft] = []  # the current section and those above it
    by_id: dict[str, int] = {}
    by_page: dict[int, list[int]] = {}
    for row, passage in passages:
        by_id[passage.id] = row
        for page in {span.page for span in passage.spans}:
            by_page.setdefault(page, []).append(row)
        if not opened or opened[-1].path != passage.section:
            opened = _above(opened, passage.section)
            added = [_draft(passage, depth) for depth in _depths(opened, passage.section)]
            opened += added
            drafts += added
        opened[-1].rows.append(row)
        for draft in opened:
            draft.last_page = max(draft.last_page, passage.pages[1])
    return Contents(_keyed(drafts), by_id, by_page)


def _above(opened: list[_Draft], path: tuple[str, ...]) -> list[_Draft]:
    """The open sections that `path` goes on from. Its own heading met a second time is another section."""
    return [
        draft
        for draft in opened
        if draft.path and len(draft.path) < len(path) and path[: len(draft.path)] == draft.path
    ]


def _depths(opened: list[_Draft], path: tuple[str, ...]) -> range:
    return range(len(opened) + 1, len(path) + 1) if path else range(1)


def _draft(passage: Passage, depth: int) -> _Draft:
    page = passage.pages[0]
    return _Draft(passage.section[:depth], page, passage.label(page), page)


def _keyed(drafts: Iterable[_Draft]) -> tuple[Section, ...]:
    seen: Counter[tuple[str, ...]] = Counter()
    sections: list[Section] = []
    for draft in drafts:
        seen[draft.path] += 1
        text = "\0".join((*draft.path, str(seen[draft.path])))
        key = hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]
        sections.append(Section(key, draft.path, tuple(draft.rows), draft.page, draft.label, draft.last_page))
    return tuple(sections)
