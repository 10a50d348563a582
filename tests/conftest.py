"""Fixtures of the end-to-end tests: a home with the shipped guide indexed by the real model, and Chromium."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from index import MODELS, IndexSettings, is_ready, models_home
from tests.in_turn import MODULE, Done, done_in_turn

ROOT = Path(__file__).resolve().parent.parent
MODEL = IndexSettings().model

settings.register_profile("vigie", deadline=None)  # a busy machine is no failure
settings.load_profile("vigie")


def pytest_configure(config: pytest.Config) -> None:
    """Each worker keeps to its share of the processors: two models that share both wait for each other's threads.

    Of more workers than processors several share one, and fill the time that the others wait for a page.
    """
    worker = getattr(config, "workerinput", None)
    if worker and hasattr(os, "sched_setaffinity"):
        number, processors = int(worker["workerid"].removeprefix("gw")), sorted(os.sched_getaffinity(0))
        shares = min(worker["workercount"], len(processors))
        os.sched_setaffinity(0, processors[number % shares :: shares])


Vigie = Callable[..., subprocess.CompletedProcess[str]]


def run_vigie(home: Path, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return _run(home, "-m", "ui", *arguments, timeout=timeout)


def run_in_turn(home: Path, *commands: Sequence[str]) -> list[Done]:
    """Run several commands in one process, and see them all succeed."""
    process = _run(home, *MODULE, json.dumps([("", command) for command in commands]), timeout=300)
    assert process.returncode == 0, process.stderr
    outcomes = done_in_turn(process.stdout)
    assert [done.stderr for done in outcomes if done.returncode] == []
    return outcomes


def _run(home: Path, *python: str, timeout: float) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"VIGIE_HOME": str(home)}
    return subprocess.run(
        [sys.executable, *python],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VIGIE_HOME with the guide indexed by the default model: what `make index` built, where it is current."""
    if not is_ready(MODELS[MODEL], models_home()):
        pytest.fail(f"{MODEL} is not installed: run `make models`")
    home = tmp_path_factory.mktemp("home")
    index = ROOT / ".vigie" / "index"
    if index.is_dir():
        shutil.copytree(index, home / "index")
    built = run_vigie(home, "index", "build", "--if-needed", timeout=900)
    assert built.returncode == 0, built.stderr
    return home


@pytest.fixture(scope="session")
def vigie(real_home: Path) -> Vigie:
    """Run `vigie` on the shipped guide's home."""
    return lambda *arguments, **options: run_vigie(real_home, *arguments, **options)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium, installed by `make test` where it may."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("chromium is missing: run `make chromium`")
    return path
