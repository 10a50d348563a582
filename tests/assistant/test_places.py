"""« Où parle-t-on de… ? » lists every passage with a sentence that says it, and none where nothing does."""

import pytest

from assistant import Question
from assistant.places import named_words, said_rows
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


def test_words_of_two_sentences_are_not_said_together(assistant):
    assert not len(said_rows("Où parle-t-on du badge de la norme ?", assistant.searcher.version))


@pytest.mark.parametrize("question", ["Où parle-t-on du harcèlement ?", "Où est-il question de la NIS 2 ?"])
def test_what_nothing_says_has_no_place(assistant, question):
    assert assistant.ask(Question(question)).verdict == "not_in_guide"


def test_a_whole_statement_is_searched_as_any_question():
    assert len(named_words("Où est-ce dit que le badge des visiteurs reste au pôle le soir ?")) > 2


def test_what_only_asks_names_nothing():
    assert not named_words("Où est-ce écrit dans le recueil ?")
