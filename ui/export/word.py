"""An export as a Word file, with real headings, quotes and lists, and each run in its own language."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from assistant import Language
from ui.chat.turn import Turn
from ui.export.blocks import Block, Kind, Span
from ui.export.content import content, shown_title
from ui.export.plain_text import one_line
from ui.export.word_lists import Lists

# Ids of the template's styles: by their names, the library looks at all of them for each paragraph.
_STYLES: dict[Kind, str] = {
    "title": "Title", "question": "Heading1", "heading": "Heading2", "text": "Normal", "quote": "Quote",
    "bullet": "ListBullet", "box": "ListBullet", "source": "ListNumber",
}  # fmt: skip
_TAGS = {"fr": "fr-FR", "en": "en-GB"}
_LONGEST_PROPERTY = 255  # characters, by the format


def as_docx(turns: Sequence[Turn], title: str, language: Language, at: datetime | None = None) -> bytes:
    """The turns as the bytes of one file, made `at` that time (now)."""
    document, now = docx.Document(), at or datetime.now().astimezone()
    _describe(document, shown_title(title, language), _TAGS[language], now.astimezone(UTC))
    _lay_out(document)
    lists = Lists(document)
    for block in content(turns, title, language, now.date()):
        _add(document, lists, block, _TAGS[language])
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Document, title: str, tag: str, now: datetime) -> None:
    """What the file says of itself: nothing of who made it, nor of the template it was made from."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title[:_LONGEST_PROPERTY], "Vigie", "Vigie"
    about.language, about.comments = tag, ""
    about.created = about.modified = now
    for default in document.styles.element.xpath("w:docDefaults//w:lang"):
        default.set(qn("w:val"), tag)
    for theme in document.settings.element.xpath("w:themeFontLang"):
        theme.set(qn("w:val"), tag)


def _lay_out(document: Document) -> None:
    """A4, and a title that may be a whole question."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Quote"].paragraph_format.left_indent = Mm(8)


def _add(document: Document, lists: Lists, block: Block, tag: str) -> None:
    paragraph = document.add_paragraph()
    paragraph._p.style = _STYLES[block.kind]
    if block.kind in {"source", "box"}:
        lists.put(paragraph, block.kind, block.number)
    for number, line in enumerate(block.lines):
        if number:
            paragraph.add_run().add_break()
        for span in line:
            _run(paragraph, span, tag)


def _run(paragraph: Paragraph, span: Span, tag: str) -> None:
    """A run says its language where it is not the document's."""
    run = paragraph.add_run(span.text)
    run.bold = True if span.style == "strong" else None
    run.italic = True if span.style == "quiet" else None
    mine = _TAGS.get(span.language, one_line(span.language))
    if mine and mine != tag:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), mine)
        run._r.get_or_add_rPr().append(language)
