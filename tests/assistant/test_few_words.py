"""A few words that follow a question: whether they are read with it depends on what the guide has of them."""

import pytest

from assistant import Message, Question

PATENTS = "Comment mener une veille sur les brevets ?"


def after(assistant, question: str) -> str:
    first = assistant.ask(Question(PATENTS))
    history = (Message("user", PATENTS), Message("assistant", first.text))
    return assistant.ask(Question(question, history)).standalone_question


def test_what_the_guide_holds_stands_alone(assistant):
    question = "Les visiteurs portent-ils un badge ?"
    assert after(assistant, question) == question


def test_what_it_hardly_holds_is_read_with_the_question_before(assistant):
    assert after(assistant, "Quels laboratoires ?") == "Comment mener une veille sur les brevets : quels laboratoires ?"


@pytest.mark.parametrize("question", ["Que mange un panda ?", "Quel est le SMIC horaire ?"])
def test_what_it_has_nothing_like_is_a_new_subject(assistant, question):
    assert after(assistant, question) == question


def test_as_the_first_question_it_is_left_as_it_is(assistant):
    question = "Quels laboratoires ?"
    assert assistant.ask(Question(question)).standalone_question == question


def test_half_a_letter_in_an_earlier_turn_is_no_error(assistant):
    history = (Message("user", PATENTS), Message("assistant", "Voici."), Message("user", "Quels \ud800 ?"))
    assert assistant.ask(Question("Quels laboratoires ?", (*history, Message("assistant", "Voici.")))).verdict
