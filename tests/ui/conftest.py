"""The commands on a small corpus with the deterministic embedder; the chat page with an assistant that answers from a
list, run by Streamlit's own tester.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui
from tests.assistant.making import Bilingual
from tests.index.making import build, guide_pdf
from tests.ui.chat_fakes import FakeAssistant, Pen
from tests.ui.running import Outcome, Vigie
from ui import opening
from ui.cli.app import main

PAGE = Path(ui.__file__).parent / "page.py"


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts the page in the place of the main module, which processes started later would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def assistant(tmp_path: Path) -> FakeAssistant:
    return FakeAssistant(tmp_path)


@pytest.fixture
def pen(assistant: FakeAssistant) -> Pen:
    """What the assistant writes with, in the tests where it writes."""
    assistant.generator = Pen()
    return assistant.generator


@pytest.fixture
def page(assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path))
    monkeypatch.setattr("ui.serving.pointed", lambda root: "v1")
    monkeypatch.setattr(opening, "open_assistant", lambda settings, **_: assistant)
    return AppTest.from_file(str(PAGE), default_timeout=30)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `corpus/recueil.pdf` and its `index`."""
    folder = tmp_path_factory.mktemp("cli")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    return folder


@pytest.fixture
def vigie(indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Vigie:
    """Run a command in an empty working folder whose home serves a copy of the index."""
    for name in os.environ:
        if name.startswith("VIGIE_"):
            monkeypatch.delenv(name)
    shutil.copytree(indexed / "index", tmp_path / "home" / "index")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    for opener in ("ui.opening.open_embedder", "ui.cli.index.open_embedder", "ui.cli.index_life.open_embedder"):
        monkeypatch.setattr(opener, lambda settings: Bilingual())
    monkeypatch.setattr("ui.cli.index.installed_stamp", lambda name, home: Bilingual().stamp)

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr("sys.argv", ["vigie", *map(str, arguments)])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        written = capfd.readouterr()
        return Outcome(code, written.out, written.err)

    return run
