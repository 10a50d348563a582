"""Text of PDFs and users made safe and well set: escaped for HTML or Markdown, with French spaces."""

import html
import re
from collections.abc import Iterator, Sequence

from assistant import Citation
from ui.chat.wording import Labels

_NARROW, _NO_BREAK, _JOINER = "\u202f", "\u00a0", "\u2060"
_SPACE = r"[ \u00a0\u202f]+"
_BEFORE_HIGH = re.compile(rf"{_SPACE}(?=[;?!»])")
_BEFORE_COLON = re.compile(rf"{_SPACE}(?=:)")
_AFTER_OPENING = re.compile(rf"(?<=«){_SPACE}")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:=^/])")
_PLAIN_LABEL = re.compile(r"[\dA-Za-z.-]{1,6}")


def spaced(text: str) -> str:
    """The spaces French typography asks for, where the text has a space; letters are untouched."""
    text = _BEFORE_HIGH.sub(_NARROW, text)
    return _AFTER_OPENING.sub(_NO_BREAK, _BEFORE_COLON.sub(_NO_BREAK, text))


def safe(text: str) -> str:
    """Text for an HTML element or attribute."""
    return html.escape(spaced(text))


def told_apart(text: str, near: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, in order, and whether each is one of the sentences to tell apart (none is empty)."""
    sentence = next((sentence for sentence in near if sentence and sentence in text), "")
    if not sentence:
        yield from [(text, False)] if text else []
        return
    before, found, after = text.partition(sentence)
    yield from told_apart(before, near)
    yield found, True
    yield from told_apart(after, near)


def plain_label(text: str) -> str:
    """Text for a widget's label or help, which Streamlit reads as Markdown.

    It replaces `:name:` and `:material/name:` after Markdown has taken the backslashes away, so a colon that
    touches what follows gets a word joiner, which nobody sees.
    """
    escaped = _MARKDOWN.sub(r"\\\1", spaced(" ".join(text.split())))
    return re.sub(r"\\:(?=\S)", rf"\\:{_JOINER}", escaped)


def printed_page(citation: Citation, words: Labels) -> str:
    """« p. 23 », « p. 23–24 », or a label that is a word by itself, such as « Couverture »."""
    first, last = (citation.passage.label(page) for page in citation.pages)
    label = first if first == last else f"{first}–{last}"
    return words.printed.format(label=label) if _PLAIN_LABEL.fullmatch(first) else label


def place(citation: Citation, words: Labels) -> str:
    """« p. 23 · page 5 du PDF »."""
    page, page_end = citation.pages
    physical = words.physical if page == page_end else words.physical_range
    return f"{printed_page(citation, words)} · {physical.format(page=page, page_end=page_end)}"


def anchor(key: str) -> str:
    """Where a summary's marker leads: the id of a quote on the page."""
    return f"passage-{key}"


def section_path(citation: Citation) -> str:
    """« Sécurité économique › II.2 Protéger les projets »."""
    return " › ".join(citation.section)
