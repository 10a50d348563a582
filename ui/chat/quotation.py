"""A quote between French marks; where it has several lines they stay lines, lists and tables as the text has them."""

import html
import re
from collections.abc import Callable, Sequence
from functools import partial

from index import LIST_ITEM
from ui.chat.text import safe, told_apart
from ui.guide.reading import passage_html

_OPEN, _CLOSE = "\ue000", "\ue001"  # stand for the marks until the HTML is made; no indexed page has such characters
_BARE = re.compile(r"\s*[•▪◦●–-]?\s*")  # a bullet alone on its line is the mark of a neighbouring item


def quote_html(quote: str, language: str, anchor: str, near: Sequence[str] = ()) -> str:
    """The quote as it is read on the page; `anchor` is the id that markers lead to, `near` are sentences to mark."""
    attributes = f'class="vigie-quote" id="{html.escape(anchor)}" tabindex="-1" lang="{html.escape(language)}"'
    bare = [sentence[item.end() :] if (item := LIST_ITEM.match(sentence)) else sentence for sentence in near]
    return f"<blockquote {attributes}>{_content(quote, partial(marked, near=bare))}</blockquote>"


def marked(text: str, near: Sequence[str]) -> str:
    """The text as HTML, those sentences of it inside <mark>."""
    return "".join(f"<mark>{safe(piece)}</mark>" if apart else safe(piece) for piece, apart in told_apart(text, near))


def _content(quote: str, mark: Callable[[str], str]) -> str:
    lines = [line for line in quote.split("\n") if not _BARE.fullmatch(line)]
    if len(lines) < 2:
        text = lines[0] if lines else quote
        return f"<p>«\u00a0{mark(text)}\u202f»</p>"
    item = LIST_ITEM.match(lines[0])
    start = item.end() if item else 0
    lines[0] = f"{lines[0][:start]}{_OPEN}{lines[0][start:]}"
    lines[-1] += _CLOSE
    return passage_html("\n".join(lines), mark).replace(_OPEN, "«\u00a0").replace(_CLOSE, "\u202f»")
