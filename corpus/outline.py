"""The structure a PDF declares, read with pypdf: page labels, outline, title; and its encryption."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_MOST_ENTRIES = 5000
_DEEPEST = 12


@dataclass(frozen=True)
class Heading:
    """An outline entry: level from 0, page 1-based."""

    title: str
    level: int
    page: int


@dataclass(frozen=True)
class Structure:
    """Printed labels (one for each page, or none at all), outline and title as the file declares them."""

    labels: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    title: str = ""


def read_structure(path: Path, password: str = "") -> Structure:
    """What pypdf finds; a broken structure gives an empty one, since the text may still be readable."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(password):
            return Structure()
    except _BROKEN:
        return Structure()
    return Structure(_labels(reader), _headings(reader), _title(reader))


# pypdf raises plain built-in errors on damaged files, beside its own.
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError,
           NotImplementedError, AssertionError, OverflowError)  # fmt: skip


def _labels(reader: PdfReader) -> tuple[str, ...]:
    try:
        return tuple(reader.page_labels)
    except _BROKEN:
        return ()


def _title(reader: PdfReader) -> str:
    try:
        title = reader.metadata.title if reader.metadata else None
    except _BROKEN:
        return ""
    return " ".join(title.split()) if isinstance(title, str) else ""


def _headings(reader: PdfReader) -> tuple[Heading, ...]:
    found: list[Heading] = []
    try:
        for heading in _walk(reader, reader.outline, 0):
            found.append(heading)
            if len(found) >= _MOST_ENTRIES:
                break
    except _BROKEN:
        return tuple(found)
    return tuple(found)


def _walk(reader: PdfReader, entries: Any, level: int) -> Iterator[Heading]:
    if level > _DEEPEST:
        return
    for entry in entries:
        if isinstance(entry, list):
            yield from _walk(reader, entry, level + 1)
            continue
        page = reader.get_destination_page_number(entry)
        title = " ".join(str(entry.title or "").split())
        if title and page is not None and page >= 0:
            yield Heading(title, level, page + 1)
