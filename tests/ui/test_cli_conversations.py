"""`vigie conversations`, and the deletion that the server does every day."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.evaluations.inbox_making import answered
from tests.ui.chat_fakes import answer
from ui.kept import Conversations, KeptTurn, Opinion, Opinions
from ui.kept.tables import ConversationRow, TurnRow
from ui.stored import database, purge_daily


@pytest.fixture
def store(vigie) -> Conversations:
    return Conversations(database())


@pytest.fixture
def told(store, tmp_path) -> str:
    """The name in the evaluators' inbox of what anne said of her one answer."""
    from evaluations import inbox

    _, turn = store.keep("anne", "", KeptTurn("Un salon ?", answer("Un salon ?")))
    given = inbox.receive(tmp_path / "home", answered(), helpful=False)
    Opinions(database()).keep("anne", turn, Opinion(False, feedback_id=given.id))
    return given.id


def aged(days: int) -> None:
    with database().begin() as connection:
        connection.execute(update(ConversationRow).values(updated=datetime.now(UTC) - timedelta(days=days)))


def in_inbox(tmp_path) -> str:
    return (tmp_path / "home" / "evaluation" / "inbox.jsonl").read_text("utf-8")


def test_the_list_counts_and_shows_nothing_of_what_was_asked(vigie, store):
    store.keep("anne", "", KeptTurn("Un salon ?", answer("Un salon ?")))
    said = vigie("conversations", "list")
    assert said.code == 0
    assert "anne : conversations : 1, questions : 1" in said.out.replace("\u202f", " ").replace("\u00a0", " ")
    assert "salon" not in said.out
    assert vigie("conversations", "list", "--json").line["person"] == "anne"


def test_one_person_is_exported_and_erased_with_the_evaluators_copy(vigie, store, told, tmp_path):
    store.keep("bruno", "", KeptTurn("Un secret ?", answer("Un secret ?")))
    taken = json.loads(vigie("conversations", "export", "anne").out)
    assert [c["title"] for c in taken["conversations"]] == ["Un salon ?"]
    assert told in in_inbox(tmp_path)
    assert vigie("conversations", "erase", "anne").code == 0
    assert told not in in_inbox(tmp_path)
    assert [line["person"] for line in vigie("conversations", "list", "--json").lines] == ["bruno"]


def test_an_export_names_the_turn_that_cannot_be_read(vigie, store, told):
    with database().begin() as connection:
        connection.execute(update(TurnRow).values(kept="{}"))
    outcome = vigie("conversations", "export", "anne")
    (turn,) = json.loads(outcome.out)["conversations"][0]["turns"]
    assert outcome.code == 0
    assert turn["unreadable"] in outcome.err


@pytest.mark.parametrize("command", ["export", "erase"])
def test_a_person_of_whom_nothing_is_kept_is_an_error(vigie, store, told, command):
    outcome = vigie("conversations", command, "ane")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Rien n’est gardé sous l’identifiant « ane »" in outcome.err


def test_more_days_than_a_century_is_wrong_usage(vigie):
    assert vigie("conversations", "purge", "--days", "9999999").code == 2


def test_what_is_too_old_is_purged(vigie, store, told, tmp_path):
    aged(100)
    assert "0" in vigie("conversations", "purge").err
    assert store.listed("anne")
    assert "1" in vigie("conversations", "purge", "--days", "99").err
    assert store.listed("anne") == []
    assert told not in in_inbox(tmp_path)


def test_without_a_limit_nothing_is_purged(vigie, store, told, monkeypatch):
    monkeypatch.setenv("VIGIE_CHAT__RETENTION_DAYS", "0")
    aged(9999)
    assert "sans limite" in vigie("conversations", "purge").err
    assert store.listed("anne")


def test_the_server_purges_by_itself_and_a_refusal_does_not_stop_it(vigie, store, told, monkeypatch):
    aged(181)
    stop = threading.Event()
    rounds: list[float] = []

    def wait(_: threading.Event, seconds: float) -> bool:
        rounds.append(seconds)
        if len(rounds) == 1:
            monkeypatch.delenv("VIGIE_CHAT__DATABASE_URL")
            return False
        threading.Event.set(stop)
        return True

    monkeypatch.setenv("VIGIE_CHAT__DATABASE_URL", "mystere://nulle-part")
    monkeypatch.setattr(threading.Event, "wait", wait)
    purge_daily(stop)
    assert rounds == [24 * 3600] * 2
    assert store.listed("anne") == []
