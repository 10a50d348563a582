"""Batches of questions: JSON Lines in, one result or error a line out, in order."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant import Message, Question
from corpus import VigieError
from ui.cli.output import emit


class BadLine(Exception):
    """A line that is not a question; it costs its own place in the output, not the batch."""

    def __init__(self, id_: str | None, message: str) -> None:
        super().__init__(message)
        self.id = id_


def run_batch(path: Path, answer: Callable[[Question], dict[str, Any]]) -> int:
    """Answer every line of a file on standard output; the exit code is 1 if any line was bad."""
    check_batch(path)
    failed = 0
    for line in _lines(path):
        try:
            question = parse_question(line)
            emit(answer(question))
        except BadLine as error:
            failed = 1
            emit({"id": error.id, "error": {"code": "bad_line", "message": str(error)}})
        except VigieError as error:
            failed = 1
            emit({"id": question.id, "error": {"code": "failed", "message": str(error)}})
    return failed


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                yield line


def parse_question(line: bytes) -> Question:
    """Raises BadLine, with the line's id where it can be read."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadLine(None, f"not valid JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadLine(None, "not a JSON object")
    id_ = data.get("id")
    name = str(id_) if isinstance(id_, str | int) else ""
    if not isinstance(data.get("question"), str):
        raise BadLine(name or None, "`question` is missing or is not a string")
    return Question(
        data["question"], tuple(_history([] if data.get("history") is None else data["history"], name)), name
    )


def _history(turns: Any, id_: str) -> Iterator[Message]:
    if not isinstance(turns, list):
        raise BadLine(id_ or None, "`history` is not a list")
    for turn in turns:
        role, content = (turn.get("role"), turn.get("content")) if isinstance(turn, dict) else (None, None)
        if role not in ("user", "assistant") or not isinstance(content, str):
            raise BadLine(id_ or None, "each turn of `history` needs a role (user or assistant) and a content")
        yield Message("user" if role == "user" else "assistant", content)


def check_batch(path: Path) -> None:
    """Raises VigieError where there is no such file, before any model is loaded."""
    if not path.is_file():
        raise VigieError(f"Le fichier {path} n’existe pas.", "Vérifiez le chemin donné à --batch.")
