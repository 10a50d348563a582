"""Opinions, copies, erasure and retention, each within one person's own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.ui.kept.meanwhile import deleted_before_the_first_write
from ui.kept import (
    Opinion,
    Opinions,
    delete_conversation,
    erase,
    export,
    holdings,
    is_known,
    language_of,
    purge,
    remember_language,
)

WRONG = Opinion(False, "wrong_source", "Mauvaise page", "f-1")


@pytest.fixture
def opinions(database) -> Opinions:
    return Opinions(database)


@pytest.fixture
def forgotten() -> list[str]:
    return []


def test_an_opinion_is_kept_in_place_of_the_one_before(store, opinions, turn):
    _, id_ = store.keep("anne", "", turn)
    assert opinions.of("anne", id_) is None
    assert opinions.keep("anne", id_, Opinion(True))
    assert opinions.keep("anne", id_, WRONG)
    assert opinions.of("anne", id_) == WRONG


def test_the_name_in_the_inbox_stays_the_first_one(store, opinions, turn):
    _, id_ = store.keep("anne", "", turn)
    assert opinions.keep("anne", id_, Opinion(True, feedback_id="f-1")) == Opinion(True, feedback_id="f-1")
    changed = opinions.keep("anne", id_, Opinion(False, "other", feedback_id="f-2"))
    assert changed == opinions.of("anne", id_) == Opinion(False, "other", feedback_id="f-1")


def test_a_conversation_deleted_while_an_opinion_is_written_stays_deleted(database, store, opinions, turn):
    _, id_ = store.keep("anne", "", turn)
    deleted_before_the_first_write(database)
    assert opinions.keep("anne", id_, WRONG) is None
    assert opinions.of("anne", id_) is None


def test_two_windows_say_something_of_one_answer_under_one_name(store, opinions, turn):
    _, id_ = store.keep("anne", "", turn)
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda n: opinions.keep("anne", id_, Opinion(True, feedback_id=f"f-{n}")), range(20)))
    assert {opinion.feedback_id for opinion in kept} == {opinions.of("anne", id_).feedback_id}


def test_nobody_speaks_of_another_s_answer(store, opinions, turn):
    _, id_ = store.keep("anne", "", turn)
    assert not opinions.keep("bruno", id_, WRONG)
    opinions.keep("anne", id_, WRONG)
    assert opinions.of("bruno", id_) is None


def test_a_person_takes_away_all_that_is_theirs_and_no_more(database, store, opinions, turn):
    _, id_ = store.keep("anne", "", turn)
    store.keep("bruno", "", turn)
    opinions.keep("anne", id_, WRONG)
    remember_language(database, "anne", "en")
    taken = export(database, "anne")
    assert (taken["person"], taken["language"], len(taken["conversations"])) == ("anne", "en", 1)
    (said,) = taken["conversations"][0]["turns"]
    assert said["question"] == turn.question
    assert said["answer"] == turn.answer.as_json()
    assert (said["opinion"]["reason"], said["opinion"]["comment"]) == ("wrong_source", "Mauvaise page")


def test_an_erasure_takes_everything_of_one_person_the_evaluators_copies_first(
    database, store, opinions, turn, forgotten
):
    _, id_ = store.keep("anne", "", turn)
    store.keep("anne", "", turn)
    hers, _ = store.keep("bruno", "", turn)
    opinions.keep("anne", id_, WRONG)
    remember_language(database, "anne", "en")
    assert erase(database, "anne", forgotten.extend) == 2
    assert set(forgotten) == {"f-1"}
    assert language_of(database, "anne") is None
    assert [h.owner for h in holdings(database)] == ["bruno"]
    assert store.turns("bruno", hers)
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM opinions")).scalar_one() == 0


def test_what_was_erased_is_in_no_file(database, store, turn, forgotten):
    store.keep("anne", "", turn)
    needle = turn.question.encode()
    folder = store._engine.url.database.rpartition("/")[0]
    assert any(needle in content for content in _contents(folder))
    erase(database, "anne", forgotten.extend)
    assert not any(needle in content for content in _contents(folder))


def _contents(folder: str) -> list[bytes]:
    from pathlib import Path

    return [path.read_bytes() for path in Path(folder).glob("vigie.db*")]


def test_nothing_is_deleted_where_the_evaluators_copy_cannot_be(database, store, opinions, turn):
    conversation, id_ = store.keep("anne", "", turn)
    opinions.keep("anne", id_, WRONG)

    def refuses(_):
        raise OSError("plein")

    with pytest.raises(OSError, match="plein"):
        erase(database, "anne", refuses)
    assert store.turns("anne", conversation)


def test_one_conversation_goes_with_what_was_said_of_it(database, store, opinions, turn, forgotten):
    conversation, id_ = store.keep("anne", "", turn)
    opinions.keep("anne", id_, WRONG)
    assert not delete_conversation(database, "bruno", conversation, forgotten.extend)
    assert forgotten == []
    assert delete_conversation(database, "anne", conversation, forgotten.extend)
    assert set(forgotten) == {"f-1"}
    assert store.listed("anne") == []


def test_what_is_said_while_a_conversation_is_deleted_is_forgotten_too(database, store, opinions, turn):
    conversation, id_ = store.keep("anne", "", turn)
    forgotten = []

    def said_meanwhile(names):
        forgotten.extend(names)
        opinions.keep("anne", id_, WRONG)

    assert delete_conversation(database, "anne", conversation, said_meanwhile)
    assert forgotten == ["f-1"]


def test_nobody_takes_nothing_away(database):
    with pytest.raises(ValueError, match="nobody"):
        export(database, "")


def test_conversations_go_after_so_many_days_without_a_question(database, store, turn, forgotten):
    old, _ = store.keep("anne", "", turn)
    now = datetime.now(UTC)
    assert purge(database, 30, forgotten.extend, now + timedelta(days=29)) == 0
    assert purge(database, 0, forgotten.extend, now + timedelta(days=9999)) == 0
    assert store.turns("anne", old)
    assert purge(database, 30, forgotten.extend, now + timedelta(days=31)) == 1
    assert store.turns("anne", old) is None


def test_holdings_count_by_owner(database, store, turn):
    conversation, _ = store.keep("anne", "", turn)
    store.keep("anne", conversation, turn)
    (holding,) = holdings(database)
    assert (holding.owner, holding.conversations, holding.turns) == ("anne", 1, 2)
    assert holding.last.tzinfo is UTC


def test_a_turn_that_cannot_be_read_is_named_and_the_rest_is_taken_away(database, store, turn):
    conversation, first = store.keep("anne", "", turn)
    store.keep("anne", conversation, turn)
    with database.begin() as connection:
        connection.execute(text("UPDATE turns SET kept = '{}' WHERE id = :id"), {"id": first})
    bad, good = export(database, "anne")["conversations"][0]["turns"]
    assert (bad["unreadable"], bad["kept"], bad["question"], bad["answer"]) == (first, "{}", None, None)
    assert good["question"] == turn.question
    assert "unreadable" not in good


def test_a_person_is_known_by_what_is_kept_of_them(database, store, turn):
    store.keep("anne", "", turn)
    remember_language(database, "bruno", "en")
    assert [is_known(database, owner) for owner in ("anne", "bruno", "ann")] == [True, True, False]
