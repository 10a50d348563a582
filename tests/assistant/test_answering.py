"""A covered question gets verbatim quotes and their pages; another gets silence."""

import re
from dataclasses import replace

import pytest

from assistant import Message, Question, quoting
from assistant.extractive import Quote
from corpus import page_text
from index import ScoredPassage
from tests.assistant.making import assistant_on
from tests.index.making import PATENTS, VISITORS

PATENT_QUESTION = "Comment mener une veille sur les brevets ?"
ENGLISH_QUESTION = "How should we do monitoring on the patents?"
COVERED = [
    (PATENT_QUESTION, 2, PATENTS[0]),
    ("Les visiteurs portent-ils un badge dans les laboratoires ?", 1, VISITORS[1]),
    ("Quel ordinateur de prêt pour les fichiers en déplacement ?", 3, "un ordinateur de prêt"),
]
FOREIGN = ["Combien pèse un éléphant adulte ?", "Pourquoi le ciel est-il bleu ?", "zygomatique"]
OUTSIDE = ["Quelle est la recette de la tarte aux pommes ?", "Qui a gagné le match hier soir ?", "Écris un poème."]
MARKER = re.compile(r"\[(\d+)\]")


def ask(assistant, text, history=()):
    return assistant.ask(Question(text, history))


@pytest.mark.parametrize(("question", "page", "words"), COVERED)
def test_a_covered_question_is_answered_from_the_right_page(assistant, question, page, words):
    answer = ask(assistant, question)
    first = answer.citations[0]
    assert answer.verdict == "answered"
    assert first.pages == (page, page)
    assert words in first.quote


@pytest.mark.parametrize(("question", "page", "words"), COVERED)
def test_quotes_stand_word_for_word_on_their_page(assistant, question, page, words):
    for citation in ask(assistant, question).citations:
        path = assistant.searcher.version.publication(citation.passage.publication).path
        printed = " ".join(page_text(path, citation.pages[0]).split())
        assert all(" ".join(line.split()) in printed for line in citation.quote.splitlines())


@pytest.mark.parametrize("question", FOREIGN)
def test_a_foreign_question_gets_an_abstention_and_no_quote(assistant, question):
    answer = ask(assistant, question)
    assert (answer.verdict, answer.statements, answer.citations) == ("not_in_guide", (), ())
    assert answer.confidence < 0.3
    assert answer.text.startswith("Le recueil ne répond pas à cette question")


def test_an_acronym_that_no_publication_holds_is_named(assistant):
    said = "« CSRD » n’apparaît dans aucune de ces publications."
    assert ask(assistant, "Comment mener une veille sur les brevets dans la CSRD ?").notes == (said,)
    assert ask(assistant, "Combien pèse la CSRD ?").text.endswith(said)
    assert ask(assistant, PATENT_QUESTION).notes == ()


@pytest.mark.parametrize("question", OUTSIDE)
def test_what_vigie_is_not_for_is_refused_without_a_quote(assistant, question):
    answer = ask(assistant, question)
    assert (answer.verdict, answer.statements, answer.citations) == ("refused", (), ())


@pytest.mark.parametrize("question", OUTSIDE)
def test_a_refusal_says_what_vigie_is_for(assistant, question):
    assert "Je réponds aux questions des membres des pôles à partir du recueil" in ask(assistant, question).text


def test_a_refusal_says_why(assistant):
    assert ask(assistant, "Écris un poème sur la mer").text.startswith("Je n’écris ni poème")


def test_a_refusal_of_an_english_request_is_in_english(assistant):
    answer = ask(assistant, "What is the recipe of an apple pie?")
    assert (answer.verdict, answer.language) == ("refused", "en")
    assert answer.text.startswith("This question is outside my field. I answer questions from members")


def test_a_first_question_that_is_of_nothing_is_asked_of_what_it_is(assistant):
    answer = ask(assistant, "C’est quoi les règles ?")
    assert (answer.verdict, answer.citations) == ("refused", ())
    assert answer.text.startswith("Votre question ne dit pas sur quoi elle porte.")
    history = (Message("user", answer.question), Message("assistant", answer.text))
    assert "brevets" in ask(assistant, "pour la veille sur les brevets", history).standalone_question
    assert ask(assistant, "Pourquoi ?", history).text != answer.text
    narrowed = replace(Question("Que faire ?"), shape="checklist")
    assert assistant.ask(narrowed).text != answer.text


def test_a_poem_is_refused_without_a_search_whatever_it_is_about(assistant):
    answer = ask(assistant, "Écris un poème sur la veille des brevets")
    assert (answer.verdict, answer.evidence) == ("refused", ())


def test_a_word_of_leisure_does_not_hide_a_question_that_the_guide_covers(guide_index):
    """« match » alone is no reason: with evidence as sure as that, it is a question to the guide."""
    lenient = assistant_on(guide_index, sure_confidence=0)
    assert ask(lenient, "Qui fait le match avec la veille sur les brevets ?").verdict == "answered"


def test_a_question_outside_the_purpose_needs_sure_evidence(guide_index):
    strict = assistant_on(guide_index, least_confidence=0, sure_confidence=1)
    assert ask(strict, "Qui fait le match avec la veille sur les brevets ?").verdict == "refused"


def test_a_price_that_no_passage_gives_is_not_answered(assistant):
    answer = ask(assistant, "Combien coûte une veille sur les brevets ?")
    assert answer.verdict == "not_in_guide"
    assert answer.confidence <= 0.1


def test_a_part_that_the_guide_does_not_have_is_not_answered(assistant):
    assert ask(assistant, "Que dit la pratique n° 42 de la veille sur les brevets ?").verdict == "not_in_guide"


def test_an_abstention_keeps_its_evidence_for_the_reader_to_judge(assistant):
    assert ask(assistant, FOREIGN[0]).evidence


def test_an_abstention_suggests_sections_that_came_near(assistant):
    suggestions = ask(
        assistant, "Un visiteur a-t-il droit à une trompette en cuivre jaune dans le jardin public ?"
    ).suggestions
    assert "Que dit le recueil sur « Accueil des visiteurs » ?" in suggestions


@pytest.mark.parametrize(("question", "page", "words"), COVERED)
def test_the_text_holds_the_marker_of_each_citation_once_and_no_other(assistant, question, page, words):
    answer = ask(assistant, question)
    assert [int(n) for n in MARKER.findall(answer.text)] == [citation.n for citation in answer.citations]


@pytest.mark.parametrize(("question", "page", "words"), COVERED)
def test_the_text_shows_each_quote_before_its_marker(assistant, question, page, words):
    answer = ask(assistant, question)
    assert all(f"« {c.quote} » [{c.n}]" in answer.text for c in answer.citations)


@pytest.mark.parametrize(("question", "page", "words"), COVERED)
def test_statements_cite_citations_that_hold_their_words(assistant, question, page, words):
    answer = ask(assistant, question)
    quotes = {citation.n: citation.quote for citation in answer.citations}
    assert answer.statements
    for statement in answer.statements:
        assert statement.support == "quoted"
        assert statement.citations
        assert all(statement.text in quotes[n] for n in statement.citations)


def test_every_citation_supports_a_statement(assistant):
    answer = ask(assistant, PATENT_QUESTION)
    assert {n for s in answer.statements for n in s.citations} == {c.n for c in answer.citations}


def test_citations_are_numbered_from_one(assistant):
    answer = ask(assistant, PATENT_QUESTION)
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_cited_passages_are_among_the_evidence(assistant):
    answer = ask(assistant, PATENT_QUESTION)
    assert {c.passage.id for c in answer.citations} <= {scored.passage.id for scored in answer.evidence}


def test_the_evidence_is_as_large_as_top_k(guide_index):
    assert len(ask(assistant_on(guide_index, top_k=2), PATENT_QUESTION).evidence) == 2


def test_the_least_confidence_decides_between_an_answer_and_silence(guide_index):
    assert ask(assistant_on(guide_index, least_confidence=1), PATENT_QUESTION).verdict == "not_in_guide"
    assert ask(assistant_on(guide_index, least_confidence=0), PATENT_QUESTION).verdict == "answered"


def test_a_confidence_equal_to_the_least_is_enough(guide_index, assistant):
    confidence = ask(assistant, PATENT_QUESTION).confidence
    assert ask(assistant_on(guide_index, least_confidence=confidence), PATENT_QUESTION).verdict == "answered"


@pytest.mark.parametrize(
    ("question", "sure", "unsure"),
    [
        (PATENT_QUESTION, "Voici ce qu’en dit le recueil", "Je ne suis pas certaine que le recueil réponde"),
        (ENGLISH_QUESTION, "Here is what the guide says", "I am not sure that the guide answers"),
    ],
    ids=["French", "English"],
)
def test_the_introduction_says_how_sure_vigie_is(guide_index, assistant, question, sure, unsure):
    confidence = ask(assistant, question).confidence
    just_enough = ask(assistant_on(guide_index, sure_confidence=confidence), question)
    not_enough = ask(assistant_on(guide_index, sure_confidence=1), question)
    assert just_enough.introduction.startswith(sure)
    assert not_enough.introduction.startswith(unsure)
    plain = [[replace(c, nearest=()) for c in answer.citations] for answer in (not_enough, just_enough)]
    assert plain[0] == plain[1]  # what is highlighted apart


def test_each_quote_has_its_own_number_and_statements(assistant, monkeypatch):
    monkeypatch.setattr(
        quoting, "extract", lambda found, *_: [Quote(found.results[0], 0, 2), Quote(found.results[1], 0, 1)]
    )
    answer = ask(assistant, PATENT_QUESTION)
    assert [c.n for c in answer.citations] == [1, 2]
    assert [s.citations for s in answer.statements] == [(1,), (1,), (2,)]  # two sentences, then one
    assert all(s.text in answer.citations[s.citations[0] - 1].quote for s in answer.statements)
    assert MARKER.findall(answer.text) == ["1", "2"]


def test_a_quote_that_is_not_word_for_word_is_dropped(assistant, monkeypatch):
    monkeypatch.setattr(
        quoting, "extract", lambda found, *_: [off_the_page(found.results[1]), Quote(found.results[0], 0, 1)]
    )
    (citation,) = ask(assistant, PATENT_QUESTION).citations
    assert citation.quote == PATENTS[0]


def test_an_answer_without_a_quote_left_says_that_the_guide_is_silent(assistant, monkeypatch):
    monkeypatch.setattr(quoting, "extract", lambda found, *_: [off_the_page(found.results[0])])
    answer = ask(assistant, PATENT_QUESTION)
    assert (answer.verdict, answer.statements, answer.citations) == ("not_in_guide", (), ())


def off_the_page(scored: ScoredPassage) -> Quote:
    """A quote whose sentence has one character only that stands on a page."""
    first = replace(scored.passage.spans[0], length=1)
    return Quote(replace(scored, passage=replace(scored.passage, spans=(first,))), 0, 1)


@pytest.mark.parametrize(
    "text", ["Bonjour", "bonjour !", "Salut Vigie", "Que peux-tu faire ?", "Bonjour, qui es-tu ?", "Merci", "aide"]
)
def test_small_talk_is_about_vigie_and_searches_nothing(assistant, text):
    answer = ask(assistant, text)
    assert (answer.verdict, answer.language, answer.evidence) == ("about_vigie", "fr", ())


@pytest.mark.parametrize(
    "text", ["Hello", "Hi there!", "What can you do?", "Hello, who are you?", "Thank you very much"]
)
def test_english_small_talk_is_answered_in_english(assistant, text):
    answer = ask(assistant, text)
    assert (answer.verdict, answer.language) == ("about_vigie", "en")


def test_a_greeting_before_a_question_does_not_hide_it(assistant):
    assert ask(assistant, f"Bonjour, {PATENT_QUESTION}").verdict == "answered"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!…", "\0", "🙂", "\u200b", "---"])
def test_a_question_without_a_word_is_refused(assistant, text):
    answer = ask(assistant, text)
    assert (answer.verdict, answer.evidence) == ("refused", ())
    assert "vide" in answer.text


@pytest.mark.parametrize(("length", "verdict"), [(40, "not_in_guide"), (41, "refused")])
def test_a_question_past_the_limit_is_refused(guide_index, length, verdict):
    assert ask(assistant_on(guide_index, max_question_characters=40), "z" * length).verdict == verdict


def test_the_refusal_of_a_long_question_says_the_limit(assistant):
    assert "2000 caractères" in ask(assistant, "z" * 2001).text


def test_blanks_do_not_count_towards_the_limit(assistant):
    assert ask(assistant, PATENT_QUESTION + " " * 5000).verdict == "answered"


def test_a_question_in_english_gets_english_around_french_quotes(assistant):
    answer = ask(assistant, ENGLISH_QUESTION)
    assert (answer.verdict, answer.language) == ("answered", "en")
    assert answer.introduction.startswith("Here is what the guide says")
    assert answer.text.startswith(answer.introduction)
    assert PATENTS[0] in answer.citations[0].quote


def test_a_foreign_question_in_english_is_declined_in_english(assistant):
    answer = ask(assistant, "How heavy is an adult elephant?")
    assert answer.text.startswith("The guide does not answer this question")


def test_the_id_of_the_question_is_the_answer_s(assistant):
    assert assistant.ask(Question("Bonjour", id="q-7")).id == "q-7"


def test_answers_without_an_id_get_one_of_their_own(assistant):
    assert ask(assistant, "Bonjour").id != ask(assistant, "Bonjour").id


def test_a_conversation_before_the_question_is_accepted(assistant):
    history = (Message("user", "Bonjour"), Message("assistant", "Bonjour !"))
    assert ask(assistant, PATENT_QUESTION, history).verdict == "answered"


def test_the_same_question_gets_the_same_answer(assistant):
    first, second = ask(assistant, PATENT_QUESTION), ask(assistant, PATENT_QUESTION)
    assert (first.text, first.citations, first.confidence) == (second.text, second.citations, second.confidence)
