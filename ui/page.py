"""The page, run again at each action: who is there, which page they are on. `vigie serve` starts it."""

from pathlib import Path

import streamlit as st

from corpus import VigieError
from ui.bar import show_bar
from ui.chat.failure import Failure, show_failure
from ui.chat.page import show_chat
from ui.guide.page import show_guide_page
from ui.history.page import show_history
from ui.pages import PageName, set_pages
from ui.people import admitted
from ui.preferences import recall_language
from ui.serving import served_assistant
from ui.undrawn import forget_undrawn
from ui.wording import page_words

_STYLE = Path(__file__).resolve().parent / "web" / "vigie.css"


def main() -> None:
    """Choose the page by its address, and show it to those who may see it."""
    words = page_words("fr")
    st.html(_STYLE)
    pages: dict[PageName, st.Page] = {
        "chat": st.Page(show_chat, title="Vigie", url_path="", default=True),
        "guide": st.Page(_show_guide, title=f"{words.guide} – Vigie", url_path="guide"),
        "conversations": st.Page(show_history, title=f"{words.conversations} – Vigie", url_path="conversations"),
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.set_page_config(page_title=chosen.title, layout="centered")
    someone = admitted()
    if someone is None:
        return
    set_pages(pages)
    recall_language(someone)
    show_bar(someone)
    chosen.run()
    forget_undrawn()


def _show_guide() -> None:
    try:
        with st.spinner(page_words().opening):
            assistant = served_assistant().assistant
    except VigieError as error:
        show_failure(Failure(error.message, error.remedy))
        return
    show_guide_page(assistant)


main()
