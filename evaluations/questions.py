"""Question sets: JSON Lines, one reviewed question a line, validated on load with the line named."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant import Message, Question
from evaluations.errors import EvaluationError
from evaluations.refusals import refusal

SHIPPED = Path(__file__).resolve().parent / "questions"


Split = Literal["tune", "gate", "sealed"]


def _written(text: str) -> str:
    """Blank words stand on every page and in every answer."""
    if not text.strip():
        raise ValueError("rien n’est écrit")
    return text


Words = Annotated[str, AfterValidator(_written)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(_Record):
    """An earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


class Gold(_Record):
    """A page that holds the answer, and the words that hold it. `page` is physical, from 1."""

    publication: str
    page: int = Field(ge=1)
    quote: Words


class Fact(_Record):
    """What a right answer says; any of the accepted wordings will do."""

    fact: str
    accepted: tuple[Words, ...] = Field(min_length=1)


class QuestionRecord(_Record):
    """One question of a set."""

    id: str
    question: str
    language: Literal["fr", "en"] = "fr"
    history: tuple[Turn, ...] = ()
    standalone_question: str | None = None
    public: str | None = None
    pillar: str | None = None
    kind: str = "fact"
    answerable: bool = True
    why_unanswerable: str | None = None
    gold: tuple[Gold, ...] = ()
    required_facts: tuple[Fact, ...] = ()
    forbidden_claims: tuple[Words, ...] = ()
    author: str = ""
    review: str = "unreviewed"
    split: Split = Field(default="tune", description="what it may be used for: to tune, to report and gate, to be kept")

    @model_validator(mode="after")
    def _gold_where_answerable(self) -> "QuestionRecord":
        if self.answerable and not self.gold:
            raise ValueError("une question qui a une réponse a au moins une page de référence, « gold »")
        if not self.answerable and self.gold:
            raise ValueError("une question sans réponse n’a pas de page de référence, « gold »")
        return self

    def as_question(self) -> Question:
        """The question as it is put to the assistant."""
        return Question(self.question, tuple(Message(t.role, t.content) for t in self.history), self.id)


def load_questions(paths: Sequence[Path]) -> list[QuestionRecord]:
    """All questions of some files. Raises EvaluationError naming the file and the line."""
    records: list[QuestionRecord] = []
    seen: set[str] = set()
    for path in paths:
        if not path.is_file():
            raise EvaluationError(f"Le jeu de questions {path} n’existe pas.", "Vérifiez son chemin.")
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if not line.strip():
                continue
            record = _record(line, path, number)
            if record.id in seen:
                raise EvaluationError(f"{path}, ligne {number} : l’identifiant « {record.id} » est déjà pris.")
            seen.add(record.id)
            records.append(record)
    if not records:
        raise EvaluationError("Le jeu de questions est vide.", "Donnez au moins une question.")
    return records


def _record(line: bytes, path: Path, number: int) -> QuestionRecord:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{path}, ligne {number} : ce n’est pas du JSON ({error}).") from error
    try:
        record = QuestionRecord.model_validate(data)
    except ValidationError as error:
        where, why = refusal(error)
        raise EvaluationError(
            f"{path}, ligne {number}, « {'.'.join(where) or 'question'} » : {why}.", "Corrigez cette ligne."
        ) from error
    if name := _halved(data):
        raise EvaluationError(
            f"{path}, ligne {number}, « {name} » : la moitié d’un caractère (« \\ud800 » à « \\udfff », sans l’autre).",
            "Corrigez cette ligne.",
        )
    return record


def _halved(data: dict[str, Any]) -> str | None:
    """The first key whose value holds half of a surrogate pair: JSON may say it, and no file can hold it."""
    for name, value in data.items():
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return name
    return None
