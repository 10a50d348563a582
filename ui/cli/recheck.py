"""`vigie recheck`: does an old answer still hold?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from assistant import Answer, OldAnswer, Question, Recheck, UnknownAnswer, old_answer
from assistant import recheck as recheck_citations
from corpus import VigieError
from index import IndexError_, IndexVersion, open_served
from ui.cli.options import AsJson, IndexDir
from ui.cli.output import emit, messages, results, warn_instead
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
    answers = list(_answers(file))
    root = index or load_settings().index_root
    opened = open_served(root, lambda _: None)
    warn_instead(opened)
    served = opened.version
    for id_, old in answers:
        own = _own_version(root, old.index_version)
        checked = recheck_citations(old, served, own)
        again = _made_again(old, root) if own else None
        same = _is_same(old, again) if again else None
        if as_json:
            emit({"id": id_, "question": old.question, "own_version": old.index_version,
                  "version": served.manifest.name, "reproduced": same,
                  "citations": [one.as_json() for one in checked]})  # fmt: skip
        else:
            _show(old, checked, same)


def _answers(file: Path) -> Iterator[tuple[Any, OldAnswer]]:
    """One answer, or one a line, each with its id. The errors that a batch left in place of answers are passed over."""
    for number, data in enumerate(_objects(file), 1):
        if isinstance(data, dict) and "error" in data:
            messages.print(f"{escape(str(file))}, ligne {number} : une erreur, et non une réponse.", soft_wrap=True)
            continue
        try:
            old = old_answer(data)
        except UnknownAnswer as error:
            raise UnknownAnswer(f"{file}, ligne {number} : {error.message}", error.remedy) from error
        yield data.get("id"), old


def _objects(file: Path) -> list[Any]:
    if not file.is_file():
        raise UnknownAnswer(f"Le fichier {file} n’existe pas.", "Vérifiez son chemin.")
    try:
        text = file.read_text("utf-8-sig")
        lines = [line for line in text.split("\n") if line.strip()]
        several = len(lines) > 1 and lines[0].rstrip().endswith("}")
        return [json.loads(line) for line in (lines if several else [text])]
    except (OSError, ValueError, RecursionError) as error:
        raise UnknownAnswer(
            f"{file} n’est pas lisible : {error}.", "Donnez un fichier écrit par « vigie ask --json »."
        ) from error


def _own_version(root: Path, name: str) -> IndexVersion | None:
    try:
        return IndexVersion(root, name)
    except IndexError_ as error:
        messages.print(
            f"La version de cette réponse ne peut pas être ouverte : {escape(error.message)}", soft_wrap=True
        )
        return None


def _made_again(old: OldAnswer, root: Path) -> Answer | None:
    """What its own version answers today, in quotes alone; None where its model is not there."""
    try:
        settings = load_settings(assistant={"top_k": old.top_k, "generator": "extractive"})
        assistant = open_assistant(settings, root, version=old.index_version)
        return assistant.ask(
            Question(
                old.question,
                filters=old.filters,
                shape=old.shape,
                written_out=old.standalone_question,
                follows=old.follows,
            )
        )
    except VigieError as error:
        messages.print(f"Cette réponse ne peut pas être refaite : {escape(error.message)}", soft_wrap=True)
        return None


def _is_same(old: OldAnswer, again: Answer) -> bool | None:
    """Whether verdict and quotes are the same; what a generator added to them, or silenced, is not made again."""
    before = [(c.passage_id, c.quote) for c in old.citations]
    now = [(c.passage.id, c.quote) for c in again.citations]
    if old.generator == "extractive":
        return (again.verdict, now) == (old.verdict, before)
    if (old.verdict, again.verdict) == ("not_in_guide", "answered"):
        return None
    return again.verdict == old.verdict and before[: len(now)] == now


def _show(old: OldAnswer, checked: list[Recheck], same: bool | None) -> None:
    results.print(f"[bold]{escape(old.question)}[/] · version {escape(old.index_version)}", soft_wrap=True)
    for one in checked:
        _show_one(one)
    if same is not None:
        given = "les mêmes citations" if checked else "la même réponse"
        results.print(f"  Sa version donne de nouveau {given}." if same else
                      "  Sa version ne donne plus la même réponse : Vigie a changé depuis.")  # fmt: skip


def _show_one(one: Recheck) -> None:
    sign, said = _STANDINGS[one.standing]
    places = [f"{one.citation.publication}, p. {one.citation.page_label}"]
    if one.passage:
        places.append(f"{one.passage.publication}, p. {one.passage.label(one.page)}")
    where = escape(" → ".join(dict.fromkeys(places)))
    results.print(f"  {sign} \\[{one.citation.n}] {said} : {where}", soft_wrap=True)
    if one.standing in ("changed", "gone"):
        results.print(f"      [red]- « {escape(_flat(one.citation.quote))} »[/]", soft_wrap=True)
    if one.standing == "changed" and one.passage:
        results.print(f"      [green]+ « {escape(_flat(one.passage.text))} »[/]", soft_wrap=True)


def _flat(text: str) -> str:
    return " ".join(text.split())
