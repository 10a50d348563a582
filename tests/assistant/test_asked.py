"""Members' words in an answer: they lead to the quotes and to better questions, and are never quoted."""

import json
from dataclasses import replace

import pytest

from assistant import Abstention, Assistant, AssistantSettings, Coefficients, MarginWeight, Question
from index import Traits, asked_file
from tests.assistant.making import Bilingual, as_read, assert_contract, assistant_on
from tests.index.making import VISITORS, build, guide_pdf

STORY = "Un inconnu se promène seul devant nos machines, que dire ?"
TERSE = "badge du visiteur"
ENGLISH = "What should an unknown person who walks by our machines wear?"
OPEN = "Combien coûte la location d’un portique de détection pour une machine ?"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """On a guide whose members' words are known."""
    folder = tmp_path_factory.mktemp("asked")
    pdf = guide_pdf(folder / "corpus" / "recueil.pdf")
    lines = [
        {"anchor": "Les visiteurs portent un badge", "asked": [TERSE, STORY, ENGLISH]},
        {"anchor": "En déplacement", "asked": ["Qu’emporter à l’étranger ?", "Which laptop abroad?"]},
        {"silent": [OPEN]},
    ]
    asked_file(pdf).write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    build(folder / "corpus", folder / "index", Bilingual())
    return assistant_on(folder / "index", least_confidence=0.0)


def test_a_story_is_answered_by_the_passage_it_was_written_for_in_the_guide_s_words(told):
    answer = told.ask(Question(STORY))
    assert answer.verdict == "answered"
    assert VISITORS[1] in answer.citations[0].quote
    assert STORY not in answer.text


def test_the_contract_holds(told):
    for question in (STORY, OPEN):
        assert_contract(as_read(told.ask(Question(question)).as_json()))


def test_what_is_known_to_be_left_open_lowers_confidence(told):
    answered, left_open = (told.ask(Question(question)).confidence for question in (STORY, OPEN))
    assert left_open < answered


@pytest.mark.parametrize(("margin", "log_odds"), [(None, 0), (0.5, 0), (9, 0), (-0.5, -1.6), (0, -0.8)])
def test_only_what_is_more_like_the_questions_left_open_speaks_against_an_answer(margin, log_odds):
    assert MarginWeight(1.6, 0.5, 0).log_odds(margin) == pytest.approx(log_odds)


@pytest.mark.parametrize(
    ("margin", "written_out", "even"), [(-1, False, False), (-1, True, True), (1, False, False), (1, True, False)]
)
def test_the_margin_counts_in_the_decision_and_never_against_what_rules_have_written_out(
    told, margin, written_out, even
):
    model = Abstention(Coefficients(0, {}), MarginWeight(1, 0, 9))
    found = replace(told.searcher.search(STORY, 3), traits=Traits(margin=margin))
    confidence = model.decide("?", found, [], written_out).confidence
    assert (confidence == 0.5) is even
    assert even or (confidence > 0.5) is (margin > 0)


@pytest.mark.parametrize(
    ("question", "language", "near"),
    [
        ("Un inconnu se promène devant nos machines ?", "fr", STORY),
        ("Which unknown person walks by our machines?", "en", ENGLISH),
    ],
)
def test_an_abstention_offers_a_like_question_that_is_answered_in_the_reader_s_language(told, question, language, near):
    silent = Assistant(told.searcher, AssistantSettings(least_confidence=1.0))
    answer = silent.ask(Question(question))
    assert (answer.verdict, answer.language) == ("not_in_guide", language)
    assert answer.suggestions[0] == near
    assert {TERSE, STORY, ENGLISH} & set(answer.suggestions) == {near}
    assert not answer.citations
