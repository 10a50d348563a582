"""The pages of the site by name, for links and moves between them. `ui/page.py` says what they are, at each run."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

PageName = Literal["chat", "guide", "conversations"]
_KEY = "pages"


def set_pages(pages: Mapping[PageName, Page]) -> None:
    """Remember the pages of this run."""
    st.session_state[_KEY] = dict(pages)


def page_named(name: PageName) -> Page:
    """The page of this name."""
    found: Page = st.session_state[_KEY][name]
    return found


def go_to(name: PageName, **parameters: str) -> None:
    """Leave this page for another, whose address gets these parameters."""
    st.switch_page(page_named(name), query_params=parameters or None)
