"""A page's characters gathered into lines, in the order of the page's content.

A line is what pdfium holds for one, cut again where a blank is too wide for one: two columns or two cells may share a
baseline. Each cleaned character keeps the index of its raw one, so that a quote's place is looked up, never searched.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from corpus.cleaning import Cleaned, cleaned, one_by_one, with_plain_blanks, with_superscripts
from corpus.glyphs import HYPHEN_MARK, Flags, Glyphs, read_glyphs
from corpus.spacing import letter_spaced, word_starts

HYPHENS = frozenset("\u002d\u2010\u00ad")
_RUN = re.compile(f"[^\r\n\u2028\u2029{HYPHEN_MARK}]*{HYPHEN_MARK}|[^\r\n\u2028\u2029{HYPHEN_MARK}]+")
_DESCENT = 0.2  # share of the loose box that lies below the baseline, in most text fonts
_RISE = 0.15  # a digit whose ink starts that far above the baseline, in line sizes, is a note call or an exponent
_BULLET_GLYPHS = re.compile(r"^[\ue000-\uf8ff](?=\s)")
_NUMBERING = re.compile(r"^\s*(?:[^\w\s]|\(?\w{1,3}[.)]|[\d.]{1,9}|[\ue000-\uf8ff])\s*$")
_COMMON = frozenset(".,;:!?'’\"«»“”()[]/-–—•%°&=+*<>|…@#€$~^{}\\_`´¨¸")
# Blanks in type sizes (a space is about 0.25).
_WIDE = 1.1  # separates columns or cells: more than justification stretches a space to
_SHOWN = 3.0  # the same, between words whose letters are set apart
_BLANK = 0.25  # may separate two cells set close together
_CLOSE = 0.2  # narrower than any space
_BACK = 1.0  # step back that begins another line
_LEVEL = 0.5  # difference in height within one line
_DOUBLED = 0.12  # distance, in heights, of a character drawn a second time over itself to look bold


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
    `is_image` is true of a page that is only an image, but for what may be stamped at its edges.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    characters: int
    unreadable: int
    hidden: int = 0
    is_scan: bool = False
    is_image: bool = False


def read_page(page: pdfium.PdfPage, number: int) -> PageText:
    """The lines of a page (1-based `number`), and how many of its characters cannot be read."""
    glyphs = read_glyphs(page)
    inked = ~glyphs.blank
    seen = inked & ~glyphs.hidden
    printed = seen & (glyphs.boxes[:, 2] > glyphs.boxes[:, 0]) & ~_doubled(glyphs)
    lines = tuple(_Lines(glyphs, printed, number)) if printed.any() else ()
    width, height = glyphs.size
    hidden = int((inked & glyphs.hidden).sum())
    characters, unreadable = int(seen.sum()), _unreadable(glyphs, seen)
    return PageText(number, width, height, lines, characters, unreadable, hidden, glyphs.is_scan, glyphs.is_image)


def _unreadable(glyphs: Glyphs, seen: Flags) -> int:
    """How many visible characters have no known meaning. A font without a map may still have given a letter's name."""
    codes = glyphs.codes
    unknown = (codes < 0x20) | (codes == 0xFFFD) | ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000)
    for i in np.flatnonzero(glyphs.unmapped & ~unknown).tolist():
        character = glyphs.text[i]
        unknown[i] = not character.isalnum() and character not in _COMMON
    return int((unknown & seen).sum())


def _doubled(glyphs: Glyphs) -> Flags:
    boxes, codes, objects = glyphs.boxes, glyphs.codes, glyphs.objects
    again = np.zeros(len(codes), np.bool_)
    near = np.abs(boxes[1:, :2] - boxes[:-1, :2]).max(axis=1) < _DOUBLED * (boxes[1:, 3] - boxes[1:, 1])
    again[1:] = near & (codes[1:] == codes[:-1]) & (boxes[1:, 2] > boxes[1:, 0]) & (objects[1:] != objects[:-1])
    return again


class _Lines:
    """The lines of one page, computed for all of its printed characters at once. Indices are into these, not raw."""

    def __init__(self, glyphs: Glyphs, printed: Flags, number: int) -> None:
        self._glyphs, self._page, self._printed = glyphs, number, printed.tolist()
        self._plain = with_plain_blanks(glyphs.text)
        self._digits = np.flatnonzero((glyphs.codes >= ord("0")) & (glyphs.codes <= ord("9"))).tolist()
        self._marks: npt.NDArray[np.int64] = np.flatnonzero(printed)
        self._boxes = glyphs.boxes[self._marks]
        heights = self._boxes[:, 3] - self._boxes[:, 1]
        self._heights, self._fonts = heights.tolist(), glyphs.fonts[self._marks].tolist()
        self._bold, self._raw = glyphs.bold[self._marks].tolist(), self._marks.tolist()
        scale = np.where(glyphs.fonts[self._marks] > 0, glyphs.fonts[self._marks], heights)
        self._scale = np.maximum(scale, np.append(scale[1:], 0))  # a note call must not make its blank look wide
        self._blanks = self._boxes[1:, 0] - self._boxes[:-1, 2]

    def __iter__(self) -> Iterator[Line]:
        pieces = list(self._pieces())
        starts = [first for first, _, _ in pieces]
        low = np.minimum.reduceat(self._boxes, starts).tolist()
        high = np.maximum.reduceat(self._boxes, starts).tolist()
        wide = (1 + np.flatnonzero(self._blanks > _BLANK * self._scale[:-1])).tolist()
        for (first, last, extent), (x0, y0, _, _), (_, _, x1, y1) in zip(pieces, low, high, strict=True):
            text, raw = self._text(first, last, extent)
            if text:
                gaps = wide[bisect_left(wide, first + 1) : bisect_left(wide, last)]
                yield self._line(first, last, text, raw, (x0, y0, x1, y1), gaps)

    def _pieces(self) -> Iterator[tuple[int, int, tuple[int, int]]]:
        """First and last+1 of each line, and its extent in raw characters: runs cut at wide blanks and steps back."""
        runs = [match.span() for match in _RUN.finditer(self._glyphs.text)]
        bounds = [*np.searchsorted(self._marks, [start for start, _ in runs]).tolist(), len(self._raw)]
        cuts = self._cuts()
        for (start, end), (first, last) in zip(runs, pairwise(bounds), strict=True):
            begin, at = start, first
            for cut in cuts[bisect_left(cuts, first + 1) : bisect_left(cuts, last)]:
                if self._separates(at, cut, last):
                    yield at, cut, (begin, self._raw[cut])
                    begin, at = self._raw[cut], cut
            if at < last:
                yield at, last, (begin, end)

    def _cuts(self) -> list[int]:
        scale, bottoms = self._scale[:-1], self._boxes[:, 1]
        level = np.abs(np.diff(bottoms)) < _LEVEL * scale
        moved = np.diff(self._glyphs.objects[self._marks]) != 0  # the letters of one ligature share their box
        back = moved & (self._blanks < -_BACK * scale)
        return (1 + np.flatnonzero(level & ((self._blanks > _WIDE * scale) | back))).tolist()

    def _separates(self, first: int, cut: int, last: int) -> bool:
        """Whether a line really ends at a wide blank: not after a bullet or a number, nor between letters set apart."""
        if _NUMBERING.match(self._glyphs.text[self._raw[first] : self._raw[cut - 1] + 1]):
            return False
        blank = float(self._blanks[cut - 1])
        if 0 < blank < _SHOWN * self._scale[cut - 1]:
            return not letter_spaced(self._glyphs.text[self._raw[first] : self._raw[last - 1] + 1])
        return True

    def _text(self, first: int, last: int, extent: tuple[int, int]) -> Cleaned:
        start, end = extent
        text, raw = cleaned(self._plain[start:end], start, self._printed[start:end])
        if letter_spaced(text):
            text, raw = self._respaced(first, last)
        if text[-2:] == " -" and self._touches(last, end):
            text, raw = text[:-2] + text[-1], raw[:-2] + raw[-1:]
        raised = self._raised(first, last)
        if raised:
            text, raw = with_superscripts(text, raw, raised)
        return _BULLET_GLYPHS.sub("•", text), raw

    def _respaced(self, first: int, last: int) -> Cleaned:
        """Letters set apart for show: blanks only where the gap between two letters is wider than the others."""
        starts = word_starts(self._blanks[first : last - 1].tolist(), _middle(self._fonts[first:last]))
        marks = self._raw[first:last]
        blanks = {marks[position] for position in starts}
        return one_by_one(pair for i in marks for pair in ([(" ", i)] if i in blanks else []) + [(self._plain[i], i)])

    def _touches(self, last: int, end: int) -> bool:
        """Whether a hyphen at the end of a line touches its word, whatever blank the engine put between them."""
        return self._glyphs.text[end - 1] == HYPHEN_MARK or self._blanks[last - 2] < _CLOSE * self._scale[last - 1]

    def _raised(self, first: int, last: int) -> frozenset[int]:
        """Raw indices of digits that stand above the line."""
        inks = self._glyphs.inks
        low, high = bisect_left(self._digits, self._raw[first]), bisect_left(self._digits, self._raw[last - 1] + 1)
        digits = [i for i in self._digits[low:high] if self._printed[i]]
        if not digits:
            return frozenset()
        bottoms = sorted(self._boxes[first:last, 1].tolist())
        level = bottoms[len(bottoms) // 2] + (_DESCENT + _RISE) * _middle(self._heights[first:last])
        return frozenset(i for i in digits if inks[i] > level)

    def _line(
        self,
        first: int,
        last: int,
        text: str,
        raw: tuple[int, ...],
        box: tuple[float, float, float, float],
        gaps: Sequence[int],
    ) -> Line:
        bold = self._bold[first:last]
        return Line(
            self._page,
            text,
            raw,
            *box,
            size=_middle(self._heights[first:last]),
            bold=sum(bold) > 0.8 * len(bold),
            bold_start=bold[0],
            font=_middle(self._fonts[first:last]),
            gaps=tuple((self._raw[i], float(self._boxes[i - 1, 2]), float(self._boxes[i, 0])) for i in gaps),
        )


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
