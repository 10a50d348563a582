"""A quote between French marks; where it has several lines they stay lines, lists and tables as the text has them."""

import html
import re

from index import LIST_ITEM
from ui.chat.text import safe
from ui.guide.reading import passage_html

_OPEN, _CLOSE = "\ue000", "\ue001"  # stand for the marks until the HTML is made; no indexed page has such characters
_BARE = re.compile(r"\s*[•▪◦●–-]?\s*")  # a bullet alone on its line is the mark of a neighbouring item


def quote_html(quote: str, language: str, anchor: str) -> str:
    """The quote as it is read on the page; `anchor` is the id that markers lead to."""
    attributes = f'class="vigie-quote" id="{html.escape(anchor)}" tabindex="-1" lang="{html.escape(language)}"'
    return f"<blockquote {attributes}>{_content(quote)}</blockquote>"


def _content(quote: str) -> str:
    lines = [line for line in quote.split("\n") if not _BARE.fullmatch(line)]
    if len(lines) < 2:
        text = lines[0] if lines else quote
        return f"<p>«\u00a0{safe(text)}\u202f»</p>"
    item = LIST_ITEM.match(lines[0])
    start = item.end() if item else 0
    lines[0] = f"{lines[0][:start]}{_OPEN}{lines[0][start:]}"
    lines[-1] += _CLOSE
    return passage_html("\n".join(lines)).replace(_OPEN, "«\u00a0").replace(_CLOSE, "\u202f»")
