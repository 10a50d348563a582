"""Public question sets in SQuAD format (PIAF, crpa), read where they lie; nothing of them is kept in the project."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

_TAG = re.compile(r"<[^>]+>")


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
