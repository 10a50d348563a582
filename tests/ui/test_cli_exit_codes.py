"""Exit codes of the real process: 0 done, 1 failed with the reason, 2 wrong usage; results and messages apart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["corpus", "list", "--json"], 0, '"id": "recueil-2-securite-economique"', ""),
        (["index", "status"], 1, "", "vigie index build"),
        (["ask", "--unknown"], 2, "", "--unknown"),
    ],
    ids=["done", "failed", "wrong usage"],
)
def test_the_exit_code_tells_what_happened(tmp_path, arguments, code, out, err):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    environment |= {"VIGIE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert out in done.stdout
    assert err in done.stderr
    assert bool(done.stdout) == bool(out)
    assert bool(done.stderr) == bool(err)
