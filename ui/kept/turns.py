"""A turn as its row keeps it: written whole, read again, or lost where what is kept is damaged."""

import re
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from assistant import Answer, Language, Shape
from index import IndexedPublication
from ui.kept.database import DatabaseRefused


@dataclass(frozen=True)
class KeptTurn:
    """A question and its answer, with all that shows it again: see ui.chat.turn.Turn."""

    question: str
    answer: Answer
    shape: Shape | None = None
    language: Language = "fr"
    stopped: bool = False
    publications: tuple[IndexedPublication, ...] = ()
    notice: str = ""
    demonstration: bool = False
    id: str = ""


class UnreadableTurn(DatabaseRefused):
    """What is kept of a turn is not one."""


@dataclass(frozen=True)
class LostTurn:
    """A turn that cannot be read any more: why, and its question where that much is left."""

    question: str
    problem: UnreadableTurn
    id: str


_TURN: TypeAdapter[KeptTurn] = TypeAdapter(KeptTurn)
_QUESTION: TypeAdapter[str] = TypeAdapter(str)
_ASKED = re.compile(r'\s*\{\s*"question"\s*:\s*("(?:[^"\\]|\\.)*")')  # as `as_json` begins


def whole(text: str) -> str:
    """Text that any database can hold: without null characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def as_json(turn: KeptTurn) -> str:
    """What is kept of a turn."""
    return _TURN.dump_json(turn).decode()


def read_turn(kept: str, id_: str) -> KeptTurn:
    """A turn from what its row keeps. Raises UnreadableTurn."""
    try:
        turn = _TURN.validate_json(kept)
    except ValidationError as error:
        raise UnreadableTurn(
            f"La question gardée sous le nom {id_} ne peut plus être lue : elle est abîmée, ou d’une autre version.",
            "« vigie conversations export » en donne le contenu tel quel.",
        ) from error
    return replace(turn, id=id_)


def turn_or_lost(kept: str, id_: str) -> KeptTurn | LostTurn:
    """The same, where one that cannot be read stops nobody."""
    try:
        return read_turn(kept, id_)
    except UnreadableTurn as error:
        return LostTurn(_question(kept), error, id_)


def _question(kept: str) -> str:
    try:
        return _QUESTION.validate_json(found[1]) if (found := _ASKED.match(kept)) else ""
    except ValidationError:
        return ""
