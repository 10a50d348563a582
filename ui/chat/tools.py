"""What a reader takes away: the text of an answer, or an answer or the whole conversation as a file."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import streamlit as st

from assistant import Answer
from corpus import VigieError
from ui.chat.keeping import unshelved
from ui.chat.state import conversation_id, owner_id
from ui.chat.text import place, plain_label, safe
from ui.chat.tools_wording import tools_words
from ui.chat.turn import Turn
from ui.chat.wording import labels
from ui.export import as_docx, as_markdown, file_name
from ui.kept import Conversations
from ui.language import interface_language
from ui.stored import database

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_answer_tools(turn: Turn, answer: Answer, number: int) -> None:
    """Copy, Word, Markdown. The files are made when they are asked for."""
    words = tools_words()
    with st.container(key=f"tools-{number}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(copy_html(words.copy, f"answer-text-{number}", _as_text(answer)), width="content")
        _show_downloads(lambda: [turn], lambda: turn.question, turn.question, f"{number}")


def show_conversation_tools(turns: Sequence[Turn]) -> None:
    """The same for all of it, once there is more than one answer."""
    if sum(turn.shelved or isinstance(turn.latest, Answer) for turn in turns) < 2:
        return
    words, owner, conversation, named = tools_words(), owner_id(), conversation_id(), turns[0].question
    with st.container(key="tools-all", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vigie-note">{words.whole}</p>', width="content")
        _show_downloads(
            partial(unshelved, list(turns), owner, conversation),
            partial(_title, owner, conversation, named),
            named,
            "all",
        )


def copy_html(label: str, id_: str, text: str) -> str:
    """A button that the page's script makes copy `text`."""
    return (
        f'<button type="button" class="vigie-copy" data-copy="{safe(id_)}">{safe(label)}</button>'
        f'<div id="{safe(id_)}" class="vigie-copied" hidden>{safe(text)}</div>'
    )


def _show_downloads(turns: Callable[[], Sequence[Turn]], title: Callable[[], str], named: str, key: str) -> None:
    words, language = tools_words(), interface_language()
    made: dict[str, Callable[[], str | bytes]] = {
        "docx": lambda: as_docx(turns(), title(), language),
        "md": lambda: as_markdown(turns(), title(), language),
    }
    for suffix, label, mime in (("docx", words.word, _DOCX), ("md", words.markdown, "text/markdown")):
        st.download_button(
            plain_label(label), made[suffix], file_name(named, suffix), mime, key=f"take-{suffix}-{key}",
            on_click="ignore",
        )  # fmt: skip


def _as_text(answer: Answer) -> str:
    """What Vigie said, then where it stands."""
    text = labels(answer.language)
    sources = [f"[{c.n}] {c.title}, {place(c, text)}" for c in answer.citations]
    return "\n".join([answer.text, "", *sources]) if sources else answer.text


def _title(owner: str, conversation: str, otherwise: str) -> str:
    """What its owner called the conversation. It is asked for with the file, outside the session."""
    with suppress(VigieError):
        return Conversations(database()).title(owner, conversation) or otherwise
    return otherwise
