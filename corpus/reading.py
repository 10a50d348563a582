"""One PDF file, read in this process: pages, their readability, and passages.

`corpus.isolation` runs this in a worker, since a hostile file may hang or crash the engine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.block import Block
from corpus.blocks import build_blocks
from corpus.errors import PdfErrorCode, unreadable
from corpus.furniture import without_contents, without_furniture
from corpus.lines import Line, PageText, read_page
from corpus.outline import Structure, read_structure
from corpus.passages import PassageText, build_passages
from corpus.reading_order import ordered
from corpus.sections import heading_levels
from corpus.settings import CorpusSettings
from corpus.tables import with_cells

READER_VERSION = "1"
_UNREADABLE_SHARE = 0.15  # of a page's characters, above which it is left out and named
_FEWEST_CHARACTERS = 3  # visible characters on a page that has text at all


@dataclass(frozen=True)
class Document:
    """What was read. `labels` has one printed label for each page; pages without readable text are named."""

    title: str
    labels: tuple[str, ...]
    characters: tuple[int, ...]
    unreadable_pages: tuple[int, ...]
    passages: tuple[PassageText, ...]


def read_document(path: Path, settings: CorpusSettings, on_page: Callable[[int, int], None] | None = None) -> Document:
    """Read a file. Raises UnreadablePdf with the reason when nothing of it can be indexed."""
    _check_file(path, settings)
    pages = list(_pages(path, settings, on_page))
    bad = tuple(page.number for page in pages if not _is_readable(page))
    readable = [page for page in pages if page.number not in bad]
    if not readable:
        raise unreadable("no_text")
    with _opened(path) as pdf:
        structure = read_structure(pdf)
    lines = _body_lines(readable)
    blocks = build_blocks(lines, heading_levels(lines, structure.headings))
    passages = tuple(build_passages(blocks, settings))
    if not passages:
        raise unreadable("no_text")
    return Document(
        structure.title,
        _labels(structure, len(pages)),
        tuple(page.characters for page in pages),
        bad,
        passages,
    )


def read_blocks(path: Path, settings: CorpusSettings) -> list[Block]:
    """Blocks of a file in reading order: headings, paragraphs, items, rows, each note after what calls it."""
    _check_file(path, settings)
    readable = [page for page in _pages(path, settings, None) if _is_readable(page)]
    with _opened(path) as pdf:
        structure = read_structure(pdf)
    lines = _body_lines(readable)
    return build_blocks(lines, heading_levels(lines, structure.headings))


def _check_file(path: Path, settings: CorpusSettings) -> None:
    if path.stat().st_size > settings.max_megabytes * 1_000_000:
        raise unreadable("too_large")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise unreadable("not_a_pdf")


def _pages(path: Path, settings: CorpusSettings, on_page: Callable[[int, int], None] | None) -> Iterator[PageText]:
    with _opened(path) as pdf:
        total = len(pdf)
        if total > settings.max_pages:
            raise unreadable("too_many_pages")
        if total == 0:
            raise unreadable("damaged")
        for number in range(1, total + 1):
            yield _page(pdf, number)
            if on_page:
                on_page(number, total)


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        codes: dict[int, PdfErrorCode] = {pdfium_c.FPDF_ERR_PASSWORD: "encrypted"}
        raise unreadable(codes.get(error.err_code or 0, "damaged")) from error


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


def _is_readable(page: PageText) -> bool:
    return page.characters >= _FEWEST_CHARACTERS and page.unreadable <= _UNREADABLE_SHARE * page.characters


def _body_lines(pages: Sequence[PageText]) -> list[list[Line]]:
    return [ordered(with_cells(lines)) for lines in without_contents(without_furniture(pages))]


def _labels(structure: Structure, count: int) -> tuple[str, ...]:
    if len(structure.labels) == count:
        return structure.labels
    return tuple(str(number) for number in range(1, count + 1))
