"""Subsets of a question set by what the questions are: pillar, public, language, kind, single or follow-up."""

from collections.abc import Sequence

from evaluations.questions import QuestionRecord
from evaluations.scoring import CaseScores, summarise

_FIELDS = ("language", "pillar", "public", "kind")


def groups_of(record: QuestionRecord) -> list[str]:
    """The names of the subsets a question belongs to, « field value »."""
    fields = [f"{name} {value}" for name in _FIELDS if (value := getattr(record, name))]
    kind = "follow-up" if record.history else "single"
    return [kind, "covered" if record.answerable else "uncovered", *fields]


def by_group(pairs: Sequence[tuple[QuestionRecord, CaseScores]]) -> dict[str, dict[str, float | None]]:
    """Every measure, for each subset, the names in order."""
    names = sorted({name for record, _ in pairs for name in groups_of(record)})
    return {name: summarise([case for record, case in pairs if name in groups_of(record)]) for name in names}
