"""What people said of answers. It is kept with the turn, and goes to the evaluators' inbox."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations import feedback
from ui.kept.database import refusals
from ui.kept.tables import ConversationRow, OpinionRow, TurnRow
from ui.kept.turns import whole

LONGEST_COMMENT = 2_000  # characters


@dataclass(frozen=True)
class Opinion:
    """Helpful or not, why, and the name that the evaluators' inbox gave it; empty until it is there."""

    helpful: bool
    reason: feedback.Reason | None = None
    comment: str = ""
    feedback_id: str = ""


class Opinions:
    """The opinions of a database. Its methods raise DatabaseRefused."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, owner: str, turn: str) -> Opinion | None:
        """What this owner said of a turn of theirs."""
        with refusals(self._engine.url), Session(self._engine) as session:
            row = session.scalar(
                select(OpinionRow)
                .join(TurnRow, TurnRow.id == OpinionRow.turn_id)
                .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
                .where(ConversationRow.owner == owner, TurnRow.id == turn)
            )
        if row is None:
            return None
        return Opinion(row.helpful, cast("feedback.Reason | None", row.reason), row.comment, row.feedback_id or "")

    def keep(self, owner: str, turn: str, opinion: Opinion) -> bool:
        """Keep it in place of what they said before; false where this owner has no such turn."""
        with refusals(self._engine.url), Session(self._engine) as session, session.begin():
            mine = session.scalar(
                select(TurnRow.id)
                .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
                .where(ConversationRow.owner == owner, TurnRow.id == turn)
            )
            if mine is None:
                return False
            session.merge(
                OpinionRow(
                    turn_id=turn, at=datetime.now(UTC), helpful=opinion.helpful, reason=opinion.reason,
                    comment=whole(opinion.comment)[:LONGEST_COMMENT], feedback_id=opinion.feedback_id or None,
                )
            )  # fmt: skip
            return True
