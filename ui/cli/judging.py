"""What the index room is passed from the rooms to its right: the judge of a version, and the answers to compare."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import Assistant
from evaluations import SHIPPED, RunFolder, applicable, judge, known, load_questions, outcomes
from index import IndexVersion, Judge, Judgement, Outcome, pointed
from ui.cli.output import messages
from ui.opening import assistant_on
from ui.settings import Settings

Advance = Callable[..., None]
_QUESTIONS = SHIPPED / "guide.jsonl"


def judge_of(settings: Settings, root: Path, questions: Sequence[Path], advance: Advance) -> Judge:
    """Puts the reference questions that a version can answer; the model is opened only where there are some.

    What was answered stays in `runs/judged`, where the next version finds that of the published one.
    """
    records = load_questions(list(questions) or [_QUESTIONS])

    def judged(version: IndexVersion, published: Judgement | None) -> Judgement:
        asked = applicable(records, version)
        if not asked:
            return Judgement(True)
        folder, of_published = (judged_folder(settings, name) for name in (version.manifest.name, pointed(root)))
        if same := known(asked, published):
            _take_over(of_published, folder)
            return same
        shutil.rmtree(folder, ignore_errors=True)
        on_done = lambda *done: advance("Évaluation", *done)  # noqa: E731
        return judge(asked, _assistant(settings, version), folder, RunFolder(of_published), on_done)

    return judged


def judged_folder(settings: Settings, version: str) -> Path:
    """Where the answers on which a version was judged are kept."""
    return settings.home / "runs" / "judged" / (version or "none")


def _take_over(of_published: Path, folder: Path) -> None:
    """Keep the published version's answers as those of one with the same files: the next is compared with them."""
    if of_published != folder and (of_published / "run.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(of_published, folder)


def tell_unjudged(judgement: Judgement) -> None:
    """Where no question was asked, that a version passed says nothing of it."""
    if judgement.passed and not judgement.scores:
        messages.print("Aucune question de référence ne porte sur ce corpus : la version n’a pas été évaluée.")


def outcomes_of(
    settings: Settings, questions: Sequence[Path], root: Path, name: str, advance: Advance
) -> list[Outcome]:
    """What a version answers to the reference questions. Raises IndexUnavailable, -Damaged, -Mismatch, ModelMissing."""
    records = load_questions(list(questions) or [_QUESTIONS])
    assistant = _assistant(settings, IndexVersion(root, name))
    return outcomes(records, assistant, lambda *done: advance(f"Questions, {name}", *done))


def _assistant(settings: Settings, version: IndexVersion) -> Assistant:
    """Quotes alone, with the model that made the version: what a version is worth does not depend on what writes."""
    return assistant_on(version, settings.with_model(version.manifest.model.name))
