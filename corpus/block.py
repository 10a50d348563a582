"""The unit of text between a line and a passage."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "footnote", "row"]
Origin = int  # the page in the upper bits, the raw index on it in the lower 32; NOWHERE for what we inserted
NOWHERE: Origin = -1
PAGE_BITS = 32


def origin_of(page: int, raw: int) -> Origin:
    """Where a character stands."""
    return page << PAGE_BITS | raw


def place_of(origin: Origin) -> tuple[int, int]:
    """Page and raw index of an origin other than NOWHERE."""
    return origin >> PAGE_BITS, origin & ((1 << PAGE_BITS) - 1)


@dataclass(frozen=True)
class Block:
    """A unit that a reader would call one: `origins[i]` tells where `text[i]` stands.

    `table` is (page, table, row), row counted from 1, for the row of a table; `is_head` marks the row of its heads.
    """

    kind: Kind
    text: str
    origins: tuple[Origin, ...]
    page: int
    size: float
    bold: bool
    level: int = 0
    table: tuple[int, int, int] | None = None
    is_head: bool = False

    @property
    def words(self) -> int:
        return len(self.text.split())
