"""`vigie doctor`: is this installation healthy, and what to do if not."""

import dataclasses

import typer
from rich.markup import escape

from ui.cli.options import AsJson
from ui.cli.output import emit, results
from ui.health import run_checks

_SIGNS = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}


def doctor(as_json: AsJson = False) -> None:
    """Check Python, settings, model, index and publications."""
    findings = run_checks()
    for finding in findings:
        if as_json:
            emit(dataclasses.asdict(finding))
        else:
            remedy = f" {escape(finding.remedy)}" if finding.remedy else ""
            results.print(
                f"{_SIGNS[finding.severity]} {finding.name} : {escape(finding.message)}{remedy}", soft_wrap=True
            )
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
