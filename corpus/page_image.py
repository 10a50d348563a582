"""A page as an image, with the characters of a quote highlighted."""

import ctypes
import io
import math
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw

from corpus.opening import open_pdf

# An A4 page 1600 pixels wide has 3.6 million, and is 2264 high. Drawing takes some 20 bytes a pixel.
MOST_PIXELS = 12_000_000
LONGEST_SIDE = 30_000  # a page of no width at all has few pixels, whatever its height
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in points, origin at the page's bottom left
_PDFIUM = threading.Lock()  # pdfium is not thread-safe
_ALIKE = 0.75  # ratio of the heights of two boxes that may become one
_HIGHLIGHT = (255, 214, 10, 255)


def quote_boxes(path: Path, page: int, raw_characters: Iterable[int]) -> list[Box]:
    """One box for each line touched by these raw characters of a page (1-based)."""
    with _PDFIUM, closing(open_pdf(path)[0]) as pdf:
        text_page = pdf[page - 1].get_textpage()
        return _merged(_character_box(text_page, index) for index in sorted(raw_characters))


def render_page(path: Path, page: int, raw_characters: Iterable[int] = (), width: int = 900) -> bytes:
    """A page (1-based) as PNG, `width` pixels wide unless it is very long, with the quote's lines highlighted."""
    with _PDFIUM, closing(open_pdf(path)[0]) as pdf:
        pdf_page = pdf[page - 1]
        text_page = pdf_page.get_textpage()
        boxes = _merged(_character_box(text_page, index) for index in sorted(raw_characters))
        scale = _scale(pdf_page.get_width(), pdf_page.get_height(), width)
        image = pdf_page.render(scale=scale).to_pil().convert("RGB")
        overlay = Image.new("RGB", image.size, (255, 255, 255))
        draw = ImageDraw.Draw(overlay)
        for box in boxes:
            draw.rectangle(_on_image(pdf_page, box, image.size), fill=_HIGHLIGHT)
    out = io.BytesIO()
    drawn = ImageChops.multiply(image, overlay)
    # 256 colours: a quarter of the bytes, written six times faster; no channel is more than 14 of 255 away
    drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _scale(page_width: float, page_height: float, width: int) -> float:
    """Pixels for a point: those of the width asked, or fewer where memory would grow with the page's height."""
    most = math.sqrt(MOST_PIXELS / (page_width * page_height))
    return min(width / page_width, most, LONGEST_SIDE / max(page_width, page_height))


def page_text(path: Path, page: int) -> str:
    """All characters of a page (1-based), as the engine gives them, before any cleaning."""
    with _PDFIUM, closing(open_pdf(path)[0]) as pdf:
        return str(pdf[page - 1].get_textpage().get_text_range())


def _character_box(text_page: pdfium.PdfTextPage, index: int) -> Box:
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _merged(boxes: Iterable[Box]) -> list[Box]:
    """Boxes that follow one another on a line become one."""
    lines: list[Box] = []
    for x0, y0, x1, y1 in boxes:
        if x1 <= x0 or y1 <= y0:
            continue
        if lines:
            a0, b0, a1, b1 = lines[-1]
            overlap = min(b1, y1) - max(b0, y0)
            near = a0 <= x0 <= a1 + 2 * (y1 - y0)
            alike = min(b1 - b0, y1 - y0) > _ALIKE * max(b1 - b0, y1 - y0)  # an index may have another above it
            if alike and near and overlap > 0.5 * min(b1 - b0, y1 - y0):
                lines[-1] = (min(a0, x0), min(b0, y0), max(a1, x1), max(b1, y1))
                continue
        lines.append((x0, y0, x1, y1))
    return lines


def _on_image(page: pdfium.PdfPage, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Pixel corners of a box, whatever the page's rotation and crop box."""
    corners = [_to_device(page, box[0], box[1], size), _to_device(page, box[2], box[3], size)]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return xs[0], ys[0], xs[1], ys[1]


def _to_device(page: pdfium.PdfPage, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    out_x, out_y = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, ctypes.byref(out_x), ctypes.byref(out_y))
    return out_x.value, out_y.value
