"""Question sets that others wrote, SQuAD files, CSV and spreadsheets, as records; what cannot be one is named."""

import bisect
import itertools
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import letters, split_sentences
from evaluations.errors import EvaluationError
from evaluations.questions import QuestionRecord
from evaluations.squad import SquadQuestion, read_squad_questions
from evaluations.table_rows import COLUMNS, BadCell, columns_of, record_of
from evaluations.tables import CSV, SHEETS, Row, read_table

SQUAD = (".json",)
Pages = Callable[[str], Sequence[str]]  # a publication's id -> the text of its pages, in order


@dataclass(frozen=True)
class Imported:
    """The questions of a file, and why each line that gave none did not."""

    records: tuple[QuestionRecord, ...]
    problems: tuple[str, ...]


def import_questions(path: Path, publication: str, pages: Pages) -> Imported:
    """The questions of a file, by its suffix. `publication`: where answers stand when the file does not say.

    Raises EvaluationError where the file as a whole cannot be read.
    """
    if path.suffix.lower() in SQUAD:
        return _from_squad(path, publication, pages)
    if path.suffix.lower() in CSV + SHEETS:
        return _from_table(path, publication)
    raise EvaluationError(
        f"{path} : ce format n’est pas connu.", f"Donnez un fichier {', '.join((*SQUAD, *CSV, *SHEETS))}."
    )


def _from_table(path: Path, publication: str) -> Imported:
    rows = read_table(path)
    if not rows:
        raise EvaluationError(f"{path} est vide.", f"Sa première ligne nomme ses colonnes : {', '.join(COLUMNS)}.")
    headers = [cell.strip() for cell in rows[0].cells]
    try:
        places = columns_of(headers)
    except BadCell as bad:
        raise EvaluationError(
            f"{path}, ligne {rows[0].line}, colonne {bad.column} : {bad}.", "Corrigez la ligne des titres."
        ) from bad
    records: dict[str, QuestionRecord] = {}
    problems: list[str] = []
    for row in rows[1:]:
        try:
            record = record_of(_cells(row, places, len(headers)), publication, path.name)
            if record.id in records:
                raise BadCell("id", f"« {record.id} » est déjà pris")
            records[record.id] = record
        except BadCell as bad:
            name = headers[places[bad.column]] if bad.column in places else bad.column
            problems.append(f"ligne {row.line}{f', colonne {name}' if name else ''} : {bad}.")
    return Imported(tuple(records.values()), tuple(problems))


def _cells(row: Row, places: dict[str, int], width: int) -> dict[str, str]:
    if any(cell.strip() for cell in row.cells[width:]):
        raise BadCell("", "plus de cellules que de titres ; une cellule qui contient le séparateur va entre guillemets")
    return {column: row.cells[place].strip() for column, place in places.items() if place < len(row.cells)}


def _from_squad(path: Path, publication: str, pages: Pages) -> Imported:
    questions = read_squad_questions(path)
    if not publication:
        raise EvaluationError(
            f"{path} ne dit pas dans quelle publication sont ses réponses.", "Dites-le avec --publication ID."
        )
    book = _Book(pages(publication))
    records: dict[str, QuestionRecord] = {}
    problems: list[str] = []
    for number, question in enumerate(questions, 1):
        try:
            if question.id in records:
                raise _NotImported("cet identifiant est déjà pris")
            records[question.id] = _squad_record(question, publication, book, path.name)
        except _NotImported as why:
            problems.append(f"question {number} (« {question.id} ») : {why}.")
    return Imported(tuple(records.values()), tuple(problems))


class _NotImported(Exception):
    """Why a question is left out."""


class _Book:
    """The pages of a publication as one string of letters and digits, in which a sentence may run over two pages."""

    def __init__(self, pages: Sequence[str]) -> None:
        texts = [letters(page) for page in pages]
        self._text = "".join(texts)
        self._starts = list(itertools.accumulate((len(text) for text in texts[:-1]), initial=0))

    def page_of(self, sentence: str) -> int:
        """The only page on which a sentence begins. Raises _NotImported."""
        wanted = letters(sentence)
        first = self._text.find(wanted) if wanted else -1
        if first < 0:
            raise _NotImported(f"aucune page ne dit « {sentence} »")
        if self._text.find(wanted, first + 1) >= 0:
            raise _NotImported(f"plusieurs endroits disent « {sentence} »")
        return bisect.bisect_right(self._starts, first)


def _squad_record(question: SquadQuestion, publication: str, book: _Book, author: str) -> QuestionRecord:
    if not question.id.strip():
        raise _NotImported("l’identifiant est vide")
    if not any(c.isalnum() for c in question.text):
        raise _NotImported("la question n’a ni lettre ni chiffre")
    said = list(dict.fromkeys(question.paragraph[start:end] for start, end in question.answers))
    values = {"id": question.id, "question": question.text, "author": author, "answerable": question.answerable}
    if not question.answerable:
        return QuestionRecord.model_validate(values)
    if not said:
        raise _NotImported("aucune réponse n’est dans son paragraphe")
    quote = _sentence(question)
    gold = {"publication": publication, "page": book.page_of(quote), "quote": quote}
    fact = {"fact": said[0], "accepted": said}
    return QuestionRecord.model_validate({**values, "gold": [gold], "required_facts": [fact]})


def _sentence(question: SquadQuestion) -> str:
    """The whole sentence, or sentences, of the first answer."""
    start, end = question.answers[0]
    around = [(a, b) for a, b in split_sentences(question.paragraph) if a < end and b > start]
    return question.paragraph[around[0][0] : around[-1][1]] if around else question.paragraph[start:end]


def write_set(path: Path, records: Sequence[QuestionRecord]) -> None:
    """Write a new set, and wait until it is on the disk. Raises EvaluationError where it is there already, or empty."""
    if not records:
        raise EvaluationError("Aucune question n’a pu être importée : rien n’est écrit.", "Corrigez le fichier.")
    lines = "".join(json.dumps(r.model_dump(mode="json"), ensure_ascii=False) + "\n" for r in records)
    try:
        with path.open("xb") as file:
            file.write(lines.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise EvaluationError(f"{path} existe déjà.", "Choisissez un autre nom, ou supprimez-le.") from error
    except OSError as error:
        path.unlink(missing_ok=True)
        raise EvaluationError(
            f"{path} n’a pas pu être écrit : {error.strerror}.", "Vérifiez ce dossier et la place qui reste."
        ) from error
