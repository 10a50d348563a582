"""The shape of an answer, read from the question; and the two sides of a comparison."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.shapes import chosen_shape, compared, definable, subject

SHAPES = [
    ("C’est quoi les risques d’un salon ?", "answer"),
    ("c koi la duré du NDA", "answer"),
    ("C’est quoi les étapes pour signer ?", "answer"),
    ("C’est quoi un accord de consortium et sa durée ?", "definition"),
    ("C’est quoi le risque cyber résiduel d’un badge ?", "answer"),
    ("C’est quoi la veille ?", "definition"),
    ("C’est quoi une mesure de protection ?", "definition"),
    ("Où est-ce dit que le badge est obligatoire ?", "where"),
    ("À quelle page parle-t-on des badges ?", "where"),
    ("tu peux citer la page ?", "where"),
    ("Can you give me the page?", "where"),
    ("Dans quel chapitre ?", "where"),
    ("Où est-il question des badges ?", "where"),
    ("Où parle-t-on des badges ?", "where"),
    ("Où le recueil évoque-t-il les badges ?", "where"),
    ("Where does it say that?", "where"),
    ("Where is the badge mentioned?", "where"),
    ("Which page is it?", "where"),
    ("Give me the page", "where"),
    ("donne-moi les pages stp", "where"),
    ("La page ?", "where"),
    ("Montre-moi la page d’accueil du pôle", "answer"),
    ("Fais une check-list pour un salon", "checklist"),
    ("Une liste à cocher pour un salon", "checklist"),
    ("Les points à vérifier avant un départ", "checklist"),
    ("Give me a checklist for interns", "checklist"),
    ("Quelle est la différence entre un secret et un brevet ?", "comparison"),
    ("Compare un brevet et un secret", "comparison"),
    ("Distinguer la veille de l’espionnage", "comparison"),
    ("What is the difference between a patent and a secret?", "comparison"),
    ("C’est quoi un brevet ?", "definition"),
    ("Les signaux faibles, c’est quoi ?", "definition"),
    ("Il en parle sans arrêt. Concrètement, c’est quoi ?", "definition"),
    ("Les mesures de base pour protéger nos ordinateurs, c’est quoi ?", "answer"),
    ("La protection du potentiel scientifique et technique de la nation, c’est quoi ?", "definition"),
    ("Donnez-moi ça en liste courte que je peux imprimer.", "checklist"),
    ("Must we treat this as listed information?", "answer"),
    ("Qu’est-ce qu’un brevet ?", "definition"),
    ("Qu’est-ce que le conseil d’administration doit adopter ?", "answer"),
    ("Qu’est-ce qu’un stagiaire peut emporter ?", "answer"),
    ("Que signifie OSINT ?", "definition"),
    ("What is a patent?", "definition"),
    ("What is the watch plan?", "definition"),
    ("Et sinon c quoi un brevet ?", "definition"),
    ("What is the fine for late notification?", "answer"),
    ("What is the legal deadline?", "answer"),
    ("Que veut dire un score de 12 à l’autodiagnostic ?", "answer"),
    ("C’est quoi la NIS 2 ?", "definition"),
    ("Où c’est écrit ?", "where"),
    ("ou c ecrit", "where"),
    ("c’est kel page pour les badges ?", "where"),
    ("What does OSINT mean?", "definition"),
    ("Comment protéger un brevet ?", "answer"),
    ("En bref, comment protéger un brevet ?", "short"),
    ("Comment protéger un brevet, en deux mots ?", "short"),
    ("Réponds brièvement : qui signe ?", "short"),
    ("In short, who signs?", "short"),
    ("En deux mots, quelle différence entre un secret et un brevet ?", "comparison"),
    ("Comment présenter notre projet en deux mots à un élu ?", "answer"),
    ("Que mettre dans le résumé non confidentiel ?", "answer"),
    ("C’est quoi le délai pour répondre ?", "answer"),
    ("Quelle différence ?", "answer"),
    ("Faut-il remplir votre check-list ?", "answer"),
    ("Où trouver un avocat ?", "answer"),
    ("", "answer"),
]
SIDES = [
    ("Quelle différence entre un secret et un brevet ?", ("un secret", "un brevet")),
    ("Compare un brevet et un secret", ("un brevet", "un secret")),
    ("brevet vs secret", ("brevet", "secret")),
    ("un brevet plutôt que le secret ?", ("un brevet", "le secret")),
    ("Distinguer la veille de l’espionnage", ("la veille", "l’espionnage")),
    ("difference between a patent and a secret?", ("a patent", "a secret")),
    ("Veille et espionnage, quelle différence ?", ("Veille", "espionnage")),
    ("Comment protéger un brevet ?", None),
    ("Quels étages distinguer quand on évalue une action de formation ?", None),
    ("", None),
]


@pytest.mark.parametrize(("question", "shape"), SHAPES)
def test_a_question_is_given_the_shape_it_asks_for(question, shape):
    assert chosen_shape(question) == shape


@pytest.mark.parametrize(("question", "shape"), SHAPES)
def test_capitals_apostrophes_and_blanks_do_not_matter(question, shape):
    assert chosen_shape("  " + question.replace("’", "'").upper().replace(" ", "  ")) == shape


@pytest.mark.parametrize(
    "question", ["C’est quoi un brevet ?", "La veille", "Parle-moi du secret", "What is a patent?"]
)
def test_a_thing_may_be_defined(question):
    assert definable(question)


@pytest.mark.parametrize("question", ["Comment faire ?", "Et quand partir ?", "Faut-il payer ?", "How long?", "Où ?"])
def test_what_asks_for_something_else_is_not(question):
    assert not definable(question)


@pytest.mark.parametrize(("question", "sides"), SIDES)
def test_a_comparison_has_two_sides(question, sides):
    assert compared(question) == sides


def test_a_side_of_more_than_fourteen_words_is_none():
    assert compared(f"Quelle différence entre {'mot ' * 14}et un brevet ?") is not None
    assert compared(f"Quelle différence entre {'mot ' * 15}et un brevet ?") is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_shape_and_a_comparison_always_two_sides(text):
    shape = chosen_shape(text)
    assert shape in {"answer", "short", "checklist", "comparison", "definition", "where"}
    assert shape != "comparison" or compared(text) is not None


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("liste à cocher avant de partir sur un salon", "avant de partir sur un salon"),
        ("Donne-moi une checklist pour accueillir un stagiaire", "pour accueillir un stagiaire"),
        ("Comment établir la liste des accès ?", "Comment établir la liste des accès ?"),
        ("checklist", "checklist"),
    ],
)
def test_the_words_that_ask_for_a_checklist_are_not_searched(question, searched):
    assert subject(question) == searched
