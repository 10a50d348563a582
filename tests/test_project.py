"""Promises of the project files: top level, pinned torch, no stray output."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    ".ci", ".gitignore", "assistant", "corpus", "index", "ui", "evaluations", "tests", "docs",
    "pyproject.toml", "constraints.txt", "Makefile", "README.md", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
# Peers run in virtual environments of their own; the makers of the gold documents belong to the exam.
ELSEWHERE = ("evaluations/benchmarks/peers/", "evaluations/reading/gold/")


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.splitlines()


def test_nothing_strays_to_the_top_level():
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_torch_is_pinned_for_make():
    assert re.search(r"^torch==2\.13\.0$", (ROOT / "constraints.txt").read_text("utf-8"), re.M)


def test_every_room_is_packaged():
    declared = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"])
    rooms = {str(Path(name).parent).replace("/", ".") for name in tracked() if name.endswith("__init__.py")}
    assert declared == {room for room in rooms if not room.startswith("tests")}


def test_everything_imported_is_declared():
    """What another package happens to bring, or a hand once installed, is missing from a fresh machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    declared = {_plain_name(re.match(r"[\w.-]+", one)[0]) for one in wanted}
    rooms = {name.split("/")[0] for name in tracked()}
    brought_by = packages_distributions()
    missing = {
        f"{name}: {module}"
        for name in tracked()
        if name.endswith(".py") and not name.startswith(ELSEWHERE)
        for module in _imported(ROOT / name) - rooms - sys.stdlib_module_names
        if not declared & {_plain_name(one) for one in brought_by.get(module, [module])}
    }
    assert not missing


def _imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.split(".")[0] for name in names}


def _plain_name(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
