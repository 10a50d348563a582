"""What the corpus tests build by hand: lines, blocks, PDFs of set paragraphs, and the letters of a text."""

import textwrap
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import settings
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from corpus import CorpusSettings, Document, PassageIds
from corpus.block import Block, Kind, origin_of
from corpus.lines import Line, PageText
from corpus.reading import read_document
from tests.support import write_pdf

SHARED = Path(__file__).resolve().parents[3] / "shared" / "pdfs"
GUIDE = Path(__file__).resolve().parents[2] / "corpus" / "guide"
LIMITS = CorpusSettings()

# Reproducible, and free of the machine's speed and of files left by earlier runs.
properties = settings(max_examples=150, deadline=None, database=None, derandomize=True)


def letters(text: str) -> str:
    """Letters and digits, the way two independent readers can be compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def line(text: str, *, page: int = 1, x: float = 60, y: float = 400, size: float = 11, bold: bool = False) -> Line:
    """A line whose characters are half as wide as they are high."""
    x1, y1 = x + len(text) * size / 2, y + size
    return Line(page, text, tuple(range(len(text))), x0=x, y0=y, x1=x1, y1=y1, size=size, bold=bold)


def column(texts: Sequence[str], *, page: int = 1, x: float = 60, top: float = 700, pitch: float = 14) -> list[Line]:
    """Lines of 11 points one under the other."""
    return [line(text, page=page, x=x, y=top - pitch * i) for i, text in enumerate(texts)]


def page_of(number: int, lines: Sequence[Line]) -> PageText:
    """An A4 page of these lines."""
    return PageText(number, 595, 842, tuple(lines), sum(len(item.text) for item in lines), 0)


def block(text: str, kind: Kind = "paragraph", *, page: int = 1, first: int = 0, level: int = 0) -> Block:
    """A block whose characters are the raw characters `first`, `first`+1… of a page."""
    origins = tuple(origin_of(page, first + i) for i in range(len(text)))
    return Block(kind, text, origins, page=page, size=11, bold=False, level=level)


def set_paragraphs(path: Path, paragraphs: Sequence[str], *, page_lines: int = 40, width: int = 80) -> Path:
    """A PDF of paragraphs set in lines of `width` characters, a blank line apart, cut into pages anywhere."""
    rows: list[str] = []
    for paragraph in paragraphs:
        rows += [*textwrap.wrap(paragraph, width, break_on_hyphens=False), ""]
    pages = [rows[i : i + page_lines] for i in range(0, len(rows), page_lines)]
    return write_pdf(path, ["\n".join(page) for page in pages])


def paragraph(name: str, words: int) -> str:
    """One sentence of numberless words that belong to no other paragraph."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    body = " ".join(f"{name}{alphabet[i % 26]}{alphabet[i // 26]}{alphabet[-1 - i % 13]}" for i in range(words))
    return body.capitalize() + "."


def read(path: Path) -> Document:
    """Read a file in this process, with the default limits."""
    return read_document(path, LIMITS)


def texts(path: Path) -> list[str]:
    """The passages' texts."""
    return [passage.text for passage in read(path).passages]


def whole(path: Path) -> str:
    """All passages' text on one line."""
    return " ".join(" ".join(texts(path)).split())


def ids_by_text(path: Path, work: str = "guide") -> dict[str, str]:
    """Each passage's text by its id."""
    ids = PassageIds(work)
    return {ids.next(passage.text): passage.text for passage in read(path).passages}


def letters_by_page(passage, start: int, end: int) -> dict[int, str]:
    """The letters between two offsets of a passage, page by page."""
    found: dict[int, str] = {}
    for span in passage.spans:
        first, last = max(start, span.start), min(end, span.start + span.length)
        if first < last:
            found[span.page] = found.get(span.page, "") + passage.text[first:last]
    return {page: letters(text) for page, text in found.items()}


def edited(path: Path, change) -> Path:
    """Rewrite a PDF after `change(writer)`."""
    writer = PdfWriter(clone_from=path)
    change(writer)
    writer.write(path)
    return path


def drawing(path: Path, characters: Mapping[str, str]) -> Path:
    """Make the file say that a drawn character stands for another one (a ToUnicode map)."""
    pairs = "\n".join(f"<{ord(drawn):02X}> <{ord(meant):04X}>" for drawn, meant in characters.items())
    cmap = DecodedStreamObject()
    cmap.set_data(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{len(characters)} beginbfchar\n{pairs}\nendbfchar\nendcmap\nend\nend\n".encode()
    )

    def add_map(writer: PdfWriter) -> None:
        font = writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()
        font[NameObject("/ToUnicode")] = writer._add_object(cmap)

    return edited(path, add_map)


def write_bomb(path: Path, megabytes: int) -> Path:
    """A PDF whose only page's content is `megabytes` of blanks, compressed a thousandfold."""
    packer = zlib.compressobj(9)
    header = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    write_pdf(path, ["Une page."])
    stream = StreamObject()
    stream._data = header + again * (megabytes - 1) + packer.flush()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")

    def swap(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return edited(path, swap)
