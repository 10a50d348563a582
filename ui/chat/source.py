"""A citation on the page: its quote, its marker and, once opened, its source with the page it comes from."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant import Citation, Language
from corpus import render_page
from index import IndexedPublication
from ui.chat import wording as words
from ui.chat.state import open_or_close, opened
from ui.chat.text import anchor, place, plain_label, printed_page, quote_html, safe, section_path
from ui.chat.wording import Labels, labels

_WIDTH = 1400  # pixels: twice the column, for dense screens; 0.3 s and 0.4 MB a page


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
            _show_source(citation, publication, labels(language), key)


def _show_source(citation: Citation, publication: IndexedPublication, text: Labels, key: str) -> None:
    lines = "<br>".join(safe(line) for line in citation.quote.split("\n"))
    st.html(
        f'<div class="vigie-source"><p class="vigie-number">{text.source.format(n=citation.n)}</p>'
        f"<h4>{safe(citation.title)}</h4><p>{safe(section_path(citation))}</p>"
        f'<p class="vigie-place">{safe(place(citation, text))}</p>'
        f'<p class="vigie-exact"><b>{text.exact}</b> <span lang="{safe(publication.language)}">{lines}</span></p></div>'
    )
    if citation.passage.ocr is not None:
        note = text.recognised.format(share=round(100 * citation.passage.ocr))
        st.html(f'<p class="vigie-recognised" role="note">{safe(note)}</p>')
    if citation.also_in:
        titles = ", ".join(dict.fromkeys(f"{p.publication}, p. {p.label(p.pages[0])}" for p in citation.also_in))
        st.html(f'<p class="vigie-place">{safe(text.also_in.format(titles=titles))}</p>')
    _show_pages(citation, publication, text, key)
    st.button(text.close.format(n=citation.n), key=f"close-{key}", on_click=open_or_close, args=(key,))


def _show_pages(citation: Citation, publication: IndexedPublication, text: Labels, key: str) -> None:
    if problem := _problem(publication):
        st.html(f'<p class="vigie-missing" role="note">{problem}</p>')
        return
    enlarged = st.toggle(text.enlarge, key=f"enlarge-{key}")
    for page, characters in citation.passage.raw_characters(citation.start, citation.end).items():
        alt = text.page_image.format(page=page, title=citation.title)
        with st.container(key=f"{'enlarged' if enlarged else 'page'}-{key}-{page}"):
            image = _page_image(publication.sha256, page, tuple(characters), publication.path)
            st.image(image, width="stretch", output_format="PNG", alt=alt)


def _problem(publication: IndexedPublication) -> str:
    """Why the page cannot be shown, or nothing."""
    path = Path(publication.path)
    if not path.is_file():
        return f"{words.FILE_MISSING} {words.QUOTE_STANDS} {words.ASK_ADMIN_MISSING}"
    stat = path.stat()
    if _sha256(str(path), stat.st_mtime_ns, stat.st_size) != publication.sha256:
        return f"{words.FILE_CHANGED} {words.QUOTE_STANDS} {words.ASK_ADMIN_CHANGED}"
    return ""


@st.cache_data(show_spinner=False, max_entries=1000)
def _sha256(path: str, modified: int, size: int) -> str:  # noqa: ARG001  (a touched file is hashed again)
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@st.cache_data(show_spinner=False, max_entries=100)
def _page_image(sha256: str, page: int, characters: Sequence[int], _path: str) -> bytes:  # noqa: ARG001
    return render_page(Path(_path), page, characters, _WIDTH)
