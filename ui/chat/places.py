"""Where the guide speaks of something: a short list of places, each opening its page."""

import streamlit as st

from assistant import Answer, Citation, Language
from index import IndexedPublication
from ui.chat.quotes import path_above
from ui.chat.source import show_marker, show_opened
from ui.chat.text import place, safe
from ui.chat.turn import Turn
from ui.chat.wording import labels


def show_places(answer: Answer, turn: Turn, number: int) -> None:
    """Each section and page once, in the order of the citations."""
    places = {(c.title, c.passage.section, c.pages): c for c in reversed(answer.citations)}
    for citation in sorted(places.values(), key=lambda c: c.n):
        publication = turn.publication(citation.passage.publication)
        _show_place(citation, publication, answer.language, f"{number}-{citation.n}")


@st.fragment
def _show_place(citation: Citation, publication: IndexedPublication, language: Language, key: str) -> None:
    *above, last = citation.passage.section or (citation.title,)
    over = f'<span class="vigie-over">{safe(path_above(citation, above))}</span>' if citation.passage.section else ""
    with st.container(key=f"place-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vigie-where" lang="{safe(publication.language)}">{over}<b>{safe(last)}</b></p>')
        show_marker(citation, language, key, place(citation, labels(language)))
    show_opened(citation, publication, language, key)
