"""All that is kept of a person: a copy to take away, and its erasure in one action."""

import json
from functools import partial

import streamlit as st

from corpus import VigieError
from ui.chat.state import owner_id, start_again
from ui.chat.text import safe
from ui.history.wording import HistoryWords, history_words
from ui.kept import erase, export
from ui.people import LOCAL
from ui.stored import database, forget

_SURE, _DONE = "erase-sure", "erase-done"


def show_my_data() -> None:
    """Its own part of the page, after the list."""
    words, owner = history_words(), owner_id()
    with st.container(key="mine", gap="small"):
        st.html(f"<h2>{safe(words.mine)}</h2><p>{safe(words.mine_intro)}</p>")
        with st.container(key="mine-line", horizontal=True, gap="small"):
            st.download_button(
                words.take_all, partial(_copy, owner), "vigie.json", "application/json", key="take-all",
                on_click="ignore",
            )  # fmt: skip
            st.button(words.erase, key="erase", on_click=_ask)
        if st.session_state.get(_SURE):
            _show_asking(words)
        if done := st.session_state.pop(_DONE, ""):
            st.html(f'<p class="vigie-said vigie-status">{safe(done)}</p>')
        if owner != LOCAL:
            st.html(f'<p class="vigie-note">{safe(words.person.format(id=owner))}</p>')


def _show_asking(words: HistoryWords) -> None:
    st.html(f'<p class="vigie-missing" role="alert">{safe(words.erase_sure)}</p>')
    with st.container(key="erase-line", horizontal=True, gap="small"):
        st.button(words.erase_yes, key="erase-yes", on_click=_erase)
        st.button(words.cancel, key="erase-no", on_click=_ask, args=(False,))


def _copy(owner: str) -> str:
    """The file. It is asked for outside the session, where nobody is known."""
    return json.dumps(export(database(), owner), ensure_ascii=False, indent=2)


def _ask(sure: bool = True) -> None:
    st.session_state[_SURE] = sure


def _erase() -> None:
    _ask(False)
    try:
        count = erase(database(), owner_id(), forget)
    except VigieError as error:
        st.session_state[_DONE] = f"{error.message} {error.remedy}"
        return
    start_again()
    st.session_state[_DONE] = history_words().erased.format(n=count)
