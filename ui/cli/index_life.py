"""`vigie index`: publish, rollback, prune, upgrade."""

import shutil
from collections.abc import Callable
from typing import Annotated

import typer
from rich.markup import escape

from index import (
    ModelStamp,
    check_model_setting,
    current_version,
    models_home,
    pointed,
    upgrade_version,
    version_names,
)
from index import prune as prune_versions
from index import publish as publish_version
from index import rollback as roll_back
from ui.cli.judging import judge_of, judged_folder, tell_unjudged
from ui.cli.options import IndexDir, QuestionSets
from ui.cli.output import messages, progress_bars
from ui.cli.progress import STEPS
from ui.opening import open_embedder
from ui.settings import Settings, load_settings

Version = Annotated[str, typer.Argument(help="A version of « vigie index list ».", metavar="VERSION")]


def publish(
    name: Version,
    force: Annotated[
        str, typer.Option("--force", help="Serve it whatever the judge says; the reason is recorded.", metavar="REASON")
    ] = "",
    questions: QuestionSets = None,
    index: IndexDir = None,
) -> None:
    """Judge a version, and serve it from now on."""
    settings = load_settings()
    root = index or settings.index_root
    with progress_bars(transient=True) as advance:
        judge = judge_of(settings, root, questions or [], advance)
        judgement = publish_version(root, name, judge, force.strip(), _servable(settings))
    if judgement:
        tell_unjudged(judgement)
    messages.print(f"Index publié : {name}.")
    if judgement and not judgement.passed:
        messages.print(f"[yellow]Malgré l’évaluation[/] : {escape(' ; '.join(judgement.reasons))}.", soft_wrap=True)


def _servable(settings: Settings) -> Callable[[ModelStamp], None]:
    """Whether a version of a model can be answered from with these settings."""
    return lambda made: check_model_setting(made, settings.index.model, models_home())


def rollback(
    to: Annotated[str, typer.Option("--to", help="Any version that was served.", metavar="VERSION")] = "",
    index: IndexDir = None,
) -> None:
    """Serve again the version that was served before this one."""
    settings = load_settings()
    root = index or settings.index_root
    before = pointed(root)
    name = roll_back(root, to, _servable(settings))
    kept = f" ; {before} est gardée" if before in version_names(root) and before != name else ""
    messages.print(f"La version {name} est servie de nouveau{kept}.")


def prune(
    keep: Annotated[int, typer.Option("--keep", help="How many of the latest versions to keep.", min=1)] = 5,
    quarantine: Annotated[bool, typer.Option("--quarantine", help="Delete the versions set aside too.")] = False,
    index: IndexDir = None,
) -> None:
    """Delete old versions. The published one always stays."""
    settings = load_settings()
    gone = prune_versions(index or settings.index_root, keep, quarantine=quarantine)
    for name in gone:
        shutil.rmtree(judged_folder(settings, name), ignore_errors=True)
    messages.print(f"Supprimées : {', '.join(gone)}." if gone else "Rien à supprimer.", soft_wrap=True)


def upgrade(
    name: Annotated[str, typer.Argument(help="By default the published one.", metavar="VERSION")] = "",
    index: IndexDir = None,
) -> None:
    """Make a version of an earlier format again in today's, from its own passages, without its PDFs."""
    settings = load_settings()
    root = index or settings.index_root
    name = name or current_version(root)
    with progress_bars() as advance:
        manifest = upgrade_version(
            root, name, open_embedder(settings), lambda p: advance(STEPS[p.step], p.done, p.total)
        )
    messages.print(
        f"Version en attente : {manifest.name}, {manifest.passages} passages. "
        f"Servez-la : « vigie index publish {manifest.name} ».",
        soft_wrap=True,
    )
