"""An adjudicated item of the inbox becomes a question of VIGIE_HOME/evaluation/tune.jsonl, and of no other set.

What users said may tune Vigie; a set that judges it, or a sealed one, never receives it.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import letters
from evaluations.citation_metrics import PageText
from evaluations.errors import EvaluationError
from evaluations.feedback import TUNE
from evaluations.inbox import INBOX, Item, found
from evaluations.journal import FOLDER, append, held, made
from evaluations.labels import LABELS, Adjudication
from evaluations.questions import SHIPPED, QuestionRecord
from index import fold


def promote(home: Path, id_: str, page_text: PageText, sets: Sequence[Path] | None = None) -> QuestionRecord:
    """Append the question of an item. `sets` are the files that may hold it already; by default every one known.

    Raises EvaluationError where the item is not settled, has no gold page that holds its quote, or is no new question.
    """
    with held(home / FOLDER):
        item = found(home, id_)
        record = question_of(item)
        _check_quotes(record, page_text)
        _refuse_duplicate(record, known_sets(home) if sets is None else sets)
        append(home / FOLDER / TUNE, record)
    return record


def known_sets(home: Path) -> list[Path]:
    """The question sets that ship, and the local ones."""
    local = [path for path in sorted((home / FOLDER).glob("*.jsonl")) if path.name not in (INBOX, LABELS)]
    return [*sorted(SHIPPED.glob("*.jsonl")), *local]


def question_of(item: Item) -> QuestionRecord:
    """The question as the assistant is to be asked it. Raises EvaluationError where nothing settles what is right."""
    settled = _settlement(item)
    feedback, answerable = item.feedback, _is_answerable(item, settled)
    if answerable and not item.review.gold:
        raise EvaluationError(
            f"« {feedback.id} » n’a pas de page de référence : sans elle, rien ne dit où est la réponse.",
            f"Donnez-la : « vigie evaluate adjudicate {feedback.id} {settled.decision} --as … --why … "
            "--gold PUBLICATION:PAGE:CITATION ».",
        )
    asked, alone = feedback.question, str(feedback.answer["standalone_question"])
    return made(
        QuestionRecord, "Corrigez l’avis.",
        id=feedback.record_id, question=asked if feedback.history else alone, history=feedback.history,
        standalone_question=alone if feedback.history else None, language=feedback.answer.get("language", "fr"),
        kind="feedback", answerable=answerable, why_unanswerable=None if answerable else settled.why,
        gold=item.review.gold if answerable else (), author=settled.adjudicator, review="adjudicated",
    )  # fmt: skip


def _settlement(item: Item) -> Adjudication:
    id_, settled = item.feedback.id, item.review.adjudication
    if item.state == "promoted":
        raise EvaluationError(
            f"« {id_} » est déjà la question « {item.feedback.record_id} ».", "Il n’y a rien à faire."
        )
    if settled is None:
        raise EvaluationError(
            f"« {id_} » n’a pas été arbitré.", f"Tranchez d’abord : « vigie evaluate adjudicate {id_} … »."
        )
    if settled.decision == "unsure":
        raise EvaluationError(
            f"L’arbitrage de « {id_} » ne dit pas ce qui est juste.", "Tranchez autrement, ou laissez cet avis de côté."
        )
    return settled


def _is_answerable(item: Item, settled: Adjudication) -> bool:
    """No where it was right, or would have been, to keep silent."""
    silent = item.feedback.answer["verdict"] != "answered"
    return not (settled.decision == "should_abstain" or (settled.decision == "correct" and silent))


def _check_quotes(record: QuestionRecord, page_text: PageText) -> None:
    for gold in record.gold:
        quote = letters(gold.quote)
        if not quote or quote not in letters(page_text(gold.publication, gold.page)):
            raise EvaluationError(
                f"« {gold.quote} » n’est pas écrit sur la page {gold.page} de « {gold.publication} ».",
                "Recopiez la citation mot à mot, avec la page du PDF, dans un nouvel arbitrage (--gold).",
            )


def _refuse_duplicate(record: QuestionRecord, sets: Sequence[Path]) -> None:
    wanted = _keys(record.model_dump(mode="json"))
    if not wanted:
        raise EvaluationError(f"La question de « {record.id} » n’a pas de mots.", "Laissez cet avis de côté.")
    for path in sets:
        for data in _questions(path):
            if wanted & _keys(data):
                raise EvaluationError(
                    f"Cette question est déjà dans {path} (« {data.get('id')} »).", "Laissez cet avis de côté."
                )


def _keys(record: dict[str, Any]) -> set[str]:
    """What a question asks, whatever its accents, capitals and punctuation; after other turns, with them or in full."""
    turns = " ".join(str(turn["content"]) for turn in record.get("history") or ())
    asked = f"{turns} {record['question']}", record.get("standalone_question") or ""
    return {letters(fold(text)) for text in asked} - {""}


def _questions(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a file; lines that are none, as the expectations that stand beside a set, are passed over."""
    for line in path.read_bytes().split(b"\n") if path.is_file() else ():
        try:
            data = json.loads(line.decode("utf-8-sig"))
            QuestionRecord.model_validate(data)
        except (ValueError, RecursionError):
            continue
        yield data
