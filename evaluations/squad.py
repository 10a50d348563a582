"""Public question sets in SQuAD format (PIAF), read where they lie; nothing of them is kept in the project."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SquadSet:
    """Paragraphs, and questions with the row of the paragraph each was written for. `articles[i]` is that of row i."""

    paragraphs: tuple[str, ...]
    articles: tuple[int, ...]
    questions: tuple[tuple[str, int], ...]


def read_squad(path: Path) -> SquadSet:
    """Read a file in SQuAD v1 format."""
    paragraphs: list[str] = []
    articles: list[int] = []
    questions: list[tuple[str, int]] = []
    for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        for paragraph in article["paragraphs"]:
            questions.extend((qa["question"], len(paragraphs)) for qa in paragraph["qas"])
            paragraphs.append(paragraph["context"])
            articles.append(number)
    return SquadSet(tuple(paragraphs), tuple(articles), tuple(questions))
