"""The feedback inbox, VIGIE_HOME/evaluation/inbox.jsonl. Nothing gets there but by `receive`."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant import UnknownAnswer, old_answer
from evaluations.errors import EvaluationError
from evaluations.feedback import TUNE, Feedback, Reason, State, promoted_records
from evaluations.journal import FOLDER, entries, held, made, put, torn_lines
from evaluations.labels import LABELS, Review, reviews
from evaluations.questions import Turn

INBOX = "inbox.jsonl"
_MOST_BYTES = 1_000_000  # of an answer; one with its evidence has about 30 000
_FEEDBACK: TypeAdapter[Feedback] = TypeAdapter(Feedback)
_ONE = "Donnez un fichier écrit par « vigie ask --json », avec une seule réponse."


@dataclass(frozen=True)
class Item:
    """An item as it is today."""

    feedback: Feedback
    state: State
    review: Review


def receive(
    home: Path,
    answer: dict[str, Any],
    *,
    helpful: bool,
    reason: Reason | None = None,
    comment: str = "",
    history: Sequence[Turn] = (),
    id_: str = "",
) -> Feedback:
    """Keep what somebody says of an answer of `vigie ask --json`. Raises UnknownAnswer, EvaluationError.

    What is said under the `id_` of an item takes its place: labels, adjudication and question, which judge the answer,
    stay with it.
    """
    question = old_answer(answer).question
    given = made(
        Feedback, "Corrigez cette valeur, puis relancez.",
        id=id_ or new_id(), at=datetime.now(UTC), helpful=helpful, reason=reason, comment=comment,
        question=question, history=tuple(history), answer=answer,
    )  # fmt: skip
    with held(home / FOLDER):
        put(home / FOLDER / INBOX, given, given.id)
    return given


def new_id() -> str:
    """A name that no item has."""
    return f"f-{secrets.token_hex(6)}"


def listed(home: Path, state: State | None = None) -> list[Item]:
    """The items, oldest first; of one state, or of all. Raises EvaluationError naming the line that is no item."""
    said = reviews(home)
    promoted = {record.id for record in promoted_records(home)}
    items = []
    for feedback in entries(home / FOLDER / INBOX, _FEEDBACK):
        review = said.get(feedback.id, Review())
        items.append(Item(feedback, "promoted" if feedback.record_id in promoted else review.state, review))
    return [item for item in items if state in (None, item.state)]


def found(home: Path, id_: str) -> Item:
    """One item. Raises EvaluationError where there is none of this id."""
    for item in listed(home):
        if item.feedback.id == id_:
            return item
    raise EvaluationError(
        f"Aucun avis ne s’appelle « {id_} » dans {home / FOLDER / INBOX}.",
        "« vigie evaluate inbox » donne leurs identifiants.",
    )


def torn(home: Path) -> list[str]:
    """The lines that nobody can read, which a power cut left, by file and number."""
    paths = [home / FOLDER / name for name in (INBOX, LABELS, TUNE)]
    return [f"{path}, ligne {number}" for path in paths for number in torn_lines(path)]


def read_answer(path: Path) -> dict[str, Any]:
    """The one answer of a file. Raises EvaluationError naming the file."""
    if not path.is_file():
        raise EvaluationError(f"Le fichier {path} n’existe pas.", "Vérifiez son chemin.")
    if path.stat().st_size > _MOST_BYTES:
        raise EvaluationError(f"{path} dépasse {_MOST_BYTES // 1_000_000} Mo.", _ONE)
    try:
        answer = json.loads(path.read_text("utf-8-sig"))
        old_answer(answer)
    except (OSError, ValueError, RecursionError) as error:
        raise EvaluationError(f"{path} n’est pas lisible : {error}.", _ONE) from error
    except UnknownAnswer as error:
        raise EvaluationError(f"{path} : {error.message}", _ONE) from error
    answered: dict[str, Any] = answer
    return answered
