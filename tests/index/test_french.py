"""French analysis: what the same word looks like, however it is typed."""

import pytest

from index import analyse, fold


def terms(text: str) -> list[str]:
    return list(analyse(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’entreprise", "entreprise"),
        ("L'Entreprise", "entreprise"),
        ("d’une", "une"),
        ("qu’influence", "influence"),
        ("jusqu’aux brevets", "jusqu'au brevet"),
        ("sécurité", "securite"),
        ("ÉCONOMIQUE", "economique"),
        ("brevets", "brevet"),
        ("réseaux", "réseau"),
        ("visiteuses", "visiteuse"),
        ("journaux", "journal"),
        ("œuvre", "oeuvre"),
        ("ŒUVRE", "oeuvre"),
        ("ﬁnancement", "financement"),
        ("e\u0301tude", "étude"),
        ("salons-professionnels", "salon professionnel"),
    ],
)
def test_two_spellings_meet_in_the_same_terms(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("salon", "salaire"), ("brevet", "bref"), ("veille", "vieil")])
def test_different_words_stay_apart(one, other):
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    "text", ["", "?!…", "le la les des", "Pourquoi est-ce que nous avons", "how should we do this"]
)
def test_a_text_of_small_words_has_no_term(text):
    assert terms(text) == []


@pytest.mark.parametrize("word", ["après", "même", "ça", "étaient", "était", "été", "être", "où", "à"])
def test_a_small_word_is_one_with_or_without_its_accents(word):
    assert terms(word) == terms(fold(word)) == []


@pytest.mark.parametrize("word", ["maïs", "sûr", "sûre", "thé"])
def test_an_accent_that_makes_another_word_is_not_a_small_word(word):
    assert len(terms(word)) == 1


def test_repetitions_and_order_are_kept():
    assert terms("brevet, salon, brevet") == ["brevet", "salon", "brevet"]


def test_numbers_and_references_stay_whole():
    assert terms("ISO 27001, R413-2") == ["iso", "27001", "r413", "2"]


def test_elision_leaves_the_middle_of_a_word_alone():
    assert terms("aujourd’hui") == terms("aujourd'hui") == ["aujourd", "hui"]


def test_fold_opens_ligatures_and_drops_accents():
    assert fold("cœur, ex æquo, Noël, garçon") == "coeur, ex aequo, Noel, garcon"
