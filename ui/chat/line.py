"""The line before an answer: when the machine is busy, its reader sees their place."""

from collections.abc import Callable

import streamlit as st

from ui.chat.text import safe
from ui.shared import line_for_answers
from ui.wording import page_words


def in_turn(answer: Callable[[], None]) -> None:
    """Make an answer when its turn has come. A reader who does something else meanwhile leaves the line."""
    words = page_words()
    place = st.empty()

    def tell(number: int) -> None:
        said = words.queued_first if number == 1 else words.queued.format(place=number)
        place.html(f'<p class="vigie-queue vigie-status">{safe(said)}</p>')

    with line_for_answers().passage(tell):
        with place, st.spinner(words.searching):
            answer()
        place.empty()
