"""Headings that a question asks to be listed, with the page of each."""

import pytest

from assistant import Question
from assistant.contents_list import listed_rows
from tests.assistant.making import Bilingual, assistant_on, guide_catalogue
from tests.index.making import build
from tests.support import write_pdf

OTHER = """
[[publication]]
id = "autre"
title = "Autre document"
file = "autre.pdf"
"""
CATALOGUE = guide_catalogue(("un", "I. Veille"), ("deux", "II. Influence")) + OTHER
WATCH = ("Pratique n° 1 – Écouter", "Pratique n° 2 – Surveiller")
INFLUENCE = ("Pratique n° 3 – Parler", "Pratique n° 4 – Écrire")
CHAPTERS = (
    ("un", "Veille", WATCH),
    ("deux", "Influence", INFLUENCE),
    ("autre", "Autre", ("Pratique n° 9 – Jardiner",)),
)
WORDS = ("visite", "mission", "salon")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("listed")
    (folder / "corpus").mkdir()
    for name, title, practices in CHAPTERS:
        text = [(60, 700 - 40 * n, 11, f"Le pôle garde son dossier de {word}.") for n, word in enumerate(WORDS)]
        pages = [[(60, 760, 18, practice), *text] for practice in practices]
        pages[0].insert(0, (60, 800, 24, title))
        write_pdf(folder / "corpus" / f"{name}.pdf", pages)
    (folder / "corpus" / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


def listed(assistant, question: str) -> tuple[str, ...]:
    answer = assistant.ask(Question(question))
    return tuple(c.passage.section[-1] for c in answer.citations) if answer.shape == "where" else ()


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("Combien de pratiques dans le chapitre I et lesquelles ?", WATCH),
        ("Combien y a-t-il de pratiques dans le chapitre II ?", INFLUENCE),
        ("How many practices are there in chapter II?", INFLUENCE),
        ("Combien de pratiques faut-il pour un salon ?", ()),
        ("Liste les pratiques du chapitre II", INFLUENCE),
        ("cite moi les pratiques du chapitre veille", WATCH),
        ("Quelles sont les pratiques du pilier influence ?", INFLUENCE),
        ("Donne-moi toutes les pratiques du recueil", WATCH + INFLUENCE),
        ("Quelles sont les quatre pratiques recommandées ?", WATCH + INFLUENCE),
        ("What are the practices?", WATCH + INFLUENCE),
    ],
)
def test_the_practices_asked_for_are_listed_in_order(assistant, question, headings):
    assert listed(assistant, question) == headings


def test_a_list_says_what_it_is_and_gives_the_page_of_each(assistant):
    answer = assistant.ask(Question("Liste les pratiques du chapitre I"))
    assert answer.introduction.startswith("Voici ce que compte le recueil")
    assert [c.pages for c in answer.citations] == [(1, 1), (2, 2)]
    assert all(c.quote in c.passage.text for c in answer.citations)
    assert answer.suggestions == ()


@pytest.mark.parametrize("question", ["Quels sont les chapitres ?", "sommaire", "table des matières du recueil"])
def test_chapters_are_listed_each_once(assistant, question):
    answer = assistant.ask(Question(question))
    assert [c.passage.publication for c in answer.citations] == ["un", "deux"]


@pytest.mark.parametrize(
    "question",
    [
        "Quelles sont les pratiques pour protéger un brevet ?",
        "Liste les brevets",
        "Que dit la pratique n° 1 ?",
        "Quelles sont les sections ?",  # there are none
        "Quelles sont les pratiques du chapitre jardinage ?",
        "Liste les pratiques du chapitre IX",
        "Quelles sont les obligations selon les chapitres I et II ?",
        "Dans le chapitre II, quelles sont les pratiques obligatoires ?",
        "Quelles sont les pratiques du chapitre II, pour un stagiaire ?",
        "Quelles sont les différences entre les pratiques n° 1 et n° 2 ?",
        "",
    ],
)
def test_what_asks_for_something_else_is_no_list(assistant, question):
    assert not len(listed_rows(question, assistant.searcher.version))


def test_a_shape_asked_for_by_a_button_is_kept(assistant):
    answer = assistant.ask(Question("Liste les pratiques du chapitre II", shape="checklist"))
    assert answer.shape == "checklist"


def test_how_many_there_are_is_told(assistant):
    assert "2 titres" in assistant.ask(Question("Combien de pratiques dans le chapitre I ?")).introduction
