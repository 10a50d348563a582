"""Characters and their boxes, read with pdfium, gathered into lines in the order of the page's content."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

LINE_BREAKS = frozenset("\r\n\u2028\u2029")
HYPHENS = frozenset("\u002d\u2010\u00ad")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]B(?:I|d)?$", re.I)
_DIGITS = frozenset("0123456789")
_DESCENT = 0.2  # share of the loose box that lies below the baseline, in most text fonts
_RISE = 0.15  # a digit whose ink starts that far above the baseline, in line sizes, is a note call or an exponent
_NOTE_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLET_GLYPHS = re.compile(r"^[\ue000-\uf8ff](?=\s)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One raw character: its text, its index in pdfium's text page, its loose box and its lowest ink, in points."""

    text: str
    raw: int
    x0: float
    y0: float
    x1: float
    y1: float
    bottom: float
    bold: bool

    @property
    def size(self) -> float:
        """Height of the loose box, which follows the font size whatever the text matrix."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: `raw[i]` is the raw index of `text[i]`. The origin is the page's bottom left."""

    page: int
    text: str
    raw: tuple[int, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    bold_start: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page holds before any interpretation. Width and height are in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    characters: int
    unreadable: int


def read_page(page: pdfium.PdfPage, number: int) -> PageText:
    """The lines of a page (1-based `number`), and how many of its characters cannot be read."""
    text_page = page.get_textpage()
    try:
        left, bottom, _, _ = page.get_cropbox()
        glyphs = list(_glyphs(text_page, left, bottom))
    finally:
        text_page.close()
    lines = tuple(line for run in _runs(glyphs) if (line := _line(run, number)) is not None)
    visible = [g for g in glyphs if not g.text.isspace()]
    width, height = page.get_size()
    return PageText(number, width, height, lines, len(visible), sum(_is_unreadable(g.text) for g in visible))


def _glyphs(text_page: pdfium.PdfTextPage, left: float, bottom: float) -> Iterator[Glyph]:
    """Characters in content order; `left` and `bottom` are the visible page's corner, which becomes the origin."""
    box = pdfium_c.FS_RECTF()
    handle, weights = text_page.raw, _Weights()
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            code = 0xFFFD
        text = _LIGATURES.get(code) or chr(code)
        pdfium_c.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box))
        ink = _ink_bottom(handle, index) if text in _DIGITS else box.bottom
        corners = (box.left - left, box.bottom - bottom, box.right - left, box.top - bottom)
        yield Glyph(text, index, *corners, ink - bottom, weights.is_bold(handle, index))


def _ink_bottom(handle: pdfium_c.FPDF_TEXTPAGE, index: int) -> float:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return bottom.value


class _Weights:
    """Whether characters are bold, by the names of their fonts: few files give a weight."""

    def __init__(self) -> None:
        self._by_font: dict[int, bool] = {}

    def is_bold(self, handle: pdfium_c.FPDF_TEXTPAGE, index: int) -> bool:
        drawn = pdfium_c.FPDFText_GetTextObject(handle, index)
        font = pdfium_c.FPDFTextObj_GetFont(drawn) if drawn else None
        if not font:
            return False
        address = ctypes.addressof(font.contents)
        if address not in self._by_font:
            name = ctypes.create_string_buffer(256)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 256)
            self._by_font[address] = bool(_BOLD_NAME.search(name.value.decode("latin-1")))
        return self._by_font[address]


def _runs(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Split where pdfium breaks lines, and after the hyphen marks that it puts in place of a break."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text in LINE_BREAKS:
            yield run
            run = []
            continue
        run.append(glyph)
        if glyph.text == "\u0002":
            yield run
            run = []
    yield run


def _line(run: list[Glyph], page: int) -> Line | None:
    printed = [g for g in run if not g.text.isspace() and g.x1 > g.x0]
    if not printed:
        return None
    size = median(g.size for g in printed)
    baseline = median(g.y0 for g in printed) + _DESCENT * size
    text: list[str] = []
    raw: list[int] = []
    for glyph in run:
        for character in _cleaned(glyph, size, baseline):
            if character == " " and (not text or text[-1] == " "):
                continue
            if text and unicodedata.combining(character):
                composed = unicodedata.normalize("NFC", text[-1] + character)
                if len(composed) == 1:
                    text[-1] = composed
                    continue
            text.append(character)
            raw.append(glyph.raw)
    while text and text[-1] == " ":
        text.pop(), raw.pop()
    _close_up_note_calls(text, raw)
    joined = _BULLET_GLYPHS.sub("•", "".join(text))
    if not joined:
        return None
    boxes = (min(g.x0 for g in printed), min(g.y0 for g in printed), max(g.x1 for g in printed))
    bold = sum(g.bold for g in printed) > 0.8 * len(printed)
    return Line(page, joined, tuple(raw), *boxes, max(g.y1 for g in printed), size, bold, printed[0].bold)


def _close_up_note_calls(text: list[str], raw: list[int]) -> None:
    """Drop the blanks that the engine puts before a note call, and after one that punctuation follows."""
    for i in range(len(text) - 2, 0, -1):
        if text[i] != " ":
            continue
        before, after = text[i - 1], text[i + 1]
        if after in _NOTE_DIGITS or (before in _NOTE_DIGITS and after in ".,;:!?)»"):
            del text[i], raw[i]


def _cleaned(glyph: Glyph, line_size: float, baseline: float) -> str:
    if glyph.text.isspace():
        return " "
    if glyph.text == "\u0002":
        return "-"
    if ord(glyph.text[0]) < 0x20 or glyph.text in "\ufffe\uffff\u200b\u200c\u200d\ufeff":
        return ""
    raised = glyph.text in _DIGITS and glyph.bottom > baseline + _RISE * line_size
    return glyph.text.translate(_SUPERSCRIPTS) if raised else glyph.text


def _is_unreadable(text: str) -> bool:
    code = ord(text[0])
    return code == 0xFFFD or 0xE000 <= code <= 0xF8FF or code >= 0xF0000
