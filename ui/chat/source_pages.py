"""The pages of a source: those cited, with the quote highlighted, and any other of the PDF, one at a time."""

import streamlit as st

from assistant import Citation, Language
from index import IndexedPublication
from ui.chat.page_image import image_words, page_name, page_problem, show_page_image, show_problem
from ui.chat.text import plain_label, safe
from ui.chat.wording import labels

_CITED = 0  # the page in view, while it is what is cited


def show_source_pages(citation: Citation, publication: IndexedPublication, language: Language, key: str) -> None:
    """The pages in view, under the buttons that turn them. A page is drawn once it is in view, never before."""
    if problem := page_problem(publication, language):
        show_problem(problem)
        return
    held = f"page-in-view-{key}-{citation.passage.id}-{citation.start}"  # another quote starts from its own page
    page = st.session_state.get(held, _CITED)
    with st.container(key=f"sheet-tools-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        enlarged = st.toggle(image_words(language).enlarge, key=f"enlarge-{key}", width="content")
    _show_turning(citation, publication, language, key, held)
    characters = citation.passage.raw_characters(citation.start, citation.end)
    for shown in [page] if page else characters:
        show_page_image(publication, shown, characters.get(shown, ()), language, key, enlarged=enlarged)


def _show_turning(citation: Citation, publication: IndexedPublication, language: Language, key: str, held: str) -> None:
    """Before, the place, after; and the way back, where the page in view is not one that is cited."""
    words, text = image_words(language), labels(language)
    page = st.session_state.get(held, _CITED)
    first, last = (page, page) if page else citation.pages
    with st.container(key=f"sheet-turn-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        for name, label, wanted in (("previous", words.previous, first - 1), ("next", words.next, last + 1)):
            st.button(
                plain_label(label), key=f"{name}-{key}", disabled=not 1 <= wanted <= publication.pages,
                on_click=_look_at, args=(held, citation.pages, wanted),
            )  # fmt: skip
        if page:
            st.html(
                f'<p class="vigie-place vigie-status">{safe(page_name(publication, page, text))}</p>', width="content"
            )
            st.button(
                plain_label(words.back), key=f"back-{key}", on_click=_look_at, args=(held, citation.pages, _CITED)
            )


def _look_at(held: str, cited: tuple[int, int], page: int) -> None:
    """Bring a page into view; one that is cited comes with all that are."""
    first, last = cited
    st.session_state[held] = _CITED if first <= page <= last else page
