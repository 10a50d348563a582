"""The text of pages that are only images, written under them where no reader sees it."""

import ctypes
import io
import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache
from itertools import groupby
from pathlib import Path
from statistics import linear_regression, median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from corpus.document import PageReport
from corpus.errors import unreadable
from corpus.lines import read_page
from corpus.ocr import Box, OcrWord, mean_confidence, recognise
from corpus.opening import open_pdf
from corpus.reading import OCR_METADATA, OnPage
from corpus.repair import PYPDF_ERRORS, repaired
from corpus.styles import has_scan

_FONT = "/VigieOcr"
# Heights in Helvetica's sizes: low letters 0.53, others 0.72, accented capitals 0.92; descending ones go 0.21 below.
_LOW = re.compile(r"[acemnorsuvwxzgpqyç.,…«»-]+")
_HIGH = re.compile(r"[À-ÆÈ-Ý]")
_DESCENDING = re.compile(r"[gjpqyçQ,;()\[\]/|]")


def with_text_layer(
    path: Path, languages: str = "fra", on_page: OnPage | None = None
) -> tuple[bytes, dict[int, float]]:
    """A copy whose scanned pages have the words recognised on them, and each such page's mean confidence.

    A page is scanned when images cover more than half of it, under no text or a stamp at the edge; the others,
    the outline, labels and metadata stay as they are, but a damaged file is mended first. Where nothing is recognised
    it is the file itself. `on_page` counts the scanned pages. Raises OcrUnavailable, or UnreadablePdf where the file,
    or one page in its 60 seconds, cannot be read.
    """
    pdf, is_repaired = open_pdf(path)
    with closing(pdf):
        words = _recognised(pdf, languages, on_page)
        corners = {number: pdf[number - 1].get_bbox()[:2] for number in words}
        count = len(pdf)
    if not words:
        return path.read_bytes(), {}
    confidences = {number: round(mean_confidence(found), 4) for number, found in words.items()}
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    out = io.BytesIO()
    try:
        writer = PdfWriter(clone_from=io.BytesIO((is_repaired and repaired(path)) or path.read_bytes()))
        if len(writer.pages) != count:
            raise unreadable("damaged")
        font = writer._add_object(_helvetica())
        for number, found in words.items():
            page = writer.pages[number - 1]
            _draw_first(writer, page, _layer(found, corners[number], page.rotation % 360))
            _give_font(page, font)
        writer.add_metadata({f"/{OCR_METADATA}": json.dumps(confidences)})
        writer.write(out)
    except PYPDF_ERRORS as error:
        raise unreadable("damaged") from error
    return out.getvalue(), confidences


def _recognised(pdf: pdfium.PdfDocument, languages: str, on_page: OnPage | None) -> dict[int, list[OcrWord]]:
    scanned = [number for number in range(1, len(pdf) + 1) if _is_image_only(pdf, number)]
    found: dict[int, list[OcrWord]] = {}
    for done, number in enumerate(scanned, 1):
        words = [word for word in recognise(pdf[number - 1], languages) if _has_room(word.box)]
        if words:
            found[number] = words
        if on_page:
            on_page(done, len(scanned))
    return found


def _is_image_only(pdf: pdfium.PdfDocument, number: int) -> bool:
    """The reader believes text that nobody sees only over an image of the page: without one, it would be no use."""
    try:
        page = pdf[number - 1]
        with closing(page):
            text = read_page(page, number)
            return text.is_image or (not PageReport(text.characters).is_readable and has_scan(page))
    except pdfium.PdfiumError:
        return False


def _has_room(box: Box) -> bool:
    x0, y0, x1, y1 = box
    return x1 > x0 and y1 > y0


def _layer(words: Sequence[OcrWord], corner: tuple[float, float], rotation: int) -> bytes:
    """Text of render mode 3, which draws nothing, one string a word."""
    shown = [b"q BT 3 Tr"]
    for _, line in groupby(words, key=lambda word: word.line):
        shown += _line([(word.text, _turned(word.box, rotation)) for word in line], corner, rotation)
    return b"\n".join([*shown, b"ET Q\n"])


def _turned(box: Box, rotation: int) -> Box:
    """The box on the page turned about its corner until its text runs from left to right."""
    x0, y0, x1, y1 = box
    return {0: box, 90: (y0, -x1, y1, -x0), 180: (-x1, -y1, -x0, -y0), 270: (-y1, x0, -y0, x1)}[rotation]


def _line(words: Sequence[tuple[str, Box]], corner: tuple[float, float], rotation: int) -> Iterable[bytes]:
    """Words on one baseline in one size, as they were printed: from the boxes alone, a word without tall letters
    would look small and raised, and the reader would find titles and note calls in plain text."""
    inked = [(text, box) for text, box in words if any(map(str.isalnum, text))] or words
    size = median((y1 - y0) / (_rise(text) + _descent(text)) for text, (_, y0, _, y1) in inked)
    lefts, bottoms = [box[0] for _, box in inked], [box[1] + size * _descent(text) for text, box in inked]
    slope, height = linear_regression(lefts, bottoms) if len(set(lefts)) > 1 else (0.0, bottoms[0])
    for position, (text, (x0, _, x1, _)) in enumerate(words, 1):
        code = _winansi(text)
        scale = 100_000 * (x1 - x0) / (size * sum(_widths()[c] for c in code))
        x, y = x0, height + slope * x0
        a, b, x, y = {0: (1, 0, x, y), 90: (0, 1, -y, x), 180: (-1, 0, -x, -y), 270: (0, -1, y, -x)}[rotation]
        matrix = f"{a} {b} {-b} {a} {x + corner[0]:.2f} {y + corner[1]:.2f}"
        end = b" " if position < len(words) else b""  # after a blank, a hyphen would not end its line
        yield f"{_FONT} {size:.2f} Tf {scale:.2f} Tz {matrix} Tm <{(code + end).hex()}> Tj".encode()


def _rise(text: str) -> float:
    if _HIGH.search(text):
        return 0.92
    return 0.53 if _LOW.fullmatch(text) else 0.72


def _descent(text: str) -> float:
    return 0.21 if _DESCENDING.search(text) else 0.0


def _winansi(text: str) -> bytes:
    """Ligatures are taken apart; what the encoding still lacks becomes a question mark."""
    return "".join(c if _fits(c) else unicodedata.normalize("NFKC", c) for c in text).encode("cp1252", "replace")


def _fits(character: str) -> bool:
    return character.encode("cp1252", "ignore") != b""


@cache
def _widths() -> tuple[float, ...]:
    """Of Helvetica's characters by their code, in thousandths of its size, as the text engine has them."""
    width = ctypes.c_float()
    found: list[float] = []
    with closing(pdfium.PdfDocument.new()) as pdf:
        font = pdfium_c.FPDFText_LoadStandardFont(pdf.raw, b"Helvetica")
        for code in range(256):
            character = ord(bytes([code]).decode("cp1252", "replace"))
            measured = pdfium_c.FPDFFont_GetGlyphWidth(font, character, 1000.0, ctypes.byref(width))
            found.append(width.value if measured and width.value > 0 else 500.0)
        pdfium_c.FPDFFont_Close(font)
    return tuple(found)


def _helvetica() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def _draw_first(writer: PdfWriter, page: PageObject, content: bytes) -> None:
    """Before all else, where no transformation that the page leaves behind can move it."""
    layer = DecodedStreamObject()
    layer.set_data(content)
    earlier: list[PdfObject] = []
    if "/Contents" in page:
        contents = page["/Contents"]
        earlier = list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(layer.flate_encode()), *earlier])


def _give_font(page: PageObject, font: IndirectObject) -> None:
    """In resources of its own: those it had may be other pages' too."""
    resources = DictionaryObject(_inherited_resources(page))
    fonts = resources.get("/Font")
    shared = fonts.get_object() if fonts is not None else {}
    resources[NameObject("/Font")] = DictionaryObject({**shared, NameObject(_FONT): font})
    page[NameObject("/Resources")] = resources


def _inherited_resources(page: PageObject) -> DictionaryObject:
    node: PdfObject | None = page
    while isinstance(node, DictionaryObject):
        found = node.get("/Resources")
        if found is not None and isinstance(inner := found.get_object(), DictionaryObject):
            return inner
        node = parent.get_object() if (parent := node.get("/Parent")) is not None else None
    return DictionaryObject()
