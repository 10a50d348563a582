"""A passage: what is embedded, retrieved and cited; and the id that it keeps from one edition to the next."""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """`length` characters of a passage from `start`, which are raw characters `raw`, `raw`+1… of `page`."""

    start: int
    page: int
    raw: int
    length: int


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as read from one file, before it has an id. Sentences are (start, end) offsets.

    `ocr` is the least confidence, from 0 to 1, of its pages whose text was recognised from an image; None without any.
    """

    text: str
    section: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    ocr: float | None = field(default=None, kw_only=True)

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page, 1-based."""
        return self.spans[0].page, self.spans[-1].page


@dataclass(frozen=True, slots=True)
class Passage(PassageText):
    """A passage of a publication. `labels` are the printed labels of its pages, first to last."""

    id: str
    publication: str
    labels: tuple[str, ...]

    def pages_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last page of the text between two offsets."""
        pages = [s.page for s in self.spans if s.start < end and s.start + s.length > start]
        return (pages[0], pages[-1]) if pages else self.pages

    def label(self, page: int) -> str:
        """The printed label of one of its pages."""
        index = page - self.pages[0]
        return self.labels[index] if 0 <= index < len(self.labels) else str(page)

    def raw_characters(self, start: int, end: int) -> dict[int, list[int]]:
        """Raw character indices by page, for the text between two offsets."""
        found: dict[int, list[int]] = {}
        for span in self.spans:
            first, last = max(start, span.start), min(end, span.start + span.length)
            if first < last:
                offset = span.raw - span.start
                found.setdefault(span.page, []).extend(range(first + offset, last + offset))
        return found


class PassageIds:
    """Ids of one work's passages: the same text keeps its id in the next edition, wherever it moves."""

    def __init__(self, work: str) -> None:
        self._work = work
        self._seen: Counter[str] = Counter()

    def next(self, text: str) -> str:
        """First 16 hex digits of SHA-256(work, normalised text, n-th occurrence of that text)."""
        normal = normalised(text)
        self._seen[normal] += 1
        key = f"{self._work}\0{normal}\0{self._seen[normal]}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


def letters(text: str) -> str:
    """Letters and digits only, compatibility forms folded, in lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def normalised(text: str) -> str:
    """Text as compared between editions: case kept, blanks folded, note calls dropped."""
    return _SPACES.sub(" ", re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", unicodedata.normalize("NFC", text))).strip()
