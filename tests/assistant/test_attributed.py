"""A figure that a question takes for the guide's, and that no quote holds, is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Question
from assistant.attributed import attributed_figures
from tests.assistant.making import Bilingual, assistant_on
from tests.index.making import build
from tests.support import write_pdf

QUOTES = ["La CNIL est prévenue dans les soixante-douze heures.", "Au-delà de 10 % des droits, un an au plus."]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Où le recueil dit-il que la CNIL est prévenue sous 48 heures ?", ["48 heures"]),
        ("Faut-il prévenir la CNIL sous 48h ?", ["48h"]),
        ("Le recueil demande-t-il quarante-huit ou soixante-douze heures ?", []),
        ("C’est bien 25 % le seuil ?", ["25 %"]),
        ("Must we tell them within 48 hours?", ["48 hours"]),
        ("Le recueil dit-il 48 heures, ou 48 heures ?", ["48 heures"]),
        ("Faut-il 2 jours ou 3 semaines ?", ["2 jours", "3 semaines"]),
    ],
)
def test_a_figure_that_no_quote_holds_is_told_as_it_was_worded(question, told):
    assert attributed_figures(question, QUOTES) == told


@pytest.mark.parametrize(
    "question",
    [
        "Faut-il prévenir la CNIL sous 72 h ?",  # a quote says so
        "Est-ce bien 10 % ?",
        "Faut-il un référent présent depuis 1 an ?",
        "On part dans 3 jours. Que faire ?",  # a story
        "Comment protéger un stand pendant 3 jours ?",  # nobody says that the guide says it
        "Que dit la pratique n° 12 ?",  # no measure
        "Faut-il un accord avec 12 partenaires ?",
        "Le recueil parle de 48 heures.",  # no question
        "",
    ],
)
def test_other_figures_are_not(question):
    assert attributed_figures(question, QUOTES) == []


@given(st.text())
def test_any_question_gives_parts_of_itself(question):
    assert all(figure in question for figure in attributed_figures(question, []))


def test_the_answer_says_so(tmp_path):
    page = [(60, 760, 18, "Visites"), (60, 700, 11, "Le pôle prévient l’accueil 3 jours avant la visite.")]
    (tmp_path / "corpus").mkdir()
    write_pdf(tmp_path / "corpus" / "recueil.pdf", [page])
    build(tmp_path / "corpus", tmp_path / "index", Bilingual())
    assistant = assistant_on(tmp_path / "index")
    told = "Aucun des passages cités ne dit « 5 jours »."
    assert assistant.ask(Question("Le pôle doit-il prévenir l’accueil 5 jours avant la visite ?")).notes == (told,)
    assert assistant.ask(Question("Le pôle doit-il prévenir l’accueil 3 jours avant la visite ?")).notes == ()
