"""Where a quote stands, in full: the numbered sources of an answer, and a reference fit for a report."""

from collections.abc import Sequence

from assistant import Answer, Citation, Language
from corpus import Passage
from index import IndexedPublication
from ui.chat.page_image import printed
from ui.chat.text import place, printed_page, section_path, spaced
from ui.chat.turn import Turn
from ui.chat.wording import Labels, labels
from ui.export.blocks import Block, Line, paragraph, quotation, said
from ui.export.dates import edition_in_full
from ui.export.plain_text import one_line
from ui.export.wording import export_words

_QUOTES_ELSEWHERE = frozenset({"checklist", "where"})  # shapes whose items are not the exact quotes


def reference(
    citation: Citation, publication: IndexedPublication, language: Language, *, demonstration: bool = False
) -> str:
    """« quote » (title, issuer, edition, p. 23, page 5 du PDF), on one line; the PDF's page only where it differs."""
    words, text = export_words(language), labels(language)
    parts = [citation.title, words.demonstration.lower() if demonstration else "", *_origin(publication, language)]
    parts += [printed_page(citation, text), _physical(citation, text)]
    quote = f"{words.opening}{one_line(citation.quote)}{words.closing}"
    return spaced(f"{quote} ({', '.join(one_line(part) for part in parts if part)})")


def source_blocks(turn: Turn, answer: Answer) -> list[Block]:
    """The sources of an answer under a heading; nothing without citations."""
    if not answer.citations:
        return []
    heading = paragraph(export_words(answer.language).sources, answer.language, kind="heading")
    return [heading, *(_source(citation, turn, answer) for citation in answer.citations)]


def language_of(turn: Turn, citation: Citation) -> str:
    """The language of the publication a citation comes from."""
    return turn.publication(citation.passage.publication).language


def _source(citation: Citation, turn: Turn, answer: Answer) -> Block:
    """Publication; section; pages; then what its reader must know of the text."""
    language, text = answer.language, labels(answer.language)
    publication = turn.publication(citation.passage.publication)
    origin = "".join(f", {part}" for part in _origin(publication, language))
    rows: list[Line] = [(said(citation.title, publication.language, "strong"), said(origin, language))]
    if citation.section:
        rows.append((said(section_path(citation), publication.language),))
    rows.append((said(place(citation, text), language),))
    if answer.shape in _QUOTES_ELSEWHERE:
        rows += quotation(citation.quote, publication.language, export_words(language), language)
    rows += [(said(note, language, "quiet"),) for note in _notes(citation, turn.publications, language)]
    return Block("source", tuple(rows), citation.n)


def also_in(citation: Citation, known: Sequence[IndexedPublication], language: Language) -> str:
    """« Même texte dans : Guide (novembre 2026, p. 7) », or nothing; the id of a publication that is not `known`."""
    by_id = {publication.id: publication for publication in known}
    places = dict.fromkeys(_elsewhere(twin, by_id.get(twin.publication), language) for twin in citation.also_in)
    return labels(language).also_in.format(titles=", ".join(places)) if places else ""


def _elsewhere(twin: Passage, publication: IndexedPublication | None, language: Language) -> str:
    page = printed(twin.label(twin.pages[0]), labels(language))
    if publication is None:
        return f"{twin.publication} ({page})"
    edition = edition_in_full(publication.edition, language)
    return f"{publication.title} ({', '.join(part for part in (edition, page) if part)})"


def _notes(citation: Citation, known: Sequence[IndexedPublication], language: Language) -> list[str]:
    """Whether the text was recognised from an image, and the other publications that hold it."""
    ocr = citation.passage.ocr
    recognised = "" if ocr is None else labels(language).recognised.format(share=round(100 * ocr))
    return [note for note in (recognised, also_in(citation, known, language)) if note]


def _origin(publication: IndexedPublication, language: Language) -> list[str]:
    return [part for part in (publication.issuer, edition_in_full(publication.edition, language)) if part]


def _physical(citation: Citation, text: Labels) -> str:
    """« page 5 du PDF », or nothing where the printed labels are the PDF's own numbers."""
    page, page_end = citation.pages
    if all(citation.passage.label(number) == str(number) for number in citation.pages):
        return ""
    return (text.physical if page == page_end else text.physical_range).format(page=page, page_end=page_end)
