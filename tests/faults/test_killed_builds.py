"""A build killed at any step: the published version is served as before, and the next build goes on."""

import multiprocessing
import random
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from index import VERSIONS, current_version, kept_versions, open_served, read_log
from tests.faults.making import (
    Answers,
    Death,
    answers,
    build,
    corpora,
    counted_build,
    differences,
    dying_build,
    verified,
)

SAMPLE, TIMES, SEED = 24, 50, 20_261
_LONG = 60  # seconds; a build takes half a second


@dataclass(frozen=True)
class Stage:
    """An index of the first corpus, and what it and a clean index of the second answer."""

    root: Path
    after: Path
    clean: Path
    before_answers: Answers
    after_answers: Answers
    steps: dict[str, int]
    address: str  # where the workers of a build are forked


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes forked from one that has imported everything and run nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.making"])
    return context


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, processes: ForkServerContext, forked_workers: str) -> Stage:
    folder = tmp_path_factory.mktemp("faults")
    before, after = corpora(folder)
    root, clean, counted = folder / "index", folder / "clean", folder / "counted"
    build(before, root)
    build(after, clean)
    shutil.copytree(root, counted)
    queue = processes.SimpleQueue()
    process = processes.Process(target=counted_build, args=(after, counted, queue.put))
    process.start()
    steps = queue.get()
    process.join(_LONG)
    return Stage(root, after, clean, answers(root), answers(clean), steps, forked_workers)


def deaths(steps: dict[str, int]) -> list[tuple[Death, bool]]:
    """Every step of a build, once with a reader beside it and once alone, in an order drawn once."""
    every = [Death(kind, number) for kind, count in steps.items() for number in range(1, count + 1)]
    pairs = [(death, reader) for death in every for reader in (True, False)]
    random.Random(SEED).shuffle(pairs)
    return pairs


def check(stage: Stage, root: Path) -> None:
    """The published version opens, verifies and answers as it did; the next build equals a clean one."""
    first = current_version(stage.root)
    published = current_version(root)
    verified(root, published)
    assert answers(root) == (stage.before_answers if published == first else stage.after_answers)
    kept = {version.name: version.state for version in kept_versions(root)}
    assert kept[first] == ("published" if published == first else "earlier")
    assert "unreadable" not in kept.values()
    name = build(stage.after, root)
    assert current_version(root) == name
    assert differences(root / VERSIONS / name, stage.clean / VERSIONS / current_version(stage.clean)) == []
    assert answers(root) == stage.after_answers
    assert not list((root / VERSIONS).glob(".*"))
    assert not list((root / "cache" / "documents").glob("*.part"))
    assert [e.version for e in read_log(root) if e.event == "published"][-1] == name


def killed(processes: ForkServerContext, stage: Stage, root: Path, death: Death, *, reader: bool) -> None:
    """Run a build that dies, beside a process that asks without end."""
    shutil.copytree(stage.root, root)
    with Reader(processes, stage, root) if reader else _nobody() as asking:
        builder = processes.Process(target=dying_build, args=(stage.after, root, death, stage.address))
        builder.start()
        builder.join(_LONG)
        assert builder.exitcode == -signal.SIGKILL
        if asking:
            asking.check()


class Reader:
    """A process that opens what is published and asks, again and again, until told to stop."""

    def __init__(self, processes: ForkServerContext, stage: Stage, root: Path) -> None:
        self._stop, self._failures = processes.Event(), processes.SimpleQueue()
        arguments = (root, stage.before_answers, stage.after_answers, self._stop, self._failures)
        self._process = processes.Process(target=ask_again, args=arguments)

    def __enter__(self) -> "Reader":
        self._process.start()
        assert self._failures.get() == "ready"
        return self

    def check(self) -> None:
        self._stop.set()
        assert self._failures.get() == "done"

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._process.join(_LONG)


def ask_again(root: Path, before: Answers, after: Answers, stop, failures) -> None:
    """Tells "done", or the first thing that went wrong."""
    first, told = current_version(root), "done"
    failures.put("ready")
    while not stop.is_set() and told == "done":
        try:
            name = open_served(root, lambda _: None).version.manifest.name
            if answers(root, name) != (before if name == first else after):
                told = f"{name} answers otherwise"
        except BaseException as error:  # whatever it is, the test must see it
            told = repr(error)
    failures.put(told)


class _nobody:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def run(processes: ForkServerContext, stage: Stage, folder: Path, chosen: list[tuple[Death, bool]]) -> Iterator[str]:
    """What went wrong, by instant."""
    for number, (death, reader) in enumerate(chosen):
        root = folder / f"index-{number}"
        try:
            killed(processes, stage, root, death, reader=reader)
            check(stage, root)
        except Exception as error:
            yield f"{death}: {error!r}"
        shutil.rmtree(root, ignore_errors=True)


def test_a_build_killed_at_some_of_its_steps_loses_nothing(processes, stage, tmp_path):
    chosen = deaths(stage.steps)[:SAMPLE]
    assert list(run(processes, stage, tmp_path, chosen)) == []


@pytest.mark.slow
def test_a_build_killed_at_any_of_its_steps_loses_nothing(processes, stage, tmp_path):
    chosen = deaths(stage.steps)
    assert list(run(processes, stage, tmp_path, chosen)) == []
    print(f"{len(chosen)} deaths, steps {stage.steps}")  # noqa: T201


def test_every_kind_of_step_is_seen(stage):
    assert stage.steps["file"] > 80
    assert stage.steps["text"] > 20


@pytest.mark.slow
def test_a_build_killed_at_random_times_loses_nothing(processes, stage, tmp_path):
    drawn = random.Random(SEED)
    begin = time.perf_counter()
    build(stage.after, Path(shutil.copytree(stage.root, tmp_path / "timed")))
    whole = time.perf_counter() - begin
    for number in range(TIMES):
        root = Path(shutil.copytree(stage.root, tmp_path / f"index-{number}"))
        builder = processes.Process(target=dying_build, args=(stage.after, root, Death("none", 0), stage.address))
        builder.start()
        builder.join(drawn.uniform(0, 1.5 * whole))
        builder.kill()
        builder.join(_LONG)
        check(stage, root)
