"""Tables of which an answer quotes some rows: a reader must know that there are others."""

from collections.abc import Callable, Sequence

from assistant.extractive import Quote
from corpus import Passage
from index import table_goes_on


def has_cut_table(quotes: Sequence[Quote], read: Callable[[int], Passage], size: int) -> bool:
    """Whether a table that is needed has rows that are not quoted, in its passage or in the next of `size` passages."""
    return any(_is_cut(quote, quotes, read, size) for quote in quotes if not quote.further)


def _is_cut(quote: Quote, quotes: Sequence[Quote], read: Callable[[int], Passage], size: int) -> bool:
    passage, after = quote.scored.passage, quote.scored.row + 1
    if "|" not in quote.text.split("\n")[-1]:
        return False
    if quote.last < len(passage.sentences):
        return True
    shown = any(other.scored.row == after for other in quotes)
    return not shown and after < size and table_goes_on(passage, read(after))
