"""The section that the turn before quoted first."""

import time

import pytest

from assistant import Message, Question
from assistant.previous import previous_section
from tests.assistant.making import assistant_on

BADGE = "Les visiteurs portent un badge et ne restent jamais seuls dans les laboratoires."
LENT = "En déplacement, un ordinateur de prêt ne contient que les fichiers nécessaires."


def heading(version, *said: str) -> str | None:
    history = [Message("user", "Et les visiteurs ?"), *(Message("assistant", text) for text in said)]
    found = previous_section(history, version)
    return found[1][-1] if found else None


@pytest.fixture(scope="module")
def version(guide_index):
    return assistant_on(guide_index).searcher.version


@pytest.mark.parametrize(
    ("said", "section"),
    [
        (f"Voici ce qu’en dit le recueil :\n\n« {BADGE} » [1]\n\n« {LENT} » [2]", "Accueil des visiteurs"),
        (f"« {LENT} » [1]", "Déplacements"),
        ("« les visiteurs  portent un\nbadge » [1]", "Accueil des visiteurs"),
        (f"« un texte que personne n’a écrit » [1] « {LENT} » [2]", "Déplacements"),
        ("« visiteurs » [1]", None),
        (BADGE, None),
        ("Le recueil ne répond pas à cette question.", None),
    ],
)
def test_it_is_found_by_the_first_quote_that_the_index_has(version, said, section):
    assert heading(version, said) == section


def test_the_last_answer_counts(version):
    assert heading(version, f"« {BADGE} » [1]", f"« {LENT} » [1]") == "Déplacements"


def test_in_between_the_guide_may_have_been_silent(version):
    silent = "Le recueil ne répond pas à cette question."
    assert heading(version, f"« {BADGE} » [1]", silent) == "Accueil des visiteurs"
    assert heading(version, f"« {BADGE} » [1]", silent, silent, silent) is None


def test_a_quote_of_many_blanks_is_read_in_no_time(version):
    begin = time.perf_counter()
    assert heading(version, "« " + " " * 100_000 + "x") is None
    assert heading(version, f"« {' ' * 50_000}{BADGE}{' ' * 50_000} »") == "Accueil des visiteurs"
    assert time.perf_counter() - begin < 2


def test_without_an_answer_there_is_none(version):
    assert heading(version) is None


FOLLOW_UP = Question(
    "et sans badge ?", (Message("user", "Comment accueillir les visiteurs ?"), Message("assistant", f"« {BADGE} » [1]"))
)


def test_the_passport_of_a_follow_up_names_it(guide_index):
    answer = assistant_on(guide_index).ask(FOLLOW_UP)
    assert answer.passport.follows == ["recueil", "Accueil des visiteurs"]


def test_a_question_that_stands_alone_follows_nothing(guide_index):
    alone = Question("Comment mener une veille sur les brevets ?", FOLLOW_UP.history)
    assert assistant_on(guide_index).ask(alone).passport.follows == []


def test_the_answer_is_the_same_without_the_history_where_the_section_is_told(guide_index):
    assistant = assistant_on(guide_index)
    first = assistant.ask(FOLLOW_UP)
    section = (first.passport.follows[0], tuple(first.passport.follows[1:]))
    again = assistant.ask(Question(FOLLOW_UP.text, written_out=first.standalone_question, follows=section))
    assert (again.text, again.passport, again.confidence) == (first.text, first.passport, first.confidence)
