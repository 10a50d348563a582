"""Measures of citations, their arithmetic by hand, and what makes a quote exact."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from evaluations.citation_metrics import (
    average_precision,
    citation_scores,
    is_valid,
    letters,
    lost_markers,
    marker_validity,
)
from tests.evaluations.making import PAGE, answer, citation, passage, printed

GOLD, FIFTH, ELSEWHERE, OTHER_WORK = passage(), passage(page=5), passage(page=4), passage(publication="autre")
ON_GOLD = frozenset({("guide", 3)})
TWO = frozenset({("guide", 3), ("guide", 5)})
AGAINST_GOLD = {"success_at_1", "cites_gold_page", "page_precision", "page_recall", "page_f1", "page_average_precision"}
RATES = AGAINST_GOLD | {"marker_validity", "quote_validity"}


def scored(*cited, gold=TWO, **values):
    return citation_scores(replace(answer(*cited), **values), gold, printed)


def over_pages(first: int, last: int):
    """A passage whose first sentence ends on one page, and whose second stands on another."""
    cut = PAGE.index("Il rend")
    spans = (Span(0, first, 0, cut), Span(cut, last, 0, len(PAGE) - cut))
    return replace(passage(), spans=spans, labels=tuple(map(str, range(first, last + 1))))


# Against gold pages


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
    scores = scored(*cited, gold=ON_GOLD)
    assert (scores["success_at_1"], scores["cites_gold_page"]) == (first, any_)


@pytest.mark.parametrize(
    ("cited", "text", "expected"),
    [
        ([GOLD, ELSEWHERE], "[1] [2]", 1 / 2),  # one of two
        ([GOLD, GOLD, ELSEWHERE], "[1] [2] [3]", 2 / 3),  # citations are counted, not pages
        ([GOLD, FIFTH, ELSEWHERE], "[1] [2] [3] [7]", 2 / 4),  # 2 of 3, and a marker that leads nowhere
        ([ELSEWHERE], "[1]", 0),  # 0 of 1
    ],
)
def test_page_precision_is_right_citations_among_citations_and_lost_markers(cited, text, expected):
    assert scored(*cited, text=text)["page_precision"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ([GOLD], 1 / 2),  # page 3, of 3 and 5
        ([GOLD, GOLD, ELSEWHERE], 1 / 2),  # the same page twice is one page
        ([GOLD, FIFTH], 2 / 2),
        ([OTHER_WORK], 0 / 2),
    ],
)
def test_page_recall_is_gold_pages_touched_among_gold_pages(cited, expected):
    assert scored(*cited)["page_recall"] == pytest.approx(expected)


def test_page_f1_is_the_harmonic_mean_of_precision_and_recall():
    """Precision 1/3, recall 1/2: 2 × 1/6 / (5/6) = 2/5."""
    assert scored(GOLD, ELSEWHERE, OTHER_WORK)["page_f1"] == pytest.approx(2 / 5)


def test_page_f1_without_precision_nor_recall_is_0():
    assert scored(ELSEWHERE)["page_f1"] == 0


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ([GOLD, FIFTH], (1 / 1 + 2 / 2) / 2),
        ([ELSEWHERE, GOLD, FIFTH], (1 / 2 + 2 / 3) / 2),
        ([GOLD, ELSEWHERE, FIFTH], (1 / 1 + 2 / 3) / 2),
        ([ELSEWHERE, GOLD], (1 / 2 + 0) / 2),  # page 5 is never cited
        ([GOLD, GOLD, FIFTH], (1 / 1 + 3 / 3) / 2),  # the second is right as well, and its page is counted once
        ([ELSEWHERE], 0),
    ],
)
def test_page_average_precision_is_the_mean_of_precisions_where_each_gold_page_is_first_cited(cited, expected):
    assert scored(*cited)["page_average_precision"] == pytest.approx(expected)


def test_a_quote_over_two_pages_touches_both():
    """Pages 3 and 4 in one citation: recall 2/2, and precision 1/1 at rank 1 for each."""
    scores = scored(over_pages(3, 4), gold=frozenset({("guide", 3), ("guide", 4)}))
    assert (scores["page_recall"], scores["page_precision"], scores["page_average_precision"]) == (1, 1, 1)


def test_an_abstention_scores_0_against_gold():
    scores = citation_scores(answer(verdict="not_in_guide"), TWO, printed)
    assert {scores[name] for name in AGAINST_GOLD} == {0}


def test_a_question_without_gold_has_no_measure_against_it():
    assert not AGAINST_GOLD & scored(GOLD, gold=frozenset()).keys()


# Markers and quotes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il signe [1]. Il rend [2].", 2 / 2),
        ("Il signe [1]. Il rend [3].", 1 / 2),
        ("Il signe [1][3]. Il rend [4].", 1 / 3),
        ("Il signe.", 0),  # no marker: nothing leads to a source
        ("En [2024], il signe [1].", 1 / 1),  # a year is not a marker
    ],
)
def test_marker_validity_is_markers_with_a_citation_among_markers(text, expected):
    assert scored(GOLD, ELSEWHERE, text=text)["marker_validity"] == pytest.approx(expected)


def test_lost_markers_are_named():
    assert lost_markers(replace(answer(GOLD), text="[1] [3] [12]")) == [3, 12]


def test_a_list_of_places_has_no_marker_to_judge():
    assert scored(GOLD, shape="where", text="• Accueil : p. 3")["marker_validity"] is None


def test_quote_validity_is_exact_quotes_among_citations():
    """Three citations, one altered: 2/3."""
    assert scored(GOLD, passage(PAGE.replace("signe", "lit")), GOLD)["quote_validity"] == pytest.approx(2 / 3)


def test_an_answer_without_citations_has_a_quote_validity_of_0():
    assert scored(verdict="answered")["quote_validity"] == 0


@pytest.mark.parametrize("measure", ["quote_validity", "marker_validity"])
def test_an_abstention_has_nothing_to_verify(measure):
    assert citation_scores(answer(verdict="not_in_guide"), TWO, printed)[measure] is None


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


def test_letters_keeps_what_a_reader_reads():
    assert letters("« L’ﬁn_d’œuvre » – n° 12\u00ad !") == "lfindœuvren12"


# Whatever is cited

PAGES = st.integers(1, 6)
CITED = st.lists(PAGES.map(lambda page: passage(page=page)), max_size=6)
GOLD_PAGES = st.frozensets(PAGES.map(lambda page: ("guide", page)), min_size=1, max_size=4)
TEXT = st.lists(st.integers(0, 9).map("[{}]".format), max_size=6).map(" ".join)


@given(CITED, GOLD_PAGES, TEXT)
def test_every_measure_of_citations_is_a_rate(cited, gold, text):
    scores = scored(*cited, gold=gold, text=text)
    assert scores.keys() == RATES
    assert all(value is None or 0 <= value <= 1 for value in scores.values())


@given(CITED, GOLD_PAGES, st.data())
def test_one_more_right_citation_never_lowers_recall(cited, gold, data):
    _, page = data.draw(st.sampled_from(sorted(gold)))
    place = data.draw(st.integers(0, len(cited)))
    more = [*cited[:place], passage(page=page), *cited[place:]]
    assert scored(*more, gold=gold)["page_recall"] >= scored(*cited, gold=gold)["page_recall"]


@given(st.lists(st.frozensets(PAGES, max_size=3), max_size=8))
def test_average_precision_is_at_most_recall(touched):
    touched = [frozenset(("guide", page) for page in pages) for pages in touched]
    recall = len(frozenset().union(*touched)) / 6
    assert 0 <= average_precision(touched, 6) <= recall + 1e-12


@given(GOLD_PAGES)
def test_citing_all_gold_pages_and_nothing_else_is_an_average_precision_of_1(gold):
    assert average_precision([frozenset({page}) for page in gold], len(gold)) == pytest.approx(1)


def test_a_bracketed_number_inside_a_quote_is_no_marker():
    cited = passage("Voir la note [3] de l’éditeur.")
    said = replace(answer(cited), text="Voici :\n\n« Voir la note [3] de l’éditeur. » [1]")
    assert marker_validity(said) == 1.0
