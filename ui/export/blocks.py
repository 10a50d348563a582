"""What an export is made of, whatever its format: blocks of lines, lines of spans that know their language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ui.chat.text import spaced, told_apart
from ui.export.plain_text import lines, one_line
from ui.export.wording import Words

Kind = Literal["title", "question", "heading", "text", "quote", "bullet", "box", "source"]
Style = Literal["plain", "strong", "quiet", "marker"]


@dataclass(frozen=True)
class Span:
    """A piece of one line, in one language and one style. A `marker`, such as « [1] », is never a user's text."""

    text: str
    language: str
    style: Style = "plain"


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a quote or an item of a list; `number` is that of a source."""

    kind: Kind
    lines: tuple[Line, ...]
    number: int = 0


def said(text: str, language: str, style: Style = "plain") -> Span:
    """Text on one line, with the spaces that French typography asks for."""
    return Span(spaced(one_line(text)), language, style)


def marker(numbers: tuple[int, ...], language: str) -> Span:
    """« [1][2] »."""
    return Span("".join(f"[{n}]" for n in numbers), language, "marker")


def paragraph(text: str, language: str, style: Style = "plain", kind: Kind = "text") -> Block:
    """A block of one span."""
    return Block(kind, ((said(text, language, style),),))


def quotation(
    text: str, language: str, words: Words, around: str, *after: Span, near: Sequence[str] = ()
) -> tuple[Line, ...]:
    """A quote in its own language and lines, between the marks of the language around it; `near`: sentences to stress.

    Its characters stay those of the passage, spaces too: it can be looked for in the PDF.
    """
    opened, closed = Span(words.opening, around), Span(words.closing, around)
    *first, last = [
        tuple(Span(piece, language, "strong" if apart else "plain") for piece, apart in told_apart(line, near))
        for line in lines(text)
    ]
    every = [*first, (*last, closed, *after)]
    return ((opened, *every[0]), *every[1:])
