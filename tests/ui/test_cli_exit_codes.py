"""Exit codes of the real process: 0 done, 1 failed with the reason, 2 wrong usage; results and messages apart."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from ui.cli.app import COMMANDS, command_line

ROOT = Path(__file__).resolve().parents[2]


def bare(home: Path) -> dict[str, str]:
    """An environment with no setting of ours but the home."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    return environment | {"VIGIE_HOME": str(home), "PYTHONPATH": str(ROOT)}


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
    done = subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        cwd=tmp_path, env=bare(tmp_path), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert out in done.stdout
    assert err in done.stderr
    assert bool(done.stdout) == bool(out)
    assert bool(done.stderr) == bool(err)


@pytest.mark.parametrize("arguments", [["corpus", "list"], ["corpus", "list", "--json"]], ids=["text", "json"])
def test_an_encoding_without_our_punctuation_stops_nothing(tmp_path, arguments):
    done = subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        cwd=tmp_path, env=bare(tmp_path) | {"PYTHONIOENCODING": "latin-1"}, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    if "--json" in arguments:
        assert any("’" in json.loads(line)["title"] for line in done.stdout.splitlines())


def test_an_interruption_while_the_command_is_loading_ends_without_a_traceback(tmp_path):
    """typer, the first of what is loaded, is in the place of a reader who presses Ctrl-C."""
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt")
    done = subprocess.run(
        [sys.executable, "-c", "from ui.cli.app import main; main()"],
        cwd=tmp_path, env=bare(tmp_path), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_list_says_of_each_command_what_it_says_of_itself(name):
    about = COMMANDS[name].about
    wanted = get_command(command_line(name)).commands[name]
    listed = get_command(command_line("")).commands[name]
    assert (wanted.help, listed.help) == (about, about)
    assert listed.callback is not wanted.callback


def test_a_command_does_not_wait_for_what_the_others_load(tmp_path):
    """The database of conversations takes half a second to load, a web server more."""
    heavy = "sqlalchemy", "streamlit", "torch", "openvino", "ir_measures"
    probe = (
        "import sys\nfrom ui.cli.app import main\nsys.argv = ['vigie', 'corpus', 'list']\n"
        f"try: main()\nexcept SystemExit: pass\nprint([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=tmp_path, env=bare(tmp_path), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
