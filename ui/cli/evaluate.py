"""`vigie evaluate`: the question set's figures."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from evaluations import SHIPPED, Run, load_questions, run_questions, summary_json, write_run
from ui.cli.options import AsJson, IndexDir, IndexVersionName
from ui.cli.output import emit, messages, progress_bars, results, warn_instead
from ui.opening import open_assistant
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)
_DEFAULT = SHIPPED / "guide.jsonl"
_COLUMNS = {
    "success_at_1": "success@1",
    "cites_gold_page": "cites gold page",
    "required_fact_recall": "fact recall",
    "quote_validity": "quote validity",
    "abstention_recall": "abstention recall",
    "false_abstention_rate": "false abstention",
}


@app.callback()
def group() -> None:
    """Answer quality on question sets."""


@app.command()
def run(
    sets: Annotated[
        list[Path] | None, typer.Argument(metavar="[SET…]", help="Question sets; by default the guide's.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for answers and figures.", metavar="DIR")] = None,
    as_json: AsJson = False,
    index: IndexDir = None,
    index_version: IndexVersionName = "",
) -> None:
    """Ask every question of some sets, and print what the answers are worth."""
    settings = load_settings()
    records = load_questions(sets or [_DEFAULT])
    assistant = open_assistant(settings, index, version=index_version, on_instead=warn_instead)
    with progress_bars() as advance:
        outcome = run_questions(records, assistant, lambda done, total: advance("Questions", done, total))
    folder = out or settings.home / "runs" / f"{assistant.searcher.version.manifest.name}-{len(records)}"
    write_run(folder, outcome, records, assistant)
    if as_json:
        emit(summary_json(outcome))
    else:
        results.print(_table(outcome))
    messages.print(f"Réponses et chiffres : {folder}")


def _table(outcome: Run) -> Table:
    table = Table(
        title=f"{len(outcome.cases)} questions, median {outcome.speed_ms['median']:.0f} ms", title_justify="left"
    )
    table.add_column("questions")
    for title in _COLUMNS.values():
        table.add_column(title, justify="right")
    rows = {"all but follow-ups": outcome.summary} | outcome.groups
    for name, figures in rows.items():
        table.add_row(name, *(_percent(figures[key]) for key in _COLUMNS))
    return table


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
