"""A citation on the page: its quote, its marker and, once opened, its source with the page it comes from."""

import streamlit as st

from assistant import Citation, Language
from index import IndexedPublication
from ui.chat.source_pages import show_source_pages
from ui.chat.state import open_or_close, opened
from ui.chat.text import anchor, place, plain_label, printed_page, quote_html, safe, section_path
from ui.chat.wording import Labels, labels


@st.fragment
def show_citation(citation: Citation, publication: IndexedPublication, language: Language, key: str) -> None:
    """The quote and its marker, which opens the source below. Only this part of the page runs again."""
    with st.container(key=f"quote-{key}", gap=None):
        st.html(quote_html(citation.quote, publication.language, anchor(key)))
        show_marker(citation, language, key, numbered(citation, language))
    show_opened(citation, publication, language, key)


def numbered(citation: Citation, language: Language) -> str:
    """« [1] p. 17 »."""
    return f"[{citation.n}] {printed_page(citation, labels(language))}"


def show_marker(citation: Citation, language: Language, key: str, said: str) -> None:
    """The button that opens the source."""
    text = labels(language)
    tip = f"{text.source.format(n=citation.n)} : {citation.title}, {place(citation, text)}"
    st.button(
        plain_label(said), key=f"marker-{key}", help=plain_label(tip),
        on_click=open_or_close, args=(key,),
    )  # fmt: skip


def show_opened(citation: Citation, publication: IndexedPublication, language: Language, key: str) -> None:
    """The source, if its reader opened it."""
    if key in opened():
        with st.container(key=f"source-{key}", border=True):
            _show_source(citation, publication, language, key)


def _show_source(citation: Citation, publication: IndexedPublication, language: Language, key: str) -> None:
    text = labels(language)
    lines = "<br>".join(safe(line) for line in citation.quote.split("\n"))
    st.html(
        f'<div class="vigie-source"><p class="vigie-number">{text.source.format(n=citation.n)}</p>'
        f"<h4>{safe(citation.title)}</h4><p>{safe(section_path(citation))}</p>"
        f'<p class="vigie-place">{safe(place(citation, text))}</p>'
        f'<p class="vigie-exact"><b>{text.exact}</b> <span lang="{safe(publication.language)}">{lines}</span></p></div>'
    )
    _show_notes(citation, text)
    show_source_pages(citation, publication, language, key)
    st.button(text.close.format(n=citation.n), key=f"close-{key}", on_click=open_or_close, args=(key,))


def _show_notes(citation: Citation, text: Labels) -> None:
    """What a reader should know of this text: recognised from an image, or said by other publications too."""
    if citation.passage.ocr is not None:
        note = text.recognised.format(share=round(100 * citation.passage.ocr))
        st.html(f'<p class="vigie-recognised" role="note">{safe(note)}</p>')
    if citation.also_in:
        titles = ", ".join(dict.fromkeys(f"{p.publication}, p. {p.label(p.pages[0])}" for p in citation.also_in))
        st.html(f'<p class="vigie-place">{safe(text.also_in.format(titles=titles))}</p>')
