"""Words of a page that is only an image, recognised by the Tesseract program on this machine."""

import ctypes
import io
import math
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from corpus.errors import VigieError, unreadable

_MOST_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million
_LOWEST_CONFIDENCE = 0.3
# The French model doubts « l'échelle » (confidence 0) and is right: all 36 times on eleven pages of the guide.
_ELIDED = re.compile(r"(?:[cdjlmnst]|\w*qu)['’]\w{2}", re.I)
_WORD_LEVEL = "5"  # rows of Tesseract's table: 1 page, 2 block, 3 paragraph, 4 line, 5 word
_START_SECONDS = 10.0

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in points, origin at the visible page's bottom left
_Pixels = tuple[int, int, int, int]  # x0, y0, x1, y1, origin at the image's top left


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word, its box on the page before /Rotate, and its confidence from 0 to 1.

    Words of one printed line share `line`; lines count from 0 in reading order over the page, blocks from 1.
    """

    text: str
    box: Box
    confidence: float
    line: int
    block: int


class OcrUnavailable(VigieError):
    """Tesseract, or one of its languages, is not installed."""


def check_tesseract(languages: str = "fra") -> None:
    """Raise OcrUnavailable unless the program and all `languages` (as "fra+eng") are installed."""
    listed = _tesseract(["--list-langs"], b"", _START_SECONDS).stdout.decode(errors="replace").split()
    missing = sorted(set(languages.split("+")) - set(listed))
    if missing:
        raise _unavailable(f"Tesseract ne connaît pas la langue « {', '.join(missing)} ».", languages)


def recognise(page: pdfium.PdfPage, languages: str = "fra", dpi: int = 300, timeout: float = 60.0) -> list[OcrWord]:
    """The words of a page in reading order, without those of confidence below 0.3 but « l'échelle » and its like.

    `dpi` is lowered for a page that would have more than 40 million pixels; `timeout` is in seconds. Raises
    OcrUnavailable, or UnreadablePdf("timeout"). A page that Tesseract gives up on has no words. pdfium is not
    thread-safe: no other thread may use it meanwhile.
    """
    image, dpi = _rendered(page, dpi)
    command = ["stdin", "stdout", "-l", languages, "--dpi", str(dpi), "--psm", "3", "tsv"]
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    done = _tesseract(command, out.getvalue(), timeout)
    if done.returncode != 0:
        check_tesseract(languages)
    return list(_words(done.stdout.decode(errors="replace"), _to_points(page, image.size)))


def mean_confidence(words: Sequence[OcrWord]) -> float:
    """From 0 to 1; 0 without words."""
    return fmean(word.confidence for word in words) if words else 0.0


def _rendered(page: pdfium.PdfPage, dpi: int) -> tuple[Image.Image, int]:
    area = page.get_width() * page.get_height() / 72**2
    dpi = max(1, min(dpi, int(math.sqrt(_MOST_PIXELS / area))))
    image: Image.Image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    return image, dpi


def _tesseract(arguments: Sequence[str], image: bytes, timeout: float) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("tesseract")
    if program is None:
        raise _unavailable("Le programme « tesseract », qui reconnaît le texte des images, est introuvable.", "fra")
    # Left alone, its threads wait on one another: 8 seconds instead of 1.2 for an A4 page on two busy cores.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        return subprocess.run(
            [program, *arguments], input=image, capture_output=True, timeout=timeout, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise unreadable("timeout") from error


def _unavailable(message: str, languages: str) -> OcrUnavailable:
    packages = " ".join(f"tesseract-ocr-{language.replace('_', '-')}" for language in languages.split("+"))
    return OcrUnavailable(message, f"Installez-le : sudo apt-get install tesseract-ocr {packages}")


def _words(table: str, to_points: Callable[[_Pixels], Box]) -> Iterator[OcrWord]:
    """Rows are level, page, block, paragraph, line, word, left, top, width, height, confidence in %, text."""
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        text, confidence = cells[11].strip(), float(cells[10]) / 100
        if text == "e" and tuple(cells[2:5]) not in lines:
            text = "•"  # what Tesseract takes for a letter at the start of a line, where French has no « e »
        elif confidence < _LOWEST_CONFIDENCE and not _ELIDED.match(text):
            continue
        line = lines.setdefault(tuple(cells[2:5]), len(lines))
        left, top, width, height = (int(cell) for cell in cells[6:10])
        box = to_points((left, top, left + width, top + height))
        yield OcrWord(text, box, confidence, line, int(cells[2]))


def _to_points(page: pdfium.PdfPage, size: tuple[int, int]) -> Callable[[_Pixels], Box]:
    """From pixels of an image of this size to points of the page, whatever its rotation and crop box."""
    left, bottom, _, _ = page.get_bbox()

    def corner(x: int, y: int) -> tuple[float, float]:
        out_x, out_y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDF_DeviceToPage(page.raw, 0, 0, *size, 0, x, y, ctypes.byref(out_x), ctypes.byref(out_y))
        return out_x.value - left, out_y.value - bottom

    def box(pixels: _Pixels) -> Box:
        (ax, ay), (bx, by) = corner(*pixels[:2]), corner(*pixels[2:])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    return box
