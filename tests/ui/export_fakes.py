"""Turns to export, and what a reader finds in the files: parsed Markdown, opened Word files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant import Answer, Citation, Language
from corpus import Passage, Span
from index import IndexedPublication
from tests.ui.chat_fakes import HOSTILE, answer
from ui.chat.turn import Turn
from ui.export import as_docx

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOTICE = "Ceci est une démonstration."
SECTION = ("Sécurité", "Pratique n° 1")
PUBLICATION = IndexedPublication(
    "essai", "I. Sécurité", "essai.pdf", "0" * 64, 9, (), (), 1, "essai", issuer="Pôle", edition="2026-11"
)
ENGLISH = replace(PUBLICATION, id="english", title="On secrets", language="en", issuer="", edition="")
_MARKUP = (
    HOSTILE, "<!-- ", "<b>", "</b>", "<http://a.fr>", "[a](http://a.fr)", "![a](b.png)", "[a]: http://a.fr", "[1]",
    "](", "```", "~~~", "    code", "\t", "# a", "a #", "===", "---", "- a", "+ a", "1. a", "2) a", "> a", "|a|",
    "|-|", "&lt;", "&#60;", "\\", "\\\\", "`", "*", "**", "_", "__", "~~", "\n", "\n\n", "\r", "\u2028", "\0",
    "\x0b", "\x1f", "\ud800", "\ufffe", "https://a.fr", "www.a.fr", "a@b.fr", " ", "\u00a0", "\u202f", "« a »", "a ?",
    ":", "$$",
)  # fmt: skip
_PIECES = st.sampled_from(_MARKUP) | st.characters() | st.sampled_from("ab")
TEXTS = st.lists(_PIECES, min_size=1, max_size=12).map("".join)
USER_TEXTS = TEXTS.filter(str.strip)


def cited(
    n: int = 1, quote: str = "Il convient de marquer.", *, page: int = 5, label: str = "23", **changes
) -> Citation:
    """A quote that is a whole passage, on one page."""
    given = {"section": SECTION, "publication": "essai"} | changes
    passage = Passage(
        quote, given["section"], ((0, len(quote)),), (Span(0, page, 0, len(quote)),), f"{n:016x}", given["publication"],
        (label,), ocr=given.get("ocr"),
    )  # fmt: skip
    title = PUBLICATION.title if passage.publication == "essai" else ENGLISH.title
    return Citation(n, passage, title, 0, len(quote), 0.9, given.get("also_in", ()))


def turn(reply: Answer | None = None, **changes) -> Turn:
    """A turn of the demonstration guide; changes of the turn itself."""
    reply = reply or answer("Comment ?", citations=(cited(),))
    given = {"publications": (PUBLICATION, ENGLISH), "notice": NOTICE, "demonstration": True} | changes
    return Turn(**({"question": reply.question, "reply": reply} | given))


def answered(*citations: Citation, **changes) -> Answer:
    """An answer to « Comment ? »; changes of the answer."""
    return replace(answer("Comment ?", citations=citations or (cited(),)), **changes)


def parsed(markdown: str) -> list[Token]:
    """Every token of the file, those inside paragraphs too, as CommonMark with GitHub's tables reads it."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [token for block in blocks for token in (block, *(block.children or ()))]


def shape(tokens: Sequence[Token]) -> list[str]:
    """The markup of a file, without its words nor its line ends."""
    words = {"text", "text_special", "hardbreak", "softbreak", "inline"}
    return [f"{token.type} {token.tag}" for token in tokens if token.type not in words]


def read(tokens: Sequence[Token]) -> str:
    """The words of a file, as its reader sees them: a line of text for each of its lines."""
    return "\n".join("".join(_words(block.children or ())) for block in tokens if block.type == "inline")


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield "\n" if token.type == "hardbreak" else token.content


def opened(turns: Sequence[Turn], title: str = "Titre", language: Language = "fr") -> Document:
    """The Word file, opened again."""
    return docx.Document(BytesIO(as_docx(turns, title, language, NOON)))


def visible(text: str) -> str:
    """The characters that a reader must find again, blanks apart; U+FFFD for those that XML refuses."""
    return "".join("\ufffd" if _refused(c) else c for c in text if not c.isspace())


def _refused(character: str) -> bool:
    return character < " " or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"
