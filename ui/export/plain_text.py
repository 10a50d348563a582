"""Text of PDFs and users as any file can hold it: no character that XML refuses, and lines that stay lines."""

import re

_BREAKS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+[ \t]*|\t+")
_REFUSED = re.compile(r"[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # control characters, halves of a pair


def one_line(text: str) -> str:
    """The text on one line; each character that XML refuses becomes U+FFFD."""
    return _REFUSED.sub("\ufffd", _BREAKS.sub(" ", text))


def lines(text: str) -> list[str]:
    """The lines that are not blank, at least one."""
    return [one_line(line) for line in text.split("\n") if line.strip()] or [""]
