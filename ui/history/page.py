"""One's own conversations: the list, its search, and what is done with each."""

from datetime import datetime, timedelta

import streamlit as st

from corpus import VigieError
from ui.chat.failure import Failure, show_failure
from ui.chat.state import PARAMETER, conversation_id, owner_id, start_again
from ui.chat.text import plain_label, safe
from ui.history.personal import show_my_data
from ui.history.wording import HistoryWords, history_words
from ui.kept import Conversation, Conversations, delete_conversation
from ui.pages import page_named
from ui.settings import load_settings
from ui.stored import database, forget

_PAGE = 20  # conversations shown before asking for more
_DOING = "history-doing"  # in the session: what is being done, and with which conversation
_PROBLEM = "history-problem"


def show_history() -> None:
    """The page. Whatever the database refuses is said, with what to do."""
    words = history_words()
    days = load_settings().chat.retention_days
    kept = f" {safe(words.day if days == 1 else words.days.format(days=days))}" if days else ""
    st.html(f'<header class="vigie-title"><h1>{safe(words.title)}</h1><p>{safe(words.intro)}{kept}</p></header>')
    if problem := st.session_state.pop(_PROBLEM, None):
        show_failure(problem)
    try:
        _show_list(Conversations(database()), words)
        show_my_data()
    except VigieError as error:
        show_failure(Failure(error.message, error.remedy))


def _show_list(store: Conversations, words: HistoryWords) -> None:
    owner, limit = owner_id(), int(st.session_state.get("history-limit", _PAGE))
    wanted = st.text_input(plain_label(words.search), key="history-search", max_chars=200)
    found = store.listed(owner, wanted or "", limit + 1)
    if not found:
        st.html(f'<p class="vigie-said vigie-status">{safe(words.none_found if wanted else words.none)}</p>')
    for one in found[:limit]:
        with st.container(key=f"kept-{one.id}", gap="small"):
            _show_one(store, one, words)
    if len(found) > limit:
        st.button(words.more, key="history-more", on_click=_show_more)


def _show_more() -> None:
    st.session_state["history-limit"] = int(st.session_state.get("history-limit", _PAGE)) + _PAGE


def _show_one(store: Conversations, one: Conversation, words: HistoryWords) -> None:
    doing, which = st.session_state.get(_DOING, ("", ""))
    with st.container(key=f"line-of-{one.id}", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key=f"title-of-{one.id}", gap=None):
            st.page_link(page_named("chat"), label=plain_label(one.title), query_params={PARAMETER: one.id})
            number = words.question if one.turns == 1 else words.questions.format(n=one.turns)
            st.html(f'<p class="vigie-note">{safe(f"{_said_when(one.updated, words)} · {number}")}</p>')
        for label, action, tip in (
            (words.rename, "rename", words.rename_named), (words.delete, "delete", words.delete_named),
        ):  # fmt: skip
            st.button(
                label, key=f"{action}-{one.id}", help=plain_label(tip.format(title=one.title)),
                on_click=_do, args=(action, one.id),
            )  # fmt: skip
    if which == one.id and doing == "rename":
        _show_renaming(store, one, words)
    if which == one.id and doing == "delete":
        _show_deleting(one, words)


def _do(action: str, id_: str) -> None:
    """Begin something with a conversation; again, and it is dropped."""
    st.session_state[_DOING] = ("", "") if st.session_state.get(_DOING) == (action, id_) else (action, id_)


def _show_renaming(store: Conversations, one: Conversation, words: HistoryWords) -> None:
    with st.form(f"renaming-{one.id}", border=False, enter_to_submit=True):
        st.text_input(words.new_title, one.title, key=f"new-title-{one.id}", max_chars=120)
        st.form_submit_button(words.save, on_click=_rename, args=(store, one.id))


def _rename(store: Conversations, id_: str) -> None:
    try:
        store.rename(owner_id(), id_, st.session_state.get(f"new-title-{id_}") or "")
    except VigieError as error:
        st.session_state[_PROBLEM] = Failure(error.message, error.remedy)
    _do("", "")


def _show_deleting(one: Conversation, words: HistoryWords) -> None:
    with st.container(key=f"deleting-{one.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vigie-status">{safe(words.sure)}</p>', width="content")
        st.button(words.yes_delete, key=f"yes-delete-{one.id}", on_click=_delete, args=(one.id,))
        st.button(words.cancel, key=f"no-delete-{one.id}", on_click=_do, args=("", ""))


def _delete(id_: str) -> None:
    try:
        delete_conversation(database(), owner_id(), id_, forget)
    except VigieError as error:
        st.session_state[_PROBLEM] = Failure(error.message, error.remedy)
        return
    if id_ == conversation_id():
        start_again()
    _do("", "")


def _said_when(moment: datetime, words: HistoryWords) -> str:
    """In the machine's own time: that of its readers, who are near it."""
    local, now = moment.astimezone(), datetime.now().astimezone()
    time = local.strftime("%H:%M")
    if local.date() == now.date():
        return words.today.format(time=time)
    if local.date() == (now - timedelta(days=1)).date():
        return words.yesterday.format(time=time)
    return words.on_day.format(day=local.strftime("%d/%m/%Y"))
