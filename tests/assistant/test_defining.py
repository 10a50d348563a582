"""The glossary's entry for what a question asks to have explained, and no other that it mentions."""

import re
from dataclasses import replace

import pytest

from assistant.defining import asks_for_an_entry, entry, scale
from index import Expansion, ScoredPassage, SearchResult
from tests.index.making import passage

ENTRIES = (
    "Note de veille. Document court qui présente un fait.\n"
    "Prospective. Démarche qui explore plusieurs avenirs. Elle ne prédit rien.\n"
    "Zone à régime restrictif. Local clos dont l’accès est soumis à autorisation."
)
ZRR = Expansion("ZRR", "zone à régime restrictif")


def found(*sections: str, expansions: tuple[Expansion, ...] = ()) -> SearchResult:
    spans = tuple(match.span() for match in re.finditer(r"[^.\n]+\.", ENTRIES))
    sentences = tuple((start + (ENTRIES[start] == " "), end) for start, end in spans)
    written = (replace(passage(ENTRIES, section=(name,)), sentences=sentences) for name in sections)
    scored = (ScoredPassage(one, row, 0.5, 0.5, 0.5) for row, one in enumerate(written))
    return SearchResult(tuple(scored), None, {}, expansions=expansions)


@pytest.mark.parametrize(
    "question", ["C’est quoi la prospective ?", "la prospective, ca veut dire quoi", "What do you mean by prospective?"]
)
def test_the_entry_comes_whole_and_without_the_next(question):
    own = entry(found("Termes"), question)
    assert own is not None
    assert own.text == "Prospective. Démarche qui explore plusieurs avenirs. Elle ne prédit rien."


def test_an_acronym_is_looked_for_by_what_it_stands_for():
    own = entry(found("Glossaire", expansions=(ZRR,)), "c'est quoi une ZRR ?")
    assert own is not None
    assert own.text.startswith("Zone à régime restrictif. Local clos")


@pytest.mark.parametrize(
    "question",
    [
        "Que signifie l’expression « zone à régime restrictif » ?",
        "Une zone à régime restrictif, pour un laboratoire public, ça veut dire quoi ?",
        "What is a zone à régime restrictif?",
    ],
)
def test_a_long_name_is_found_on_either_side(question):
    own = entry(found("Termes"), question)
    assert own is not None
    assert own.text.startswith("Zone à régime restrictif.")


@pytest.mark.parametrize(
    "question",
    [
        "Dans une note de veille il y a marqué « C3 ». Ça veut dire quoi ?",
        "Que signifie « liberté d’exploitation » lorsqu’on parle, entre deux réunions, de prospective ?",
        "C’est quoi un brevet ?",
    ],
)
def test_what_a_question_only_mentions_is_not_defined(question):
    assert entry(found("Termes"), question) is None


@pytest.mark.parametrize("section", ["Pratique n° 8", "Négocier les termes de l’accord"])
def test_outside_a_glossary_a_short_line_is_no_entry(section):
    assert entry(found(section), "C’est quoi la prospective ?") is None


ROWS = "Sigle | Développement\nDPO | Délégué à la protection des données\nSI | Système d’information"
COLONS = "Accessibilité numérique : principe consistant à servir chacun."


def glossary(text: str) -> SearchResult:
    spans = tuple(match.span() for match in re.finditer(r"[^\n]+", text))
    one = replace(passage(text, section=("Glossaire", "Sigles")), sentences=spans)
    return SearchResult((ScoredPassage(one, 0, 0.5, 0.5, 0.5),), None, {})


@pytest.mark.parametrize(
    "question", ["c quoi un dpo ?", "et sinon c'est quoi un DPO ?", "Que signifie DPO ?", "What does DPO mean?"]
)
def test_an_acronym_of_a_table_is_its_own_entry(question):
    own = entry(glossary(ROWS), question)
    assert own is not None
    assert own.text == "DPO | Délégué à la protection des données"
    assert asks_for_an_entry(glossary(ROWS), question)


def test_a_name_before_a_colon_is_an_entry():
    own = entry(glossary(COLONS), "C’est quoi l’accessibilité numérique ?")
    assert own is not None
    assert own.text == COLONS


def test_an_acronym_of_two_letters_is_known_by_its_capitals():
    assert entry(glossary(ROWS), "c'est quoi le si ?") is None
    assert entry(glossary(ROWS), "c'est quoi le SI ?") is not None


@pytest.mark.parametrize(
    "question",
    [
        "Comment nommer un DPO ?",
        "c'est quoi un DPO mutualisé entre pôles ?",
        "c'est quoi un DPO et combien de temps reste-t-il ?",
        "",
        "qui est responsable ?",
    ],
)
def test_a_question_that_wants_more_than_a_meaning_asks_for_no_entry(question):
    assert not asks_for_an_entry(glossary(ROWS), question)


LEVELS = (
    "La lettre cote la source : A, sûre ; B, connue ; C, peu connue.",
    "Le chiffre cote l’information : 1, confirmée ; 2, vraisemblable ; 3, incertaine.",
    "Une information cotée C3 peut mériter une alerte.",
)


@pytest.mark.parametrize(
    ("question", "signs"),
    [("Que veut dire une info notée B2 ?", 2), ("c’est quoi C3 ?", 2), ("Une info Z9 ?", 0), ("C’est quoi la B ?", 0)],
)
def test_a_code_is_told_by_what_each_of_its_signs_means_in_reading_order(question, signs):
    one = [replace(passage(text), sentences=((0, len(text)),)) for text in LEVELS]
    scored = tuple(ScoredPassage(one[row], row, 0.5, 0.5, 0.5) for row in (2, 1, 0))
    assert [quote.text for quote in scale(SearchResult(scored, None, {}), question)] == list(LEVELS[:signs])
