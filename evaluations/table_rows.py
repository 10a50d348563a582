"""One line of a table, one question: its columns, in French or in English, and what each may hold."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from evaluations.questions import QuestionRecord
from evaluations.refusals import refusal
from index import fold

COLUMNS = {
    "id": ("id", "identifiant"),
    "question": ("question",),
    "language": ("language", "langue"),
    "answerable": ("answerable", "répondable"),
    "publication": ("publication",),
    "page": ("page",),
    "quote": ("quote", "citation"),
    "facts": ("facts", "faits"),
    "public": ("public",),
    "pillar": ("pillar", "pilier"),
    "kind": ("kind", "genre"),
}
_YES, _NO = {"oui", "yes", "true", "vrai", "1"}, {"non", "no", "false", "faux", "0"}
_PAGE = re.compile(r"[0-9]{1,6}")


class BadCell(Exception):
    """What is wrong in a line, and in which column as it is named there; `column` is empty for the line as a whole."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def columns_of(headers: Sequence[str]) -> dict[str, int]:
    """The place of each column that is there. Raises BadCell for one unknown, or there twice, or a question missing."""
    known = {fold(name): column for column, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    for place, header in enumerate(headers):
        if not header.strip():
            continue
        column = known.get(fold(unicodedata.normalize("NFC", header).strip().casefold()))
        if column is None:
            raise BadCell(header, f"colonne inconnue ; connues : {', '.join(names[-1] for names in COLUMNS.values())}")
        if column in places:
            raise BadCell(header, "cette colonne est là deux fois")
        places[column] = place
    for column in ("id", "question"):
        if column not in places:
            raise BadCell(column, "cette colonne manque")
    return places


def record_of(cells: dict[str, str], publication: str, author: str) -> QuestionRecord:
    """The question of a line's cells by column; `publication` is where it has none. Raises BadCell."""
    for column in ("id", "question"):
        if not cells.get(column):
            raise BadCell(column, "rien n’est écrit")
    if not any(c.isalnum() for c in cells["question"]):
        raise BadCell("question", "ni lettre ni chiffre")
    answerable = _truth(cells.get("answerable", ""))
    values: dict[str, Any] = {
        "id": cells["id"], "question": cells["question"], "language": cells.get("language") or "fr",
        "answerable": answerable, "gold": _gold(cells, publication) if answerable else _no_gold(cells),
        "required_facts": [{"fact": fact, "accepted": [fact]} for fact in _facts(cells.get("facts", ""))],
        "public": cells.get("public") or None, "pillar": cells.get("pillar") or None,
        "kind": cells.get("kind") or "fact", "author": author,
    }  # fmt: skip
    try:
        return QuestionRecord.model_validate(values)
    except ValidationError as error:
        where, why = refusal(error)
        raise BadCell(where[0] if where else "", why) from error


def _truth(text: str) -> bool:
    if (said := text.casefold()) in _NO:
        return False
    if said in _YES or not said:
        return True
    raise BadCell("answerable", f"« {text} » n’est ni oui ni non")


def _gold(cells: dict[str, str], publication: str) -> list[dict[str, Any]]:
    values = {**cells, "publication": cells.get("publication") or publication}
    for column in ("publication", "page", "quote"):
        if not values.get(column):
            raise BadCell(column, "rien n’est écrit, alors que la question a une réponse")
    page = values["page"]
    if not _PAGE.fullmatch(page) or int(page) < 1:
        raise BadCell("page", f"« {page} » n’est pas un numéro de page du PDF, à partir de 1")
    return [{"publication": values["publication"], "page": int(page), "quote": values["quote"]}]


def _no_gold(cells: dict[str, str]) -> list[dict[str, Any]]:
    for column in ("page", "quote"):
        if cells.get(column):
            raise BadCell(column, f"« {cells[column]} », alors que la question n’a pas de réponse")
    return []


def _facts(text: str) -> list[str]:
    return [fact for part in text.split("|") if (fact := part.strip())]
