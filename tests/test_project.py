"""Promises of the project files: top level, pinned torch, no stray output."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    ".ci", ".gitignore", "assistant", "corpus", "index", "ui", "evaluations", "tests", "docs",
    "pyproject.toml", "constraints.txt", "Makefile", "README.md", "CHANGELOG.md", "LICENSE",
}  # fmt: skip


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
