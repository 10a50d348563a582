"""What a question asks, part by part, and the kinds of answer that no quote holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Question
from assistant.several import asked_parts, missing_kinds
from tests.assistant.making import Bilingual, assistant_on
from tests.index.making import build
from tests.support import write_pdf


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "ransomware, on fait quoi, faut-il payer, qui prévenir et sous combien d'heures ?",
            ["ransomware, on fait quoi", "faut-il payer", "qui prévenir", "et sous combien d'heures ?"],
        ),
        ("Qui choisit le référent, et qui le remplace ?", ["Qui choisit le référent", "et qui le remplace ?"]),
        ("C’est quoi le seuil ? Et c’est où ?", ["C’est quoi le seuil ?", "Et c’est où ?"]),
        ("Que faut-il faire, où porter plainte ?", ["Que faut-il faire", "où porter plainte ?"]),
        ("How long should a note be and what comes first?", ["How long should a note be", "and what comes first?"]),
    ],
)
def test_each_thing_asked_is_a_part(question, parts):
    assert asked_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Comment accueillir un stagiaire ?",
        "Combien coûtent le stand et le transport ?",
        "On a rencontré un ministre, un élu et un préfet. Faut-il le déclarer ?",
        "Une délégation vient mardi ; comment la recevoir ?",
        "Quand on part en Chine, combien coûte l’assurance ?",
        "Je dirige une PME qui exporte. Combien coûte l’assurance ?",
        "My colleague is in China, how much does the insurance cost?",
        "les sauvegardes",
        "",
    ],
)
def test_a_question_that_asks_one_thing_is_its_own_part(question):
    assert asked_parts(question) == [question]


@given(st.text(max_size=200))
def test_no_word_is_lost(question):
    letters = [c for c in question if c.isalnum()]
    assert [c for part in asked_parts(question) for c in part if c.isalnum()] == letters


PRICE_AND_HOW = "Combien coûte l’audit, et comment s’y préparer ?"


def test_the_kind_of_one_part_that_no_quote_holds_is_missing():
    assert missing_kinds(PRICE_AND_HOW, ["Un audit se prépare en une semaine."]) == ["money"]
    assert missing_kinds(PRICE_AND_HOW, ["Un audit se prépare.", "Il coûte 3 000 euros."]) == []


def test_a_question_of_one_part_misses_nothing_here():
    """It is refused where nothing near holds what it asks for."""
    assert missing_kinds("Combien coûte l’audit ?", ["Un audit se prépare."]) == []


def test_the_answer_gives_the_rest_and_says_what_is_missing(tmp_path):
    page = [(60, 760, 18, "Audits"), (60, 700, 11, "Le pôle prépare un audit en relisant ses comptes rendus.")]
    (tmp_path / "corpus").mkdir()
    write_pdf(tmp_path / "corpus" / "recueil.pdf", [page])
    build(tmp_path / "corpus", tmp_path / "index", Bilingual())
    answer = assistant_on(tmp_path / "index").ask(Question("Comment préparer un audit, et combien coûte un audit ?"))
    assert answer.verdict == "answered"
    assert answer.notes == ("Aucun des passages cités ne donne de montant.",)
