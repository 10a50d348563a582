"""What was read of one file."""

from dataclasses import dataclass

from corpus.passage import PassageText

_UNREADABLE_SHARE = 0.15  # of a page's characters, above which it is left out and named
_FEWEST_CHARACTERS = 3  # visible characters on a page that has text at all


@dataclass(frozen=True, slots=True)
class PageReport:
    """How well one page can be read: its visible characters, those without a known meaning, those nobody sees.

    `ocr` is the confidence, from 0 to 1, of a page whose text was recognised from its image; `is_scan` is true where
    some scanner had put such text there before, and `is_image` where there is none, but for a stamp at the edge.
    """

    characters: int
    unreadable: int = 0
    hidden: int = 0
    is_scan: bool = False
    ocr: float | None = None
    is_image: bool = False

    @property
    def is_readable(self) -> bool:
        """Whether it has text of its own, and little of it is undecipherable."""
        return (
            not self.is_image
            and self.characters >= _FEWEST_CHARACTERS
            and self.unreadable <= _UNREADABLE_SHARE * self.characters
        )


@dataclass(frozen=True)
class Document:
    """What was read. `labels` has one printed label for each page; `is_repaired` tells a file that had to be mended."""

    title: str
    labels: tuple[str, ...]
    pages: tuple[PageReport, ...]
    passages: tuple[PassageText, ...]
    is_repaired: bool = False

    @property
    def characters(self) -> tuple[int, ...]:
        """Visible characters of each page."""
        return tuple(page.characters for page in self.pages)

    @property
    def unreadable_pages(self) -> tuple[int, ...]:
        """Pages, from 1, left out because they have no readable text."""
        return tuple(number for number, page in enumerate(self.pages, 1) if not page.is_readable)

    @property
    def hidden_pages(self) -> tuple[int, ...]:
        """Pages, from 1, with text that no reader sees, which is left out."""
        return tuple(number for number, page in enumerate(self.pages, 1) if page.hidden)
