"""Turns into the database, and out of it."""

from dataclasses import replace

import streamlit as st

from assistant import Answer
from ui.chat.state import PARAMETER, conversation_id, name_conversation, nothing_said, owner_id, start_again, take_up
from ui.chat.turn import Turn
from ui.kept import Conversations, DatabaseRefused, KeptTurn
from ui.stored import database


def keep(turn: Turn) -> Turn:
    """Write a turn that was answered; what comes back is light, and knows its name or why it has none."""
    answer, owner = turn.reply, owner_id()
    if not isinstance(answer, Answer) or not owner:
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
        return light
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


def _shown(kept: KeptTurn) -> Turn:
    return Turn(
        kept.question, kept.shape, kept.language, replace(kept.answer, evidence=()), stopped=kept.stopped,
        publications=kept.publications, notice=kept.notice, demonstration=kept.demonstration, id=kept.id,
    )  # fmt: skip
