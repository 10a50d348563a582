"""The unit of text between a line and a passage."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "footnote", "row"]
Origin = tuple[int, int] | None  # (page, raw index), or None for a character we inserted


@dataclass(frozen=True)
class Block:
    """A unit that a reader would call one: `origins[i]` tells where `text[i]` stands.

    `table` is (page, table, row) for the row of a table.
    """

    kind: Kind
    text: str
    origins: tuple[Origin, ...]
    page: int
    size: float
    bold: bool
    level: int = 0
    table: tuple[int, int, int] | None = None

    @property
    def words(self) -> int:
        return len(self.text.split())
