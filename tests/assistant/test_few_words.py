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


@pytest.mark.parametrize("question", ["Quelles sanctions en cas d’oubli ?", "Qui décide du niveau ?"])
def test_what_it_does_not_hold_is_read_with_the_question_before(assistant, question):
    first = f"{question[:1].lower()}{question[1:]}"
    assert after(assistant, question) == f"Comment mener une veille sur les brevets : {first}"


def test_as_the_first_question_it_is_left_as_it_is(assistant):
    question = "Quelles sanctions en cas d’oubli ?"
    assert assistant.ask(Question(question)).standalone_question == question
