"""Words read as the nearest of the passages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.glossary import AcronymEntry, Glossary, GlossaryFile
from index.lexical import LexicalIndex, build_lexical
from index.lexical_query import Correction
from index.lexical_reading import corrected_question
from index.shorthand import SHORTHAND
from index.spelling import distances, read_as, signatures
from index.vocabulary import StringTable

TEXTS = [
    "Le dépôt d’un brevet protège le savoir-faire de l’entreprise.",
    "Brevet, brevet et brevets : la sécurité économique des laboratoires.",
    "La confidentialité du courtier et du courrier, le courrier.",
]
LETTERS = st.text(alphabet="abcd", min_size=1, max_size=9)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return build_lexical(TEXTS)


def by_the_book(one: str, other: str) -> int:
    """Optimal string alignment, cell by cell."""
    cost = np.zeros((len(one) + 1, len(other) + 1), int)
    cost[:, 0], cost[0, :] = np.arange(len(one) + 1), np.arange(len(other) + 1)
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, cost[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                cost[i, j] = min(cost[i, j], cost[i - 2, j - 2] + 1)
    return int(cost[-1, -1])


@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None, database=None)
def test_distances_are_those_of_the_book_and_slips_change_two_letters_each(typed, words):
    table = StringTable.of(words)
    expected = [by_the_book(typed, word) for word in words]
    assert distances(typed, table.blob, table.offsets, np.arange(len(words))).tolist() == expected
    both = StringTable.of([typed, *words])
    bits = signatures(both.blob, both.offsets)
    assert np.all(np.bitwise_count(bits[1:] ^ bits[0]) <= 2 * np.array(expected))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brevt", "brevet"),
        ("brveet", "brevet"),
        ("brevvet", "brevet"),
        ("securirte", "sécurité"),
        ("econmiqe", "économique"),
        ("confidentilaite", "confidentialité"),
        ("lentreprise", "entreprise"),
        ("dentreprise", "entreprise"),
        ("brevetdepot", "brevet dépôt"),
        ("commemt", "comment"),
        ("courtrier", "courrier"),
    ],
)
def test_a_slip_is_read_as_the_nearest_and_most_frequent_word(index, typed, meant):
    assert " ".join(read_as(typed, index.vocabulary)) == meant


@pytest.mark.parametrize(
    "word", ["brev", "brevet1", "12345", "béta", "βρεβετ", "économie", "patents", "zzzzzzzzz", "a" * 5000]
)
def test_short_words_numbers_and_known_words_stay(index, word):
    assert read_as(word, index.vocabulary) == ()


def test_two_slips_are_forgiven_to_long_words_that_begin_alike(index):
    assert read_as("laboratiores", index.vocabulary) == ("laboratoires",)
    assert read_as("xaboratorres", index.vocabulary) == ()
    assert read_as("brvt", index.vocabulary) == read_as("brrevvt", index.vocabulary) == ()


def test_a_corrected_question_scores_as_the_right_one(index):
    assert index.scores("brevt securitte").tolist() == index.scores("brevet sécurité").tolist()


def test_corrections_are_reported(index):
    assert index.query("Brevt et brevets").corrections == (Correction("brevt", "brevet"),)


@pytest.mark.parametrize(
    "question",
    [
        "Que fait le BREVT ?",  # an acronym
        "BREVT : que fait-il ?",
        "Qui est Madame Brevt ?",
        "Qui est M. Brevt ?",
        "L’entreprise de Jean-Brevt",
        "Que dit « Brevt » ?",
        "Que veut l’Brevt, et le Brevt ?",
    ],
)
def test_an_acronym_or_a_proper_name_is_no_slip_and_stays_unknown(index, question):
    query = index.query(question)
    assert query.corrections == ()
    assert "brevt" in query.unknown
    assert "revt" in corrected_question(question, query, index.vocabulary).casefold()


@pytest.mark.parametrize(
    "question",
    ["QUE FAIT LE BREVT ?", "Brevt ?", "Et alors ? Brevt…", "On dépose en 2026. Brevt", "le Brevt, le brevt", "brevt"],
)
def test_a_capital_that_tells_nothing_leaves_a_slip_a_slip(index, question):
    assert Correction("brevt", "brevet") in index.query(question).corrections


def test_a_name_loses_the_article_that_is_glued_to_it(index):
    assert index.query("Que dit LENTREPRISE ?").corrections == (Correction("lentreprise", "entreprise"),)


def test_a_name_written_without_its_accents_is_met(index):
    query = index.query("La SECURITE des Laboratoires")
    assert (query.corrections, query.unknown) == ((), ())


def test_corrections_can_be_turned_off(index):
    assert index.query("brevt", correct=False).corrections == ()


def test_a_form_whose_term_the_passages_have_is_not_a_slip(index):
    assert index.query("brevetés protégée").corrections == ()


def test_the_question_is_rewritten_with_accents(index):
    question = "Brevt pour lentreprise : quelle securte ?"
    read = corrected_question(question, index.query(question), index.vocabulary)
    assert read == "brevet pour entreprise : quelle sécurité ?"


def test_a_question_typed_without_accents_gets_those_of_the_passages(index):
    question = "Quelle securite pour un brevet ?"
    read = corrected_question(question, index.query(question), index.vocabulary)
    assert read == "Quelle sécurité pour un brevet ?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Quelle securite de l’entreprise ?", "Quelle sécurité de l’entreprise ?"),
        ("Quelle securite\N{NO-BREAK SPACE}?", "Quelle sécurité\N{NO-BREAK SPACE}?"),
        ("Quelle « securite »…", "Quelle « sécurité »…"),
    ],
    ids=["apostrophe", "no-break space", "quotation marks"],
)
def test_signs_outside_ascii_are_no_accents(index, question, expected):
    assert corrected_question(question, index.query(question), index.vocabulary) == expected


def test_a_question_that_has_accents_keeps_its_other_words(index):
    question = "À quelle securite ?"
    assert corrected_question(question, index.query(question), index.vocabulary) == question


def test_a_question_without_slips_is_left_as_it_is(index):
    question = "Le brevet…"
    assert corrected_question(question, index.query(question), index.vocabulary) == question


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("longueur mdp", {"mdp": "mot de passe"}),
        ("longueur d’un MDP", {"mdp": "mot de passe"}),
        ("mon proto au salon", {"proto": "prototype"}),
        ("On a une CB du pôle", {}),
        ("cb de salons", {"cb": "combien"}),
    ],
)
def test_what_is_typed_short_is_read_in_full(index, question, read):
    found = index.query(question).corrections
    assert {one.typed: one.read_as for one in found if one.typed in SHORTHAND} == read


def test_what_passages_or_the_glossary_write_short_is_read_as_it_is():
    assert build_lexical(["Le mdp du pôle"]).query("mdp").corrections == ()
    glossary = Glossary.of([GlossaryFile(entry=(AcronymEntry(acronym="prez", expansions=("président",)),))])
    assert build_lexical(["Le président"]).query("prez", glossary).corrections == ()
