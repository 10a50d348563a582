"""An answer that quotes a part of a table says that it goes on."""

from dataclasses import replace

import pytest

from assistant.cut_tables import has_cut_table
from assistant.extractive import Quote
from corpus import Passage
from tests.assistant.test_extractive import scored

ROWS = ("Sigle | Nom", "DGE | Entreprises", "PI | Propriété")
NEXT = ("Sigle | Nom", "ZRR | Zone")


def table(rows: tuple[str, ...], row: int) -> Quote:
    """All the rows of a passage whose sentences are a table's rows."""
    text = "\n".join(rows)
    starts = [text.index(line) for line in rows]
    one = scored(text, row)
    sentences = tuple((start, start + len(line)) for start, line in zip(starts, rows, strict=True))
    return Quote(replace(one, passage=replace(one.passage, sentences=sentences)), 0, len(rows))


FIRST, SECOND, PROSE = table(ROWS, 0), table(NEXT, 1), Quote(scored("Le pôle choisit.", 1), 0, 1)


@pytest.mark.parametrize(
    ("quotes", "after", "cut"),
    [
        ([replace(FIRST, last=2)], PROSE, True),  # in its passage
        ([FIRST], PROSE, False),
        ([FIRST], SECOND, True),  # in the next passage
        ([FIRST, SECOND], SECOND, False),
        ([replace(FIRST, last=2, further=True)], PROSE, False),
        ([PROSE], PROSE, False),
    ],
)
def test_a_table_of_which_rows_are_missing_is_told(quotes: list[Quote], after: Quote, cut: bool):
    passages: list[Passage] = [FIRST.scored.passage, after.scored.passage]
    assert has_cut_table(quotes, passages.__getitem__, 2) is cut


def test_a_table_at_the_end_of_the_corpus_is_whole():
    assert not has_cut_table([FIRST], [FIRST.scored.passage].__getitem__, 1)
