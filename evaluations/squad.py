"""Public question sets in SQuAD format (PIAF, crpa), read where they lie; nothing of them is kept in the project."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from evaluations.errors import EvaluationError

_TAG = re.compile(r"<[^>]+>")
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class SquadSet:
    """Paragraphs, and questions with the row of the paragraph each was written for.

    `articles[i]` and `titles[i]` are those of row i.
    """

    paragraphs: tuple[str, ...]
    articles: tuple[int, ...]
    questions: tuple[tuple[str, int], ...]
    titles: tuple[str, ...] = ()


def read_squad(path: Path, titled: bool = True) -> SquadSet:
    """Read a file in SQuAD v1 format; without titles where they would give the answer away (crpa's are questions)."""
    paragraphs: list[str] = []
    articles: list[int] = []
    titles: list[str] = []
    questions: list[tuple[str, int]] = []
    for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        title = _TAG.sub("", article.get("title", "")).replace("_", " ").strip() if titled else ""
        for paragraph in article["paragraphs"]:
            questions.extend((qa["question"], len(paragraphs)) for qa in paragraph["qas"])
            paragraphs.append(paragraph["context"])
            articles.append(number)
            titles.append(title)
    return SquadSet(tuple(paragraphs), tuple(articles), tuple(questions), tuple(titles))


def read_known_items(measures: Path, others: Path) -> SquadSet:
    """ANSSI's measures: each short description asks for its own long one, among those of two lists."""
    asked = json.loads(measures.read_text("utf-8"))
    texts = [m["descriptionLongue"] for m in asked] + [m["texte"] for m in json.loads(others.read_text("utf-8"))]
    questions = tuple((measure["description"], row) for row, measure in enumerate(asked))
    return SquadSet(tuple(texts), tuple(range(len(texts))), questions, ("",) * len(texts))


@dataclass(frozen=True)
class SquadQuestion:
    """A question as its file has it; `answers` are the offsets, in the paragraph, of what was judged to answer it."""

    id: str
    text: str
    paragraph: str
    answers: tuple[tuple[int, int], ...]
    answerable: bool


def read_squad_questions(path: Path) -> list[SquadQuestion]:
    """The questions of a file in SQuAD v1 or v2 format, numbered where they have no id.

    Raises EvaluationError naming the file and the question.
    """
    where = "le fichier"
    questions: list[SquadQuestion] = []
    try:
        for article in json.loads(path.read_text("utf-8-sig"))["data"]:
            for paragraph in article["paragraphs"]:
                for qa in paragraph["qas"]:
                    where = f"question {len(questions) + 1}"
                    name = f"{path.stem}-{len(questions) + 1}"
                    questions.append(_question(qa, paragraph["context"], name))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"« {error.args[0]} » manque" if isinstance(error, KeyError) else str(error)
        raise EvaluationError(f"{path}, {where} : {why}.", "Donnez un fichier au format SQuAD (v1 ou v2).") from error
    return questions


def _question(qa: dict[str, Any], paragraph: str, name: str) -> SquadQuestion:
    answerable = not _of_kind(qa.get("is_impossible", False), bool, "is_impossible", "n’est ni vrai ni faux")
    id_ = _of_kind(qa.get("id", name), str, "id", "n’est pas un texte")
    text = _of_kind(qa["question"], str, "question", "n’est pas un texte")
    said = [_place(paragraph, a["text"], int(a["answer_start"])) for a in qa["answers"]] if answerable else []
    places = tuple(dict.fromkeys(place for place in said if place))
    return SquadQuestion(id_, text, paragraph, places, answerable)


def _of_kind(value: object, kind: type[Kind], key: str, otherwise: str) -> Kind:
    """A value of a file. Raises TypeError, in words for the reader."""
    if not isinstance(value, kind):
        raise TypeError(f"« {key} » {otherwise}")
    return value


def _place(paragraph: str, text: str, start: int) -> tuple[int, int] | None:
    """Where an answer stands: of the places that say it, the nearest to the one given, which may be a letter off."""
    starts = [match.start() for match in re.finditer(re.escape(text), paragraph)] if text.strip() else []
    nearest = min(starts, key=lambda found: abs(found - start), default=None)
    return None if nearest is None else (nearest, nearest + len(text))
