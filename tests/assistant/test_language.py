"""French or English?"""

import pytest

from assistant import detect_language
from assistant.language import typeset


@pytest.mark.parametrize(
    "text",
    [
        "Comment protéger nos informations sensibles ?",
        "QUE FAIRE AVANT UN SALON ?",
        "l'influence, c'est quoi ?",
        "comment faire de la veille avec le cloud et le big data ?",
        "brevets",
        "",
        "12345",
    ],
)
def test_french_or_nothing_that_tells_is_french(text):
    assert detect_language(text) == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "How can we protect sensitive information in a collaborative project?",
        "what are the rules for interns",
        "Who is in charge of the veille?",
        "Do we have to report a lost laptop?",
        "tell us about visitors",
        "What is a pôle de compétitivité?",
    ],
)
def test_english_is_english(text):
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What's economic intelligence?", "en"),
        ("What’s PPST?", "en"),
        ("Summarise practice 24", "en"),
        ("Define economic intelligence", "en"),
        ("Tell me more", "en"),
        ("Charte IT stagiaires ?", "fr"),
        ("Visiteurs US : précautions ?", "fr"),
        ("Pratique no 12", "fr"),
        ("Il s'inscrit où ?", "fr"),
    ],
)
def test_a_possessive_a_sigle_and_a_number_tell_nothing(text, language):
    assert detect_language(text) == language


def test_a_question_that_was_written_out_has_the_signs_of_its_language():
    assert typeset("How to welcome an intern : for a lab ?") == "How to welcome an intern: for a lab?"
    french = "Comment accueillir un stagiaire : et un labo ?"
    assert typeset(french) == french
    assert typeset("Where is the page of https://a.b : the 8 ?x") == "Where is the page of https://a.b: the 8 ?x"
