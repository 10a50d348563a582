"""What happened, told without a question, is asked what to do of; all the rest is left as it is."""

import pytest

from assistant import Question
from assistant.situation import what_to_do
from tests.assistant.making import assistant_on


@pytest.mark.parametrize(
    "message",
    [
        "Un faux communiqué avec notre logo tourne depuis une heure",
        "on nous a volé un prototype hier soir",
        "J’ai envoyé le mauvais fichier à un adhérent.",
        "Notre fichier de contacts a fuité sur Internet",
        "un investisseur chinois veut entrer dans une de nos PME",
        "quelqu’un raconte n’importe quoi sur nous sur LinkedIn",
        "Notre stagiaire nous quitte vendredi…",
    ],
)
def test_a_situation_is_asked_what_to_do_of(message):
    assert what_to_do(message, "fr") == f"{message.rstrip(' .…')}. Que faire ?"


def test_in_english_too():
    assert what_to_do("Our prototype was stolen at the fair.", "en").endswith("at the fair. What should we do?")


@pytest.mark.parametrize(
    "message",
    [
        "On nous a volé un prototype, qui prévenir",
        "On nous a volé un prototype, on fait quoi",
        "Un visiteur veut recharger son téléphone ?",
        "clé usb visiteur",
        "accord de confidentialité avec un stagiaire étranger",
        "les obligations du référent intelligence économique",
        "Résumé de la pratique sur les salons",
        "explique la pratique sur les salons à l’étranger",
        "je cherche les règles sur les stagiaires du pôle",
        "je voudrais préparer un salon à l’étranger",
        "liste des documents à faire signer à un doctorant",
        "merci, c’est très clair et utile",
        "tu es vraiment nul en informatique",
        "le recueil est trop long pour nous",
        "il fait beau aujourd’hui à Paris",
        "mon salarié sen va ya koi a fair",
        "la charte du pôle est signée par qui",
        "the agreement is signed by whom",
        "on a bien compris la démarche, merci beaucoup",
        "nous sommes un pôle de 80 adhérents",
        "",
    ],
)
def test_what_asks_or_tells_of_nothing_is_left(message):
    assert what_to_do(message, "fr") == ""


def test_what_is_shown_is_what_was_understood_and_gives_the_same_again(guide_index):
    assistant = assistant_on(guide_index)
    told = "Un visiteur est venu hier sans badge dans nos locaux"
    answer = assistant.ask(Question(told))
    assert answer.standalone_question == f"{told}. Que faire ?"
    again = assistant.ask(Question(told, written_out=answer.standalone_question))
    assert (again.text, again.confidence) == (answer.text, answer.confidence)


def test_what_was_told_decides_whether_the_guide_has_it(guide_index):
    """« Que faire ? » resembles what is asked of every incident: it counts in the order of passages alone."""
    assistant = assistant_on(guide_index)
    told, asked = "Notre machine à café est en panne ce matin", "Notre machine à café est-elle en panne ce matin ?"
    of_it = assistant.searcher.search(told, 6).traits
    assert assistant.ask(Question(told)).evidence
    assert assistant.ask(Question(told)).verdict == assistant.ask(Question(asked)).verdict == "not_in_guide"
    assert assistant.searcher.search(told, 6, beside=f"{told}. Que faire ?", weight=1.5).traits == of_it
