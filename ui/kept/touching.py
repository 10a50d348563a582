"""A conversation, taken for writing before anything is read of it."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from ui.kept.tables import ConversationRow


def touched(session: Session, which: ColumnElement[bool], updated: datetime | None = None) -> str | None:
    """The id of a conversation that nobody else writes or deletes before this transaction ends; None where it is gone.

    It is a write, since SQLite has no SELECT … FOR UPDATE: what it reads, another window may delete before it writes.
    """
    values = {"updated": updated or ConversationRow.updated}
    return session.scalar(update(ConversationRow).where(which).values(values).returning(ConversationRow.id))
