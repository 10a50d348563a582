"""Checks in code of what an answer shows."""

from assistant.completing import gap
from assistant.extractive import Quote


def is_verbatim(quote: Quote) -> bool:
    """Whether the quote is made of whole sentences of its passage, in characters that stand on a page."""
    passage = quote.scored.passage
    if not 0 <= quote.first < quote.last <= len(passage.sentences):
        return False
    if any(gap(quote.scored, number) for number in range(quote.first + 1, quote.last)):
        return False
    placed = passage.raw_characters(quote.start, quote.end)
    letters = sum(c.isalnum() for c in passage.text[quote.start : quote.end])
    return letters > 0 and sum(len(raw) for raw in placed.values()) >= letters
