"""Footnotes among passages: what calls one says what it is about."""

import re

from corpus import Passage

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(rf"([{_RAISED}]+)\.?\s")


def is_note(text: str) -> bool:
    """Whether a passage or a line is a footnote, which says little without the text that calls it."""
    return bool(_NOTE.match(text))


def calling_sentence(before: Passage, after: Passage) -> int | None:
    """Number of the sentence of `before` that calls the footnote `after`; None where there is none, or no footnote."""
    note = _NOTE.match(after.text)
    if note is None or is_note(before.text):
        return None
    call = re.compile(rf"(?<=[^\s{_RAISED}]){note.group(1)}(?![{_RAISED}])")
    return next((n for n, (start, end) in enumerate(before.sentences) if call.search(before.text, start, end)), None)
