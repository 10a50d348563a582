"""The conversation of a browser session, and the assistant that all sessions share."""

from dataclasses import dataclass, replace

import streamlit as st

from assistant import Answer, Assistant, Message, Question
from corpus import VigieError
from index import IndexedPublication, current_version
from ui import opening
from ui.chat_failure import Failure
from ui.settings import Settings, load_settings


@dataclass(frozen=True)
class Turn:
    """A question and what came of it; `reply` is None until it is answered.

    `publications` are those cited, as the index knew them then: a later version may have moved or dropped them.
    """

    question: str
    reply: Answer | Failure | None = None
    publications: tuple[IndexedPublication, ...] = ()
    notice: str = ""

    def publication(self, publication_id: str) -> IndexedPublication:
        return next(p for p in self.publications if p.id == publication_id)


def served_assistant() -> Assistant:
    """The assistant on the version published now. Raises the errors of `open_assistant` and `load_settings`."""
    settings = load_settings()
    root = settings.index_root
    return _opened(str(root.resolve()), current_version(root), settings)


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(root: str, version: str, _settings: Settings) -> Assistant:  # noqa: ARG001  (they are the cache's key)
    return opening.open_assistant(_settings)


def conversation() -> list[Turn]:
    """The turns of this session, oldest first."""
    turns: list[Turn] = st.session_state.setdefault("conversation", [])
    return turns


def ask(question: str) -> None:
    """Put a question at the end of the conversation; the page answers it on its way down."""
    conversation().append(Turn(question))


def ask_typed() -> None:
    """The same, for what the question box holds."""
    if question := st.session_state.typed:
        ask(question)


def start_again() -> None:
    """Forget the conversation, and which of its sources were open."""
    conversation().clear()
    opened().clear()


def opened() -> set[str]:
    """The sources that are open, by the key of their citation on the page."""
    keys: set[str] = st.session_state.setdefault("opened", set())
    return keys


def open_or_close(key: str) -> None:
    """Open a source, or close it again."""
    opened().symmetric_difference_update({key})


def answered(assistant: Assistant | Failure, turn: Turn, before: list[Turn]) -> Turn:
    """The turn with its answer, or with the reason why there is none."""
    if isinstance(assistant, Failure):
        return replace(turn, reply=assistant)
    try:
        answer = assistant.ask(Question(turn.question, _history(before)))
    except VigieError as error:
        return replace(turn, reply=Failure(error.message, error.remedy))
    version = assistant.searcher.version
    cited = dict.fromkeys(citation.passage.publication for citation in answer.citations)
    guide = version.manifest.guide
    return replace(
        turn,
        reply=replace(answer, evidence=()),  # not shown, and sessions stay small
        publications=tuple(version.publication(publication_id) for publication_id in cited),
        notice=guide.notice if guide else "",
    )


def _history(turns: list[Turn]) -> tuple[Message, ...]:
    messages: list[Message] = []
    for turn in turns:
        if isinstance(turn.reply, Answer):
            messages += [Message("user", turn.question), Message("assistant", turn.reply.text)]
    return tuple(messages)
