"""Is a version good enough to publish? Reference questions put to it; deterministic measures only.

The shipped guide's questions apply to a version that holds the pages their answers stand on. Floors are far under what
any model we measured reaches (docs/measurements.md): they catch a broken index, not a slightly worse one; the
comparison with the published version catches that.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from assistant import Answer, Assistant
from corpus import page_text
from evaluations.metrics import score_case, summarise
from evaluations.questions import QuestionRecord
from index import IndexVersion, Judgement, Outcome

_FLOORS = {"quote_validity": 1.0, "cites_gold_page": 0.5}
_MOST_LOST = {"cites_gold_page": 0.05, "success_at_1": 0.08, "abstention_recall": 0.10}  # against the published one
_NAMES = {
    "quote_validity": "citations exactes",
    "cites_gold_page": "bonne page citée",
    "success_at_1": "bonne page en premier",
    "abstention_recall": "silences reconnus",
}
OnDone = Callable[[int, int], None]


def applicable(records: Sequence[QuestionRecord], version: IndexVersion) -> list[QuestionRecord]:
    """Questions asked alone whose gold stands in this version; uncovered ones come with them, never without."""
    held = {p.id for p in version.manifest.publications}
    alone = [record for record in records if not record.history]
    asked = [record for record in alone if all(gold.publication in held for gold in record.gold)]
    return asked if any(record.answerable for record in asked) else []


def judge(
    records: Sequence[QuestionRecord],
    assistant: Assistant,
    published: Judgement | None,
    on_done: OnDone = lambda _d, _t: None,
) -> Judgement:
    """The version's scores, and whether they pass. `published` counts only where it was asked the same questions."""
    asked = applicable(records, assistant.searcher.version)
    if not asked:
        return Judgement(True)
    questions = _digest(asked)
    if other := _other_files(assistant.searcher.version):
        reason = f"citations invérifiables, fichiers absents ou modifiés depuis : {', '.join(other)}"
        return Judgement(False, {}, (reason,), questions)
    scores = _scores(asked, assistant, on_done)
    baseline = published.scores if published and published.questions == questions else {}
    reasons = (*_under_floors(scores), *_lost(scores, baseline))
    return Judgement(not reasons, scores, reasons, questions)


def _other_files(version: IndexVersion) -> list[str]:
    """Publications whose file is not the one that was indexed: what is printed on its pages cannot be known."""
    return [p.id for p in version.manifest.publications if _sha256(Path(p.path)) != p.sha256]


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _scores(records: Sequence[QuestionRecord], assistant: Assistant, on_done: OnDone) -> dict[str, float]:
    version = assistant.searcher.version

    @cache
    def printed(publication: str, page: int) -> str:
        return page_text(Path(version.publication(publication).path), page)

    answers = answered(records, assistant, on_done)
    cases = [score_case(record, answer, printed) for record, answer in zip(records, answers, strict=True)]
    return {name: round(value, 4) for name, value in summarise(cases).items() if value is not None}


def answered(records: Sequence[QuestionRecord], assistant: Assistant, on_done: OnDone) -> list[Answer]:
    """The answers, in order."""
    answers: list[Answer] = []
    for number, record in enumerate(records, 1):
        answers.append(assistant.ask(record.as_question()))
        on_done(number, len(records))
    return answers


def outcomes(
    records: Sequence[QuestionRecord], assistant: Assistant, on_done: OnDone = lambda _d, _t: None
) -> list[Outcome]:
    """What a version answers to questions asked alone, for a comparison of versions."""
    alone = [record for record in records if not record.history]
    return [_outcome(r, a) for r, a in zip(alone, answered(alone, assistant, on_done), strict=True)]


def _outcome(record: QuestionRecord, answer: Answer) -> Outcome:
    passages = tuple(dict.fromkeys(citation.passage.id for citation in answer.citations))
    first = next((f"{c.passage.publication}, p. {c.passage.label(c.pages[0])}" for c in answer.citations), "")
    return Outcome(record.id, record.question, answer.verdict != "answered", passages, first)


def _under_floors(scores: dict[str, float]) -> list[str]:
    found = []
    for name, floor in _FLOORS.items():
        value = scores.get(name, 0.0)  # a measure that is missing is a failure
        if value < floor:
            found.append(f"{_NAMES[name]} {_percent(value)}, au moins {_percent(floor)} attendus")
    return found


def _lost(scores: dict[str, float], baseline: dict[str, float]) -> list[str]:
    found = []
    for name, most in _MOST_LOST.items():
        before, now = baseline.get(name), scores.get(name, 0.0)
        if before is not None and before - now > most:
            found.append(f"{_NAMES[name]} {_percent(now)} contre {_percent(before)} pour la version publiée")
    return found


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %".replace(".", ",")


def _digest(records: Sequence[QuestionRecord]) -> str:
    lines = "\n".join(record.model_dump_json() for record in records)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
