"""What a browser session holds: the turns in view and the name under which they are kept, never the assistant."""

from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from assistant import Language, Shape
from ui.chat.failure import Failure
from ui.chat.turn import Turn
from ui.kept import Opinion
from ui.people import person
from ui.shared import questions_asked
from ui.wording import page_words

PARAMETER = "conversation"  # in the page's address
_AT_ONCE = 3  # turns drawn in full; the earlier ones on demand, so that a long conversation stays light


@dataclass
class Name:
    """The name of the conversation in the database; empty before its first answer.

    `busy` is held while a turn of it is written: a click starts another run of the page beside the one that writes.
    """

    id: str = ""
    busy: Lock = field(default_factory=Lock, repr=False, compare=False)


def conversation() -> list[Turn]:
    """The turns of this session, oldest first."""
    turns: list[Turn] = st.session_state.setdefault("conversation", [])
    return turns


def owner_id() -> str:
    """The id of the person of this session; nobody's is empty, and keeps nothing."""
    someone = person()
    return someone.id if someone else ""


def conversation_id() -> str:
    """See Name."""
    return conversation_name().id


def conversation_name() -> Name:
    """Where the session holds it: unlike the session's own keys, it can be set where Streamlit cannot leave the run."""
    name: Name = st.session_state.setdefault("conversation_name", Name())
    return name


def take_up(turns: list[Turn], id_: str) -> None:
    """Go on with a conversation that was kept."""
    start_again()
    conversation().extend(turns)
    name_conversation(id_)


def name_conversation(id_: str) -> None:
    """Remember under which name it is kept, in the page's address too."""
    conversation_name().id = id_
    if id_:
        st.query_params[PARAMETER] = id_
    else:
        st.query_params.pop(PARAMETER, None)


def ask(question: str, shape: Shape | None = None, language: Language = "fr") -> None:
    """Put a question at the end of the conversation; the page answers it on its way down."""
    conversation().append(Turn(question, shape, language, reply=_too_soon()))


def _too_soon() -> Failure | None:
    """Why this person may not ask now, if they asked too often; else the question is counted."""
    limit = questions_asked()
    if not (seconds := limit.wait(owner_id())):
        return None
    words = page_words()
    message = words.too_many.format(limit=limit.per_minute)
    return Failure(message, words.too_many_remedy.format(seconds=seconds), words.slow_down)


def ask_typed() -> None:
    """The same, for what the question box holds."""
    if question := st.session_state.typed:
        ask(question)


def ask_again(number: int) -> None:
    """Put a question that failed once more."""
    turns = conversation()
    if number < len(turns):
        asked = turns[number]
        turns[number] = Turn(asked.question, asked.shape, asked.language, reply=_too_soon())


def stop_writing(number: int) -> None:
    """Keep what is written of a turn."""
    if writing := conversation()[number].writing:
        writing.stop()


def start_again() -> None:
    """Leave the conversation, what is written of it being kept, and forget which of its sources were open."""
    for turn in st.session_state.get("conversation", []):
        if turn.writing:
            turn.writing.stop()
    st.session_state.conversation = []
    st.session_state.drawn_before = 0
    opened().clear()
    st.session_state.conversation_name = Name()  # a run that still writes the one that is left keeps its own
    name_conversation("")


def first_shown() -> int:
    """The first turn that is drawn in full."""
    return max(0, len(conversation()) - _AT_ONCE - int(st.session_state.get("drawn_before", 0)))


def show_earlier() -> None:
    """Draw all turns from now on."""
    st.session_state.drawn_before = len(conversation())


def opinions_given() -> dict[str, Opinion | None]:
    """What this session knows to have been said of turns, by their id: a rerun reads no database."""
    known: dict[str, Opinion | None] = st.session_state.setdefault("opinions", {})
    return known


def nothing_said(turn: str) -> None:
    """Of an answer that has just come, nothing was said yet."""
    opinions_given()[turn] = None


def opened() -> set[str]:
    """The sources that are open, by the key of their citation on the page."""
    keys: set[str] = st.session_state.setdefault("opened", set())
    return keys


def open_or_close(key: str) -> None:
    """Open a source, or close it again."""
    opened().symmetric_difference_update({key})
