"""Rows of tables as blocks: the cells in order, a bar between them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.block import NOWHERE, Block, Origin
from corpus.hyphenation import WordList
from corpus.joining import joined
from corpus.lines import Line

_BAR = " | "
_FEWEST_LABELS = 3
_LONGEST_LABEL = 5  # words


class RowBuilder:
    """Remembers the table being built: overleaf, under the same heads, it is still the same."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        self._printed = self._table = (0, 0)  # page and number of the table on it
        self._head = ""
        self._count = 0

    def row(self, lines: Sequence[Line], last: Block | None) -> Iterator[Block]:
        """The block of a row, after the `last` block of text; none for heads that are printed again."""
        first = lines[0]
        assert first.cell
        text, origins = self._cells(lines)
        printed = (first.page, first.cell[0])
        if printed != self._printed:
            self._printed = printed
            if text == self._head and last and last.table:
                return
            self._table, self._head, self._count = printed, text, 0
        self._count += 1
        bold = all(line.bold for line in lines)
        place = (*self._table, self._count)
        head = self._count == 1 and (bold or _are_labels(text))
        yield Block("row", text, origins, first.page, first.type_size, bold, table=place, is_head=head)

    def _cells(self, lines: Sequence[Line]) -> tuple[str, tuple[Origin, ...]]:
        text, origins = "", tuple[Origin, ...]()
        for _, cell in groupby(lines, key=lambda line: line.cell):
            more, whence = joined(list(cell), self._words)
            text, origins = (
                (f"{text}{_BAR}{more}", (*origins, *[NOWHERE] * len(_BAR), *whence)) if text else (more, whence)
            )
        return text, origins


def _are_labels(text: str) -> bool:
    """Whether the cells of a first row read as the heads of columns: several, short, neither figures nor sentences."""
    cells = text.split(_BAR)
    return len(cells) >= _FEWEST_LABELS and all(
        len(cell.split()) <= _LONGEST_LABEL and not any(c.isdigit() for c in cell) and cell[-1:] not in ".;!?"
        for cell in cells
    )
