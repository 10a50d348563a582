"""The judge that `vigie index publish` is passed: reference questions put to a version, then the gate."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import Assistant
from evaluations.examination import other_files, questions_digest, run_questions
from evaluations.gate import GATE, Baseline, Finding, gate
from evaluations.metric_catalogue import METRICS
from evaluations.questions import QuestionRecord
from evaluations.run_folder import RunFolder
from evaluations.scoring import SCORING, summarise
from index import IndexVersion, Judgement, Outcome

OnDone = Callable[[int, int], None]
_NAMES = {
    "cites_gold_page": "bonne page citée", "success_at_1": "bonne page en premier",
    "quote_validity": "citations exactes",
    "abstention_recall": "silences reconnus", "false_abstention_rate": "silences à tort", "gold": "citations attendues",
    "required_fact_recall": "faits attendus", "numbers_supported": "nombres fondés", "right_language": "bonne langue",
    "marker_validity": "renvois exacts", "statement_support": "phrases à leur place",
    "modality_kept": "obligations justes",
    "unsupported_share": "phrases sans source", "retrieval_recall_at_10": "bonnes pages trouvées",
    "retrieval_recall_at_5": "bonnes pages parmi cinq", "retrieval_success_at_1": "bonne page trouvée en premier",
    "retrieval_ndcg_at_10": "ordre des pages trouvées", "page_precision": "citations sur une bonne page",
    "forbidden_claim_rate": "affirmations interdites",
}  # fmt: skip
_KEPT = ("success_at_1", "cites_gold_page", "required_fact_recall", "quote_validity", "abstention_recall",
         "false_abstention_rate", "retrieval_ndcg_at_10")  # fmt: skip


def applicable(records: Sequence[QuestionRecord], version: IndexVersion) -> list[QuestionRecord]:
    """Questions asked alone whose gold stands in this version; uncovered ones come with them, never without."""
    held = {name for p in version.manifest.publications for name in (p.id, p.work)}
    alone = [record for record in records if not record.history]
    asked = [record for record in alone if all(gold.publication in held for gold in record.gold)]
    return asked if any(record.answerable for record in asked) else []


def known(records: Sequence[QuestionRecord], published: Judgement | None) -> Judgement | None:
    """The published version's judgement, where this one has its very files and would be asked the same."""
    if published is None or not (published.of_same_files and published.passed and published.scores):
        return None
    return (
        Judgement(True, published.scores, (), published.questions) if published.questions == _asked(records) else None
    )


def judge(
    records: Sequence[QuestionRecord],
    assistant: Assistant,
    folder: Path,
    published: RunFolder | None,
    on_done: OnDone = lambda _d, _t: None,
) -> Judgement:
    """Put `records` to a version and keep the run in `folder`; it passes where the gate has nothing to say.

    `published`: the run of the published version, with which it is compared where the same was asked.
    """
    if other := other_files(assistant.searcher.version):
        reason = f"citations invérifiables, fichiers absents ou modifiés depuis : {', '.join(other)}"
        return Judgement(False, {}, (reason,), _asked(records))
    run = run_questions(records, assistant, folder, on_done=on_done)
    baseline = Baseline.of(published) if published and published.is_finished else None
    if baseline and not baseline.is_of(run):
        baseline = None
    findings = gate(run, baseline)
    summary = summarise([result.scores for result in run.results().values()])
    scores = {name: round(value, 4) for name in _KEPT if (value := summary[name]) is not None}
    return Judgement(not findings, scores, tuple(reason_of(finding) for finding in findings), _asked(records))


def outcomes(
    records: Sequence[QuestionRecord], assistant: Assistant, on_done: OnDone = lambda _d, _t: None
) -> list[Outcome]:
    """What a version answers to questions asked alone, for a comparison of versions."""
    alone = [record for record in records if not record.history]
    found: list[Outcome] = []
    for number, record in enumerate(alone, 1):
        answer = assistant.ask(record.as_question())
        passages = tuple(dict.fromkeys(citation.passage.id for citation in answer.citations))
        first = next((f"{c.passage.publication}, p. {c.passage.label(c.pages[0])}" for c in answer.citations), "")
        found.append(Outcome(record.id, record.question, answer.verdict != "answered", passages, first))
        on_done(number, len(alone))
    return found


def reason_of(finding: Finding) -> str:
    """A finding in a sentence that an admin reads."""
    name = _NAMES.get(finding.metric, finding.metric)
    named = f" ({', '.join(finding.cases)})" if finding.cases else ""
    if finding.what == "lost gold":
        return f"{name} : {finding.actual:.0f} ne sont plus dans le corpus{named}"
    if finding.what == "missing" or finding.actual is None or finding.expected is None:
        return f"{name} : aucune mesure{named}"
    bound = "pour la version publiée" if finding.what == "drop" else "attendus"
    return f"{name} {_percent(finding.actual)}, {_percent(finding.expected)} {bound}{named}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %".replace(".", ",")


def _asked(records: Sequence[QuestionRecord]) -> str:
    """What was asked, and by which measures and bounds."""
    made = f"{questions_digest(records)} {SCORING} {GATE} {len(METRICS)}"
    return hashlib.sha256(made.encode()).hexdigest()[:16]
