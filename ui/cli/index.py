"""`vigie index`: build, status, list, verify."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus import folder_catalogue, load_catalogue
from index import (
    VERSIONS,
    BuildProgress,
    BuildReport,
    build_index,
    check_files,
    current_version,
    installed_stamp,
    is_current,
    models_home,
    read_manifest,
    version_names,
)
from ui.cli.options import AsJson, CorpusDir, IndexDir
from ui.cli.output import emit, messages, progress_bars, results
from ui.opening import open_embedder
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)
_STEPS = {"read": "Lecture des publications", "embed": "Vecteurs des passages", "sentences": "Vecteurs des phrases"}


@app.command()
def build(
    corpus: CorpusDir = None,
    index: IndexDir = None,
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Do nothing when the version is up to date.")] = False,
) -> None:
    """Read the publications, make a new version and publish it."""
    settings = load_settings()
    catalogue = folder_catalogue(corpus) if corpus else load_catalogue(settings.home)
    root = index or settings.index_root
    if if_needed and is_current(catalogue, root, installed_stamp(settings.index.model, models_home()), settings.corpus):
        messages.print(f"L’index {current_version(root)} est à jour.")
        return
    embedder = open_embedder(settings)
    with progress_bars() as advance:

        def report(progress: BuildProgress) -> None:
            advance(_STEPS[progress.step], progress.done, progress.total, progress.pages)

        outcome = build_index(catalogue, root, embedder, settings.corpus, report)
    _tell(outcome)


def _tell(outcome: BuildReport) -> None:
    manifest = outcome.manifest
    for publication in manifest.publications:
        _name_pages("Pages sans texte lisible", publication.id, publication.unreadable_pages)
        _name_pages("Texte invisible écarté", publication.id, publication.hidden_pages)
    for refused in outcome.refused:
        reason = f"{escape(refused.path.name)} ({refused.code}) : {escape(refused.message)} {escape(refused.remedy)}"
        messages.print(f"[yellow]Non indexé[/] {reason}", soft_wrap=True)
    messages.print(
        f"Index publié : {manifest.name}, {len(manifest.publications)} publications, {manifest.passages} passages."
    )


def _name_pages(what: str, publication: str, pages: Sequence[int]) -> None:
    if pages:
        listed = ", ".join(map(str, pages))
        messages.print(f"[yellow]{what}[/] dans {escape(publication)}, pages {listed}", soft_wrap=True)


@app.command()
def status(as_json: AsJson = False, index: IndexDir = None) -> None:
    """Show the published version."""
    root = index or load_settings().index_root
    manifest = read_manifest(root / VERSIONS / current_version(root))
    if as_json:
        emit({"root": str(root), **dataclasses.asdict(manifest)})
        return
    results.print(f"Version {manifest.name}, créée le {manifest.created}, modèle {manifest.model.name}")
    results.print(f"{len(manifest.publications)} publications, {manifest.passages} passages")
    for publication in manifest.publications:
        results.print(f"  {escape(publication.id)} · {publication.pages} pages, {publication.passages} passages")


@app.command("list")
def list_(as_json: AsJson = False, index: IndexDir = None) -> None:
    """List the versions kept, oldest first."""
    root = index or load_settings().index_root
    current = current_version(root)
    for name in version_names(root):
        manifest = read_manifest(root / VERSIONS / name)
        row = {"name": name, "created": manifest.created, "published": name == current,
               "publications": len(manifest.publications), "passages": manifest.passages}  # fmt: skip
        if as_json:
            emit(row)
        else:
            mark = "→" if name == current else " "
            results.print(f"{mark} {name} · {row['publications']} publications, {row['passages']} passages")


@app.command()
def verify(index: IndexDir = None) -> None:
    """Read every file of the published version and compare it with its checksum."""
    root = index or load_settings().index_root
    folder: Path = root / VERSIONS / current_version(root)
    manifest = read_manifest(folder)
    check_files(folder, manifest, thorough=True)
    messages.print(f"La version {manifest.name} est intacte ({len(manifest.files)} fichiers vérifiés).")
