"""Rows of tables as blocks: the cells in order, a bar between them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.block import Block, Origin
from corpus.hyphenation import WordList
from corpus.joining import joined
from corpus.lines import Line

_BAR = " | "


class RowBuilder:
    """Remembers the table being built: overleaf, under the same heads, it is still the same."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        self._printed = self._table = (0, 0)  # page and number of the table on it
        self._head = ""
        self._count = 0

    def row(self, lines: Sequence[Line], after: Sequence[Block]) -> Iterator[Block]:
        """The block of a row, `after` the last block made; none for heads that are printed again."""
        first = lines[0]
        assert first.cell
        text, origins = self._cells(lines)
        printed = (first.page, first.cell[0])
        if printed != self._printed:
            self._printed = printed
            if text == self._head and after and after[-1].table:
                return
            self._table, self._head, self._count = printed, text, 0
        self._count += 1
        bold = all(line.bold for line in lines)
        yield Block("row", text, origins, first.page, first.type_size, bold, table=(*self._table, self._count))

    def _cells(self, lines: Sequence[Line]) -> tuple[str, tuple[Origin, ...]]:
        text, origins = "", tuple[Origin, ...]()
        for _, cell in groupby(lines, key=lambda line: line.cell):
            more, whence = joined(list(cell), self._words)
            text, origins = (
                (f"{text}{_BAR}{more}", (*origins, *[None] * len(_BAR), *whence)) if text else (more, whence)
            )
        return text, origins
