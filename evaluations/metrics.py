"""Measures of one answer against its question, and their means over a set. All lie in [0, 1]."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant import Answer, Citation
from evaluations.questions import QuestionRecord

PageText = Callable[[str, int], str]  # (publication, page) -> the page's text, read afresh


@dataclass(frozen=True)
class CaseScores:
    """What one answer is worth; None where a measure does not apply to the question."""

    id: str
    success_at_1: float | None
    cites_gold_page: float | None
    required_facts: float | None
    quotes: int
    valid_quotes: int
    abstained: bool
    answerable: bool


def score_case(record: QuestionRecord, answer: Answer, page_text: PageText) -> CaseScores:
    """Score one answer. `success_at_1`: the first citation touches a gold page; an abstention counts 0."""
    hits = [_on_gold(citation, record) for citation in answer.citations]
    answerable = record.answerable
    return CaseScores(
        id=record.id,
        success_at_1=float(bool(hits) and hits[0]) if answerable else None,
        cites_gold_page=float(any(hits)) if answerable else None,
        required_facts=_fact_recall(record, answer) if answerable and record.required_facts else None,
        quotes=len(answer.citations),
        valid_quotes=sum(is_valid(citation, page_text) for citation in answer.citations),
        abstained=answer.verdict != "answered",
        answerable=answerable,
    )


def summarise(cases: Sequence[CaseScores]) -> dict[str, float | None]:
    """Means over a set. A measure that applies to no case is None, never a number."""
    quotes = sum(case.quotes for case in cases)
    valid = sum(case.valid_quotes for case in cases)
    return {
        "success_at_1": _mean(case.success_at_1 for case in cases),
        "cites_gold_page": _mean(case.cites_gold_page for case in cases),
        "required_fact_recall": _mean(case.required_facts for case in cases),
        "quote_validity": valid / quotes if quotes else None,
        "abstention_recall": _mean(float(case.abstained) for case in cases if not case.answerable),
        "false_abstention_rate": _mean(float(case.abstained) for case in cases if case.answerable),
    }


def is_valid(citation: Citation, page_text: PageText) -> bool:
    """Whether the letters and digits of each sentence of a quote stand together on the pages it names."""
    first, last = citation.pages
    passage = citation.passage
    printed = "".join(letters(page_text(passage.publication, page)) for page in range(first, last + 1))
    placed = {i for s in passage.spans for i in range(s.start, s.start + s.length)}
    placed &= {i for start, end in passage.sentences for i in range(start, end)}
    if any(passage.text[i].isalnum() and i not in placed for i in range(citation.start, citation.end)):
        return False
    for start, end in passage.sentences:
        a, b = max(start, citation.start), min(end, citation.end)
        for page in range(first, last + 1):
            piece = letters("".join(passage.text[a:b][i] for i in _offsets_on(citation, a, b, page)))
            if piece and piece not in printed:
                return False
    return True


def letters(text: str) -> str:
    """Letters and digits only, compatibility forms folded, in lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _offsets_on(citation: Citation, start: int, end: int, page: int) -> Iterable[int]:
    for span in citation.passage.spans:
        if span.page == page:
            yield from range(max(start, span.start) - start, min(end, span.start + span.length) - start)


def _on_gold(citation: Citation, record: QuestionRecord) -> bool:
    first, last = citation.pages
    return any(g.publication == citation.passage.publication and first <= g.page <= last for g in record.gold)


def _fact_recall(record: QuestionRecord, answer: Answer) -> float:
    said = _plain(" ".join(statement.text for statement in answer.statements))
    found = sum(any(_says(said, wording) for wording in fact.accepted) for fact in record.required_facts)
    return found / len(record.required_facts)


def _says(text: str, wording: str) -> bool:
    """Whether the wording stands in the text as whole words: « 300 € » is not said by « 1 300 € » written together."""
    return re.search(rf"(?<!\w){re.escape(_plain(wording))}(?!\w)", text) is not None


def _plain(text: str) -> str:
    """Text compared without accents, case, apostrophe style or runs of blanks."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
