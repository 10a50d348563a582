"""One evaluation run: every question of some sets put to the assistant, scored, and kept in a folder."""

import dataclasses
import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from corpus import page_text
from evaluations.metrics import CaseScores, score_case, summarise
from evaluations.questions import QuestionRecord


@dataclass(frozen=True)
class Run:
    """Answers and scores of a run. `groups` holds the summary of each subset by name."""

    answers: tuple[Answer, ...]
    cases: tuple[CaseScores, ...]
    summary: dict[str, float | None]
    groups: dict[str, dict[str, float | None]]
    speed_ms: dict[str, float]


def run_questions(
    records: Sequence[QuestionRecord], assistant: Assistant, on_done: Callable[[int, int], None] = lambda _d, _t: None
) -> Run:
    """Ask and score every question, in order. Follow-ups are summarised apart: nothing rewrites them yet."""
    version = assistant.searcher.version
    answers: list[Answer] = []
    cases: list[CaseScores] = []
    for number, record in enumerate(records, 1):
        answer = assistant.ask(record.as_question())
        answers.append(answer)
        cases.append(score_case(record, answer, lambda p, page: page_text(Path(version.publication(p).path), page)))
        on_done(number, len(records))
    groups = {name: summarise([c for c, r in zip(cases, records, strict=True) if name in _groups(r)])
              for name in sorted({g for r in records for g in _groups(r)})}  # fmt: skip
    alone = [c for c, r in zip(cases, records, strict=True) if not r.history]
    totals = [a.timings_ms["total"] for a in answers]
    speed = {"median": statistics.median(totals), "p95": sorted(totals)[int(0.95 * (len(totals) - 1))]}
    return Run(tuple(answers), tuple(cases), summarise(alone), groups, speed)


def _groups(record: QuestionRecord) -> set[str]:
    kind = "follow-up" if record.history else "single"
    covered = "covered" if record.answerable else "uncovered"
    return {kind, f"{kind}, {record.language}"} | ({f"pillar {record.pillar}"} if record.pillar else set()) | {covered}


def write_run(folder: Path, run: Run, records: Sequence[QuestionRecord], assistant: Assistant) -> None:
    """Keep all that is needed to recompute every figure."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "questions.jsonl", [record.model_dump() for record in records])
    _write_lines(folder / "answers.jsonl", [answer.as_json() for answer in run.answers])
    _write_lines(folder / "cases.jsonl", [dataclasses.asdict(case) for case in run.cases])
    manifest = assistant.searcher.version.manifest
    (folder / "summary.json").write_text(
        json.dumps(summary_json(run) | {"index_version": manifest.name, "embedding_model": manifest.model.name,
                                        "at": datetime.now(UTC).isoformat(timespec="seconds")}, indent=1), "utf-8"
    )  # fmt: skip


def summary_json(run: Run) -> dict[str, Any]:
    """The figures of a run."""
    return {"questions": len(run.cases), "summary": run.summary, "groups": run.groups, "speed_ms": run.speed_ms}


def _write_lines(path: Path, objects: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), "utf-8")
