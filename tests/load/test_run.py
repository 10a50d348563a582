"""The two long runs, made short: on the shipped guide, with the real model and the real server."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.making import note_pdf
from tests.load.server import ROOT

pytestmark = pytest.mark.slow


def run(module: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)


def test_people_are_answered_while_a_version_is_published(real_home: Path, tmp_path: Path):
    note, out = note_pdf(tmp_path / "note.pdf", "Une note dit comment accueillir un stagiaire."), tmp_path / "out.json"
    ran = run("tests.load.run", real_home, "--sessions", 2, "--seconds", 150, "--think", 5, "--add", note, "--out", out)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    figures = json.loads(out.read_text("utf-8"))
    assert figures["kept"] == figures["answered"] == figures["asked"] > 20
    assert figures["publishing"]["version"] in figures["versions"]
    assert "whole reply" in ran.stdout


def test_memory_is_told_before_and_after(real_home: Path):
    ran = run("tests.load.memory", real_home, "--conversations", 20, "--warming", 10, "--forgotten", 1, "--most", 1.5)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    figures = json.loads(ran.stdout)
    assert figures["answered"] == 20
    assert figures["ratio"] == pytest.approx(figures["end"]["total"] / figures["start"]["total"], abs=0.001)
