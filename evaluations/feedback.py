"""What somebody says of an answer: the answer itself, with the passport that makes it again, and why it is wrong."""

import hashlib
from pathlib import Path
from typing import Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from evaluations.journal import FOLDER, Entry, entries
from evaluations.questions import QuestionRecord, Turn

TUNE = "tune.jsonl"  # the questions that the inbox gave, and nothing but them
Reason = Literal["wrong_source", "incomplete", "wrong", "should_have_abstained", "should_have_answered", "other"]
State = Literal["new", "labelled", "disputed", "settled", "promoted"]
_RECORDS: TypeAdapter[QuestionRecord] = TypeAdapter(QuestionRecord)


class Feedback(Entry):
    """An item of the inbox. `answer` is the JSON of `vigie ask --json`, which does not tell the turns before it."""

    id: str
    at: AwareDatetime
    helpful: bool
    reason: Reason | None = None
    comment: str = Field(default="", max_length=5_000)
    question: str
    history: tuple[Turn, ...] = ()
    answer: dict[str, Any]

    @property
    def record_id(self) -> str:
        """The id of the question that this item becomes where it is promoted."""
        return record_id_of(self.id)


def record_id_of(feedback_id: str) -> str:
    """The id of the question that the item of this id becomes."""
    return "p-" + hashlib.sha256(feedback_id.encode()).hexdigest()[:12]


def promoted_records(home: Path) -> list[QuestionRecord]:
    """The questions that the inbox gave. Raises EvaluationError naming the line that is not one."""
    return entries(home / FOLDER / TUNE, _RECORDS)
