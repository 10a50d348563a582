"""What members ask, in their words: written by the owner beside a PDF, to find its passages by, and never quoted.

« recueil.pdf » has it in « recueil.asked.jsonl ». A line names a passage by a few words that it alone says (`anchor`)
and lists what is asked when it is the answer (`asked`), or lists what is asked and the publication leaves open
(`silent`). Nogueira et al., « Document Expansion by Query Prediction », 2019, add made questions to a text; here they
stay apart, as vectors that questions are compared with.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus import Section, letters
from index.errors import IndexError_
from index.surrogates import has_surrogates

SUFFIX = ".asked.jsonl"
_LONGEST = 300  # characters of a question


class AskedLine(Section):
    """One line of the file."""

    anchor: str = ""
    asked: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedWords:
    """By passage, what is asked when it is the answer, and what is asked that no passage answers.

    `lost`: anchors that no passage, or more than one, holds, each after its file's name.
    """

    by_passage: tuple[tuple[str, ...], ...]
    silent: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def questions(self) -> list[str]:
        """All of them, passage by passage, then the silences."""
        return [*(text for asked in self.by_passage for text in asked), *self.silent]

    @classmethod
    def joined(cls, parts: Sequence["AskedWords"]) -> "AskedWords":
        """Of several publications, one after the other."""
        return cls(*(tuple(x for part in parts for x in getattr(part, name)) for name in cls.__dataclass_fields__))


def asked_file(publication: Path) -> Path:
    """Where the words of a publication are, or would be."""
    return publication.with_suffix(SUFFIX)


def asked_words(publication: Path, texts: Sequence[str]) -> AskedWords:
    """What is asked of a publication, whose passages are `texts`. Raises IndexError_ naming the file and the line."""
    path = asked_file(publication)
    if not path.is_file():
        return AskedWords(((),) * len(texts))
    lines = _lines(path)
    found: list[tuple[str, ...]] = [()] * len(texts)
    lost = []
    held = [letters(text) for text in texts]
    for line in (line for line in lines if line.asked):
        rows = [row for row, text in enumerate(held) if letters(line.anchor) in text]
        if len(rows) == 1:
            found[rows[0]] = (*found[rows[0]], *line.asked)
        else:
            lost.append(f"{path.name} : « {line.anchor} »")
    return AskedWords(tuple(found), tuple(text for line in lines for text in line.silent), tuple(lost))


def _lines(path: Path) -> list[AskedLine]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # splitlines would cut at a U+2028 inside a question
    except (OSError, UnicodeDecodeError) as error:
        raise IndexError_(f"{path} ne peut pas être lu : {error}.", "Corrigez-le ou retirez-le.") from error
    return [_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _line(path: Path, number: int, text: str) -> AskedLine:
    try:
        line = AskedLine.model_validate(json.loads(text))
    except (ValueError, ValidationError, RecursionError) as error:
        reason = "il faut un objet JSON, avec un texte « anchor » et une liste « asked », ou une liste « silent »"
        raise _wrong(path, number, reason) from error
    if any(map(has_surrogates, (line.anchor, *line.asked, *line.silent))):
        raise _wrong(path, number, "un caractère y est coupé en deux (un code de \\ud800 à \\udfff, seul)")
    if bool(letters(line.anchor)) != bool(line.asked):
        raise _wrong(path, number, "« anchor » et « asked » vont ensemble, et « anchor » contient des mots du passage")
    if any(not 0 < len(question.strip()) <= _LONGEST for question in (*line.asked, *line.silent)):
        raise _wrong(path, number, f"une question est vide ou dépasse {_LONGEST} caractères")
    return line


def _wrong(path: Path, number: int, reason: str) -> IndexError_:
    return IndexError_(f"{path}, ligne {number} : {reason}.", "Corrigez cette ligne ou retirez-la.")
