"""`vigie evaluate opinion`: what another model thinks of a run's answers. Advisory."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from evaluations import EvaluationError, RunFolder
from evaluations import opinion as judged
from ui.cli.options import AsJson
from ui.cli.output import emit, messages, results
from ui.settings import load_settings


def opinion(
    run_folder: Annotated[Path, typer.Argument(help="A folder written by `vigie evaluate run`.", metavar="RUN")],
    url: Annotated[str, typer.Option("--url", help="OpenAI-compatible server, ending in /v1; it gets the answers.")],
    model: Annotated[str, typer.Option("--model", help="The model to ask; not the one that answered.")],
    labels: Annotated[
        Path | None, typer.Option("--labels", help='People\'s labels, {"id", "label"} a line: κ is told.')
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many answers, from the first.")] = 1000,
    as_json: AsJson = False,
) -> None:
    """Ask a model what it thinks of the answers; no measure and no gate counts it."""
    run = RunFolder(run_folder)
    people = _labels(labels) if labels else {}
    chat = judged.open_chat(url, model, load_settings().assistant.api_key, str(run.identity["generator_model"]))
    pairs = run.pairs()[:most]
    found, failure = _until_it_fails(judged.opinions(pairs, chat))
    if failure and not found:
        raise failure
    kappa, both = judged.agreement(found, people)
    counts = Counter(one.label for one in found)
    about: dict[str, Any] = {"model": model, "prompt_sha256": judged.PROMPT_SHA256, "answers": len(found)}
    about["not_asked"] = len(pairs) - len(found)
    about |= {label: counts[label] for label in judged.LABELS}
    about |= {"missing": counts[None], "kappa": kappa, "labelled": both}
    _keep(run_folder, found, about)
    if as_json:
        emit(about)
    else:
        _print(about, labels is not None)
    if failure:
        messages.print(f"Interrompu : {len(found)} réponses sur {len(pairs)} ont un avis, gardé dans {run_folder}.")
        raise failure


def _until_it_fails(coming: Iterator[judged.Opinion]) -> tuple[list[judged.Opinion], EvaluationError | None]:
    """What came, and why no more did."""
    found: list[judged.Opinion] = []
    try:
        for one in coming:
            found.append(one)
    except EvaluationError as error:
        return found, error
    return found, None


def _print(about: dict[str, Any], labelled: bool) -> None:
    said = ", ".join(f"{label} {about[label]}" for label in judged.LABELS)
    results.print(f"{about['model']}, {about['answers']} réponses : {said} ; sans avis lisible {about['missing']}")
    if labelled:
        kappa = "–" if about["kappa"] is None else f"{about['kappa']:.2f}"
        results.print(f"Accord avec les évaluateurs (κ de Cohen) : {kappa}, {about['labelled']} réponses")
    messages.print("Avis d’un modèle : il n’entre dans aucune mesure.")


def _labels(path: Path) -> dict[str, str]:
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return {str(line["id"]): str(line["label"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path} n’est pas un fichier d’étiquettes ({error}).", 'Une ligne : {"id", "label"}.'
        ) from error


def _keep(folder: Path, found: list[judged.Opinion], about: dict[str, object]) -> None:
    opinions_by_id = {one.id: one.label for one in found}
    text = json.dumps({**about, "opinions": opinions_by_id}, ensure_ascii=False, indent=1)
    (folder / "opinion.json").write_text(text, "utf-8")
