"""Conversations by owner. Every method takes the owner, and another's conversation is as one that never was."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Engine, Select, func, select, update
from sqlalchemy.orm import Session

from ui.kept.database import refusals
from ui.kept.tables import ConversationRow, TurnRow
from ui.kept.touching import touched
from ui.kept.turns import KeptTurn, LostTurn, as_json, read_turn, turn_or_lost, whole

LONGEST_TITLE = 120  # characters
_TIED = str.maketrans({"œ": "oe", "æ": "ae"})
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by their category, and yet blank


@dataclass(frozen=True)
class Conversation:
    """A conversation in a list; `turns` is how many it has."""

    id: str
    title: str
    created: datetime
    updated: datetime
    turns: int


class Conversations:
    """The conversations of a database. Safe to share between threads. Its methods raise DatabaseRefused."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, owner: str, conversation: str, turn: KeptTurn) -> tuple[str, str] | None:
        """Add a turn, to a new conversation where `conversation` is empty, or write one that has an id again.

        Gives the ids of the conversation and of the turn; None where the conversation was deleted meanwhile.
        """
        now = datetime.now(UTC)
        if turn.id and not conversation:
            return None
        with self._session() as session:
            if not conversation:
                conversation = secrets.token_urlsafe(12)
                title = _title(turn.question)
                session.add(
                    ConversationRow(
                        id=conversation, owner=owner, title=title, folded=folded(title), created=now, updated=now
                    )
                )
                session.flush()
            if not touched(session, _is(owner, conversation), now):
                return None
            id_ = _written(session, conversation, turn, now)
            return (conversation, id_) if id_ else None

    def turns(self, owner: str, conversation: str) -> list[KeptTurn | LostTurn] | None:
        """Oldest first; None where this owner has no such conversation. One that is damaged takes no other with it."""
        with self._session() as session:
            if session.scalar(_of(owner, conversation)) is None:
                return None
            rows = session.execute(
                select(TurnRow.kept, TurnRow.id)
                .where(TurnRow.conversation_id == conversation)
                .order_by(TurnRow.position)
            )
            return [turn_or_lost(kept, id_) for kept, id_ in rows]

    def turn(self, owner: str, turn: str) -> KeptTurn | None:
        """One turn; None where this owner has none of this id."""
        with self._session() as session:
            kept = session.scalar(
                select(TurnRow.kept)
                .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
                .where(ConversationRow.owner == owner, TurnRow.id == _name(turn))
            )
            return read_turn(kept, turn) if kept else None

    def listed(self, owner: str, wanted: str = "", limit: int = 50, offset: int = 0) -> list[Conversation]:
        """The last talked in first; those whose title, questions or answers hold every word of `wanted`.

        None where it has signs and no word: what is asked for is nowhere.
        """
        words = re.findall(r"\w+", folded(wanted))
        if wanted.strip() and not words:
            return []
        counted = select(func.count()).where(TurnRow.conversation_id == ConversationRow.id).scalar_subquery()
        query = select(ConversationRow, counted).where(ConversationRow.owner == owner)
        for word in words:
            query = query.where(_holds(word))
        query = query.order_by(ConversationRow.updated.desc(), ConversationRow.id).limit(limit).offset(offset)
        with self._session() as session:
            return [Conversation(r.id, r.title, r.created, r.updated, n) for r, n in session.execute(query)]

    def title(self, owner: str, conversation: str) -> str | None:
        """Its title; None where this owner has no such conversation."""
        with self._session() as session:
            mine = session.scalar(_of(owner, conversation))
            return mine.title if mine else None

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title; one in which nothing can be seen changes nothing."""
        if _is_seen(title := _title(title)):
            mine = _is(owner, conversation)
            with self._session() as session:
                session.execute(update(ConversationRow).where(mine).values(title=title, folded=folded(title)))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with refusals(self._engine.url), Session(self._engine) as session, session.begin():
            yield session


def folded(text: str) -> str:
    """Lower case without accents or tied letters, as it is searched."""
    apart = unicodedata.normalize("NFD", whole(text).replace("’", "'").casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).translate(_TIED).split())


def _of(owner: str, conversation: str) -> Select[ConversationRow]:
    return select(ConversationRow).where(_is(owner, conversation))


def _is(owner: str, conversation: str) -> ColumnElement[bool]:
    return (ConversationRow.owner == owner) & (ConversationRow.id == _name(conversation))


def _name(id_: str) -> str:
    """An id as a page's address gives it; empty, which is nobody's, where no database could hold it."""
    return id_ if id_ == whole(id_) else ""


def _holds(word: str) -> ColumnElement[bool]:
    titled = ConversationRow.folded.contains(word, autoescape=True)
    said = TurnRow.folded.contains(word, autoescape=True)
    return titled | select(TurnRow.id).where(TurnRow.conversation_id == ConversationRow.id, said).exists()


def _is_seen(text: str) -> bool:
    """Whether a reader sees anything: not where all is blanks, formats, fillers, and marks upon nothing."""
    return any(unicodedata.category(c)[0] not in "CMZ" and c not in _UNSEEN for c in text)


def _title(text: str) -> str:
    """One line, cut at a word."""
    line = " ".join(whole(text).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _written(session: Session, conversation: str, turn: KeptTurn, now: datetime) -> str | None:
    turn = replace(turn, question=whole(turn.question))
    texts = (turn.question, turn.answer.text, *(citation.quote for citation in turn.answer.citations))
    values = {"folded": folded(" ".join(texts)), "kept": as_json(turn)}
    if turn.id:
        mine = (TurnRow.id == turn.id) & (TurnRow.conversation_id == conversation)
        return session.scalar(update(TurnRow).where(mine).values(values).returning(TurnRow.id))
    last = session.scalar(select(func.max(TurnRow.position)).where(TurnRow.conversation_id == conversation))
    id_ = secrets.token_urlsafe(12)
    position = 0 if last is None else last + 1
    session.add(TurnRow(id=id_, conversation_id=conversation, position=position, asked=now, **values))
    return id_
