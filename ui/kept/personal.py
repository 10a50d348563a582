"""What belongs to one person: how much, a copy of all of it, and the language they chose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assistant import Language
from ui.kept.database import refusals
from ui.kept.tables import ConversationRow, OpinionRow, PersonRow, TurnRow
from ui.kept.turns import UnreadableTurn, read_turn


@dataclass(frozen=True)
class Holding:
    """How much is kept of a person, for an admin."""

    owner: str
    conversations: int
    turns: int
    last: datetime


def export(engine: Engine, owner: str) -> dict[str, Any]:
    """All that is kept of a person, as JSON: settings, conversations, answers, opinions. Raises DatabaseRefused.

    A turn that cannot be read has its name as `unreadable`, and what is kept of it as it is.
    """
    if not owner:
        raise ValueError("nobody's data cannot be exported: whose was it to be?")
    with refusals(engine.url), Session(engine) as session:
        conversations = session.scalars(
            select(ConversationRow).where(ConversationRow.owner == owner).order_by(ConversationRow.created)
        ).all()
        person = session.get(PersonRow, owner)
        return {
            "person": owner,
            "language": person.language if person else "fr",
            "conversations": [_conversation(session, row) for row in conversations],
        }


def _conversation(session: Session, row: ConversationRow) -> dict[str, Any]:
    rows = session.execute(
        select(TurnRow, OpinionRow)
        .outerjoin(OpinionRow, OpinionRow.turn_id == TurnRow.id)
        .where(TurnRow.conversation_id == row.id)
        .order_by(TurnRow.position)
    )
    return {
        "id": row.id, "title": row.title, "created": row.created.isoformat(), "updated": row.updated.isoformat(),
        "turns": [_turn(turn, opinion) for turn, opinion in rows],
    }  # fmt: skip


def _turn(row: TurnRow, opinion: OpinionRow | None) -> dict[str, Any]:
    said = opinion and {
        "at": opinion.at.isoformat(), "helpful": opinion.helpful, "reason": opinion.reason, "comment": opinion.comment,
    }  # fmt: skip
    return {"asked": row.asked.isoformat(), **_asked_and_answered(row), "opinion": said}


def _asked_and_answered(row: TurnRow) -> dict[str, Any]:
    try:
        kept = read_turn(row.kept, row.id)
    except UnreadableTurn:
        return {"question": None, "answer": None, "unreadable": row.id, "kept": row.kept}
    return {"question": kept.question, "answer": kept.answer.as_json()}


def is_known(engine: Engine, owner: str) -> bool:
    """Whether anything is kept of this person. Raises DatabaseRefused."""
    with refusals(engine.url), Session(engine) as session:
        talked = select(ConversationRow.id).where(ConversationRow.owner == owner).limit(1)
        return session.get(PersonRow, owner) is not None or session.scalar(talked) is not None


def holdings(engine: Engine) -> list[Holding]:
    """How much is kept, by owner."""
    turns = (
        select(TurnRow.conversation_id, func.count().label("turns"))
        .group_by(TurnRow.conversation_id)
        .subquery("counted")
    )
    query = (
        select(
            ConversationRow.owner, func.count(), func.coalesce(func.sum(turns.c.turns), 0),
            func.max(ConversationRow.updated),
        )
        .outerjoin(turns, turns.c.conversation_id == ConversationRow.id)
        .group_by(ConversationRow.owner)
        .order_by(ConversationRow.owner)
    )  # fmt: skip
    with refusals(engine.url), Session(engine) as session:
        return [Holding(owner, n, int(turns), last) for owner, n, turns, last in session.execute(query)]


def language_of(engine: Engine, owner: str) -> Language | None:
    """The language this person chose for the interface, if they did."""
    with refusals(engine.url), Session(engine) as session:
        person = session.get(PersonRow, owner)
        return cast("Language", person.language) if person else None


def remember_language(engine: Engine, owner: str, language: Language) -> None:
    """Speak this language to this person on later visits."""
    with refusals(engine.url), Session(engine) as session, session.begin():
        session.merge(PersonRow(id=owner, language=language))
