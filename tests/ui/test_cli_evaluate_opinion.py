"""`vigie evaluate opinion`: what came before a server failed is kept."""

import json
from pathlib import Path

import pytest

from evaluations import EvaluationError
from tests.evaluations.making import SOUND, scored_run

CORRECT = '{"label": "correct"}'
ASK = ("--url", "http://127.0.0.1:9/v1", "--model", "judge")


@pytest.fixture
def run(vigie) -> Path:
    return scored_run(Path("run"), {"a": SOUND, "b": SOUND, "c": SOUND}, generator_model="").folder


@pytest.fixture
def server(monkeypatch):
    """Have the server answer this many requests, then fail."""

    def answering(many: int) -> None:
        said = iter([CORRECT] * many)

        def chat(_messages):
            try:
                return next(said)
            except StopIteration:
                raise EvaluationError("Le serveur n’a pas répondu.", "Vérifiez l’adresse.") from None

        monkeypatch.setattr("evaluations.opinion.open_chat", lambda *_: chat)

    return answering


def kept(run: Path):
    return json.loads((run / "opinion.json").read_text("utf-8"))


def test_every_opinion_is_kept(vigie, run, server):
    server(3)
    outcome = vigie("evaluate", "opinion", run, *ASK, "--json")
    assert (outcome.code, outcome.line["answers"], outcome.line["not_asked"]) == (0, 3, 0)
    assert kept(run)["opinions"] == {"a": "correct", "b": "correct", "c": "correct"}


def test_what_came_before_the_server_failed_is_kept_and_the_failure_told(vigie, run, server):
    server(2)
    outcome = vigie("evaluate", "opinion", run, *ASK)
    assert outcome.code == 1
    assert "correct 2" in outcome.out
    assert "2 réponses sur 3" in outcome.err
    assert "Le serveur n’a pas répondu." in outcome.err
    assert (kept(run)["opinions"], kept(run)["not_asked"]) == ({"a": "correct", "b": "correct"}, 1)


def test_where_nothing_came_earlier_opinions_stay(vigie, run, server):
    server(3)
    vigie("evaluate", "opinion", run, *ASK)
    before = kept(run)
    server(0)
    outcome = vigie("evaluate", "opinion", run, *ASK)
    assert (outcome.code, outcome.out) == (1, "")
    assert kept(run) == before
