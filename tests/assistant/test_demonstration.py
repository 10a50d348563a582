"""While the demonstration guide is served, every answer says so."""

import pytest

from assistant import Assistant, AssistantSettings, Question, guide_name
from tests.assistant.making import Bilingual, assistant_on
from tests.index.making import build, guide_pdf
from tests.support import write_pdf

CATALOGUE = """
[[guide]]
id = "demo"
title = "Recueil"
demonstration = true
[[publication]]
id = "recueil"
guide = "demo"
file = "recueil.pdf"
"""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    (folder / "corpus" / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


@pytest.mark.parametrize(
    ("question", "verdict", "name"),
    [
        ("Comment mener une veille sur les brevets ?", "answered", "le recueil de démonstration"),
        ("Combien pèse un éléphant adulte ?", "not_in_guide", "Le recueil de démonstration"),
        ("Quelle est la recette de la tarte ?", "refused", "du recueil de démonstration"),
        ("Bonjour", "about_vigie", "du recueil de démonstration"),
        ("How should we do monitoring on the patents?", "answered", "the demonstration guide"),
        ("How heavy is an adult elephant?", "not_in_guide", "The demonstration guide"),
        ("What is the recipe of an apple pie?", "refused", "the demonstration guide"),
        ("Hello", "about_vigie", "the demonstration guide"),
    ],
)
def test_an_answer_names_the_demonstration_guide(demonstration, question, verdict, name):
    answer = demonstration.ask(Question(question))
    assert answer.verdict == verdict
    assert name in answer.text


def test_a_hesitant_answer_names_it_too(demonstration):
    unsure = Assistant(demonstration.searcher, AssistantSettings(sure_confidence=1))
    answer = unsure.ask(Question("Comment mener une veille sur les brevets ?"))
    assert answer.introduction.startswith("Je ne suis pas certaine que le recueil de démonstration réponde")


def test_another_guide_is_never_called_a_demonstration(assistant):
    assert "démonstration" not in assistant.ask(Question("Comment mener une veille sur les brevets ?")).text


def test_the_guide_has_a_name_in_each_language():
    assert [guide_name(language, True) for language in ("fr", "en")] == [
        "le recueil de démonstration",
        "the demonstration guide",
    ]


def test_what_stands_beside_the_guide_is_not_said_to_be_its_words(tmp_path):
    guide_pdf(tmp_path / "corpus" / "note.pdf")
    write_pdf(tmp_path / "corpus" / "recueil.pdf", ["Le recueil parle des salons et de la présence du pôle."])
    (tmp_path / "corpus" / "catalogue.toml").write_text(CATALOGUE + '[[publication]]\nid = "note"\nfile = "note.pdf"\n')
    build(tmp_path / "corpus", tmp_path / "index", Bilingual())
    answer = assistant_on(tmp_path / "index").ask(Question("Comment mener une veille sur les brevets ?"))
    assert {c.passage.publication for c in answer.citations} == {"note"}
    assert "la documentation jointe au recueil" in answer.introduction
    assert "démonstration" not in answer.introduction
