"""The chat page, run by Streamlit's own tester with an assistant that answers from a list."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui
from tests.ui.chat_fakes import FakeAssistant, Pen
from ui import opening

PAGE = Path(ui.__file__).parent / "chat.py"


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
    monkeypatch.setattr("ui.chat_state.pointed", lambda root: "v1")
    monkeypatch.setattr(opening, "open_assistant", lambda settings, **_: assistant)
    return AppTest.from_file(str(PAGE), default_timeout=30)
