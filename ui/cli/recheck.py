"""`vigie recheck`: does an old answer still hold?"""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from assistant import OldAnswer, Question, Recheck, UnknownAnswer, old_answer
from assistant import recheck as recheck_citations
from index import Filters, IndexError_, IndexVersion
from ui.cli.options import AsJson, IndexDir
from ui.cli.output import emit, messages, results
from ui.opening import open_assistant
from ui.settings import load_settings

_STANDINGS = {
    "stands": ("[green]✓[/]", "tient toujours"),
    "moved": ("[cyan]→[/]", "a changé de place"),
    "changed": ("[yellow]~[/]", "a été modifiée"),
    "gone": ("[red]✗[/]", "n’est plus dans le recueil"),
}


def recheck(
    file: Annotated[Path, typer.Argument(help="Answers written by `vigie ask --json`.", metavar="ANSWER.json")],
    as_json: AsJson = False,
    index: IndexDir = None,
) -> None:
    """Say of an old answer which citations still stand, and make it again on its own version where that is kept."""
    settings = load_settings()
    root = index or settings.index_root
    served = IndexVersion(root)
    for data in _answers(file):
        old = old_answer(data)
        own = _own_version(root, old.index_version)
        checked = recheck_citations(old, served, own)
        same = _is_same(old, data, root) if own else None
        if as_json:
            emit({"id": data.get("id"), "question": old.question, "own_version": old.index_version,
                  "version": served.manifest.name, "reproduced": same,
                  "citations": [one.as_json() for one in checked]})  # fmt: skip
        else:
            _show(old, checked, same)


def _answers(file: Path) -> list[dict[str, Any]]:
    """One answer, or one a line."""
    try:
        text = file.read_text("utf-8")
        lines = [line for line in text.splitlines() if line.strip()]
        return [json.loads(line) for line in lines] if len(lines) > 1 and lines[0].endswith("}") else [json.loads(text)]
    except (OSError, ValueError) as error:
        raise UnknownAnswer(
            f"{file} n’est pas lisible : {error}.", "Donnez un fichier écrit par « vigie ask --json »."
        ) from error


def _own_version(root: Path, name: str) -> IndexVersion | None:
    try:
        return IndexVersion(root, name)
    except IndexError_ as error:
        messages.print(f"La version de cette réponse ne peut pas être ouverte : {escape(error.message)}")
        return None


def _is_same(old: OldAnswer, data: dict[str, Any], root: Path) -> bool | None:
    """Whether its own version gives the same verdict and quotes again; None where its model is not there."""
    settings = load_settings(assistant={"top_k": old.top_k, "generator": "extractive"})
    try:
        assistant = open_assistant(settings, root, version=old.index_version)
    except IndexError_ as error:
        messages.print(f"Cette réponse ne peut pas être refaite : {escape(error.message)}")
        return None
    filters = Filters(**{name: frozenset(values) for name, values in old.filters.items()})
    shape = data.get("shape")
    again = assistant.ask(Question(old.standalone_question, filters=filters, shape=shape)).as_json()
    quotes = [(c["passage_id"], c["quote"]) for c in again["citations"]]
    return again["verdict"] == old.verdict and quotes == [(c.passage_id, c.quote) for c in old.citations]


def _show(old: OldAnswer, checked: list[Recheck], same: bool | None) -> None:
    results.print(f"[bold]{escape(old.question)}[/] · version {escape(old.index_version)}", soft_wrap=True)
    for one in checked:
        sign, said = _STANDINGS[one.standing]
        before = f"{one.citation.publication}, p. {one.citation.page_label}"
        now = f" → {one.passage.publication}, p. {one.passage.label(one.passage.pages[0])}" if one.passage else ""
        now = "" if one.standing == "stands" else now
        results.print(f"  {sign} \\[{one.citation.n}] {said} : {escape(before + now)}", soft_wrap=True)
        if one.standing == "changed" and one.passage:
            results.print(f"      « {escape(one.passage.text)} »", soft_wrap=True)
    if same is not None:
        results.print("  Sa version donne de nouveau les mêmes citations." if same else
                      "  Sa version ne donne plus la même réponse : Vigie a changé depuis.")  # fmt: skip
