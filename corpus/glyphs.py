"""A page's characters with their boxes and styles, fetched from pdfium in bulk: `map` runs the calls, which write into
one array."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus import pdfium_calls as calls
from corpus.styles import PageStyles, Rect, has_scan

HYPHEN_MARK = "\u0002"  # what pdfium puts in place of a line-end hyphen and its line break
_BULK_HYPHEN_MARK = "\ufffe"  # the same, where a whole page's text is asked for
_REPLACEMENT = 0xFFFD
_STAMP = 200  # characters; that of @CTES, with its two dates and its number, has about 110
_STAMP_EDGE = 0.12  # share of the page's width and height in which a stamp stands, at each edge
_STAMP_TYPE = 10.0  # points, at most
_TINY = 1.0  # height in points under which text cannot be read

Boxes = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Glyphs:
    """Raw characters of one page in the order of its content: `text[i]`, with its code point, is pdfium's character i.

    `boxes` is (n, 4), x0, y0, x1, y1 of the loose boxes in points from the bottom left of the page, turned so that its
    text runs from left to right; `size` is its width and height then. `inks` is the lowest ink of each digit, the box's
    bottom for others. `objects` numbers the text object that each belongs to, `fonts` is its type size in points. Of
    the (n,) flags, `hidden` marks what no reader can see, `unmapped` what the font gives no meaning to. `is_scan` is
    true where the text is an OCR layer under an image, `is_image` where there is an image and no text, or a stamp.
    """

    text: str
    codes: npt.NDArray[np.uint32]
    boxes: Boxes
    blank: Flags
    inks: npt.NDArray[np.float64]
    objects: npt.NDArray[np.int32]
    fonts: npt.NDArray[np.float64]
    bold: Flags
    hidden: Flags
    unmapped: Flags
    is_scan: bool
    is_image: bool
    size: tuple[float, float]


def read_glyphs(page: pdfium.PdfPage) -> Glyphs:
    """All characters of a page."""
    text_page = page.get_textpage()
    try:
        return _read(page, text_page)
    finally:
        text_page.close()


def _read(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Glyphs:
    handle, count = calls.address(text_page.raw), text_page.count_chars()
    text = _text(text_page, handle, count)
    left, bottom, right, top = page.get_bbox()
    blank = np.fromiter(map(str.isspace, text), np.bool_, count)
    loose = _loose_boxes(handle, blank)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    digits = np.flatnonzero((codes >= ord("0")) & (codes <= ord("9"))).tolist()
    objects, fonts, (bold, hidden, unmapped) = _styles(page, handle, loose, blank)
    middle = (loose[:, :2] + loose[:, 2:]) / 2
    outside = ((middle < (left, bottom)) | (middle > (right, top))).any(axis=1)
    tiny = _tallest(loose, objects, text) < _TINY
    shown = ~(blank | hidden | outside | tiny)
    is_stamp = _is_stamp(middle[shown], fonts[shown], (left, bottom, right, top))
    is_scan = _is_scan(page, hidden, blank, int(shown.sum()) if is_stamp else 0)
    is_image = is_stamp and not is_scan and has_scan(page)
    if is_scan:
        hidden[:] = False
    turn = _turn(loose, objects, page.get_rotation())
    upright = partial(_turned, turn=turn, crop=(left, bottom, right, top))
    boxes = upright(loose)
    inks = boxes[:, 1].copy()
    inks[digits] = upright(_ink_boxes(handle, digits))[:, 1]
    width, height = right - left, top - bottom
    size = (height, width) if turn in (90, 270) else (width, height)
    return Glyphs(
        text,
        codes,
        boxes,
        blank,
        inks,
        objects,
        fonts,
        bold,
        hidden | outside | tiny,
        unmapped,
        is_scan,
        is_image,
        size,
    )


def _tallest(boxes: Boxes, objects: npt.NDArray[np.int32], text: str) -> npt.NDArray[np.float64]:
    """For each character the height of its text object, by its letters and digits: a hyphen alone is always low."""
    lettered = np.fromiter(map(str.isalnum, text), np.bool_, len(text))
    heights = np.full(len(boxes), np.inf)
    heights[objects[lettered]] = 0.0
    np.maximum.at(heights, objects[lettered], (boxes[:, 3] - boxes[:, 1])[lettered])
    return heights[objects]


def _turn(boxes: Boxes, objects: npt.NDArray[np.int32], rotation: int) -> int:
    """Degrees, clockwise, by which a page must be turned for most of its text to run from left to right."""
    steps = np.diff((boxes[:, :2] + boxes[:, 2:]) / 2, axis=0)[
        (objects[1:] == objects[:-1]) & (boxes[1:, 2] > boxes[1:, 0]) & (boxes[:-1, 2] > boxes[:-1, 0])
    ]
    if not len(steps):
        return 0
    across, up = np.median(steps, axis=0)
    if abs(up) > abs(across):
        return 90 if up > 0 else 270
    return 180 if across < 0 and rotation == 180 else 0  # else it is a script written from right to left


def _turned(boxes: Boxes, turn: int, crop: Rect) -> Boxes:
    """Boxes turned clockwise, from the corner that is then at the bottom left."""
    left, bottom, right, top = crop
    if turn == 0:
        return boxes - (left, bottom, left, bottom)
    x0, y0, x1, y1 = boxes.T
    ways = {
        90: (y0 - bottom, right - x1, y1 - bottom, right - x0),
        180: (right - x1, top - y1, right - x0, top - y0),
        270: (top - y1, x0 - left, top - y0, x1 - left),
    }
    return np.stack(ways[turn], axis=1)


def _is_scan(page: pdfium.PdfPage, hidden: Flags, blank: Flags, stamped: int) -> bool:
    """Whether all of a page's text is invisible over a picture of the page, but for the characters of a stamp."""
    layer = (hidden & ~blank).sum()
    is_layer = hidden.sum() >= 0.9 * (~blank).sum() or layer > stamped > 0
    return bool(hidden.any() and is_layer) and has_scan(page)


def _is_stamp(shown: Boxes, fonts: npt.NDArray[np.float64], crop: Rect) -> bool:
    """Whether what is seen is no more than may be stamped at the edges of a scan: « Reçu en préfecture le… ».

    `shown` has the middle of each character. A title in larger type over a picture of the whole page is the text's.
    """
    left, bottom, right, top = crop
    margin = (_STAMP_EDGE * (right - left), _STAMP_EDGE * (top - bottom))
    inside = (shown > np.add((left, bottom), margin)) & (shown < np.subtract((right, top), margin))
    return len(shown) < _STAMP and not inside.all(axis=1).any() and not (fonts > _STAMP_TYPE).any()


def _text(text_page: pdfium.PdfTextPage, handle: int, count: int) -> str:
    """One Python character for each raw one, U+FFFD for those that are none."""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(text_page.raw, 0, count, units)
    bulk = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
    if written == count + 1 and len(bulk) == count and "\ufffd" not in bulk and "\0" not in bulk:
        return bulk.replace(_BULK_HYPHEN_MARK, HYPHEN_MARK)
    return "".join(_character(code) for code in map(calls.unicode_of, repeat(handle), range(count)))


def _character(code: int) -> str:
    return chr(_REPLACEMENT if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else code)


def _loose_boxes(handle: int, blank: Flags) -> Boxes:
    """Boxes of the characters that are not blank."""
    found = np.zeros((len(blank), 4), np.float32)  # FS_RECTF: left, top, right, bottom
    inked = np.flatnonzero(~blank)
    list(map(calls.loose_box, repeat(handle), inked.tolist(), (found.ctypes.data + 16 * inked).tolist()))
    return found[:, (0, 3, 2, 1)].astype(np.float64)


def _ink_boxes(handle: int, indices: Sequence[int]) -> Boxes:
    found = np.zeros((4, len(indices)), np.float64)  # left, right, bottom, top
    rows = (found.ctypes.data + row * found.strides[0] for row in range(4))
    list(map(calls.char_box, repeat(handle), indices, *(range(row, row + 8 * len(indices), 8) for row in rows)))
    return found[(0, 2, 1, 3), :].T


def _text_objects(handle: int, blank: Flags) -> npt.NDArray[np.uint64]:
    """Addresses of the characters' text objects.

    A word whose first and last character share one is all of it; a blank goes with the word before it.
    """
    found = np.zeros(len(blank), np.uint64)
    inked = np.concatenate(([False], ~blank, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2)
    starts, ends = edges[:, 0], edges[:, 1] - 1
    for places in (starts, ends):
        found[places] = np.fromiter(map(calls.text_object, repeat(handle), places.tolist()), np.uint64, len(places))
    same = found[starts] == found[ends]
    lengths = ends - starts + 1
    inside = np.flatnonzero(inked[1:-1])
    found[inside] = np.repeat(found[starts], lengths)
    mixed = inside[np.repeat(~same, lengths)]
    found[mixed] = np.fromiter(map(calls.text_object, repeat(handle), mixed.tolist()), np.uint64, len(mixed))
    return found[np.maximum.accumulate(np.where(blank, 0, np.arange(len(blank))))]


def _styles(
    page: pdfium.PdfPage, handle: int, boxes: Boxes, blank: Flags
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64], Flags]:
    """Numbers of the text objects, type sizes, flags (3, n): bold, hidden, unmapped, decided once for each object."""
    objects = _text_objects(handle, blank)
    starts = np.concatenate(([0], 1 + np.flatnonzero(np.diff(objects)))) if len(objects) else np.zeros(0, np.int64)
    lengths = np.diff(np.append(starts, len(objects)))
    styles = PageStyles(page)
    found: list[tuple[float, bool, bool, bool]] = []
    for start, drawn in zip(starts.tolist(), objects[starts].tolist(), strict=True):
        if drawn:
            style = styles.style(drawn)
            unseen = style.hidden or (style.white and not styles.is_painted(*_centre(boxes[start])))
            found.append((style.font, style.bold, unseen, calls.has_map_error(handle, start) == 1))
        else:
            found.append((0.0, False, False, False))
    values = np.repeat(np.array(found, np.float64).reshape(-1, 4), lengths, axis=0).T
    return np.repeat(starts, lengths).astype(np.int32), values[0], values[1:].astype(np.bool_)


def _centre(box: npt.NDArray[np.float64]) -> tuple[float, float]:
    x0, y0, x1, y1 = box.tolist()
    return (x0 + x1) / 2, (y0 + y1) / 2
