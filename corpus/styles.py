"""How the text objects of a page are drawn: bold or not, seen or not."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus import pdfium_calls as calls

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


class PageStyles:
    """Styles of a page's text objects, by their address; each is asked of pdfium once."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._bold_fonts: dict[int, bool] = {0: False}
        self._painted: list[Rect] | None = None

    def style(self, drawn: int) -> Style:
        """The style of the text object at an address."""
        mode = calls.render_mode(drawn)
        red, green, blue, alpha = calls.fill_color(drawn)
        filled = mode not in _OUTLINE_MODES
        hidden = mode in _INVISIBLE_MODES or (filled and alpha < _FAINT)
        size, (across, up) = calls.type_size(drawn)
        white = filled and min(red, green, blue) >= _WHITE
        return Style(size * math.hypot(across, up), self._is_bold(calls.font_of(drawn)), hidden, white)

    def is_painted(self, x: float, y: float) -> bool:
        """Whether something other than white paper lies at a point, in points of the page's own space."""
        if self._painted is None:
            self._painted = list(_painted(self._page))
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._painted)

    def _is_bold(self, font: int) -> bool:
        """By the font's name: few files give a weight."""
        if font not in self._bold_fonts:
            name = ctypes.create_string_buffer(256)
            pdfium_c.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium_c.FPDF_FONT), name, 256)
            self._bold_fonts[font] = bool(_BOLD_NAME.search(name.value.decode("latin-1")))
        return self._bold_fonts[font]


def has_scan(page: pdfium.PdfPage) -> bool:
    """Whether images cover so much of a page that invisible text over them is what a scanner's OCR put there.

    Some scanners store a page in strips.
    """
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    images = (calls.bounds(o) for o in _objects(page) if calls.object_type(o) == pdfium_c.FPDF_PAGEOBJ_IMAGE)
    covered = (
        max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom)) for x0, y0, x1, y1 in images
    )
    return bool(sum(covered) > _SCAN_SHARE * area)


def _objects(page: pdfium.PdfPage) -> Iterator[int]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        yield calls.address(pdfium_c.FPDFPage_GetObject(page.raw, index))


def _painted(page: pdfium.PdfPage) -> Iterator[Rect]:
    """Bounds of what may put another colour than white under text: images, shadings, forms, filled paths."""
    for drawn in _objects(page):
        kind = calls.object_type(drawn)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        if kind != pdfium_c.FPDF_PAGEOBJ_PATH or _is_coloured(drawn):
            yield calls.bounds(drawn)


def _is_coloured(path: int) -> bool:
    red, green, blue, alpha = calls.fill_color(path)
    return alpha >= _FAINT and min(red, green, blue) < _WHITE and calls.is_filled(path)
