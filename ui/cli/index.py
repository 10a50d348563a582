"""`vigie index`: build, status, list, verify; the other commands are in `index_diff` and `index_life`."""

import dataclasses
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus import folder_catalogue, load_catalogue
from index import (
    VERSIONS,
    BuildReport,
    DeferredEmbedder,
    DiskRefused,
    IndexBusy,
    IndexDamaged,
    KeptVersion,
    Manifest,
    build_index,
    check_files,
    current_version,
    installed_stamp,
    is_current,
    kept_versions,
    models_home,
    pointed,
    read_manifest,
    release,
    set_aside,
    version_folder,
    version_names,
)
from ui.cli import index_diff, index_life
from ui.cli.judging import judge_of, tell_unjudged
from ui.cli.options import AsJson, CorpusDir, IndexDir, QuestionSets
from ui.cli.output import emit, messages, results
from ui.cli.progress import How, build_progress, tell
from ui.opening import open_embedder
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)
_STATES = {
    "published": "servie", "earlier": "servie auparavant", "staged": "en attente", "refused": "refusée",
    "quarantined": "à l’écart", "unreadable": "illisible",
}  # fmt: skip


@app.command()
def build(
    corpus: CorpusDir = None,
    index: IndexDir = None,
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Do nothing when the version is up to date.")] = False,
    stage: Annotated[bool, typer.Option("--stage", help="Make a version that nobody is served yet.")] = False,
    questions: QuestionSets = None,
    progress: Annotated[How, typer.Option(help="A bar, or JSON lines on standard error.")] = "bar",
) -> None:
    """Read what is new of the publications, make a version, and publish it once judged."""
    settings = load_settings()
    catalogue = folder_catalogue(corpus) if corpus else load_catalogue(settings.home)
    root = index or settings.index_root
    stamp = installed_stamp(settings.index.model, models_home())
    if if_needed and is_current(catalogue, root, stamp, settings.corpus):
        messages.print(f"L’index {current_version(root)} est à jour.")
        if progress == "json":
            _tell_done(read_manifest(version_folder(root, current_version(root))), published=True)
        return
    embedder = DeferredEmbedder(stamp, lambda: open_embedder(settings))
    with build_progress(progress) as (report, advance):
        judge = None if stage else judge_of(settings, root, questions or [], advance)
        outcome = build_index(catalogue, root, embedder, settings.corpus, report, stage=stage, judge=judge)
    if progress == "json":
        _tell_done(outcome.manifest, published=not stage)
    _tell(outcome, stage)


def _tell_done(manifest: Manifest, *, published: bool) -> None:
    tell("done", version=manifest.name, published=published, passages=manifest.passages)


def _tell(outcome: BuildReport, stage: bool) -> None:
    manifest = outcome.manifest
    for publication in manifest.publications:
        _name_pages("Pages sans texte lisible", publication.id, publication.unreadable_pages)
        _name_pages("Texte invisible écarté", publication.id, publication.hidden_pages)
    for refused in outcome.refused:
        reason = f"{escape(refused.path.name)} ({refused.code}) : {escape(refused.message)} {escape(refused.remedy)}"
        messages.print(f"[yellow]Non indexé[/] {reason}", soft_wrap=True)
    for lost in outcome.lost:
        messages.print(f"[yellow]Questions types sans passage[/] {escape(lost)}", soft_wrap=True)
    if outcome.judgement:
        tell_unjudged(outcome.judgement)
    made = "Version en attente" if stage else "Index publié"
    messages.print(f"{made} : {manifest.name}, {_counts(manifest)}.")
    if stage:
        messages.print(
            f"Comparez-la (« vigie index diff {manifest.name} »), puis servez-la : "
            f"« vigie index publish {manifest.name} ».",
            soft_wrap=True,
        )


def _counts(manifest: Manifest) -> str:
    """« 1 publication, 3 passages »."""
    counts = ((len(manifest.publications), "publication"), (manifest.passages, "passage"))
    return ", ".join(f"{number} {what}{'s' if number > 1 else ''}" for number, what in counts)


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
    results.print(_counts(manifest))
    for publication in manifest.publications:
        results.print(f"  {escape(publication.id)} · {publication.pages} pages, {publication.passages} passages")


@app.command("list")
def list_(as_json: AsJson = False, index: IndexDir = None) -> None:
    """List the versions kept, oldest first, with what was done to each."""
    root = index or load_settings().index_root
    published = pointed(root) if version_names(root) else current_version(root)
    for version in kept_versions(root):
        if as_json:
            emit(_version_json(version, published))
        else:
            _show(version, published)


def _version_json(version: KeptVersion, published: str) -> dict[str, object]:
    manifest, judgement = version.manifest, version.judgement
    return {
        "name": version.name,
        "state": version.state,
        "published": version.name == published,
        "created": manifest.created if manifest else None,
        "author": version.author,
        "publications": len(manifest.publications) if manifest else None,
        "passages": manifest.passages if manifest else None,
        "bytes": version.size,
        "scores": judgement.scores if judgement else None,
        "passed": judgement.passed if judgement else None,
        "reason": version.reason,
    }


def _show(version: KeptVersion, published: str) -> None:
    manifest, judgement = version.manifest, version.judgement
    mark = "→" if version.name == published else " "
    said = [_STATES[version.state]]
    if manifest:
        said += [
            f"le {manifest.created[:16].replace('T', ' à ')}" + (f" par {version.author}" if version.author else "")
        ]
        said += [_counts(manifest)]
        said += [f"{version.size / 1e6:.1f} Mo".replace(".", ",")]
    if judgement and "cites_gold_page" in judgement.scores:
        said += [f"bonne page citée {100 * judgement.scores['cites_gold_page']:.0f} %"]
    results.print(f"{mark} {version.name} · {escape(' · '.join(said))}", soft_wrap=True)
    if version.reason:
        results.print(f"    {escape(version.reason)}", soft_wrap=True)


@app.command()
def verify(
    name: Annotated[str, typer.Argument(help="A version; by default the published one.", metavar="VERSION")] = "",
    index: IndexDir = None,
) -> None:
    """Read every file of a version and compare it with its checksum; set a damaged version aside."""
    root = index or load_settings().index_root
    name = name or current_version(root)
    folder: Path = version_folder(root, name)
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest, thorough=True)
    except IndexDamaged as error:
        with suppress(IndexBusy, DiskRefused):  # what is damaged matters more than that it could not be set aside
            served = set_aside(root, name, error.message)
            if served != name:
                messages.print(f"La version {name} est mise à l’écart ; la version servie est {served}.")
        raise
    messages.print(f"La version {manifest.name} est intacte ({len(manifest.files)} fichiers vérifiés).")
    if any(kept.name == name and kept.state == "quarantined" for kept in kept_versions(root)):
        release(root, name)
        messages.print("Elle n’est plus à l’écart.")


app.command()(index_diff.diff)
app.command()(index_life.publish)
app.command()(index_life.rollback)
app.command()(index_life.prune)
app.command()(index_life.upgrade)
