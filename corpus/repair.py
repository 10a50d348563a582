"""A second chance for a file that the text engine cannot open: its pages, copied into a new file by pypdf."""

import io
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

# A download that broke off has lost these last lines; with them, pypdf looks for the objects one by one.
_ENDING = b"\ntrailer << /Size 1 >>\nstartxref\n0\n%%EOF\n"
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_HIGHEST = 50  # nodes above a page; a balanced tree of a million pages has six
# pypdf raises plain built-in errors on damaged files, beside its own.
PYPDF_ERRORS = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError,
           NotImplementedError, AssertionError, OverflowError, zlib.error)  # fmt: skip


def repaired(path: Path, password: str = "") -> bytes | None:
    """A new file with every page that can be copied, not encrypted; None when there is none or the password is wrong.

    Pages come from the page tree or, where it is lost, from the page objects in the order of their place in the
    file, which is nearly always the order of reading (a page deleted by a later edit then comes back). Links, outline
    and labels are not copied. Raises nothing, but may run out of memory or time: call it under limits.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return _copied(data, password) or _copied(data + _ENDING, password)


def _copied(data: bytes, password: str) -> bytes | None:
    writer, out = PdfWriter(), io.BytesIO()
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(password):
            return None
        for page in _pages_of_tree(reader) or _stray_pages(reader):
            _copy(page, writer)
        if not len(writer.pages):
            return None
        writer.write(out)
    except PYPDF_ERRORS:
        return None
    return out.getvalue()


def _pages_of_tree(reader: PdfReader) -> list[PageObject]:
    try:
        return list(reader.pages)
    except PYPDF_ERRORS:
        return []


def _stray_pages(reader: PdfReader) -> Iterator[PageObject]:
    for number, generation in _objects_by_place(reader):
        reference = IndirectObject(number, generation, reader)
        found = _dictionary(reference)
        if found is not None and found.get("/Type") == "/Page":
            page = PageObject(reader, reference)
            _inherit(page, found)
            page.pop("/Parent", None)  # the copy would follow it to the other pages
            yield page


def _objects_by_place(reader: PdfReader) -> list[tuple[int, int]]:
    """Number and generation of each object; one in an object stream has the place of the stream."""
    places = {(number, generation): (offset, 0)
              for generation, offsets in reader.xref.items() for number, offset in offsets.items()}  # fmt: skip
    for number, (stream, order) in reader.xref_objStm.items():
        places[number, 0] = (reader.xref.get(0, {}).get(stream, 0), order)
    return sorted(places, key=lambda key: places[key])


def _dictionary(reference: object) -> DictionaryObject | None:
    try:
        found = reference.get_object() if isinstance(reference, IndirectObject) else reference
    except PYPDF_ERRORS:
        return None
    return found if isinstance(found, DictionaryObject) else None


def _inherit(page: PageObject, node: DictionaryObject) -> None:
    """Give a page what the nodes above it, if any is left, say for all their pages."""
    parent: DictionaryObject | None = node
    for _ in range(_HIGHEST):
        parent = _dictionary(parent.raw_get("/Parent")) if parent is not None and "/Parent" in parent else None
        if parent is None:
            return
        for name in _INHERITED:
            if name in parent and name not in page:
                page[NameObject(name)] = parent.raw_get(name)


def _copy(page: PageObject, writer: PdfWriter) -> None:
    """A page that cannot be copied is left out. Links and threads would drag the whole file into the copy."""
    try:
        page.pop("/Annots", None)
        page.pop("/B", None)
        writer.add_page(page)
    except PYPDF_ERRORS:
        return
