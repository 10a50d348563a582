"""Turns into the database, and out of it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assistant import Answer
from ui.chat.state import PARAMETER, conversation_id, name_conversation, nothing_said, owner_id, start_again, take_up
from ui.chat.turn import Turn
from ui.kept import Conversations, DatabaseRefused, KeptTurn
from ui.stored import database
from ui.wording import page_words


def keep(turn: Turn) -> Turn:
    """Write a turn that was answered; what comes back is light, and knows its name or why it has none."""
    answer, owner = turn.reply, owner_id()
    if not isinstance(answer, Answer) or not owner or not any(c.isalnum() for c in turn.question):
        return turn
    kept = KeptTurn(
        turn.question, answer, turn.shape, turn.language, turn.stopped, turn.publications, turn.notice,
        turn.demonstration, turn.id,
    )  # fmt: skip
    light = replace(turn, reply=replace(answer, evidence=()))  # evidence is not shown: sessions stay small
    try:
        names = Conversations(database()).keep(owner, conversation_id(), kept)
    except DatabaseRefused as error:
        return replace(light, not_kept=error.message)
    if names is None:  # it was deleted in another window, and stays so
        return replace(light, not_kept=page_words().deleted_elsewhere)
    if names[0] != conversation_id():
        name_conversation(names[0])
    if not turn.id:
        nothing_said(names[1])
    return replace(light, id=names[1])


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
        if turn.id and not turn.shelved and turn.writing is None:
            turns[number] = Turn(turn.question, id=turn.id, shelved=True)


def unshelved(turns: Sequence[Turn], owner: str, conversation: str) -> list[Turn]:
    """The turns with those that were left to the database; as they are where it does not have them any more."""
    if not any(turn.shelved for turn in turns):
        return list(turns)
    kept = Conversations(database()).turns(owner, conversation) or []
    found = {turn.id: _shown(turn) for turn in kept}
    return [found.get(turn.id, turn) if turn.shelved else turn for turn in turns]


def _shown(kept: KeptTurn) -> Turn:
    return Turn(
        kept.question, kept.shape, kept.language, replace(kept.answer, evidence=()), stopped=kept.stopped,
        publications=kept.publications, notice=kept.notice, demonstration=kept.demonstration, id=kept.id,
    )  # fmt: skip
