"""Conversations outlive the session and open by their address; what is said of answers reaches the evaluators."""

import gc
import json

import pytest
from sqlalchemy import text
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.testing.v1 import AppTest

from assistant import Answer
from evaluations import EvaluationError, inbox, labels
from evaluations.journal import FOLDER
from tests.ui.chat_fakes import FIRST, Pen, act_meanwhile, answer, ask, keys, shown
from tests.ui.conftest import PAGE
from ui.chat.state import start_again
from ui.kept import Conversations, DatabaseRefused, Opinion, Opinions, delete_conversation, erase
from ui.people import LOCAL
from ui.stored import database, forget

QUESTION = "Comment marquer nos documents ?"


@pytest.fixture
def store(page) -> Conversations:
    return Conversations(database())


def opened(conversation: str) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    page.query_params["conversation"] = conversation
    return page.run()


def only(store: Conversations) -> str:
    (conversation,) = store.listed(LOCAL)
    return conversation.id


def test_a_conversation_is_kept_under_the_name_in_its_address(page, store):
    ask(page, QUESTION)
    assert page.query_params["conversation"] == only(store)
    (turn,) = store.turns(LOCAL, only(store))
    assert (turn.question, turn.answer.passport.index_version) == (QUESTION, "v1")


def test_its_address_opens_it_without_searching(page, store, assistant):
    ask(page, QUESTION)
    asked = len(assistant.asked)
    again = opened(only(store))
    assert "Comment marquer nos documents" in shown(again)
    assert FIRST in shown(again)
    assert len(assistant.asked) == asked
    again.chat_input[0].set_value("Et pour une PME ?").run()
    assert [m.content for m in assistant.asked[-1].history][:1] == [QUESTION]
    assert len(store.turns(LOCAL, only(store))) == 2


def test_a_long_one_opens_by_its_address_with_its_last_turns_then_the_others(page, store, assistant):
    page.run()
    for number in range(6):
        page.chat_input[0].set_value(f"Question {number} ?").run()
    asked = len(assistant.asked)
    again = opened(only(store))
    html = shown(again)
    assert "Question 5" in html
    assert "Question 1" not in html
    assert keys(again, "start-again-bar")
    again.button(key="earlier").click().run()
    assert "Question 0" in shown(again)
    assert len(assistant.asked) == asked
    again.button(key="start-again-bar").click().run()
    assert "vigie-asked" not in shown(again)


def test_what_has_no_word_is_not_kept(page, store):
    ask(page, " ?! ")
    assert store.listed(LOCAL) == []


def test_a_long_conversation_leaves_its_first_turns_to_the_database(page, store):
    page.run()
    for number in range(6):
        page.chat_input[0].set_value(f"Question {number} ?").run()
    page.run()
    turns = page.session_state["conversation"]
    assert [turn.shelved for turn in turns] == [True] * 3 + [False] * 3
    assert all(turn.reply is None for turn in turns[:3])


def test_a_follow_up_knows_all_that_was_said_however_long_the_conversation(page, store, assistant):
    questions = [f"Question {number} ?" for number in range(7)]
    for number, question in enumerate(questions):
        assistant.replies[question] = answer(question, "not_in_guide", f"Réponse {number}.")
    page.run()
    for question in questions[:6]:
        page.chat_input[0].set_value(question).run()
    assert said(assistant.asked[-1]) == told(5)
    again = opened(only(store))
    again.chat_input[0].set_value(questions[6]).run()
    assert said(assistant.asked[-1]) == told(6)


def said(question) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in question.history]


def told(turns: int) -> list[tuple[str, str]]:
    pairs = ((("user", f"Question {n} ?"), ("assistant", f"Réponse {n}.")) for n in range(turns))
    return [message for pair in pairs for message in pair]


def test_a_reader_who_acts_while_the_answer_is_found_has_it_searched_written_and_kept_once(page, store, assistant):
    pen = assistant.generator = Pen()
    found, acted = assistant.stream, []

    def stream(question):
        for snapshot in found(question):
            if not acted:
                acted.append(act_meanwhile())
            yield snapshot

    assistant.stream = stream
    ask(page, QUESTION)
    assert acted
    assert len(assistant.asked) == 1
    page.button(key="stop-0").click().run()
    pen.says("Trop tard.")
    assert pen.closed.wait(10)
    (turn,) = store.turns(LOCAL, only(store))
    assert turn.stopped


def test_a_reader_who_acts_while_the_turn_is_kept_has_it_kept_once(page, store, monkeypatch):
    keep = Conversations.keep

    def keep_slowly(*arguments):
        names = keep(*arguments)
        act_meanwhile()
        return names

    monkeypatch.setattr(Conversations, "keep", keep_slowly)
    ask(page, QUESTION)
    page.chat_input[0].set_value("Et pour une PME ?").run()
    assert [turn.question for turn in store.turns(LOCAL, only(store))] == [QUESTION, "Et pour une PME ?"]
    assert page.query_params["conversation"] == only(store)


def test_a_session_holds_only_the_answers_that_it_draws(page):
    page.run()
    for number in range(8):
        page.chat_input[0].set_value(f"Question {number} ?").run()
        page.button(key=f"marker-{number}-1").click().run()
    gc.collect()
    held = {thing.question for thing in gc.get_objects() if type(thing) is Answer and "Question" in thing.question}
    assert held == {f"Question {number} ?" for number in (5, 6, 7)}


def test_a_session_holds_only_the_widgets_that_it_draws(page):
    def held() -> int:
        gc.collect()
        return sum(type(thing) is WidgetMetadata for thing in gc.get_objects())

    page.run()
    for number in range(3):
        page.chat_input[0].set_value(f"Question {number} ?").run()
    drawn = held()
    for number in range(3, 9):
        page.chat_input[0].set_value(f"Question {number} ?").run()
    assert held() <= drawn + 3  # a button for the earlier turns


@pytest.mark.parametrize("name", ["inconnue", "../vigie.db", "x" * 5000, "é\u202e"])
def test_an_address_that_names_none_is_said_and_questions_start(page, name):
    page.query_params["conversation"] = name
    html = shown(page.run())
    assert "n’existe pas, ou n’existe plus" in html
    assert keys(page, "example-")
    assert "conversation" not in page.query_params


def test_a_new_conversation_has_a_new_name(page, store):
    ask(page, QUESTION)
    first = only(store)
    page.button(key="start-again-bar").click().run()
    assert "conversation" not in page.query_params
    page.chat_input[0].set_value("Une autre ?").run()
    assert page.query_params["conversation"] != first
    assert len(store.listed(LOCAL)) == 2


def test_the_last_conversations_are_offered_on_the_first_screen(page, store):
    ask(page, QUESTION)
    again = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert f'href="?conversation={only(store)}">Comment marquer nos documents' in shown(again)


def test_a_failure_is_not_kept_and_can_be_tried_again(page, store, assistant):
    from corpus import VigieError

    assistant.replies[QUESTION] = VigieError("En panne.", "Attendez.")
    ask(page, QUESTION)
    assert store.listed(LOCAL) == []
    del assistant.replies[QUESTION]
    page.button(key="retry-0").click().run()
    assert FIRST in shown(page)
    assert len(store.turns(LOCAL, only(store))) == 1


def test_a_database_that_refuses_costs_no_answer(page, monkeypatch):
    def refuses(*_):
        raise DatabaseRefused("La base est pleine.", "Libérez de la place.")

    monkeypatch.setattr(Conversations, "keep", refuses)
    html = shown(ask(page, QUESTION))
    assert FIRST in html
    assert "n’a pas pu être gardé" in html
    assert "La base est pleine." in html
    assert not keys(page, "helpful-")


def test_a_conversation_deleted_in_another_window_stays_deleted(page, store):
    ask(page, QUESTION)
    delete_conversation(database(), LOCAL, only(store), forget)
    page.chat_input[0].set_value("Et encore ?").run()
    assert FIRST in shown(page)
    assert "supprimée dans une autre fenêtre" in shown(page)
    assert store.listed(LOCAL) == []


def test_only_the_last_turns_are_drawn_until_the_others_are_asked_for(page, assistant):
    page.run()
    for number in range(6):
        page.chat_input[0].set_value(f"Question {number} ?").run()
    html = shown(page)
    assert "Question 2" not in html
    assert "Question 5" in html
    asked = len(assistant.asked)
    page.button(key="earlier").click().run()
    assert "Question 0" in shown(page)
    assert len(assistant.asked) == asked


def test_one_question_too_many_is_refused_with_the_time_to_wait(page, monkeypatch, assistant):
    monkeypatch.setenv("VIGIE_CHAT__QUESTIONS_PER_MINUTE", "1")
    ask(page, QUESTION)
    page.chat_input[0].set_value("Une autre ?").run()
    html = shown(page)
    assert "Un instant" in html
    assert "secondes, puis réessayez" in html
    assert len(assistant.asked) == 1


def feedback(tmp_path) -> list[dict]:
    path = tmp_path / FOLDER / inbox.INBOX
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_a_no_is_written_at_once_then_completed_with_its_reason(page, store, tmp_path):
    ask(page, QUESTION)
    page.button(key="unhelpful-0").click().run()
    (given,) = feedback(tmp_path)
    assert (given["helpful"], given["reason"]) == (False, None)
    assert given["answer"]["passport"]["index_version"] == "v1"
    page.radio(key="reason-0").set_value("wrong_source")
    page.text_area(key="comment-0").set_value("Ce n’est pas la page.")
    submit = next(b for b in page.button if b.label == "Envoyer")
    submit.click().run()
    (given,) = feedback(tmp_path)
    assert (given["helpful"], given["reason"], given["comment"]) == (False, "wrong_source", "Ce n’est pas la page.")
    (turn,) = store.turns(LOCAL, only(store))
    assert Opinions(database()).of(LOCAL, turn.id).feedback_id == given["id"]
    assert "Merci" in shown(page)


def test_a_change_of_mind_takes_the_place_of_the_opinion(page, tmp_path):
    ask(page, QUESTION)
    page.button(key="helpful-0").click().run()
    page.button(key="rethink-0").click().run()
    page.button(key="unhelpful-0").click().run()
    assert [given["helpful"] for given in feedback(tmp_path)] == [False]


def test_a_change_of_mind_leaves_what_evaluators_made_of_the_answer(page, tmp_path):
    ask(page, QUESTION)
    page.button(key="helpful-0").click().run()
    (item,) = inbox.listed(tmp_path)
    labels.adjudicate(tmp_path, item.feedback, "wrong", "Zoé", "La page 3 le dit.")
    page.button(key="rethink-0").click().run()
    page.button(key="unhelpful-0").click().run()
    (changed,) = inbox.listed(tmp_path)
    assert (changed.feedback.id, changed.feedback.helpful) == (item.feedback.id, False)
    assert (changed.state, changed.review.adjudication.why) == ("settled", "La page 3 le dit.")


def test_a_database_that_refuses_an_opinion_leaves_none_with_the_evaluators(page, tmp_path, monkeypatch):
    def refuses(*_):
        raise DatabaseRefused("La base est pleine.", "Libérez de la place.")

    ask(page, QUESTION)
    monkeypatch.setattr(Opinions, "keep", refuses)
    assert "La base est pleine." in shown(page.button(key="helpful-0").click().run())
    assert feedback(tmp_path) == []


def test_an_opinion_of_a_conversation_erased_meanwhile_is_taken_back(page, store, tmp_path, monkeypatch):
    receive = inbox.receive

    def erased_meanwhile(*arguments, **values):
        assert erase(database(), LOCAL, forget) == 1
        return receive(*arguments, **values)

    ask(page, QUESTION)
    monkeypatch.setattr(inbox, "receive", erased_meanwhile)
    html = shown(page.button(key="helpful-0").click().run())
    assert "supprimée dans une autre fenêtre" in html
    assert feedback(tmp_path) == []


def test_two_windows_leave_one_opinion_that_the_database_knows(page, store, tmp_path, monkeypatch):
    """The other window says no once this one has kept its yes, and tells the evaluators first."""
    ask(page, QUESTION)
    (turn,) = store.turns(LOCAL, only(store))
    receive, others = inbox.receive, []

    def other_first(*arguments, **values):
        if not others:
            others.append(Opinions(database()).keep(LOCAL, turn.id, Opinion(False, feedback_id="f-other")))
            receive(*arguments, **values | {"helpful": False, "id_": others[0].feedback_id})
        return receive(*arguments, **values)

    monkeypatch.setattr(inbox, "receive", other_first)
    page.button(key="helpful-0").click().run()
    (given,) = feedback(tmp_path)
    kept = Opinions(database()).of(LOCAL, turn.id)
    assert (given["id"], given["helpful"]) == (kept.feedback_id, kept.helpful) == (given["id"], False)


def test_an_opinion_reaches_the_evaluators_whatever_its_reader_does_meanwhile(page, store, tmp_path, monkeypatch):
    keep = Opinions.keep

    def clicked_meanwhile(*arguments):
        kept = keep(*arguments)
        act_meanwhile()
        return kept

    ask(page, QUESTION)
    monkeypatch.setattr(Opinions, "keep", clicked_meanwhile)
    page.button(key="helpful-0").click().run()
    (given,) = feedback(tmp_path)
    (turn,) = store.turns(LOCAL, only(store))
    assert Opinions(database()).of(LOCAL, turn.id).feedback_id == given["id"]


def test_an_opinion_of_a_follow_up_tells_what_came_before(page, tmp_path):
    ask(page, QUESTION)
    page.chat_input[0].set_value("Et pour une PME ?").run()
    page.button(key="helpful-1").click().run()
    (given,) = feedback(tmp_path)
    assert [turn["role"] for turn in given["history"]] == ["user", "assistant"]
    assert given["history"][0]["content"] == QUESTION


def test_an_opinion_in_a_long_conversation_tells_all_that_came_before(page, tmp_path):
    page.run()
    for number in range(6):
        page.chat_input[0].set_value(f"Question {number} ?").run()
    page.button(key="helpful-5").click().run()
    (given,) = feedback(tmp_path)
    assert [turn["content"] for turn in given["history"] if turn["role"] == "user"] == [
        f"Question {number} ?" for number in range(5)
    ]
    assert {turn["content"] for turn in given["history"] if turn["role"] == "assistant"} == {"Voici :"}


def test_an_opinion_of_a_conversation_deleted_in_another_window_is_refused_with_the_reason(page, store, tmp_path):
    ask(page, QUESTION)
    delete_conversation(database(), LOCAL, only(store), forget)
    html = shown(page.button(key="helpful-0").click().run())
    assert "Votre avis n’a pas pu être enregistré" in html
    assert "supprimée dans une autre fenêtre" in html
    assert feedback(tmp_path) == []


def test_a_silence_has_reasons_of_its_own(page, assistant):
    assistant.replies[QUESTION] = answer(QUESTION, "not_in_guide", "Le recueil n’en dit rien.")
    ask(page, QUESTION)
    page.button(key="unhelpful-0").click().run()
    assert page.radio(key="reason-0").options == ["Le recueil en parle", "Autre chose"]


def test_an_inbox_that_refuses_is_said_and_the_opinion_kept(page, store, monkeypatch):
    def refuses(*_, **__):
        raise EvaluationError("La boîte est pleine.", "Libérez de la place.")

    monkeypatch.setattr("evaluations.inbox.receive", refuses)
    ask(page, QUESTION)
    page.button(key="helpful-0").click().run()
    assert "les évaluateurs ne l’ont pas reçu" in shown(page)
    (turn,) = store.turns(LOCAL, only(store))
    assert Opinions(database()).of(LOCAL, turn.id).helpful


def test_the_interface_speaks_english_and_remembers_it(page):
    page.run().button(key="language").click().run()
    assert page.chat_input[0].placeholder == "Ask your question in French or in English"
    assert 'data-lang="en"' in shown(page)
    again = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert again.chat_input[0].placeholder == "Ask your question in French or in English"


def test_what_is_asked_after_a_conversation_is_left_is_another_one_even_while_it_is_kept(page, store, monkeypatch):
    """A click starts another run of the page beside the one that still writes the first answer."""
    kept, left = Conversations.keep, []

    def left_meanwhile(self, owner, conversation, turn):
        names = kept(self, owner, conversation, turn)
        if not left:
            left.append(start_again())
            act_meanwhile()
        return names

    monkeypatch.setattr(Conversations, "keep", left_meanwhile)
    ask(page, QUESTION)
    page.chat_input[0].set_value("Un autre sujet ?").run()
    talks = [[turn.question for turn in store.turns(LOCAL, one.id)] for one in store.listed(LOCAL)]
    assert sorted(talks) == [[QUESTION], ["Un autre sujet ?"]]


def test_a_conversation_with_a_damaged_turn_opens_with_the_others(page, store):
    ask(page, QUESTION)
    page.chat_input[0].set_value("Et pour une PME ?").run()
    with store._engine.begin() as connection:
        connection.execute(
            text("UPDATE turns SET kept = replace(kept, '\"answer\":', '\"autre\":') WHERE position = 0")
        )
    html = shown(opened(only(store)))
    assert "Cette réponse ne peut plus être relue" in html
    assert "Comment marquer nos documents" in html
    assert "Et pour une PME" in html
