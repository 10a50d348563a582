"""The structure a PDF declares: page labels, outline, title.

Read with pdfium, whose answers agree with pypdf's on the shipped guide and the public French files
(`tests/corpus/test_outline.py`); on a large file pypdf takes as long for them as pdfium for all of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium

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


def read_structure(pdf: pdfium.PdfDocument) -> Structure:
    """What the file says of itself; what is broken is left out, since the text may still be readable."""
    labels = tuple(pdf.get_page_label(index) for index in range(len(pdf)))
    title = " ".join(pdf.get_metadata_value("Title").split())
    return Structure(labels if any(labels) else (), tuple(islice(_headings(pdf), _MOST_ENTRIES)), title)


def _headings(pdf: pdfium.PdfDocument) -> Iterator[Heading]:
    for bookmark in pdf.get_toc(max_depth=_DEEPEST):
        target = bookmark.get_dest()
        title = " ".join(bookmark.get_title().split())
        index = target.get_index() if target else None
        if title and index is not None:
            yield Heading(title, bookmark.level, index + 1)
