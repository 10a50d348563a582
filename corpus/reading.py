"""One PDF file, read in this process: pages, their readability, and passages.

`corpus.isolation` runs this in a worker, since a hostile file may hang or crash the engine.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from corpus.block import Block
from corpus.blocks import build_blocks
from corpus.bounds import check_bounds
from corpus.document import Document, PageReport
from corpus.errors import unreadable
from corpus.furniture import without_contents, without_furniture
from corpus.lines import Line, PageText, read_page
from corpus.opening import open_pdf
from corpus.outline import Structure, read_structure
from corpus.passage import PassageText
from corpus.passages import build_passages
from corpus.reading_order import ordered
from corpus.sections import heading_levels
from corpus.settings import CorpusSettings
from corpus.tables import with_cells

READER_VERSION = "6"
OCR_METADATA = "VigieOcr"  # key of the PDF's information: confidence by page, as JSON, of the text recognised by Vigie
OnPage = Callable[[int, int], None]


def read_document(
    path: Path, settings: CorpusSettings, on_page: OnPage | None = None, *, password: str = ""
) -> Document:
    """Read a file. Raises UnreadablePdf with the reason when nothing of it can be indexed."""
    _check_file(path, settings)
    pdf, is_repaired = open_pdf(path, password)
    with closing(pdf):
        pages = list(_pages(pdf, settings, on_page))
        reports = _reports(pages, _confidences(pdf))
        readable = [page for page, report in zip(pages, reports, strict=True) if report.is_readable]
        if not readable:
            raise unreadable("damaged" if is_repaired else "no_text")
        structure = read_structure(pdf)
    blocks = _blocks(readable, structure)
    passages = tuple(_with_confidence(p, reports) for p in build_passages(blocks, settings))
    if not passages:
        raise unreadable("damaged" if is_repaired else "no_text")
    return Document(structure.title, _labels(structure, len(pages)), reports, passages, is_repaired)


def read_blocks(path: Path, settings: CorpusSettings) -> list[Block]:
    """Blocks of a file in reading order: headings, paragraphs, items, rows, each note after what calls it."""
    _check_file(path, settings)
    pdf, _ = open_pdf(path)
    with closing(pdf):
        pages = list(_pages(pdf, settings, None))
        reports = _reports(pages, {})
        structure = read_structure(pdf)
    return _blocks([page for page, report in zip(pages, reports, strict=True) if report.is_readable], structure)


def _check_file(path: Path, settings: CorpusSettings) -> None:
    if path.stat().st_size > settings.max_megabytes * 1_000_000:
        raise unreadable("too_large")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise unreadable("not_a_pdf")
    check_bounds(
        path,
        max_decompressed_mb=settings.max_decompressed_mb,
        max_nesting=settings.max_nesting,
        max_pages=settings.max_pages,
    )


def _pages(pdf: pdfium.PdfDocument, settings: CorpusSettings, on_page: OnPage | None) -> Iterator[PageText]:
    total = len(pdf)
    if total > settings.max_pages:
        raise unreadable("too_many_pages")
    for number in range(1, total + 1):
        yield _page(pdf, number)
        if on_page:
            on_page(number, total)


def _page(pdf: pdfium.PdfDocument, number: int) -> PageText:
    """A page the engine cannot load counts as one without text: the others are still worth reading."""
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return PageText(number, 595.0, 842.0, (), 0, 0)
    try:
        return read_page(page, number)
    except pdfium.PdfiumError:
        width, height = page.get_size()
        return PageText(number, width, height, (), 0, 0)
    finally:
        page.close()


def _reports(pages: Sequence[PageText], confidences: dict[int, float]) -> tuple[PageReport, ...]:
    return tuple(
        PageReport(
            page.characters, page.unreadable, page.hidden, page.is_scan, confidences.get(page.number), page.is_image
        )
        for page in pages
    )


def _confidences(pdf: pdfium.PdfDocument) -> dict[int, float]:
    """What `corpus.ocr_layer` noted of the pages whose text it recognised."""
    try:
        noted = json.loads(pdf.get_metadata_value(OCR_METADATA) or "{}")
        return {int(number): min(1.0, max(0.0, float(value))) for number, value in noted.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _with_confidence(passage: PassageText, reports: Sequence[PageReport]) -> PassageText:
    first, last = passage.pages
    found = [report.ocr for report in reports[first - 1 : last] if report.ocr is not None]
    return replace(passage, ocr=min(found)) if found else passage


def _blocks(pages: Sequence[PageText], structure: Structure) -> list[Block]:
    lines = _body_lines(pages)
    return build_blocks(lines, heading_levels(lines, structure.headings))


def _body_lines(pages: Sequence[PageText]) -> list[list[Line]]:
    return [ordered(with_cells(lines)) for lines in without_contents(without_furniture(pages))]


def _labels(structure: Structure, count: int) -> tuple[str, ...]:
    """What is printed on each page; its number where the file gives none, or an empty one."""
    printed = structure.labels if len(structure.labels) == count else ("",) * count
    return tuple(label.strip() or str(number) for number, label in enumerate(printed, 1))
