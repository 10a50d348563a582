"""Runs written by hand: each case is a question, its answer, and the scores they get."""

from pathlib import Path
from typing import Any

from assistant import Answer
from evaluations.examination import questions_digest
from evaluations.questions import QuestionRecord
from evaluations.run_folder import Result, RunFolder
from evaluations.scoring import gold_pages, score_case
from tests.evaluations.making import answer, passage, printed, record

Case = tuple[QuestionRecord, Answer]

RIGHT = (record(id="right", pillar="securite", public="pme"), answer(passage()))
ELSEWHERE = (record(id="elsewhere"), answer(passage("Autre chose.", page=1)))
SILENT = (record(id="silent", language="en"), answer(verdict="not_in_guide"))
INCOMPLETE = (
    record(id="incomplete", required_facts=[{"fact": "Le délai", "accepted": ["dix jours"]},
                                            {"fact": "Le badge", "accepted": ["rend son badge"]}]),
    answer(passage()),
)  # fmt: skip
FORBIDDEN = (record(id="forbidden", forbidden_claims=["Il rend son badge"]), answer(passage()))
UNCOVERED = (record(id="uncovered", answerable=False), answer(verdict="not_in_guide"))
INVENTED = (record(id="invented", answerable=False, why_unanswerable="Rien sur la pluie"), answer(passage()))
ALL = (RIGHT, ELSEWHERE, SILENT, INCOMPLETE, FORBIDDEN, UNCOVERED, INVENTED)


def result(asked: QuestionRecord, given: Answer, **values: Any) -> Result:
    """The answer scored on the record's own gold; no ranking, so no measure of retrieval."""
    scores = score_case(asked, given, printed)
    scores.values.update(values)
    return Result(asked.id, given.as_json(), scores, tuple(sorted(gold_pages(asked))))


def run_of(folder: Path, *cases: Case, **identity: Any) -> RunFolder:
    """A finished run."""
    run = RunFolder(folder)
    records = [asked for asked, _ in cases]
    about = {"index_version": "v1", "corpus": "c1", "questions": questions_digest(records), "scoring": "1"}
    run.begin(about | identity, records)
    for asked, given in cases:
        run.keep(result(asked, given))
    return run
