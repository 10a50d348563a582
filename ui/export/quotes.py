"""The quotes of an answer: under their sections, as lines to tick, or as the places where they stand."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant import Answer, Citation, bare, headings_over, section_heading, wording
from ui.chat.text import place, printed_page
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export.blocks import Block, Span, marker, paragraph, quotation, said
from ui.export.sources import language_of
from ui.export.wording import export_words


def place_blocks(turn: Turn, answer: Answer) -> Iterator[Block]:
    """Each section and page once, with the numbers of all the quotes that stand there."""
    text, places = labels(answer.language), dict[tuple[object, ...], list[Citation]]()
    for citation in answer.citations:
        places.setdefault((citation.title, citation.section, citation.pages), []).append(citation)
    for there in places.values():
        name = said(headings_over(there[0].title, there[0].section)[-1], language_of(turn, there[0]), "strong")
        where = said(f" – {place(there[0], text)} ", answer.language)
        yield Block("bullet", ((name, where, marker(tuple(c.n for c in there), answer.language)),))


def quote_blocks(turn: Turn, answer: Answer) -> Iterator[Block]:
    """The quotes, or the lines to tick, under the section each comes from; what only comes near at the end."""
    yield from _under_sections([c for c in answer.citations if not c.further], turn, answer)
    if further := [c for c in answer.citations if c.further]:
        yield paragraph(wording(answer.language).further_passages, answer.language)
        yield from _under_sections(further, turn, answer)


def _under_sections(quoted: Sequence[Citation], turn: Turn, answer: Answer) -> Iterator[Block]:
    shown = _box if answer.shape == "checklist" else _quote
    for (_, section), citations in groupby(quoted, key=lambda c: (c.passage.publication, c.section)):
        first, *others = citations
        language = language_of(turn, first)
        yield paragraph(section_heading(section) or first.title, language, kind="heading")
        yield from (shown(citation, answer, language) for citation in (first, *others))


def _quote(citation: Citation, answer: Answer, language: str) -> Block:
    around = answer.language
    where, near = _where(citation, answer), citation.nearest_sentences
    return Block("quote", quotation(citation.quote, language, export_words(around), around, *where, near=near))


def _box(citation: Citation, answer: Answer, language: str) -> Block:
    return Block("box", ((said(bare(citation.quote), language), *_where(citation, answer)),))


def _where(citation: Citation, answer: Answer) -> tuple[Span, ...]:
    """« [1] p. 17 », after a quote."""
    page = printed_page(citation, labels(answer.language))
    language = answer.language
    return said(" ", language), marker((citation.n,), language), said(f" {page}", language)
