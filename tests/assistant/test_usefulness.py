"""What a reader needs comes first; what only comes near stands apart, after it."""

from dataclasses import replace

import numpy as np
import pytest

from assistant import Question, QuoteTraits, quote_traits
from assistant.answer import Answer, Citation, Passport
from assistant.completing import Budget
from assistant.composing import body
from assistant.extractive import FULL, Quote, extract
from assistant.usefulness import traits_of
from index import ScoredPassage, SearchResult
from tests.assistant.making import as_read, assert_contract, assistant_on
from tests.assistant.test_extractive import QUESTION, in_section, passage, scored

APART = Budget(tells_further=True)


@pytest.mark.parametrize(
    ("ratio", "leads", "completes", "needed"),
    [
        (0.5, True, False, True),  # found in the section that leads
        (0.45, True, False, False),
        (0.8, True, True, False),  # only beside what was found
        (0.9, True, True, True),
        (0.9, False, False, False),  # of another section
        (1.0, False, False, True),
        (1.0, False, True, False),
    ],
)
def test_what_is_needed_by_its_traits(ratio, leads, completes, needed):
    assert QuoteTraits(ratio, leads, completes).is_needed is needed


def test_traits_are_taken_against_the_leading_section_s_best_sentence():
    first, second = scored("Un.", 0), replace(scored("Deux.", 1), completes="id1")
    other = in_section(scored("Trois.", 2), "Jardin")
    told = traits_of([first, second, other], [(0, 0.5), (0, 2.0), (1, 1.0), (2, 3.0)], ("p", ()))
    assert told == [QuoteTraits(1, True, False), QuoteTraits(0.5, True, True), QuoteTraits(1.5, False, False)]


def quoted(
    evidence: list[ScoredPassage], cosines: dict[int, list[float]], budget: Budget = APART
) -> list[tuple[str, bool]]:
    found = SearchResult(tuple(evidence), QUESTION, {})
    vectors = {row: np.array([[c, (1 - c * c) ** 0.5] for c in values], np.float32) for row, values in cosines.items()}
    quotes = extract(found, vectors.__getitem__, budget)
    return [(quote.scored.passage.text[quote.start : quote.end], quote.further) for quote in quotes]


BADGE, BESIDE, GARDEN = "Le pôle tient un registre.", "Le visiteur porte un badge.", "Le jardin ferme très tôt."


def test_what_only_comes_near_is_told_apart_and_comes_last():
    best = in_section(scored(BADGE, 0), "Visites")
    beside = replace(in_section(scored(BESIDE, 1), "Visites"), completes="id1")
    other = in_section(scored(GARDEN, 2), "Jardin")
    found = in_section(scored("Le visiteur signe à l’entrée.", 3), "Visites")
    cosines = {0: [0.9], 1: [0.3], 2: [0.6], 3: [0.5]}
    told = quoted([best, beside, other, found], cosines)
    signs = found.passage.text
    assert told == [(BADGE, False), (signs, False), (BESIDE, True), (GARDEN, True)]
    whole = quoted([best, beside, other, found], cosines, Budget())
    assert whole == [(BADGE, False), (BESIDE, False), (signs, False), (GARDEN, False)]


def test_something_is_always_needed():
    alone = replace(scored(BADGE, 0, 0.05), completes="id9")
    assert quoted([alone], {0: [0.1]}) == [(BADGE, False)]
    assert quote_traits(SearchResult((), QUESTION, {}), lambda _: np.empty((0, 2))) == []


def test_a_footnote_may_stand_apart_from_the_text_that_calls_it():
    text, note = "Un test se prépare à plusieurs¹.", "¹. L’article L. 1222-4 s’applique ici."
    beside = replace(scored(note, 1), completes="id1")
    assert quoted([scored(text, 0), beside], {0: [0.9], 1: [0.1, 0.2]}) == [(text, False), (note, True)]


def test_what_points_back_stays_with_what_it_points_at():
    text, after = "Le pôle rédige une fiche.", "Elle tient en deux pages."
    beside = replace(scored(after, 1), completes="id1")
    assert quoted([scored(text, 0), beside], {0: [0.9], 1: [0.2]}) == [(text, False), (after, False)]


def test_the_text_of_an_answer_says_so():
    passport = Passport("v", "m", "1", "extractive", "", "", "", 8)
    here, near = passage(BADGE), passage(GARDEN, 2)
    citations = (
        Citation(1, here, "P", 0, len(here.text), 0.9), Citation(2, near, "P", 0, len(near.text), 0.5, further=True),
    )  # fmt: skip
    answer = Answer("a", "Q ?", "Q ?", "answered", "fr", "", 0.9, passport, citations=citations)
    assert body(answer) == f"P\n\n« {BADGE} » [1]\n\nD’autres passages s’en approchent :\n\nP\n\n« {GARDEN} » [2]"
    assert [c.as_json().get("further") for c in citations] == [None, True]
    english = replace(answer, language="en")
    assert "Other passages come near:" in body(english)
    assert "near:" not in body(replace(english, citations=citations[:1]))


def test_nothing_is_marked_in_what_only_comes_near(guide_index):
    answer = assistant_on(guide_index).ask(Question("Comment mener une veille sur les brevets ?"))
    assert_contract(as_read(answer.as_json()))
    assert not any(c.nearest for c in answer.citations if c.further)
    assert not answer.citations[0].further


def test_only_a_short_answer_tells_apart():
    assert FULL.tells_further
    assert Quote(scored(BADGE), 0, 1).further is False
