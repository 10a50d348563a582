"""A written answer grows above its quotes, can be stopped, and survives whatever its reader does meanwhile."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import SimpleQueue

import pytest
from streamlit.testing.v1 import AppTest

from assistant import Answer, AssistantSettings
from tests.ui.chat_fakes import FIRST, HOSTILE, FakeAssistant, Pen, answer, ask, keys, shown, visit
from tests.ui.conftest import PAGE
from ui.busy import Turnstile
from ui.chat.writing import Writing
from ui.interruption import Interrupted
from ui.kept import Conversations, KeptTurn
from ui.people import LOCAL
from ui.stored import database

WRITING, REWORDED, QUOTED = "Rédaction en cours…", ">reformulé</span>", ">cité</span>"


def until(page: AppTest, seen: Callable[[str], bool]) -> str:
    """The page's HTML once it is as expected; the thread that writes needs a moment."""
    pause = threading.Event()
    for _ in range(100):
        if seen(html := shown(page.run())):
            return html
        pause.wait(0.05)
    return pytest.fail("the page never showed it")


def only_conversation() -> str:
    (conversation,) = Conversations(database()).listed(LOCAL)
    return conversation.id


def kept() -> list[KeptTurn]:
    return Conversations(database()).turns(LOCAL, only_conversation()) or []


def test_quotes_come_first_then_each_sentence_above_them(page: AppTest, pen: Pen, assistant: FakeAssistant):
    html = shown(ask(page, "Une question ?"))
    assert html.index(WRITING) < html.index("Dans le texte") < html.index(FIRST)
    pen.says("Marquez vos documents.")
    html = until(page, lambda html: "Marquez" in html)
    assert html.index("Marquez") < html.index(WRITING) < html.index(FIRST)
    pen.says(FIRST, "quoted")
    pen.ends()
    html = until(page, lambda html: WRITING not in html)
    assert html.count(FIRST) == 2
    assert "Réponse rédigée." in html
    assert not keys(page, "stop-")
    assert shown(page.run()) == html
    assert len(assistant.asked) == 1


def test_sentences_lead_to_their_quotes_and_say_whose_words_they_are(page: AppTest, pen: Pen):
    pen.says("1. Marquez vos documents.")
    pen.says(FIRST, "quoted")
    pen.ends()
    ask(page, "Une question ?")
    html = until(page, lambda html: "Réponse rédigée." in html)
    assert ">Marquez" in html  # bare of its number
    assert html.index("Marquez") < html.index(REWORDED) < html.index(QUOTED)
    assert html.count('href="#passage-0-1" aria-label="aller à la citation 1">[1]</a>') == 2
    assert html.count('id="passage-0-1"') == 1
    assert "vérifiez sur la citation" in html


def test_a_sentence_may_bring_a_quote_of_its_own(page: AppTest, pen: Pen, assistant: FakeAssistant):
    ask(page, "Une question ?")
    other = assistant.cite(len(FIRST) + 1, len(assistant.passage.text), n=2)
    pen.changes(lambda answer: replace(answer, citations=(*answer.citations, other)))
    until(page, lambda html: 'id="passage-0-2"' in html)
    assert keys(page, "marker-") == ["marker-0-1", "marker-0-2"]
    pen.ends()


def test_a_stop_keeps_what_is_written_and_closes_the_stream(page: AppTest, pen: Pen, assistant: FakeAssistant):
    ask(page, "Une question ?")
    pen.says("Marquez vos documents.")
    until(page, lambda html: "Marquez" in html)
    html = shown(page.button(key="stop-0").click().run())
    assert "Rédaction arrêtée" in html
    assert "Marquez" in html
    assert FIRST in html
    pen.says("Trop tard pour cette phrase.")
    assert pen.closed.wait(10)
    assert "Trop tard" not in shown(page.run())
    assert len(assistant.asked) == 1


def test_a_question_asked_meanwhile_costs_neither_answer_anything(page: AppTest, pen: Pen, assistant: FakeAssistant):
    first = pen
    ask(page, "Avant ?")
    first.says("Marquez vos documents.")
    until(page, lambda html: "Marquez" in html)
    assistant.generator = second = Pen()
    html = shown(page.chat_input[0].set_value("Après ?").run())
    assert html.index("Marquez") < html.index("Après") < html.rindex(FIRST)
    assert html.count(WRITING) == 2
    first.says("Comptez les copies.")
    first.ends()
    second.says("Rangez les copies.")
    second.ends()
    html = until(page, lambda html: html.count("Réponse rédigée.") == 2)
    assert html.index("Marquez") < html.index("Comptez") < html.index("Après") < html.index("Rangez")
    assert [question.text for question in assistant.asked] == ["Avant ?", "Après ?"]


def test_a_source_opens_while_the_answer_is_written(page: AppTest, pen: Pen):
    ask(page, "Une question ?")
    page.button(key="marker-0-1").click().run()
    assert len(page.get("image")) == 1
    pen.says("Marquez vos documents.")
    until(page, lambda html: "Marquez" in html)
    assert len(page.get("image")) == 1
    pen.ends()


def test_a_note_is_shown_and_the_quotes_stand(page: AppTest, pen: Pen):
    pen.changes(lambda answer: replace(answer, notes=("La rédaction <b>n’a pas</b> abouti.",)))
    pen.ends()
    ask(page, "Une question ?")
    html = until(page, lambda html: "abouti" in html and WRITING not in html)
    assert "&lt;b&gt;n’a pas&lt;/b&gt;" in html
    assert FIRST in html
    assert "Réponse rédigée." not in html


def test_an_unforeseen_failure_of_the_pen_is_said_and_the_quotes_stand(page: AppTest, pen: Pen):
    pen.breaks()
    ask(page, "Une question ?")
    html = until(page, lambda html: WRITING not in html)
    assert "La rédaction n’a pas abouti" in html
    assert FIRST in html


def test_a_draft_of_which_nothing_survives_may_become_an_abstention(page: AppTest, pen: Pen):
    pen.changes(lambda first: answer(first.question, "not_in_guide", "Le recueil ne répond pas."))
    pen.ends()
    ask(page, "Une question ?")
    html = until(page, lambda html: "vigie-silent" in html)
    assert FIRST not in html


def test_what_is_written_is_only_text(page: AppTest, pen: Pen):
    pen.says(HOSTILE)
    pen.ends()
    ask(page, "Une question ?")
    html = until(page, lambda html: "Réponse rédigée." in html)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_english_answers_are_written_with_english_labels(page: AppTest, pen: Pen, assistant: FakeAssistant):
    cited = (assistant.cite(0, len(FIRST)),)
    assistant.replies["How?"] = answer("How?", citations=cited, language="en")
    html = shown(ask(page, "How?"))
    assert "Writing…" in html
    assert page.button(key="stop-0").label == "Stop"
    pen.says("Mark your documents.")
    pen.says(FIRST, "quoted")
    pen.ends()
    html = until(page, lambda html: "Answer written." in html)
    assert '<span lang="en">Mark your documents.</span>' in html
    assert f'<span lang="fr">«\u00a0{FIRST}\u202f»</span>' in html


def test_a_new_conversation_stops_what_is_being_written(page: AppTest, pen: Pen):
    ask(page, "Une question ?")
    page.button(key="start-again-bar").click().run()
    pen.says("Trop tard.")
    assert pen.closed.wait(10)


def test_a_new_conversation_keeps_what_its_reader_had_read_of_the_one_before(page: AppTest, pen: Pen):
    ask(page, "Une question ?")
    pen.says("Marquez vos documents.")
    until(page, lambda html: "Marquez" in html)
    page.button(key="start-again-bar").click().run()
    (turn,) = kept()
    assert [statement.text for statement in turn.answer.summary] == ["Marquez vos documents."]
    assert turn.stopped
    again = AppTest.from_file(str(PAGE), default_timeout=30)
    again.query_params["conversation"] = only_conversation()
    assert "Marquez vos documents." in shown(again.run())
    pen.ends()


def test_another_conversation_opened_meanwhile_keeps_what_was_read_of_the_first(page: AppTest, pen: Pen):
    first = ask(page, "Une question ?").session_state["conversation"][0].id
    pen.says("Marquez vos documents.")
    until(page, lambda html: "Marquez" in html)
    page.query_params["conversation"] = "une-autre"
    page.run()
    turn = Conversations(database()).turn(LOCAL, first)
    assert turn is not None
    assert [statement.text for statement in turn.answer.summary] == ["Marquez vos documents."]
    pen.ends()


def test_what_ends_while_its_reader_is_on_another_page_is_kept(page: AppTest, pen: Pen):
    ask(page, "Une question ?")
    visit(page, "conversations")
    pen.says("Marquez vos documents.")
    pen.ends()
    pause = threading.Event()
    for _ in range(100):
        (turn,) = kept()
        if turn.answer.summary:
            break
        pause.wait(0.05)
    assert [statement.text for statement in turn.answer.summary] == ["Marquez vos documents."]
    assert not turn.stopped


def test_what_was_written_for_a_page_that_is_gone_is_given_to_be_kept_once():
    first, given = answer("Une question ?"), SimpleQueue()

    def until_it_is_gone() -> Iterator[Answer]:
        yield replace(first, text="Marquez vos documents.")
        raise Interrupted

    writing = Writing(until_it_is_gone(), first, Turnstile(1))
    writing.when_done(lambda said, stopped: given.put((said.text, stopped)))
    assert given.get(timeout=10) == ("Marquez vos documents.", True)
    writing.stop()
    assert given.empty()


def test_what_is_done_already_is_given_to_be_kept_at_once():
    given: list[bool] = []
    writing = Writing((_ for _ in ()), answer("Une question ?"), Turnstile(1))
    writing.wait(10)
    writing.when_done(lambda _, stopped: given.append(stopped))
    assert given == [False]


def test_an_opinion_is_asked_for_only_once_all_is_written(page: AppTest, pen: Pen):
    ask(page, "Une question ?")
    pen.says("Marquez vos documents.")
    until(page, lambda html: "Marquez" in html)
    assert not keys(page, "helpful-")
    pen.ends()
    until(page, lambda html: WRITING not in html)
    assert keys(page, "helpful-") == ["helpful-0"]


def test_a_generator_is_warmed_up_once_and_may_fail_at_it(page: AppTest, pen: Pen):
    page.run()
    assert pen.warmed.wait(10)
    pen.warmed.clear()
    ask(page, "Une question ?")
    pen.ends()
    assert not pen.warmed.is_set()


def test_without_a_generator_nothing_is_said_of_writing(page: AppTest):
    html = shown(ask(page, "Une question ?"))
    assert "vigie-status" not in html
    assert "Dans le texte" not in html


@pytest.mark.parametrize("writer", AssistantSettings.model_fields["generator"].annotation.__args__)
def test_only_a_server_outside_is_told_of_and_by_its_name(page: AppTest, monkeypatch: pytest.MonkeyPatch, writer: str):
    monkeypatch.setenv("VIGIE_ASSISTANT__GENERATOR", writer)
    monkeypatch.setenv("VIGIE_ASSISTANT__API_URL", "https://user:secret@llm.pole.example/v1")
    html = shown(page.run())
    assert ("llm.pole.example" in html) == (writer == "api")
    assert ("ne quitte cette machine" in html) == (writer != "api")
    assert "secret" not in html


def test_what_is_written_out_of_sight_is_kept_to_its_end(page: AppTest, pen: Pen, assistant: FakeAssistant):
    ask(page, "Une question ?")
    for number in range(4):
        silent = f"Silence {number} ?"
        assistant.replies[silent] = answer(silent, "not_in_guide", "Rien.")
        page.chat_input[0].set_value(silent).run()
    assert "Une question" not in shown(page)
    pen.says("Marquez vos documents.")
    pen.ends()
    until(page, lambda _: page.session_state["conversation"][0].shelved)
    page.button(key="earlier").click().run()
    assert "Marquez vos documents." in shown(page)
