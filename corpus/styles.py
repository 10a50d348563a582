"""How the text objects of a page are drawn: bold or not, seen or not."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]B(?:I|d)?$", re.I)
_INVISIBLE_MODES = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP})
_OUTLINE_MODES = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_STROKE, pdfium_c.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_WHITE = 250  # of 255: lightest ink that still shows on white paper, about 1.04:1 in contrast
_SCAN_SHARE = 0.5  # of the page, covered by images, above which its invisible text is taken for an OCR layer
_FAINT = 13  # of 255: opacity under which nothing is seen

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """How one text object is drawn; `font` is the size of its type in points."""

    font: float = 0.0
    bold: bool = False
    hidden: bool = False
    white: bool = False


_PLAIN = Style()


class PageStyles:
    """Styles of a page's text objects, by their address; each is asked of pdfium once."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._styles: dict[int, Style] = {}
        self._bold_fonts: dict[int, bool] = {}
        self._painted: list[Rect] | None = None

    def style(self, address: int | None) -> Style:
        """The style of a text object; characters that pdfium makes up have none."""
        if not address:
            return _PLAIN
        found = self._styles.get(address)
        if found is None:
            found = self._styles[address] = self._read(address)
        return found

    def is_painted(self, x: float, y: float) -> bool:
        """Whether something other than white paper lies at a point, in points of the page's own space."""
        if self._painted is None:
            self._painted = list(_painted(self._page))
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._painted)

    def _read(self, address: int) -> Style:
        drawn = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
        red, green, blue, alpha = _fill(drawn)
        filled = mode not in _OUTLINE_MODES
        hidden = mode in _INVISIBLE_MODES or (filled and alpha < _FAINT)
        return Style(_font_size(drawn), self._is_bold(drawn), hidden, filled and min(red, green, blue) >= _WHITE)

    def _is_bold(self, drawn: pdfium_c.FPDF_PAGEOBJECT) -> bool:
        """By the font's name: few files give a weight."""
        font = pdfium_c.FPDFTextObj_GetFont(drawn)
        if not font:
            return False
        address = ctypes.addressof(font.contents)
        if address not in self._bold_fonts:
            name = ctypes.create_string_buffer(256)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 256)
            self._bold_fonts[address] = bool(_BOLD_NAME.search(name.value.decode("latin-1")))
        return self._bold_fonts[address]


def has_scan(page: pdfium.PdfPage) -> bool:
    """Whether images cover so much of a page that invisible text over them is what a scanner's OCR put there."""
    left, bottom, right, top = page.get_cropbox()
    area = max(1.0, (right - left) * (top - bottom))
    images = (_bounds(o) for o in _objects(page) if pdfium_c.FPDFPageObj_GetType(o) == pdfium_c.FPDF_PAGEOBJ_IMAGE)
    return any((x1 - x0) * (y1 - y0) > _SCAN_SHARE * area for x0, y0, x1, y1 in images)


def _font_size(drawn: pdfium_c.FPDF_PAGEOBJECT) -> float:
    """Nominal size times the scale of the text's matrix: boxes follow the font's own metrics, which may be anything."""
    size, matrix = ctypes.c_float(), pdfium_c.FS_MATRIX()
    pdfium_c.FPDFTextObj_GetFontSize(drawn, size)
    pdfium_c.FPDFPageObj_GetMatrix(drawn, matrix)
    return size.value * math.hypot(matrix.c, matrix.d)


def _objects(page: pdfium.PdfPage) -> Iterator[pdfium_c.FPDF_PAGEOBJECT]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        yield pdfium_c.FPDFPage_GetObject(page.raw, index)


def _painted(page: pdfium.PdfPage) -> Iterator[Rect]:
    """Bounds of what may put another colour than white under text: images, shadings, forms, filled paths."""
    for drawn in _objects(page):
        kind = pdfium_c.FPDFPageObj_GetType(drawn)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        if kind != pdfium_c.FPDF_PAGEOBJ_PATH or _is_coloured(drawn):
            yield _bounds(drawn)


def _is_coloured(path: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke)
    red, green, blue, alpha = _fill(path)
    return mode.value != pdfium_c.FPDF_FILLMODE_NONE and alpha >= _FAINT and min(red, green, blue) < _WHITE


def _fill(drawn: pdfium_c.FPDF_PAGEOBJECT) -> tuple[int, int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value


def _bounds(drawn: pdfium_c.FPDF_PAGEOBJECT) -> Rect:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
