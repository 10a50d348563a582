"""What people said of answers. It is kept with the turn, and goes to the evaluators' inbox."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations import feedback
from ui.kept.database import refusals
from ui.kept.tables import ConversationRow, OpinionRow, TurnRow
from ui.kept.touching import touched
from ui.kept.turns import whole

LONGEST_COMMENT = 2_000  # characters


@dataclass(frozen=True)
class Opinion:
    """Helpful or not, why, and its name in the evaluators' inbox, chosen before it is there."""

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

    def keep(self, owner: str, turn: str, opinion: Opinion) -> Opinion | None:
        """Keep it in place of what they said before, and give it as it is kept; None where they have no such turn.

        The name that the inbox knows already stays, so that two windows tell the evaluators one thing.
        """
        of_turn = select(TurnRow.conversation_id).where(TurnRow.id == turn).scalar_subquery()
        with refusals(self._engine.url), Session(self._engine) as session, session.begin():
            if not touched(session, (ConversationRow.owner == owner) & (ConversationRow.id == of_turn)):
                return None
            before = session.get(OpinionRow, turn)
            name = (before and before.feedback_id) or opinion.feedback_id
            kept = replace(opinion, comment=whole(opinion.comment)[:LONGEST_COMMENT], feedback_id=name)
            session.merge(
                OpinionRow(
                    turn_id=turn, at=datetime.now(UTC), helpful=kept.helpful, reason=kept.reason, comment=kept.comment,
                    feedback_id=name or None,
                )
            )  # fmt: skip
            return kept
