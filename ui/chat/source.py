"""A citation on the page: its quote, its marker and, once opened, its source with the page it comes from."""

from dataclasses import dataclass

import streamlit as st

from assistant import Answer, Citation, Language
from index import IndexedPublication
from ui.chat.page_image import page_problem
from ui.chat.quotation import quote_html
from ui.chat.source_pages import show_source_pages
from ui.chat.state import open_or_close, opened
from ui.chat.text import anchor, place, plain_label, printed_page, safe, section_path
from ui.chat.tools import copy_html
from ui.chat.tools_wording import tools_words
from ui.chat.turn import Turn
from ui.chat.wording import Labels, labels
from ui.export import also_in, reference
from ui.pages import page_named
from ui.web.documents import document_link


@dataclass(frozen=True)
class Cited:
    """A citation as a turn shows it. `key` tells it from the others on the page, `language` is the answer's.

    `others`: the publications that the turn knows, this one among them.
    """

    citation: Citation
    publication: IndexedPublication
    language: Language
    key: str
    demonstration: bool
    others: tuple[IndexedPublication, ...]

    @classmethod
    def of(cls, citation: Citation, answer: Answer, turn: Turn, number: int) -> "Cited":
        """A citation of the turn that has this number."""
        publication = turn.publication(citation.passage.publication)
        key = f"{number}-{citation.n}"
        return cls(citation, publication, answer.language, key, turn.demonstration, turn.publications)

    @property
    def text(self) -> Labels:
        """The words around it."""
        return labels(self.language)


@st.fragment
def show_citation(cited: Cited) -> None:
    """The quote and its marker, which opens the source below. Only this part of the page runs again."""
    with st.container(key=f"quote-{cited.key}", gap=None):
        near = cited.citation.nearest_sentences
        st.html(quote_html(cited.citation.quote, cited.publication.language, anchor(cited.key), near))
        show_marker(cited, numbered(cited))
    show_opened(cited)


def numbered(cited: Cited) -> str:
    """« [1] p. 17 »."""
    return f"[{cited.citation.n}] {printed_page(cited.citation, cited.text)}"


def show_marker(cited: Cited, said: str) -> None:
    """The button that opens the source."""
    citation, text = cited.citation, cited.text
    tip = f"{text.source.format(n=citation.n)} : {citation.title}, {place(citation, text)}"
    st.button(
        plain_label(said), key=f"marker-{cited.key}", help=plain_label(tip),
        on_click=open_or_close, args=(cited.key,),
    )  # fmt: skip


def show_opened(cited: Cited) -> None:
    """The source, if its reader opened it."""
    if cited.key not in opened():
        return
    citation, key = cited.citation, cited.key
    with st.container(key=f"source-{key}", border=True):
        _show_source(cited)
        _show_notes(cited)
        show_source_pages(citation, cited.publication, cited.language, key)
        _show_ways_on(cited)
        st.button(cited.text.close.format(n=citation.n), key=f"close-{key}", on_click=open_or_close, args=(key,))


def _show_source(cited: Cited) -> None:
    citation, text = cited.citation, cited.text
    lines = "<br>".join(safe(line) for line in citation.quote.split("\n"))
    spoken = f'lang="{safe(cited.publication.language)}"'
    st.html(
        f'<div class="vigie-source"><p class="vigie-number">{text.source.format(n=citation.n)}</p>'
        f"<h4 {spoken}>{safe(citation.title)}</h4><p {spoken}>{safe(section_path(citation))}</p>"
        f'<p class="vigie-place">{safe(place(citation, text))}</p>'
        f'<p class="vigie-exact"><b>{text.exact}</b> <span {spoken}>{lines}</span></p></div>'
    )


def _show_notes(cited: Cited) -> None:
    """What a reader should know of this text: recognised from an image, or said by other publications too."""
    citation = cited.citation
    if citation.passage.ocr is not None:
        note = cited.text.recognised.format(share=round(100 * citation.passage.ocr))
        st.html(f'<p class="vigie-recognised" role="note">{safe(note)}</p>')
    if elsewhere := also_in(citation, cited.others, cited.language):
        st.html(f'<p class="vigie-place">{safe(elsewhere)}</p>')


def _show_ways_on(cited: Cited) -> None:
    """To a report, to the PDF, to the page among its neighbours."""
    citation, publication, words = cited.citation, cited.publication, tools_words(cited.language)
    page = citation.pages[0]
    quoted = reference(citation, publication, cited.language, demonstration=cited.demonstration)
    copies = copy_html(words.copy_citation, f"citation-{cited.key}", quoted)
    opens = "" if page_problem(publication, cited.language) else _pdf_link(publication, page, words.open_pdf)
    where = {"publication": publication.id, "page": str(page), "passage": citation.passage.id}
    with st.container(key=f"ways-on-{cited.key}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"{copies}{opens}", width="content")
        st.page_link(page_named("guide"), label=plain_label(words.read_on), query_params=where)


def _pdf_link(publication: IndexedPublication, page: int, label: str) -> str:
    address, said = safe(document_link(publication, page)), safe(label.format(page=page))
    return f' <a class="vigie-link" href="{address}" target="_blank" rel="noopener">{said}</a>'
