"""`vigie evaluate`: run, compare, gate, report; and what users' feedback becomes (`evaluate_inbox`)."""

import getpass
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from evaluations import (
    METRICS,
    PRIMARY,
    SHIPPED,
    Baseline,
    EvaluationError,
    Finding,
    QuestionCache,
    QuestionRecord,
    RunFolder,
    by_group,
    compare,
    gate,
    load_questions,
    lost_told,
    questions_digest,
    reason_of,
    run_questions,
    summarise,
    write_report,
)
from index import IndexError_, IndexVersion
from ui.cli import evaluate_inbox, evaluate_opinion
from ui.cli.options import AsJson, IndexDir, IndexVersionName
from ui.cli.output import emit, messages, progress_bars, results, warn_instead
from ui.opening import open_assistant
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)
_DEFAULT = ("guide", "guide-more", "guide-uncovered", "guide-followups")
_COLUMNS = ("success_at_1", "cites_gold_page", "page_f1", "required_fact_recall", "quote_validity", "abstention_recall",
            "false_abstention_rate")  # fmt: skip
Run = Annotated[Path, typer.Argument(help="A folder written by `vigie evaluate run`.", metavar="RUN")]


@app.callback()
def group() -> None:
    """Answer quality on question sets."""


@app.command()
def run(
    sets: Annotated[
        list[Path] | None, typer.Argument(metavar="[SET…]", help="Question sets; by default the guide's.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the run; one that was interrupted goes on.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=16, help="Questions asked at the same time.")] = 1,
    cached: Annotated[bool, typer.Option("--cache/--no-cache", help="Keep encoded questions between runs.")] = True,
    sealed: Annotated[bool, typer.Option("--sealed", help="Open questions that are sealed; it is noted.")] = False,
    as_json: AsJson = False,
    index: IndexDir = None,
    index_version: IndexVersionName = "",
) -> None:
    """Ask every question of some sets, and print what the answers are worth."""
    settings = load_settings()
    records = _open(load_questions(sets or [SHIPPED / f"{name}.jsonl" for name in _DEFAULT]), sealed)
    assistant = open_assistant(settings, index, version=index_version, on_instead=warn_instead)
    version = assistant.searcher.version.manifest.name
    folder = out or settings.home / "runs" / f"{version}-{questions_digest(records)}"
    cache = QuestionCache(assistant.searcher.embedder, settings.home / "runs" / "questions.sqlite") if cached else None
    if cache:
        assistant = assistant.with_embedder(cache)
    if RunFolder(folder).is_finished:
        messages.print("Cette évaluation est déjà faite : supprimez son dossier pour la refaire.")
    with progress_bars() as advance:
        found = run_questions(
            records, assistant, folder, workers=workers, on_done=lambda done, total: advance("Questions", done, total)
        )
    if cache:
        cache.close()
    if as_json:
        emit(summary_json(found))
    else:
        results.print(_table(found))
    messages.print(f"Réponses et mesures : {folder}", soft_wrap=True)


@app.command("compare")
def compare_(
    before: Run,
    after: Run,
    across_corpora: Annotated[
        bool, typer.Option("--across-corpora", help="The gold is what both hold, found again by its words.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what differs between two runs by more than chance."""
    found = compare(RunFolder(before), RunFolder(after), across_corpora=across_corpora)
    if as_json:
        emit(found.as_json())
        return
    table = Table(title=f"{before.name} → {after.name}", title_justify="left")
    for title in ("measure", "questions", "difference", "95 % interval", "p (Holm)", "detectable"):
        table.add_column(title, justify="left" if title == "measure" else "right")
    for name, one in found.differences.items():
        bounds = f"{one.interval.low:+.3f} … {one.interval.high:+.3f}"
        sign = "[bold]*[/]" if one.is_real else ""
        table.add_row(f"{METRICS[name].title} {sign}", str(one.cases), f"{one.interval.mean:+.3f}", bounds,
                      f"{one.adjusted:.3f}" if name in PRIMARY else "–",
                      f"{one.detectable:.3f}" if one.detectable else "–")  # fmt: skip
    results.print(table)
    changed = len({change.id for change in found.changes})
    messages.print(f"{changed} questions changent ; {len(found.left_out)} laissées de côté (citation disparue).")


@app.command("gate")
def gate_(
    run_folder: Run,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="A baseline file, or another run.")] = None,
    write: Annotated[Path | None, typer.Option("--write-baseline", help="Write this run as a baseline file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Pass (0) or fail (1) a run; 2 where it cannot be judged."""
    try:
        findings = gate(RunFolder(run_folder), _baseline(baseline))
        if write:
            Baseline.of(RunFolder(run_folder)).write(write)
    except EvaluationError as error:
        messages.print(f"[red]Erreur :[/] {escape(str(error))}", soft_wrap=True)
        raise typer.Exit(2) from error
    for finding in findings:
        if as_json:
            emit(finding.as_json())
        else:
            results.print(_told(finding), soft_wrap=True)
    messages.print("Refusée." if findings else "Acceptée.")
    if findings:
        raise typer.Exit(1)


@app.command()
def report(
    run_folder: Run,
    against: Annotated[
        Path | None, typer.Option("--against", help="Another run, to compare with.", metavar="RUN")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the report; by default the run's.")] = None,
    index: IndexDir = None,
) -> None:
    """Write the report of a run: HTML in one file, Markdown, CSV and JSON."""
    found = RunFolder(run_folder)
    root = index or load_settings().index_root
    try:
        version = IndexVersion(root, str(found.identity["index_version"]))
    except IndexError_ as error:
        messages.print(f"Sans images de pages : {escape(error.message)}", soft_wrap=True)
        version = None
    page = write_report(found, out or run_folder, against=RunFolder(against) if against else None, version=version)
    messages.print(f"Rapport : {page}", soft_wrap=True)


def _open(records: Sequence[QuestionRecord], sealed: bool) -> list[QuestionRecord]:
    """The questions that may be asked. Raises EvaluationError for sealed ones that nobody asked to open."""
    shut = [record.id for record in records if record.split == "sealed"]
    if shut and not sealed:
        raise EvaluationError(
            f"{len(shut)} de ces questions sont scellées : les poser les use.", "Ajoutez --sealed si c’est voulu."
        )
    if shut:
        _note_opening(shut)
    return list(records)


def _note_opening(ids: Sequence[str]) -> None:
    """Who opened sealed questions, and when: what was looked at is no longer unseen."""
    note = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "by": getpass.getuser(), "questions": list(ids)}
    path = load_settings().home / "runs" / "sealed.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(note, ensure_ascii=False) + "\n")


def _told(finding: Finding) -> str:
    gap = "" if finding.delta is None else f" · écart {finding.delta:.3f}"
    return f"[red]✗[/] {escape(finding.metric)} · {escape(reason_of(finding))}{gap}"


def _baseline(path: Path | None) -> Baseline | None:
    if path is None:
        return None
    return Baseline.of(RunFolder(path)) if path.is_dir() else Baseline.read(path)


def summary_json(found: RunFolder) -> dict[str, Any]:
    """The figures of a run; its summary is of questions asked alone, or of follow-ups where there is nothing else."""
    results = found.pairs()
    pairs = [(record, result.scores) for record, result in results]
    alone = [scores for record, scores in pairs if not record.history]
    return {"run": str(found.folder), "questions": len(pairs), "follow_ups": len(pairs) - len(alone),
            "lost": [record.id for record, result in results if result.lost], "identity": found.identity,
            "summary": summarise(alone or [scores for _, scores in pairs]), "groups": by_group(pairs)}  # fmt: skip


def _table(found: RunFolder) -> Table:
    figures = summary_json(found)
    median = figures["summary"]["total_ms"]
    speed = f", median {median:.0f} ms" if median is not None else ", encoded before: no times"
    apart = figures["follow_ups"] if 0 < figures["follow_ups"] < figures["questions"] else 0
    follow_ups = f", {apart} of them follow-ups" if apart else ""
    table = Table(title=f"{figures['questions']} questions{follow_ups}{speed}", title_justify="left")
    if figures["lost"]:
        table.caption = f"{lost_told(len(figures['lost']))} : leurs pages ne comptent pas."
    table.add_column("questions")
    for name in _COLUMNS:
        table.add_column(METRICS[name].title, justify="right")
    rows = {"all but follow-ups" if apart else "all": figures["summary"]} | figures["groups"]
    for name, values in rows.items():
        table.add_row(name, *(_percent(values[key]) for key in _COLUMNS))
    return table


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


app.command()(evaluate_opinion.opinion)
evaluate_inbox.register(app)
