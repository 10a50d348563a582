"""pdfium functions that are called once a character or once a text object, bound without argument conversion.

They take plain numbers: a handle's address, an index, the address of an output. Called the usual way from Python,
one after the other, they cost more than parsing the page.
"""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

_HANDLE, _INDEX, _OUT, _ADDRESS = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t


def address(pointer: Any) -> int:
    """Where a handle points to, 0 for a null one."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _bound(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


# Of a text page: character by index.
unicode_of = _bound(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INDEX)
loose_box = _bound(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, _HANDLE, _INDEX, _OUT)
char_box = _bound(pdfium_c.FPDFText_GetCharBox, ctypes.c_int, _HANDLE, _INDEX, _OUT, _OUT, _OUT, _OUT)
text_object = _bound(pdfium_c.FPDFText_GetTextObject, _ADDRESS, _HANDLE, _INDEX)
has_map_error = _bound(pdfium_c.FPDFText_HasUnicodeMapError, ctypes.c_int, _HANDLE, _INDEX)

# Of a page object.
object_type = _bound(pdfium_c.FPDFPageObj_GetType, ctypes.c_int, _HANDLE)
render_mode = _bound(pdfium_c.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _HANDLE)
font_of = _bound(pdfium_c.FPDFTextObj_GetFont, _ADDRESS, _HANDLE)
_fill_color = _bound(pdfium_c.FPDFPageObj_GetFillColor, ctypes.c_int, _HANDLE, _OUT, _OUT, _OUT, _OUT)
_bounds = _bound(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int, _HANDLE, _OUT, _OUT, _OUT, _OUT)
_font_size = _bound(pdfium_c.FPDFTextObj_GetFontSize, ctypes.c_int, _HANDLE, _OUT)
_matrix = _bound(pdfium_c.FPDFPageObj_GetMatrix, ctypes.c_int, _HANDLE, _OUT)
_draw_mode = _bound(pdfium_c.FPDFPath_GetDrawMode, ctypes.c_int, _HANDLE, _OUT, _OUT)

_numbers = (ctypes.c_uint * 4)()
_reals = (ctypes.c_float * 6)()
_number_slots = tuple(ctypes.addressof(_numbers) + 4 * i for i in range(4))
_real_slots = tuple(ctypes.addressof(_reals) + 4 * i for i in range(4))


def fill_color(drawn: int) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity, of 255; black where the object has none."""
    if not _fill_color(drawn, *_number_slots):
        return 0, 0, 0, 255
    return tuple(_numbers)


def is_filled(path: int) -> bool:
    """Whether a path is filled, not only drawn around."""
    return bool(_draw_mode(path, *_number_slots[:2])) and _numbers[0] != pdfium_c.FPDF_FILLMODE_NONE


def bounds(drawn: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in points."""
    _bounds(drawn, *_real_slots)
    return _reals[0], _reals[1], _reals[2], _reals[3]


def type_size(drawn: int) -> tuple[float, tuple[float, float]]:
    """Nominal type size of a text object, and the vector that its matrix makes of one unit upwards."""
    size = _reals[0] if _font_size(drawn, _real_slots[0]) else 0.0
    return (size, (_reals[2], _reals[3])) if _matrix(drawn, _real_slots[0]) else (size, (0.0, 1.0))
