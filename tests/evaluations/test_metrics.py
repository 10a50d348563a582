"""Measures of one answer, their arithmetic by hand."""

from dataclasses import replace

import pytest

from corpus import Span
from evaluations import score_case
from evaluations.citation_metrics import is_valid, letters
from tests.evaluations.making import PAGE, answer, citation, passage, printed, record

GOLD, ELSEWHERE, OTHER_WORK = passage(), passage(page=4), passage(publication="autre")


def facts(*accepted: list[str]):
    return [{"fact": "…", "accepted": wordings} for wordings in accepted]


@pytest.mark.parametrize(
    ("cited", "first", "any_"),
    [
        ([GOLD], 1, 1),
        ([GOLD, ELSEWHERE], 1, 1),
        ([ELSEWHERE, GOLD], 0, 1),
        ([ELSEWHERE], 0, 0),
        ([OTHER_WORK], 0, 0),
    ],
    ids=["gold", "gold first", "gold second", "another page", "another publication"],
)
def test_success_counts_the_first_citation_and_cites_gold_any(cited, first, any_):
    scores = score_case(record(), answer(*cited), printed)
    assert (scores.success_at_1, scores.cites_gold_page) == (first, any_)


def test_an_abstention_on_an_answerable_question_fails():
    scores = score_case(record(), answer(verdict="not_in_guide"), printed)
    assert (scores.success_at_1, scores.cites_gold_page, scores.abstained) == (0, 0, True)


def test_an_uncovered_question_has_no_success_nor_facts():
    scores = score_case(record(answerable=False, required_facts=facts(["badge"])), answer(GOLD), printed)
    assert (scores.success_at_1, scores.cites_gold_page, scores.required_facts) == (None, None, None)
    assert (scores.abstained, scores.answerable) == (False, False)


@pytest.mark.parametrize("verdict", ["not_in_guide", "about_vigie", "refused"])
def test_anything_but_an_answer_is_an_abstention(verdict):
    assert score_case(record(answerable=False), answer(verdict=verdict), printed).abstained


def test_a_question_without_required_facts_has_no_fact_recall():
    assert score_case(record(), answer(GOLD), printed).required_facts is None


@pytest.mark.parametrize(
    ("said", "wordings", "expected"),
    [
        ("Il signe un engagement.", [["engagement"], ["badge"]], 1 / 2),
        ("Il signe un engagement et rend son badge.", [["engagement"], ["badge"]], 1),
        ("Rien.", [["engagement"], ["badge"], ["visite"]], 0),
        ("Il rend son insigne.", [["badge", "insigne"]], 1),
        ("AVANT SON ARRIVÉE", [["avant son arrivee"]], 1),
        ("la securite economique", [["sécurité économique"]], 1),
        ("l'air extérieur", [["l’air extérieur"]], 1),
        ("l’air\nextérieur", [["l'air  extérieur"]], 1),
        ("jusqu’à 300\u00a0€", [["300 €"]], 1),
        ("une mise en oeuvre", [["mise en œuvre"]], 1),
        ("le seuil est de 1300 €", [["300 €"]], 0),
        ("multiplié par 40", [["par 4"]], 0),
    ],
)
def test_fact_recall_ignores_accents_case_and_apostrophes_but_not_numbers(said, wordings, expected):
    scores = score_case(record(required_facts=facts(*wordings)), answer(GOLD, said=said), printed)
    assert scores.required_facts == pytest.approx(expected)


def test_facts_are_looked_for_in_the_statements_alone():
    scores = score_case(record(required_facts=facts(["badge"])), answer(GOLD, said="Il signe."), printed)
    assert scores.required_facts == 0


def test_a_quote_printed_over_two_lines_is_valid():
    assert is_valid(citation(GOLD), printed)


@pytest.mark.parametrize(
    "text",
    [
        PAGE.replace("signe", "lit"),
        PAGE.replace("arrivée", "départ"),
        PAGE.replace("avant", "après"),
        PAGE.replace("Il rend", "Il garde"),
        PAGE.replace("badge", "badges"),
    ],
)
def test_an_altered_quote_is_not_valid(text):
    assert not is_valid(citation(passage(text)), printed)


def test_words_slipped_in_without_a_place_on_the_page_are_not_valid():
    text = "Le stagiaire ne signe pas un engagement avant son arrivée."
    # only the printed words have a span: « Le stagiaire », « signe », « un engagement avant son arrivée. »
    places = [("Le stagiaire", 0), ("signe", 13), ("un engagement avant son arrivée.", 19)]
    spans = tuple(Span(text.index(words), 3, raw, len(words)) for words, raw in places)
    assert not is_valid(citation(replace(passage(text), spans=spans)), printed)


def test_words_between_two_sentences_of_a_quote_are_not_valid():
    """A sentence that the reader found torn is in the passage's text and in none of its sentences."""
    whole = passage("Il rend son badge. Torn words here. Il rend son badge.")
    kept = (whole.sentences[0], whole.sentences[-1])
    assert not is_valid(citation(replace(whole, sentences=kept)), printed)


def test_a_quote_from_another_page_is_not_valid():
    assert not is_valid(citation(ELSEWHERE), printed)


def test_a_quote_over_two_pages_is_valid_where_each_part_stands_on_its_own():
    pages = {3: "Le stagiaire signe un engagement", 4: "Pied de page. avant son arrivée. Il rend son badge."}
    cut = PAGE.index("avant")
    across = replace(passage(), spans=(Span(0, 3, 0, cut), Span(cut, 4, 0, len(PAGE) - cut)), labels=("3", "4"))
    assert is_valid(citation(across), lambda _, page: pages[page])


def test_valid_quotes_are_counted():
    scores = score_case(record(), answer(GOLD, passage(PAGE.replace("signe", "lit"))), printed)
    assert (scores.quotes, scores.valid_quotes) == (2, 1)


def test_letters_keeps_what_a_reader_reads():
    assert letters("« L’ﬁn_d’œuvre » – n° 12\u00ad !") == "lfindœuvren12"
