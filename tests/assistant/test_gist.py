"""A short answer: the nearest sentences, each with what keeps its sense; and « plus court » after an answer."""

from dataclasses import replace

import numpy as np
import pytest

from assistant import Message, Question
from assistant.extractive import Quote
from assistant.gist import gist
from tests.assistant.test_extractive import QUESTION, scored

PLAIN = "Le stagiaire signe un engagement écrit. Le badge est rendu le soir. La porte est bleue. Le jardin ferme tard."
STEPS = (
    "Étapes\n1. Il convient de signer un engagement écrit.\n2. Il est conseillé de rendre le badge.\n3. La porte ferme."
)
PITFALLS = (
    "Écueils\n• Publier un classement des adhérents.\n• Rendre le badge trop tard le soir.\n• Oublier la porte bleue."
)
BACK = (
    "Le référent tient un registre à jour. Il est relu chaque mois par le conseil. La porte est bleue. Le mur est vert."
)
BOX = (
    "Les premiers gestes devant un poste suspect\n• Débrancher le câble sans éteindre.\n• Photographier l’écran du PC."
    "\n• Prévenir le référent."
)
PATENT_QUESTION = "Comment mener une veille sur les brevets ?"


def short(text: str, *cosines: float, further: bool = False) -> list[str]:
    """The texts quoted of a passage whose sentences have these cosines to the question."""
    passage = scored(text)
    vectors = np.array([[c, (1 - c * c) ** 0.5] for c in cosines], np.float32)
    quotes = [Quote(passage, 0, len(passage.passage.sentences), further)]
    return [quote.text for quote in gist(quotes, QUESTION, {0: vectors}.__getitem__)]


def test_the_nearest_sentence_alone_is_quoted():
    assert short(PLAIN, 0.2, 0.9, 0.1, 0.3) == ["Le badge est rendu le soir."]


def test_a_step_stands_alone():
    assert short(STEPS, 0.1, 0.2, 0.9, 0.1) == ["2. Il est conseillé de rendre le badge."]


def test_a_line_of_another_list_comes_with_its_label_and_its_list():
    """« Publier un classement » alone would be taken for advice."""
    assert short(PITFALLS, 0.1, 0.9, 0.2, 0.1) == [PITFALLS]


def test_a_sentence_that_points_back_comes_with_what_it_points_at():
    assert short(BACK, 0.2, 0.9, 0.1, 0.1) == [
        "Le référent tient un registre à jour. Il est relu chaque mois par le conseil."
    ]


def test_a_box_with_a_title_is_quoted_whole():
    """The title is the nearest, and says nothing; what comes second must not stand without what comes first."""
    assert short(BOX, 0.9, 0.1, 0.8, 0.2) == [BOX]


def test_what_is_short_already_is_quoted_whole():
    assert short("Le badge est rendu le soir.", 0.9) == ["Le badge est rendu le soir."]


def test_what_a_reader_can_do_without_is_left_out():
    main, other = scored(PLAIN), scored(PLAIN, 1)
    quotes = [Quote(main, 0, 4), Quote(other, 0, 4, further=True)]
    vectors = {0: np.array([[0.1, 0.995]] * 4, np.float32), 1: np.array([[0.9, 0.436]] * 4, np.float32)}
    assert {quote.scored.row for quote in gist(quotes, QUESTION, vectors.__getitem__)} == {0}


def test_a_short_answer_is_a_part_of_the_whole_one_and_begins_with_the_same_section(assistant):
    whole = assistant.ask(Question(PATENT_QUESTION))
    answer = assistant.ask(replace(Question(PATENT_QUESTION), shape="short"))
    assert answer.text.startswith("Voici, en bref, ce qu’en dit le recueil, mot pour mot :")
    assert answer.citations[0].section == whole.citations[0].section
    assert len(answer.text) < len(whole.text)
    said = " ".join(citation.quote for citation in whole.citations)
    assert all(sentence.text in said for sentence in answer.statements)


@pytest.mark.parametrize(
    "text",
    ["plus court stp", "Résumez-moi tout cela en trois phrases pour mon président.", "en deux mots ?", "l’essentiel",
     "Peux-tu expliquer plus simplement ?", "Fais-moi une synthèse pour mon directeur", "tl;dr", "Sum it up please"],
)  # fmt: skip
def test_what_asks_for_less_shortens_the_answer_before(assistant, text):
    before = assistant.ask(Question(PATENT_QUESTION))
    history = (Message("user", PATENT_QUESTION), Message("assistant", before.text))
    answer = assistant.ask(Question(text, history))
    assert (answer.verdict, answer.shape, answer.standalone_question) == ("answered", "short", PATENT_QUESTION)


@pytest.mark.parametrize(
    ("text", "language"),
    [("en anglais svp", "en"), ("Tu peux répondre en anglais ?", "en"), ("Now in English please", "en"),
     ("Réponds-moi en français", "fr")],
)  # fmt: skip
def test_the_answer_before_is_given_in_the_language_that_is_asked_for(assistant, text, language):
    before = assistant.ask(Question(PATENT_QUESTION))
    history = (Message("user", PATENT_QUESTION), Message("assistant", before.text))
    answer = assistant.ask(Question(text, history))
    assert (answer.verdict, answer.language, answer.standalone_question) == ("answered", language, PATENT_QUESTION)
    assert answer.shape == before.shape
    assert [citation.quote for citation in answer.citations] == [citation.quote for citation in before.citations]


@pytest.mark.parametrize("text", ["et en anglais ?", "En anglais ?", "répondre en anglais ?", "ou en anglais ?"])
def test_a_language_may_be_what_is_asked_about(assistant, text):
    history = (Message("user", PATENT_QUESTION), Message("assistant", assistant.ask(Question(PATENT_QUESTION)).text))
    assert "anglais" in assistant.ask(Question(text, history)).standalone_question


def test_a_form_asked_for_is_no_subject_of_what_is_asked_next(assistant):
    history: tuple[Message, ...] = ()
    for text in (PATENT_QUESTION, "Et pour un stagiaire ?", "plus court", "en anglais svp"):
        answer = assistant.ask(Question(text, history))
        history += (Message("user", text), Message("assistant", answer.text))
    assert "stagiaire" in answer.standalone_question
    assert "court" not in answer.standalone_question
    assert "anglais" not in assistant.ask(Question("Et pour un visiteur ?", history)).standalone_question


def test_nothing_is_made_shorter_where_nothing_was_asked(assistant):
    assert assistant.ask(Question("plus court stp")).verdict == "refused"


def test_a_part_is_read_out_whole(assistant):
    answer = assistant.ask(Question("En bref, que dit la pratique n° 1 ?"))
    assert answer.shape != "short" or not answer.read_out
