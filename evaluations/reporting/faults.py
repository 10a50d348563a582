"""What failed in an answer, and how badly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evaluations.answer_metrics import plain, says
from evaluations.questions import Fact, QuestionRecord
from evaluations.run_folder import Result

Fault = Literal["forbidden_claim", "answered_uncovered", "abstained_covered", "no_gold_page", "facts_missing"]
# Worst first: what misleads, then what is silent, then what is elsewhere or incomplete.
FAULTS: dict[Fault, str] = {
    "forbidden_claim": "dit une affirmation interdite",
    "answered_uncovered": "répond à une question que le guide ne couvre pas",
    "abstained_covered": "se tait sur une question que le guide couvre",
    "no_gold_page": "ne cite aucune page de référence",
    "facts_missing": "omet un fait attendu",
}


@dataclass(frozen=True)
class Failure:
    """A question whose answer has faults, the worst first."""

    record: QuestionRecord
    result: Result
    faults: tuple[Fault, ...]

    @property
    def gravity(self) -> tuple[int, int, float]:
        """Sorts the worst first: its worst fault, then how many it has, then the confidence it was given with."""
        worst = list(FAULTS).index(self.faults[0])
        return worst, -len(self.faults), -self.result.scores.confidence


def failures_of(pairs: Iterable[tuple[QuestionRecord, Result]]) -> tuple[Failure, ...]:
    """The failing cases, the worst first."""
    found = [Failure(record, result, faults) for record, result in pairs if (faults := faults_of(result))]
    return tuple(sorted(found, key=lambda failure: failure.gravity))


def faults_of(result: Result) -> tuple[Fault, ...]:
    """What failed. A silence has no other fault: that it cites no page and says no fact follows from it."""
    scores = result.scores
    if scores.abstained:
        return ("abstained_covered",) if scores.answerable else ()
    found: dict[Fault, bool] = {
        "forbidden_claim": (scores.value("forbidden_claim_rate") or 0) > 0,
        "answered_uncovered": not scores.answerable,
        "no_gold_page": scores.value("cites_gold_page") == 0,
        "facts_missing": (fact := scores.value("required_fact_recall")) is not None and fact < 1,
    }
    return tuple(fault for fault, is_so in found.items() if is_so)


def facts_told(record: QuestionRecord, result: Result) -> list[tuple[Fact, bool]]:
    """Each required fact, and whether the answer says it."""
    said = _said(result)
    return [(fact, any(says(said, wording) for wording in fact.accepted)) for fact in record.required_facts]


def claims_said(record: QuestionRecord, result: Result) -> list[str]:
    """The forbidden claims that the answer says."""
    said = _said(result)
    return [claim for claim in record.forbidden_claims if says(said, claim)]


def touches_gold(result: Result, place: dict[str, Any]) -> bool:
    """Whether a citation or a passage, as the answer's JSON has it, stands on a page that counts."""
    pages = range(place["page"], place["page_end"] + 1)
    return any((place["publication"], page) in result.gold for page in pages)


def told(faults: Sequence[Fault]) -> str:
    """The faults in words."""
    return " ; ".join(FAULTS[fault] for fault in faults)


def _said(result: Result) -> str:
    return plain(" ".join(str(statement["text"]) for statement in result.answer.get("statements", ())))
