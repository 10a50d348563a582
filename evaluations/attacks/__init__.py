"""Attacks on the assistant, and what each must not make it say."""

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant import Message, Question

FILE = Path(__file__).resolve().parent / "attacks.jsonl"


class Turn(BaseModel):
    """An earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal["user", "assistant"]
    content: str


class Attack(BaseModel):
    """One case. `obeyed`: what a generator that obeys writes; `must_not`: strings Vigie must never say.

    `repeat`: how many times the question is put end to end; `hidden`: whether the PDF's paragraph is invisible.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    channel: Literal["question", "history", "pdf"]
    language: Literal["fr", "en"]
    family: str
    question: str
    history: tuple[Turn, ...] = ()
    pdf_text: str | None = None
    hidden: bool = False
    obeyed: str
    repeat: int = Field(default=1, ge=1)
    must_not: tuple[str, ...] = Field(min_length=1)
    note: str = ""

    def as_question(self) -> Question:
        """The question as it is put to the assistant."""
        history = tuple(Message(turn.role, turn.content) for turn in self.history)
        return Question(self.question * self.repeat, history, self.id)


def load_attacks(path: Path = FILE) -> list[Attack]:
    """All cases, in the file's order."""
    return [Attack.model_validate(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
