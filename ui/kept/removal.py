"""Deleting: one conversation, those that are too old, or all that is kept of a person; the evaluators' copies first."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, select, text
from sqlalchemy.orm import Session

from ui.kept.database import refusals
from ui.kept.tables import ConversationRow, OpinionRow, PersonRow, TurnRow

Forget = Callable[[Sequence[str]], object]  # takes opinions out of the evaluators' inbox, by their names there


def delete_conversation(engine: Engine, owner: str, conversation: str, forget: Forget) -> bool:
    """Delete a conversation of this owner, with what they said of it. Raises DatabaseRefused, or what `forget` does."""
    mine = (ConversationRow.owner == owner) & (ConversationRow.id == conversation)
    return bool(_remove(engine, mine, forget))


def erase(engine: Engine, owner: str, forget: Forget) -> int:
    """Delete all that is kept of a person; gives how many conversations. Raises as `delete_conversation` does."""
    count = _remove(engine, ConversationRow.owner == owner, forget)
    with refusals(engine.url), Session(engine) as session, session.begin():
        session.execute(delete(PersonRow).where(PersonRow.id == owner))
    return count


def purge(engine: Engine, days: int, forget: Forget, now: datetime | None = None) -> int:
    """Delete conversations without a question for that many days, 0 keeps them all; gives how many. Raises likewise."""
    if not days:
        return 0
    return _remove(engine, ConversationRow.updated < (now or datetime.now(UTC)) - timedelta(days=days), forget)


def _remove(engine: Engine, which: ColumnElement[bool], forget: Forget) -> int:
    """Nothing is deleted where the evaluators' copy cannot be: it could no longer be found.

    What another window tells them meanwhile goes once all is deleted; what it tells them later, it takes back itself.
    """
    turns = select(TurnRow.id).join(ConversationRow, ConversationRow.id == TurnRow.conversation_id).where(which)
    said = OpinionRow.turn_id.in_(turns)
    with refusals(engine.url), Session(engine) as session:
        names = session.scalars(select(OpinionRow.feedback_id).where(said)).all()
    forget([name for name in names if name])
    with refusals(engine.url), Session(engine) as session, session.begin():
        session.scalars(select(ConversationRow.id).where(which).with_for_update()).all()
        last = session.scalars(delete(OpinionRow).where(said).returning(OpinionRow.feedback_id)).all()
        ids = session.scalars(delete(ConversationRow).where(which).returning(ConversationRow.id)).all()
    if engine.url.get_backend_name() == "sqlite":
        _leave_nothing_in_the_log(engine)
    forget([name for name in last if name])
    return len(ids)


def _leave_nothing_in_the_log(engine: Engine) -> None:
    """SQLite's write-ahead log would keep what was deleted until its next round; readers at work may put it off."""
    with refusals(engine.url), engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
