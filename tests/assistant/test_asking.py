"""What a message asks, without thanks and what is told before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking import asking_part, beside_the_guide, is_of_whatever, letter_by_letter, without_courtesy

TOLD = (
    "La salle est réservée, nous serons dix-sept et deux financeurs ont confirmé leur venue "
    "pour toute la matinée de jeudi prochain, au siège."
)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("Très bien. Et pour une PME ?", "Et pour une PME ?"),
        ("ok merci, durée ?", "durée ?"),
        ("Merci pour la réponse. Qui signe ?", "Qui signe ?"),
        ("D’accord, et après ?", "et après ?"),
        ("Bien, et après ?", "et après ?"),
        ("Bien choisir un prestataire", "Bien choisir un prestataire"),
        ("Note de veille : comment la rédiger ?", "Note de veille : comment la rédiger ?"),
        ("Merci de me dire qui signe", "Merci de me dire qui signe"),
        ("Bonjour, qui signe ?", "qui signe ?"),
        ("Recevoir un visiteur", "Recevoir un visiteur"),
        ("merci", "merci"),
        ("", ""),
    ],
)
def test_courtesy_is_left_out_where_something_else_is_said(message, asked):
    assert without_courtesy(message) == asked


def test_of_a_long_answer_to_an_answer_what_asks_is_kept():
    asked = "Combien de scénarios construit-on ?"
    assert asking_part(f"Super. {TOLD} {asked}") == asked


def test_what_a_long_message_asks_of_itself_is_kept_with_it():
    message = f"{TOLD} Cette matinée, on la prépare quand ?"
    assert asking_part(f"Super. {message}") == message


def test_a_long_message_that_answers_nothing_is_kept_whole():
    assert asking_part(f"{TOLD} Qui signe ?") == f"{TOLD} Qui signe ?"


@given(st.text(max_size=200))
def test_what_is_found_stands_at_the_same_place(text):
    assert len(letter_by_letter(text)) == len(text)


@given(
    st.sampled_from(["", "Merci. ", "ok ", "Bonjour, très bien, merci pour tout. "]),
    st.sampled_from(["", TOLD, f"{TOLD} {TOLD}"]),
    st.text(max_size=60) | st.sampled_from(["Qui signe ?", "Cette liste, qui la tient ?", "et après"]),
)
def test_what_is_asked_is_part_of_the_message(courtesy, told, asked):
    message = f"{courtesy}{told} {asked}".strip()
    found = asking_part(message)
    assert found in message
    assert found or not message


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Que dit le recueil du harcèlement ?", "harcèlement ?"),
        ("Que recommande le guide à propos de la voiture de fonction ?", "voiture de fonction ?"),
        ("Que dit le recueil sur l’étranger ?", "l’étranger ?"),
        ("Que fait le recueil des badges ?", "Que fait le recueil des badges ?"),
    ],
)
def test_what_is_asked_of_the_guide_is_told_from_the_guide(question, subject):
    assert beside_the_guide(question) == subject


@pytest.mark.parametrize(
    ("question", "whatever"),
    [
        ("C’est quoi les risques ?", True),
        ("Quelles sont les bonnes règles ?", True),
        ("Pourquoi ?", True),
        ("Comment faire ?", True),
        ("What are the risks?", True),
        ("C’est quoi les risques d’un salon ?", False),
        ("Quelles sont les règles du pôle ?", False),
        ("Quelles sont les obligations ?", False),
        ("Quelles sont les principales mesures ?", False),
        ("Quels sont vos objectifs ?", False),
        ("c koi les risques", True),
        ("C’est quoi une ZRR ?", False),
        ("Pourquoi protéger un brevet ?", False),
        ("Que faire après un vol ?", False),
        ("", False),
    ],
)
def test_a_question_may_say_nothing_of_what_it_is_about(question, whatever):
    assert is_of_whatever(question) is whatever
