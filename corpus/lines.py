"""A page's characters gathered into lines, cleaned, in the order of the page's content.

A line is what pdfium holds for one, cut again where a blank is too wide for one: two columns or two cells may share a
baseline. Each cleaned character keeps the index of its raw one, so that a quote's place is looked up, never searched.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from corpus.glyphs import HYPHEN_MARK, Boxes, Flags, Glyphs, read_glyphs
from corpus.spacing import letter_spaced, word_starts

Marks = npt.NDArray[np.int64]  # raw indices of printed characters, in order

HYPHENS = frozenset("\u002d\u2010\u00ad")
_RUN = re.compile(f"[^\r\n\u2028\u2029{HYPHEN_MARK}]*{HYPHEN_MARK}|[^\r\n\u2028\u2029{HYPHEN_MARK}]+")
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLANKS = {ord(c): " " for c in "\t\v\f\u0085\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))}
_NOTHING = "\ufffe\uffff\u200b\u200c\u200d\ufeff"
# What a line's text may hold that one-to-one translation does not settle.
_NEEDS_CARE = re.compile(
    rf"[\x00-\x1f{_NOTHING}\u00ad{''.join(_LIGATURES)}\u0300-\u036f\u202a-\u202e\u2066-\u2069]|  |^ | $"
)
_DESCENT = 0.2  # share of the loose box that lies below the baseline, in most text fonts
_RISE = 0.15  # a digit whose ink starts that far above the baseline, in line sizes, is a note call or an exponent
_NOTE_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLET_GLYPHS = re.compile(r"^[\ue000-\uf8ff](?=\s)")
_NUMBERING = re.compile(r"^\s*(?:[^\w\s]|\(?\w{1,3}[.)]|[\d.]{1,9}|[\ue000-\uf8ff])\s*$")
_WIDE = 1.1  # blank, in line sizes, that separates columns or cells: twice what justification stretches to
_BLANK = 0.4  # the same, that two cells set close together may have between them
_SHOWN = 3.0  # the same, between words whose letters are set apart
_CLOSE = 0.2  # gap, in type sizes, narrower than any blank
_BACK = 1.0  # step back, in line sizes, that begins another line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: `raw[i]` is the raw index of `text[i]`. The origin is the page's bottom left.

    `size` is the height of its characters' boxes, `font` the size of its type, where known; both in points. `gaps` are
    its wider blanks, each the raw index of the character that follows and the blank's left and right. `cell` is (table,
    row, column), counted from 1, for a line that stands in a table.
    """

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
    cell: tuple[int, int, int] | None = None
    font: float = 0.0
    gaps: tuple[tuple[int, float, float], ...] = ()

    @property
    def type_size(self) -> float:
        """What to compare with other lines' to tell a heading or a note."""
        return self.font or self.size


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page holds before any interpretation. Width and height are in points.

    Of its visible `characters`, `unreadable` have no known meaning; `hidden` more are there that no reader sees.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    characters: int
    unreadable: int
    hidden: int = 0
    is_scan: bool = False


def read_page(page: pdfium.PdfPage, number: int) -> PageText:
    """The lines of a page (1-based `number`), and how many of its characters cannot be read."""
    glyphs = read_glyphs(page)
    inked = np.fromiter((not c.isspace() for c in glyphs.text), np.bool_, len(glyphs.text))
    lines = tuple(_lines(glyphs, inked, number))
    width, height = glyphs.size
    seen = inked & ~glyphs.hidden
    unreadable = sum(_is_unreadable(glyphs.text[i], bool(glyphs.unmapped[i])) for i in np.flatnonzero(seen))
    hidden = int((inked & glyphs.hidden).sum())
    return PageText(number, width, height, lines, int(seen.sum()), unreadable, hidden, glyphs.is_scan)


def _lines(glyphs: Glyphs, inked: Flags, number: int) -> Iterator[Line]:
    x0, _, x1, _ = glyphs.boxes.T
    printed = inked & (x1 > x0) & ~glyphs.hidden & ~_doubled(glyphs)
    for match in _RUN.finditer(glyphs.text):
        start, end = match.span()
        marks = start + np.flatnonzero(printed[start:end])
        for first, last in _pieces(glyphs, marks):
            begin = start if first == 0 else int(marks[first])
            line = _line(
                glyphs, printed, marks[first:last], (begin, end if last == len(marks) else int(marks[last])), number
            )
            if line is not None:
                yield line


def _doubled(glyphs: Glyphs) -> Flags:
    """Characters drawn a second time over themselves to look bold."""
    again = np.zeros(len(glyphs.text), np.bool_)
    if len(again) > 1:
        boxes = glyphs.boxes
        near = np.abs(boxes[1:, :2] - boxes[:-1, :2]).max(axis=1) < 0.12 * (boxes[1:, 3] - boxes[1:, 1])
        same = np.fromiter((a == b for a, b in zip(glyphs.text, glyphs.text[1:], strict=False)), np.bool_)
        again[1:] = near & same & (boxes[1:, 2] > boxes[1:, 0]) & (glyphs.objects[1:] != glyphs.objects[:-1])
    return again


def _pieces(glyphs: Glyphs, marks: Marks) -> Iterator[tuple[int, int]]:
    """Where to cut a run of printed characters: at wide blanks and steps back, never after a bullet or a number."""
    if not len(marks):
        return
    boxes = glyphs.boxes[marks]
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    size = float(np.median(boxes[:, 3] - boxes[:, 1]))
    level = np.abs(boxes[1:, 1] - boxes[:-1, 1]) < 0.5 * size
    moved = np.diff(glyphs.objects[marks]) != 0  # the letters of one ligature share their box
    wide = _SHOWN if letter_spaced(glyphs.text[marks[0] : marks[-1] + 1]) else _WIDE
    first = 0
    for cut in (1 + int(i) for i in np.flatnonzero(level & ((gaps > wide * size) | (moved & (gaps < -_BACK * size))))):
        if not _NUMBERING.match(glyphs.text[marks[first] : marks[cut - 1] + 1]):
            yield first, cut
            first = cut
    yield first, len(marks)


def _line(glyphs: Glyphs, printed: Flags, marks: Marks, extent: tuple[int, int], page: int) -> Line | None:
    boxes = glyphs.boxes[marks]
    heights = np.sort(boxes[:, 3] - boxes[:, 1])
    size = float(heights[len(heights) // 2])
    left, bottom, _, _ = boxes.min(axis=0).tolist()
    _, _, right, top = boxes.max(axis=0).tolist()
    text, raw = _plain(glyphs.text, printed, extent, len(marks))
    if letter_spaced(text):
        text, raw = _respaced(glyphs, marks)
    if text[-2:] == " -" and _touches(glyphs, marks, extent[1]):
        text, raw = text[:-2] + text[-1], raw[:-2] + raw[-1:]
    raised = _raised(glyphs, marks, size)
    if raised:
        text, raw = _with_superscripts(text, raw, raised)
    text = _BULLET_GLYPHS.sub("•", text)
    if not text:
        return None
    bold, fonts = glyphs.bold[marks], np.sort(glyphs.fonts[marks])
    return Line(
        page,
        text,
        raw,
        left,
        bottom,
        right,
        top,
        size,
        bold=bool(bold.sum() > 0.8 * len(marks)),
        bold_start=bool(bold[0]),
        font=float(fonts[len(fonts) // 2]),
        gaps=_gaps(marks, boxes, size),
    )


def _gaps(marks: Marks, boxes: Boxes, size: float) -> tuple[tuple[int, float, float], ...]:
    after = np.flatnonzero(boxes[1:, 0] - boxes[:-1, 2] > _BLANK * size).tolist()
    return tuple((int(marks[i + 1]), float(boxes[i, 2]), float(boxes[i + 1, 0])) for i in after)


def _touches(glyphs: Glyphs, marks: Marks, end: int) -> bool:
    """Whether a hyphen at the end of a line stands close to its word, whatever blank the engine put between them."""
    gap = glyphs.boxes[marks[-1], 0] - glyphs.boxes[marks[-2], 2]
    return glyphs.text[end - 1] == HYPHEN_MARK or bool(gap < _CLOSE * glyphs.fonts[marks[-1]])


def _plain(whole: str, printed: Flags, extent: tuple[int, int], count: int) -> tuple[str, tuple[int, ...]]:
    start, end = extent
    text = whole[start:end].translate(_BLANKS)
    blanks = text.count(" ")
    if count + blanks == end - start and not _NEEDS_CARE.search(text):
        return text, tuple(range(start, end))
    return _careful(
        (whole[i], i) for i in range(start, end) if printed[i] or whole[i].isspace() or whole[i] == HYPHEN_MARK
    )


def _careful(characters: Iterator[tuple[str, int]]) -> tuple[str, tuple[int, ...]]:
    """Character by character: ligatures opened, accents composed, blanks folded, marks without ink dropped."""
    text: list[str] = []
    raw: list[int] = []
    for character, index in characters:
        for piece in _cleaned(character):
            if piece == " " and (not text or text[-1] == " "):
                continue
            if text and unicodedata.combining(piece):
                composed = unicodedata.normalize("NFC", text[-1] + piece)
                if len(composed) == 1:
                    text[-1] = composed
                    continue
            text.append(piece)
            raw.append(index)
    while text and text[-1] == " ":
        text.pop(), raw.pop()
    return "".join(text), tuple(raw)


def _cleaned(character: str) -> str:
    if character.isspace():
        return " "
    if character == HYPHEN_MARK:
        return "-"
    if ord(character) < 0x20 or character in _NOTHING or unicodedata.bidirectional(character) in _BIDI_CONTROLS:
        return ""
    return _LIGATURES.get(character, character)


_BIDI_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def _respaced(glyphs: Glyphs, marks: Marks) -> tuple[str, tuple[int, ...]]:
    """Letters set apart for show: blanks only where the gap between two letters is wider than the others."""
    boxes = glyphs.boxes[marks]
    starts = word_starts((boxes[1:, 0] - boxes[:-1, 2]).tolist())
    spaced = [
        pair
        for position, index in enumerate(marks.tolist())
        for pair in ([(" ", index)] if position in starts else []) + [(glyphs.text[index], index)]
    ]
    return _careful(iter(spaced))


def _raised(glyphs: Glyphs, marks: Marks, size: float) -> frozenset[int]:
    """Raw indices of digits that stand above the line."""
    digits = [i for i in marks.tolist() if "0" <= glyphs.text[i] <= "9"]
    if not digits:
        return frozenset()
    bottoms = np.sort(glyphs.boxes[marks, 1])
    level = bottoms[len(bottoms) // 2] + (_DESCENT + _RISE) * size
    return frozenset(i for i in digits if glyphs.inks[i] > level)


def _with_superscripts(text: str, raw: Sequence[int], raised: frozenset[int]) -> tuple[str, tuple[int, ...]]:
    """Raised digits as superscripts, without the blanks the engine puts before them, or after where punctuation follows."""
    pairs = [(c.translate(_SUPERSCRIPTS) if i in raised else c, i) for c, i in zip(text, raw, strict=True)]
    for i in range(len(pairs) - 2, 0, -1):
        before, here, after = pairs[i - 1][0], pairs[i][0], pairs[i + 1][0]
        if here == " " and (after in _NOTE_DIGITS or (before in _NOTE_DIGITS and after in ".,;:!?)»")):
            del pairs[i]
    if pairs[0][0] in _NOTE_DIGITS:  # the number of a note, which some tools set against its text
        first = next((i for i, (c, _) in enumerate(pairs) if c not in _NOTE_DIGITS), 0)
        if pairs[first][0].isalpha():
            pairs.insert(first, (" ", pairs[first - 1][1]))
    return "".join(c for c, _ in pairs), tuple(i for _, i in pairs)


def _is_unreadable(text: str, unmapped: bool) -> bool:
    """Whether a visible character has no known meaning. A font without a map may still have given a letter's name."""
    code = ord(text)
    known = code >= 0x20 and code != 0xFFFD and not 0xE000 <= code <= 0xF8FF and code < 0xF0000
    return not known or (unmapped and not text.isalnum() and text not in _COMMON)


_COMMON = frozenset(".,;:!?'’\"«»“”()[]/-–—•%°&=+*<>|…@#€$~^{}\\_`´¨¸")
