"""A database of its own for each test."""

import pytest
from sqlalchemy import Engine

from tests.ui.chat_fakes import FIRST, FakeAssistant, answer
from ui.kept import Conversations, KeptTurn, database_url, open_database


@pytest.fixture
def database(tmp_path) -> Engine:
    engine = open_database(database_url(tmp_path / "home"))
    yield engine
    engine.dispose()


@pytest.fixture
def store(database) -> Conversations:
    return Conversations(database)


@pytest.fixture
def turn(tmp_path) -> KeptTurn:
    fake = FakeAssistant(tmp_path)
    found = answer("Comment protéger nos plans ?", citations=(fake.cite(0, len(FIRST)),))
    return KeptTurn(
        "Comment protéger nos plans ?", found, publications=(fake.publication,), notice="Essai", demonstration=True
    )
