"""Conversations are kept whole, found again, and seen by their owner alone."""

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.ui.chat_fakes import answer
from tests.ui.kept.meanwhile import deleted_before_the_first_write
from ui.kept import Conversations, DatabaseRefused, KeptTurn, database_url, open_database


def test_a_turn_comes_back_as_it_was_kept(store, turn):
    conversation, id_ = store.keep("anne", "", turn)
    assert store.turns("anne", conversation) == [replace(turn, id=id_)]
    assert store.turn("anne", id_) == replace(turn, id=id_)


def test_turns_stay_in_their_order_and_one_is_written_again_in_its_place(store, turn):
    conversation, first = store.keep("anne", "", turn)
    store.keep("anne", conversation, replace(turn, question="Et pour une PME ?"))
    longer = replace(turn, id=first, answer=answer("q", text="Plus long."))
    assert store.keep("anne", conversation, longer) == (conversation, first)
    assert [t.answer.text for t in store.turns("anne", conversation)] == ["Plus long.", "Voici :"]
    (listed,) = store.listed("anne")
    assert (listed.title, listed.turns) == ("Comment protéger nos plans ?", 2)


def test_another_person_sees_writes_and_renames_nothing(store, turn):
    conversation, id_ = store.keep("anne", "", turn)
    assert store.listed("bruno") == []
    assert store.turns("bruno", conversation) is None
    assert store.turn("bruno", id_) is None
    assert store.title("bruno", conversation) is None
    assert store.keep("bruno", conversation, turn) is None
    assert store.keep("bruno", "", replace(turn, id=id_)) is None
    his, _ = store.keep("bruno", "", turn)
    assert store.keep("bruno", his, replace(turn, id=id_)) is None
    store.rename("bruno", conversation, "À moi")
    assert store.title("anne", conversation) == turn.question
    assert len(store.turns("anne", conversation)) == 1


def test_words_are_found_in_titles_questions_answers_and_quotes_whatever_their_accents(store, turn):
    conversation, _ = store.keep("anne", "", turn)
    store.keep("anne", "", KeptTurn("Un salon ?", answer("Un salon ?")))
    store.rename("anne", conversation, "Réunion de l’été")
    for wanted in ("reunion ETE", "plans proteger", "marquer DOCUMENT", "L'été", "plans ?"):
        assert [c.id for c in store.listed("anne", wanted)] == [conversation], wanted
    assert store.listed("anne", "plans salon") == []
    assert store.listed("anne", "% ?") == []
    assert len(store.listed("anne", " ")) == 2  # nothing is asked for


@pytest.mark.parametrize("wanted", ["œuvre", "oeuvre", "ŒUVRE", "OEUVRE", "et caetera", "et cætera"])
def test_letters_that_are_tied_are_found_however_they_are_typed(store, wanted):
    for question in ("Mettre en œuvre, et cætera ?", "Mettre en oeuvre, et caetera ?"):
        store.keep("anne", "", KeptTurn(question, answer("q")))
    assert len(store.listed("anne", wanted)) == 2


def test_a_percent_sign_or_an_underscore_is_no_joker(store):
    store.keep("anne", "", KeptTurn("a_b", answer("a_b")))
    store.keep("anne", "", KeptTurn("axb", answer("axb")))
    assert [c.title for c in store.listed("anne", "a_b")] == ["a_b"]


def test_the_last_talked_in_comes_first_and_the_list_has_pages(store, turn):
    first, _ = store.keep("anne", "", turn)
    second, _ = store.keep("anne", "", turn)
    store.keep("anne", first, turn)
    assert [c.id for c in store.listed("anne")] == [first, second]
    assert [c.id for c in store.listed("anne", limit=1, offset=1)] == [second]


def test_a_title_is_one_line_not_too_long_and_never_empty(store, turn):
    conversation, _ = store.keep("anne", "", replace(turn, question="mot \n" * 100))
    title = store.title("anne", conversation)
    assert len(title) <= 121
    assert title.endswith("mot…")
    for nothing in ("  ", "\u200b", "\u2060\u200b", "\u00ad", "\u202e", "\u3164", "\u2800", "\ufe0f", "\0"):
        store.rename("anne", conversation, nothing)
        assert store.title("anne", conversation) == title
    store.rename("anne", conversation, "👍")
    assert store.title("anne", conversation) == "👍"


@given(st.text())
def test_any_question_can_be_kept(tmp_path_factory, question):
    store = Conversations(open_database(database_url(tmp_path_factory.getbasetemp() / "any")))
    conversation, id_ = store.keep("anne", "", KeptTurn(question, answer("q")))
    kept = store.turn("anne", id_).question
    assert kept == question.replace("\0", "").encode("utf-8", "replace").decode()
    assert conversation in {c.id for c in store.listed("anne", limit=1)}


def test_two_windows_add_to_one_conversation_and_lose_nothing(store, turn):
    conversation, _ = store.keep("anne", "", turn)
    threads = [
        threading.Thread(target=lambda: [store.keep("anne", conversation, turn) for _ in range(10)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.turns("anne", conversation)) == 41


def test_a_conversation_deleted_while_a_turn_is_written_stays_deleted(store, database, turn):
    conversation, _ = store.keep("anne", "", turn)
    deleted_before_the_first_write(database)
    assert store.keep("anne", conversation, turn) is None
    assert store.listed("anne") == []


@pytest.mark.parametrize("beside", ["\0", "\ud800"], ids=ascii)
def test_a_name_that_no_database_can_hold_is_nobody_s(store, turn, beside):
    conversation, id_ = store.keep("anne", "", turn)
    assert store.turns("anne", conversation + beside) is None
    assert store.title("anne", conversation + beside) is None
    assert store.turn("anne", id_ + beside) is None
    assert store.keep("anne", conversation + beside, turn) is None


@pytest.mark.parametrize("text_", ["a\0b", "a\\u0000b", "\\\\u0000", '"\\'], ids=["null", "escaped", "twice", "quote"])
def test_null_characters_and_what_looks_like_them_come_back(store, database, text_):
    conversation, id_ = store.keep("anne", "", KeptTurn("q " + text_.replace("\0", ""), answer("q", text=text_)))
    assert store.turn("anne", id_).answer.text == text_
    assert store.turns("anne", conversation)[0].question == "q " + text_.replace("\0", "")
    with database.connect() as connection:
        assert "\0" not in connection.execute(text("SELECT kept FROM turns")).scalar_one()


@pytest.mark.parametrize("kept", ["{", "{}"], ids=["no JSON", "no turn"])
def test_a_turn_that_cannot_be_read_is_refused_in_words_that_name_it(store, database, turn, kept):
    _, id_ = store.keep("anne", "", turn)
    with database.begin() as connection:
        connection.execute(text("UPDATE turns SET kept = :kept"), {"kept": kept})
    with pytest.raises(DatabaseRefused, match=id_):
        store.turn("anne", id_)


@pytest.mark.parametrize(
    ("kept", "question"),
    [
        ('{"question":"Un \\"salon\\" à Écully ?","answer":{"of":"another version"}}', 'Un "salon" à Écully ?'),
        ('{"question":"Un sal', ""),
        ("", ""),
        ('{"question":"\\x"}', ""),
    ],
)
def test_a_turn_that_cannot_be_read_takes_no_other_with_it(store, turn, kept, question):
    conversation, _ = store.keep("anne", "", turn)
    _, damaged = store.keep("anne", conversation, turn)
    _, last = store.keep("anne", conversation, turn)
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE turns SET kept = :kept WHERE id = :id"), {"kept": kept, "id": damaged})
    first, lost, third = store.turns("anne", conversation)
    assert (first.question, third.id) == (turn.question, last)
    assert (lost.question, lost.id) == (question, damaged)
    assert damaged in lost.problem.message
