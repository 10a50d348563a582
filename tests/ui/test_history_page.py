"""The page of one's own conversations."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from evaluations import inbox
from evaluations.journal import FOLDER
from tests.ui.chat_fakes import answer, ask, keys, shown, visit
from tests.ui.conftest import PAGE
from ui.kept import Conversations, KeptTurn
from ui.people import LOCAL
from ui.stored import database


@pytest.fixture
def store(page) -> Conversations:
    return Conversations(database())


@pytest.fixture
def history(page, store) -> AppTest:
    """The page, with three conversations of this person and one of another."""
    for question in ("Un salon ?", "Un stagiaire ?", "Un brevet ?"):
        store.keep(LOCAL, "", KeptTurn(question, answer(question)))
    store.keep("bruno", "", KeptTurn("Un secret ?", answer("Un secret ?")))
    history = AppTest.from_file(str(PAGE), default_timeout=30)
    history.run()
    return visit(history, "conversations")


def titles(history: AppTest) -> list[str]:
    assert not history.exception
    return [link.proto.label.replace("\\", "") for link in history.get("page_link")][3:]


def test_only_one_s_own_are_listed_the_last_first(history):
    assert titles(history) == ["Un brevet\u202f?", "Un stagiaire\u202f?", "Un salon\u202f?"]
    assert "secret" not in shown(history)


def test_they_are_searched(history):
    history.text_input(key="history-search").set_value("SALON").run()
    assert titles(history) == ["Un salon\u202f?"]
    history.text_input(key="history-search").set_value("introuvable").run()
    assert "Aucune conversation ne contient ces mots." in shown(history)


def test_one_is_renamed(history, store):
    one = store.listed(LOCAL)[0].id
    history.button(key=f"rename-{one}").click().run()
    history.text_input(key=f"new-title-{one}").set_value("La veille")
    next(b for b in history.button if b.label == "Enregistrer").click().run()
    assert titles(history)[0] == "La veille"
    assert not keys(history, "new-title")


def test_one_is_deleted_once_it_is_sure(history, store):
    one = store.listed(LOCAL)[0].id
    history.button(key=f"delete-{one}").click().run()
    assert len(store.listed(LOCAL)) == 3
    history.button(key=f"no-delete-{one}").click().run()
    assert not keys(history, "yes-delete")
    history.button(key=f"delete-{one}").click().run()
    history.button(key=f"yes-delete-{one}").click().run()
    assert titles(history) == ["Un stagiaire\u202f?", "Un salon\u202f?"]


def test_everything_is_erased_once_it_is_sure_the_evaluators_copy_too(history, page, store, tmp_path):
    ask(page, "Comment marquer nos documents ?")
    page.button(key="unhelpful-0").click().run()
    box = tmp_path / FOLDER / inbox.INBOX
    assert json.loads(box.read_text("utf-8"))["helpful"] is False
    history.run()
    history.button(key="erase").click().run()
    assert len(store.listed(LOCAL)) == 4
    history.button(key="erase-yes").click().run()
    assert "Tout est effacé" in shown(history)
    assert store.listed(LOCAL) == []
    assert len(store.listed("bruno")) == 1
    assert box.read_text("utf-8") == ""


def test_all_that_is_kept_is_taken_away_in_a_thread_that_knows_no_session(history, page, monkeypatch):
    """Streamlit asks for the file once the page is drawn: who is there cannot be known any more."""
    files = []
    monkeypatch.setattr(st, "download_button", lambda _, data, *__, **___: files.append(data))
    history.run()
    monkeypatch.setattr("ui.chat.state.person", lambda: None)
    with ThreadPoolExecutor(1) as pool:
        taken = json.loads(pool.submit(files[-1]).result())
    assert (taken["person"], len(taken["conversations"])) == (LOCAL, 3)


def test_one_conversation_erased_is_told_as_well_as_several(history):
    history.button(key="erase").click().run()
    history.button(key="erase-yes").click().run()
    assert "Tout est effacé. Conversations\u202f: 3." in shown(history).replace("\u00a0", "\u202f")


@pytest.mark.parametrize(
    ("days", "told"), [("1", "effacée un jour après sa dernière question"), ("2", "effacée 2 jours après")]
)
def test_how_long_conversations_are_kept_is_told(history, monkeypatch, days, told):
    monkeypatch.setenv("VIGIE_CHAT__RETENTION_DAYS", days)
    assert told in shown(history.run()).replace("\u00a0", " ")


def test_a_search_of_only_signs_finds_nothing(history):
    history.text_input(key="history-search").set_value("?").run()
    assert "Aucune conversation ne contient ces mots." in shown(history)


def test_nothing_to_list_says_what_will_be_here(page, store):
    page.run()
    visit(page, "conversations")
    assert "Vous n’avez pas encore de conversation" in shown(page)


def test_a_long_list_comes_by_parts(history, store):
    for number in range(25):
        store.keep(LOCAL, "", KeptTurn(f"N {number}", answer("q")))
    history.run()
    assert len(titles(history)) == 20
    history.button(key="history-more").click().run()
    assert len(titles(history)) == 28


def test_a_database_that_cannot_be_read_is_said(page, monkeypatch, tmp_path):
    monkeypatch.setenv("VIGIE_CHAT__DATABASE_URL", f"sqlite:///{tmp_path}")
    page.run()
    assert keys(page, "example-")  # questions are answered all the same
    visit(page, "conversations")
    assert "n’a pas pu être utilisée" in shown(page)
