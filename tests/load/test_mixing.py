"""An answer that mixes two versions of the index is found among those that are kept."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant import Answer, Assistant, AssistantSettings, Question
from index import IndexVersion, Searcher
from tests.index.making import PATENTS, TRAVEL, build, note_pdf
from tests.load.mixing import held
from tests.support import HashEmbedder
from ui.kept import Conversations, KeptTurn, database_url, open_database
from ui.people import LOCAL

QUESTION = "Que contient un ordinateur de prêt en déplacement ?"


class Home(NamedTuple):
    """A home of two versions: the second has another note besides."""

    folder: Path
    first: str
    second: str

    def keep(self, version: str, **changed: str) -> None:
        """An answer of a version; `changed` falsifies its passport."""
        opened = IndexVersion(self.folder / "index", version)
        answer: Answer = Assistant(Searcher(opened, HashEmbedder()), AssistantSettings()).ask(Question(QUESTION))
        assert answer.evidence
        answer = replace(answer, passport=replace(answer.passport, **changed))
        Conversations(open_database(database_url(self.folder))).keep(LOCAL, "", KeptTurn(QUESTION, answer))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    note_pdf(tmp_path / "corpus" / "veille.pdf", PATENTS[0])
    first = build(tmp_path / "corpus", tmp_path / "index").manifest.name
    note_pdf(tmp_path / "corpus" / "voyages.pdf", TRAVEL[0])
    return Home(tmp_path, first, build(tmp_path / "corpus", tmp_path / "index").manifest.name)


def test_answers_that_hold_to_their_version_are_counted_by_version(home):
    home.keep(home.first)
    home.keep(home.second)
    home.keep(home.second)
    found = held(home.folder)
    assert found.answers == {home.first: 1, home.second: 2}
    assert found.telling[home.second] == 2  # they rest on the note that the first version lacks
    assert found.telling[home.first] == 0  # all that the first version holds is in the second too
    assert found.mixed == []


def test_an_answer_that_names_another_version_than_it_rests_on_is_told(home):
    home.keep(home.first)
    home.keep(home.second, index_version=home.first)
    (mixed,) = held(home.folder).mixed
    assert f"names {home.first}, which has no passage" in mixed
    assert "of voyages" in mixed
