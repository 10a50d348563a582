"""The page, run again at each action: who is there, which page they are on. `vigie serve` starts it."""

from pathlib import Path

import streamlit as st

from ui.chat.page import show_chat

_STYLE = Path(__file__).resolve().parent / "web" / "vigie.css"


def main() -> None:
    """Choose the page by its address, and show it."""
    st.set_page_config(page_title="Vigie", layout="centered")
    st.html(_STYLE)
    chosen = st.navigation([st.Page(show_chat, title="Vigie", url_path="", default=True)], position="hidden")
    chosen.run()


main()
