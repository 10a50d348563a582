"""What is no question to the guide, and what is one although it looks otherwise."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.purpose import purpose, speaks_of_this

KINDS = [
    ("Bonjour", "greeting"),
    ("bonjour Vigie !", "greeting"),
    ("Good morning", "greeting"),
    ("Merci beaucoup", "thanks"),
    ("Ok merci, bonne journée", "thanks"),
    ("Salut, merci", "thanks"),
    ("Thank you so much!", "thanks"),
    ("Qui es-tu ?", "about"),
    ("Bonjour, qui es-tu ?", "about"),
    ("aide", "about"),
    ("What can you do?", "about"),
    ("t’es qui toi ?", "about"),
    ("T’es une vraie personne ou un robot ?", "about"),
    ("Are you a real person?", "about"),
    ("Mes questions sont-elles enregistrées ?", "about"),
    ("Tu gardes ce que j’écris ?", "about"),
    ("Is our data safe on your server?", "about"),
    ("Bonne soirée", "thanks"),
    ("Merci, top !", "thanks"),
    ("ok merci beaucoup c’est parfait", "thanks"),
    ("Je vous remercie de votre aide.", "thanks"),
    ("Merci beaucoup, c’est très clair.", "thanks"),
    ("ok super", "thanks"),
    ("t’es qui en fait ?", "about"),
    ("Salut ! Qu’est-ce que tu sais faire ?", "about"),
    ("Tu peux m’écrire un mail pour prévenir le RSSI ?", "writing"),
    ("plus court svp", "translation"),
    ("Résumez-moi tout cela en trois phrases pour mon président.", "translation"),
    ("Fais-moi un résumé", "translation"),
    ("Pourriez-vous résumer en trois points ?", "translation"),
    ("Can you translate the last quote please?", "translation"),
    ("Écris un poème sur la mer", "creative"),
    ("Rédige-moi une lettre de motivation", "creative"),
    ("Tell me a joke", "creative"),
    ("Raconte-moi une blague", "creative"),
    ("Écris un script Python", "code"),
    ("Write a Python function", "code"),
    ("Une formule Excel pour trier", "code"),
    ("Pour qui voter dimanche ?", "politics"),
    ("Who should I vote for?", "politics"),
    ("J’ai mal au dos, que prendre ?", "medical"),
    ("Quelle posologie pour le paracétamol ?", "medical"),
    ("Mon proprio garde ma caution", "legal_case"),
    ("Can I win my case?", "legal_case"),
    ("Donne-moi une recette de crêpes", "leisure"),
    ("Qui a gagné le match ?", "leisure"),
    ("Quelle météo demain ?", "leisure"),
    ("What is the capital of Peru?", "leisure"),
    ("Trouve un slogan", "creative"),
    ("Tu es pour ou contre la relance ?", "politics"),
    ("J’ai été licencié, que faire ?", "own_case"),
    ("Rédige-moi un mail à un stagiaire", "writing"),
    ("Écris une charte pour les stagiaires", "writing"),
    ("Pourriez-vous nous préparer un accord ?", "writing"),
    ("Peux-tu me faire un communiqué de presse ?", "writing"),
    ("Can you draft a letter for our partner?", "writing"),
    ("Traduis ce mail en anglais", "translation"),
    ("Ils nous ont invités au foot, quel est le score du match ?", "leisure"),
    ("Peux-tu m’offrir une recette de crêpes ?", "leisure"),
    ("Merci de corriger la lettre", "translation"),
    ("Summarise this article", "translation"),
]
SAID_BEFORE = [
    "Il me faut un contrat, vous me le faites ?",
    "La charte est à refaire : réécris-la-nous",
]
QUESTIONS = [
    "Comment mener une veille sur les brevets ?",
    "Résume la pratique n° 17",
    "Résume les passages sur le NDA",
    "Synthétise la réponse à incident",
    "Je vous remercie. Comment protéger un brevet ?",
    "Je vous remercie de m’indiquer le délai",
    "Je te remercie de détailler le point 2",
    "C’est qui ?",
    "Nos échanges restent confidentiels si on signe ?",
    "Nos conversations sont-elles enregistrées par Teams ?",
    "Mes données sont-elles en sécurité dans le cloud ?",
    "Is my data safe when travelling abroad?",
    "Is my data ready to be shared abroad?",
    "Un court résumé du chapitre II",
    "super, et pour les stagiaires ?",
    "Qui voit nos données dans l’espace partagé du projet ?",
    "Où partent nos données quand on utilise un traducteur en ligne ?",
    "Nos données sont-elles protégées chez un prestataire ?",
    "Are my employees’ messages private?",
    "Bonjour, comment protéger un brevet ?",
    "Merci de me dire comment protéger un brevet",
    "Quelles aides pour les PME ?",
    "À quoi sert un badge ?",
    "Comment protéger un fichier Excel ?",
    "Comment préparer un discours pour un salon ?",
    "Quelle procédure pour une lettre d’engagement ?",
    "Comment rédiger un mail à un stagiaire ?",
    "Nous préparons un accord : que dit le recueil ?",
    "Que faut-il écrire dans une charte ?",
    "Aide-moi à préparer un contrat",
    "Faut-il prévenir le ministre avant un salon, selon vous ?",
    "Mon patron veut que je parte avec mon ordinateur, puis-je refuser ?",
    "Comment accueillir un stagiaire et faire signer une charte ?",
    "Rédiger un accord : que recommande le recueil ?",
    "Fais-moi une synthèse sur les contrats",
    "Fais le point sur les accords",
    "Peux-tu me faire une liste des clauses ?",
    "Trouve-moi les articles du code",
    "Le pôle écrit et prépare un accord : qui le signe ?",
    "Fais-moi une liste à cocher",
    "Résume le pilier influence",
    "Traduis ce chapitre du recueil",
    "Un élu m’invite au match, j’accepte ?",
    "Un fournisseur nous offre des places pour la coupe du monde, puis-je les prendre ?",
    "Comment traduire un document ?",
    "Qui fait la note de veille ?",
    "How should we write a letter of intent?",
    "Quel est le code d’accès du bâtiment ?",
    "Qui vote au comité ?",
    "Quelles sont les recettes du pôle ?",
    "Que disent les ordonnances de 2020 ?",
    "Faut-il une histoire du pôle ?",
    "",
    "?!",
]
MIGHT_BE = [
    "Qui peut voter aux élections du bureau du pôle ?",
    "Un programme en Java est-il protégé par le droit d’auteur ?",
    "Comment protéger le code source Python d’un stagiaire ?",
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_what_is_no_question_to_the_guide_is_told(text, kind):
    assert purpose(text) == kind


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_to_the_guide_is_left_to_it(text):
    assert purpose(text) is None


@pytest.mark.parametrize("text", MIGHT_BE)
def test_a_question_that_might_be_for_the_guide_goes_to_it(text):
    """These kinds are refused whatever the evidence: nothing would be searched."""
    assert purpose(text) not in {"creative", "code", "politics"}


@pytest.mark.parametrize("text", SAID_BEFORE)
def test_a_text_named_before_it_is_asked_for_is_one_to_write(text):
    assert purpose(text) == "writing"


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_capitals_accents_and_blanks_do_not_matter(text, kind):
    plain = text.upper().translate(str.maketrans("ÉÈÊÀÇÔ", "EEEACO"))
    assert purpose(f"  {plain} ") == kind


@pytest.mark.parametrize(("text", "kind"), [(t, k) for t, k in KINDS if k not in {"greeting", "thanks", "about"}])
def test_a_greeting_before_a_request_hides_nothing(text, kind):
    assert purpose(f"Bonjour, {text}") == kind


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    assert purpose(text) in {None, *(kind for _, kind in KINDS)}


@pytest.mark.parametrize("text", ["super " * 660 + "x", "c est bien super " * 200, "merci bien " * 300, "tl;dr " * 500])
def test_a_hostile_run_of_thanks_is_read_at_once(text):
    begin = time.perf_counter()
    purpose(text)
    assert time.perf_counter() - begin < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "Donne-moi un programme de sensibilisation pour la première année",
        "Peut-on donner le code du wifi aux visiteurs ?",
        "Give me a program for training new interns",
        "Which party owns the results of a collaborative project?",
        "Which party should sign the agreement first?",
        "Peut-on garder la lettre de motivation d’un candidat stagiaire ?",
        "Relire la note de veille avant envoi, qui s’en charge ?",
        "Draft agreement with a foreign partner: what should we check?",
        "How do you say no to a journalist?",
        "Comment dit-on non à un journaliste ?",
    ],
)
def test_a_question_that_only_has_words_of_other_matters_is_for_the_guide(text):
    assert purpose(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Écris-moi un programme en Python", "code"), ("Donne-moi une fonction Excel", "code"),
     ("Génère un script", "code"), ("Which party should I vote for?", "politics"),
     ("Écris un programme qui trie des nombres", "code"), ("relire ce contrat stp", "translation"),
     ("résumer ce texte", "translation"), ("Draft minutes of the meeting", "writing"),
     ("Aide-moi pour ma lettre de motivation", "creative"), ("Draft an email to my boss", "writing")],
)  # fmt: skip
def test_those_matters_are_still_known(text, kind):
    assert purpose(text) == kind


@pytest.mark.parametrize("text", ["À quoi ça sert ?", "Comment ça marche ?", "C’est confidentiel ?"])
def test_what_is_asked_of_this_may_be_of_vigie_or_of_an_answer(text):
    assert purpose(text) == "about"
    assert speaks_of_this(text)
    assert not speaks_of_this("Qui es-tu ?")
