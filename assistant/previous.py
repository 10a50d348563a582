"""The section that the last answer with quotes gave first: what a follow-up asks is often said there too."""

import itertools
import re
from collections.abc import Sequence

from assistant.answer import Home, Message
from assistant.completing import home_of
from corpus import letters
from index import IndexVersion

_QUOTED = re.compile(r"«([^«»]+)»")
_FEWEST_WORDS = 4  # of a quote that names one passage
_FIRST = 3  # quotes of the answer that are looked for
_ANSWERS = 3  # last answers among which one quotes: in between, the guide was silent
_LIKELY = 5  # passages among which one holds the quote, by its words


def previous_section(history: Sequence[Message], version: IndexVersion) -> Home | None:
    """Where the first of the last quotes stands that this version has; None without any."""
    said = [message.content for message in reversed(history) if message.role == "assistant"][:_ANSWERS]
    quoted = ((quote for quote in _QUOTED.findall(text) if len(quote.split()) >= _FEWEST_WORDS) for text in said)
    quotes = (quote.strip() for each in quoted for quote in itertools.islice(each, _FIRST))
    return next((section for quote in quotes if (section := _section(quote, version))), None)


def _section(quote: str, version: IndexVersion) -> Home | None:
    rows, _ = version.lexical.top(version.lexical.query(quote, correct=False), _LIKELY)
    passages = map(version.passages.__getitem__, rows.tolist())
    return next((home_of(passage) for passage in passages if letters(quote) in letters(passage.text)), None)
