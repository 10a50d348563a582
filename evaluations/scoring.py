"""One answer against its question: every measure that has a value by case, and the set's measures from them."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant import Answer
from evaluations.abstention_metrics import Decision, abstention_scores
from evaluations.answer_metrics import answer_scores
from evaluations.citation_metrics import Page, PageText, citation_scores
from evaluations.metric_catalogue import METRICS
from evaluations.questions import QuestionRecord
from evaluations.retrieval_metrics import retrieval_scores
from index import ScoredPassage

SCORING = "1"  # raise it when a measure changes, so that a run is never resumed, or compared, with another's
_MEDIANS = frozenset({"total_ms", "first_ms"})


@dataclass(frozen=True)
class CaseScores:
    """What one answer is worth, by measure; None where a measure does not apply to the question."""

    id: str
    answerable: bool
    abstained: bool
    confidence: float
    values: dict[str, float | None] = field(default_factory=dict)

    def value(self, name: str) -> float | None:
        return self.values.get(name)


def gold_pages(record: QuestionRecord) -> frozenset[Page]:
    """The pages that a question names, as they were when it was written."""
    return frozenset((gold.publication, gold.page) for gold in record.gold)


def score_case(
    record: QuestionRecord,
    answer: Answer,
    page_text: PageText,
    gold: frozenset[Page] | None = None,
    ranking: Sequence[ScoredPassage] = (),
) -> CaseScores:
    """Score one answer. `gold`: the pages in the version asked, where they are not those of the record.

    `ranking`: the passages retrieved, best first; the retrieval measures are left out without it.
    """
    pages = gold_pages(record) if gold is None else gold
    abstained = answer.verdict != "answered"
    values: dict[str, float | None] = {
        **citation_scores(answer, pages, page_text),
        **answer_scores(record, answer),
        "false_abstention_rate": float(abstained) if record.answerable else None,
        "abstention_recall": None if record.answerable else float(abstained),
        "total_ms": answer.timings_ms.get("total"),
        "first_ms": answer.timings_ms.get("first", answer.timings_ms.get("total")),
    }
    if ranking and pages:
        values |= retrieval_scores([_pages(scored) for scored in ranking], pages)
    return CaseScores(record.id, record.answerable, abstained, answer.confidence, values)


def _pages(scored: ScoredPassage) -> frozenset[Page]:
    first, last = scored.passage.pages
    return frozenset((scored.passage.publication, page) for page in range(first, last + 1))


def summarise(cases: Sequence[CaseScores]) -> dict[str, float | None]:
    """Every measure over a set. One that applies to no case is None, never a number."""
    summary: dict[str, float | None] = {}
    for name, metric in METRICS.items():
        if not metric.of_set:
            known = [value for case in cases if (value := case.value(name)) is not None]
            summary[name] = _centre(name, known)
    times = [ms for case in cases if (ms := case.value("total_ms")) is not None]
    summary["total_p95_ms"] = sorted(times)[math.ceil(0.95 * len(times)) - 1] if times else None
    return summary | abstention_scores([decision(case) for case in cases])


def decision(case: CaseScores) -> Decision:
    """The case as the measures of abstention see it."""
    cited = case.value("cites_gold_page")
    right = None if case.answerable and cited is None else case.answerable and not case.abstained and bool(cited)
    return Decision(case.answerable, case.abstained, case.confidence, right)


def _centre(name: str, values: Sequence[float]) -> float | None:
    if not values:
        return None
    return statistics.median(values) if name in _MEDIANS else sum(values) / len(values)
