"""« Où parle-t-on de… ? » lists every passage with a sentence that says it, and none where nothing does."""

import pytest

from assistant import Message, Question
from assistant.places import is_nowhere, said_rows
from tests.assistant.making import Bilingual, assistant_on
from tests.index.making import build
from tests.support import write_pdf

PAGES = (
    ("Pratique n° 1 – Accueillir", "Un drone filme les visiteurs. Chacun porte un badge vert."),
    ("Pratique n° 2 – Surveiller", "La veille suit les brevets. La norme vient des drones de la filière."),
    ("Pratique n° 3 – Partir", "Le badge reste au pôle. La norme attend, et les visiteurs aussi."),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    (folder / "corpus").mkdir()
    pages = [[(60, 760, 18, title), (60, 700, 11, text)] for title, text in PAGES]
    write_pdf(folder / "corpus" / "un.pdf", pages)
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index")


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Où le recueil parle-t-il des drones ?", {"Un drone filme les visiteurs.",
                                                   "La norme vient des drones de la filière."}),
        ("À quelle page parle-t-on du badge vert ?", {"Chacun porte un badge vert."}),
        ("Dans quelle pratique est-il question de la veille ?", {"La veille suit les brevets."}),
    ],
)  # fmt: skip
def test_every_sentence_that_says_it_is_found_and_no_other(assistant, question, quotes):
    answer = assistant.ask(Question(question))
    assert (answer.verdict, answer.shape) == ("answered", "where")
    assert {citation.quote for citation in answer.citations} == quotes


@pytest.mark.parametrize(
    "question",
    [
        "Où parle-t-on du badge de la norme ?",  # words of two sentences
        "Où parle-t-on de 40 % ?",
        "Où parle-t-on de rendez-vous ?",  # of « rendre » too
        "Où est-ce dit que le badge reste au pôle ?",  # no name
        "Comment accueillir des visiteurs ?",
        "Where are badges mentioned?",  # in another language than the guide's
        "Où est-ce écrit dans le recueil ?",
    ],
)
def test_what_is_no_name_is_searched_as_any_question(assistant, question):
    assert not len(said_rows(question, assistant.searcher.version))


def test_a_heading_that_says_it_has_its_first_passage_listed(assistant):
    version = assistant.searcher.version
    rows = said_rows("Où parle-t-on de surveiller ?", version).tolist()
    assert [version.passages[row].section[-1] for row in rows] == [PAGES[1][0]]


@pytest.mark.parametrize("question", ["Où parle-t-on du harcèlement ?", "Où est-il question de la NIS 2 ?"])
def test_what_nothing_says_has_no_place(assistant, question):
    assert assistant.ask(Question(question)).verdict == "not_in_guide"


def test_nor_has_it_where_the_question_before_named_it(assistant):
    said = (Message("user", "Que dit le recueil sur NIS2 ?"), Message("assistant", "Voici."))
    assert assistant.ask(Question("Où est-ce dit ?", said)).verdict == "not_in_guide"


@pytest.mark.parametrize(
    ("question", "absent", "nowhere"),
    [
        ("Où est-il question de la NIS 2 ?", ("NIS",), True),
        ("Où parle-t-on du badge et de NIS2 ?", ("NIS2",), False),
        ("Où est-ce dit ?", ("NIS2",), False),
    ],
)
def test_one_unknown_name_among_others_does_not_hide_the_places_of_these(question, absent, nowhere):
    assert is_nowhere(question, absent) is nowhere
