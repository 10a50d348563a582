"""Where the guide speaks of something: a short list of places, each opening its page."""

import streamlit as st

from assistant import Answer, headings_over
from ui.chat.source import Cited, show_marker, show_opened
from ui.chat.text import place, safe
from ui.chat.turn import Turn


def show_places(answer: Answer, turn: Turn, number: int) -> None:
    """Each section and page once, in the order of the citations."""
    places = {(c.title, c.section, c.pages): c for c in reversed(answer.citations)}
    for citation in sorted(places.values(), key=lambda c: c.n):
        _show_place(Cited.of(citation, answer, turn, number))


@st.fragment
def _show_place(cited: Cited) -> None:
    citation = cited.citation
    *above, last = headings_over(citation.title, citation.section)
    over = f'<span class="vigie-over">{safe(" › ".join(above))}</span>' if above else ""
    with st.container(key=f"place-{cited.key}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vigie-where" lang="{safe(cited.publication.language)}">{over}<b>{safe(last)}</b></p>')
        show_marker(cited, place(citation, cited.text))
    show_opened(cited)
