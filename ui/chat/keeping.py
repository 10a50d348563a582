"""Turns into the database, and out of it."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from assistant import Answer
from ui.chat.failure import Failure
from ui.chat.state import (
    PARAMETER,
    Name,
    conversation_id,
    conversation_name,
    name_conversation,
    nothing_said,
    owner_id,
    start_again,
    take_up,
)
from ui.chat.turn import Turn, settled
from ui.kept import Conversations, DatabaseRefused, KeptTurn, LostTurn
from ui.stored import database
from ui.wording import page_words

_log = logging.getLogger(__name__)


def keep(turns: list[Turn], number: int) -> None:
    """Write a turn as far as it has come, unless it is; it is light then, and knows its name or why it has none."""
    name = conversation_name()
    with name.busy:
        _keep(turns, number, name)


def _keep(turns: list[Turn], number: int, name: Name) -> None:
    turn = settled(turns[number])
    if turn is turns[number] and (turn.id or turn.not_kept):
        return
    answer, owner = turn.reply, owner_id()
    if not isinstance(answer, Answer) or not owner or not any(c.isalnum() for c in turn.question):
        turns[number] = turn
        return
    kept = KeptTurn(
        turn.question, answer, turn.shape, turn.language, turn.stopped, turn.publications, turn.notice,
        turn.demonstration, turn.id,
    )  # fmt: skip
    light = replace(turn, reply=replace(answer, evidence=()), not_kept="")  # evidence is not shown: sessions stay small
    deleted = page_words().deleted_elsewhere
    # Streamlit may leave the run at any use of `st`: there is none until the session knows what was written.
    try:
        store = Conversations(database())
        names = store.keep(owner, name.id, kept)
    except DatabaseRefused as error:
        turns[number] = replace(light, not_kept=error.message)
        return
    if names is None:  # it was deleted in another window, and stays so
        turns[number] = replace(light, not_kept=deleted)
        return
    name.id, id_ = names
    turns[number] = replace(light, id=id_)
    if turn.writing:
        turn.writing.when_done(partial(_keep_the_end, store, owner, name.id, replace(kept, id=id_)))
    if not turn.id:
        nothing_said(id_)
    if name is conversation_name():  # unless its reader has left it meanwhile
        name_conversation(name.id)


def _keep_the_end(store: Conversations, owner: str, name: str, kept: KeptTurn, answer: Answer, stopped: bool) -> None:
    """Write what became of a turn, whether or not its page runs again; in any thread, without the session."""
    try:
        store.keep(owner, name, replace(kept, answer=answer, stopped=stopped))
    except DatabaseRefused as error:  # a page that runs again tries once more, and tells its reader
        _log.warning("the end of an answer was not kept: %s", error.message)


def open_wanted() -> bool:
    """Take up the conversation that the page's address names. False where this person has none of this name."""
    wanted = st.query_params.get(PARAMETER, "")
    if not wanted:
        name_conversation(conversation_id())
        return True
    if wanted == conversation_id():
        return True
    turns = Conversations(database()).turns(owner_id(), wanted)
    if turns is None:
        start_again()
        return False
    take_up([_shown(turn) for turn in turns], wanted)
    return True


def shelve(turns: list[Turn], end: int) -> None:
    """Leave the turns before `end` to the database: a session stays small however long its conversation."""
    for number, turn in enumerate(turns[:end]):
        if turn.id and not turn.not_kept and turn.writing is None and isinstance(turn.reply, Answer):
            turns[number] = Turn(turn.question, id=turn.id, shelved=True, said=turn.reply.text)


def unshelved(turns: Sequence[Turn], owner: str, conversation: str) -> list[Turn]:
    """The turns with those that were left to the database; as they are where it does not have them any more."""
    if not any(turn.shelved for turn in turns):
        return list(turns)
    kept = Conversations(database()).turns(owner, conversation) or []
    found = {turn.id: _shown(turn) for turn in kept}
    return [found.get(turn.id, turn) if turn.shelved else turn for turn in turns]


def _shown(kept: KeptTurn | LostTurn) -> Turn:
    if isinstance(kept, LostTurn):
        lost = Failure(kept.problem.message, kept.problem.remedy, page_words().lost)
        return Turn(kept.question, reply=lost, id=kept.id)
    return Turn(
        kept.question, kept.shape, kept.language, replace(kept.answer, evidence=()), stopped=kept.stopped,
        publications=kept.publications, notice=kept.notice, demonstration=kept.demonstration, id=kept.id,
    )  # fmt: skip
