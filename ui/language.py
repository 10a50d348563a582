"""The language of the interface, which a reader switches; answers follow the language of their question."""

from typing import cast

import streamlit as st

from assistant import Language

_KEY = "interface"


def interface_language() -> Language:
    """French, unless this session's reader chose English."""
    return cast("Language", st.session_state.get(_KEY, "fr"))


def choose_language(language: Language) -> None:
    """Speak this language from now on in this session."""
    st.session_state[_KEY] = language
