"""What people type after an answer, on the shipped guide with its real model: read with it, or a new subject."""

from pathlib import Path

import pytest

from assistant import Assistant, Message, Question
from evaluations.benchmarks.opened import open_assistant

FIRST = "Comment organiser la visite d’une délégation étrangère ?"


@pytest.fixture(scope="module")
def guide(real_home: Path) -> Assistant:
    return open_assistant(real_home / "index")


def read_as(guide: Assistant, question: str) -> str:
    history = (Message("user", FIRST), Message("assistant", guide.ask(Question(FIRST)).text))
    return guide.ask(Question(question, history)).standalone_question


@pytest.mark.parametrize(
    "question", ["Quelles sanctions en cas d’oubli ?", "Par exemple, se faire passer pour un client ?", "C’est cher ?"]
)
def test_few_words_are_read_with_the_question_before(guide, question):
    assert read_as(guide, question).startswith(FIRST.rstrip(" ?"))


@pytest.mark.parametrize(
    "question",
    [
        "Faut-il payer une rançon ?",
        "Quelle amende prévoit le RGPD ?",
        "Qui délivre l’accès à une ZRR ?",
        "Que mange un panda ?",
    ],
)
def test_what_the_guide_has_or_has_nothing_like_is_a_new_subject(guide, question):
    assert read_as(guide, question) == question
