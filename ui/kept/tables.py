"""The tables. A change here needs a migration: a test compares them with what the migrations make."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

OWNER, KEY = 80, 32  # characters of a person's id, and of ours


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite gives it back without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Names of keys and indexes are ours, so that migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PersonRow(Base):
    """What a person chose for every visit."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(OWNER), primary_key=True)
    language: Mapped[str] = mapped_column(String(2))


class ConversationRow(Base):
    """A conversation; `updated` is when its last turn was added, `folded` its title as it is searched."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_owner_updated", "owner", "updated"),)

    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    owner: Mapped[str] = mapped_column(String(OWNER))
    title: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Instant)
    updated: Mapped[datetime] = mapped_column(Instant, index=True)


class TurnRow(Base):
    """A question and its answer. `kept` is the JSON of a KeptTurn; `folded` is what is searched."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "position"),)

    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    position: Mapped[int]
    asked: Mapped[datetime] = mapped_column(Instant)
    folded: Mapped[str] = mapped_column(Text)
    kept: Mapped[str] = mapped_column(Text)


class OpinionRow(Base):
    """What the owner said of a turn; `feedback_id` is its name in the evaluators' inbox, chosen before it is there."""

    __tablename__ = "opinions"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(KEY))
    comment: Mapped[str] = mapped_column(Text)
    feedback_id: Mapped[str | None] = mapped_column(String(KEY))
