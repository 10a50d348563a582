"""French analysis: what the same word looks like, however it is typed."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.french import STOP_WORDS, analyse, fold, is_compound, term, words

FRENCH = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœæ 0123456789'’-.&"


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
        ("lois", "loi"),
        ("emplois", "emploi"),
        ("presqu’île", "île"),
        ("l`entreprise", "entreprise"),
        ("R.G.P.D.", "RGPD"),
        ("U.S.A", "usa"),
        ("R&D", "r & d"),
        ("e-mails", "email"),
        ("10 000 €", "10000"),
        ("10\u202f000", "10.000"),
        ("1\u00a0200\u00a0000 euros", "1200000 euro"),
        ("10 000m", "10000 m"),
        ("4\u00a0%", "4%"),
        ("trois brevets", "3 brevets"),
        ("article L. 151-1", "article L151-1"),
        ("R.\u00a0413-5-1", "r413-5-1"),
        ("L.O. 123-4", "LO123-4"),
        ("ISO27001", "ISO 27001"),
        ("dé\u00adlai", "délai"),
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
    assert terms("ISO 27001, R413-2") == ["iso", "27001", "r413-2"]


def test_elision_leaves_the_middle_of_a_word_alone():
    assert terms("aujourd’hui") == terms("aujourd'hui") == ["aujourd", "hui"]


def test_fold_opens_ligatures_and_drops_accents():
    assert fold("cœur, ex æquo, Noël, garçon") == "coeur, ex aequo, Noel, garcon"


@pytest.mark.parametrize("text", ["en 2023 100 brevets", "01 44 97 24 50", "3,5", "1.5"])
def test_neighbouring_numbers_stay_apart(text):
    assert len([t for t in terms(text) if t.isdigit()]) > 1


def test_articles_of_one_law_stay_apart():
    assert terms("L. 151-1") != terms("L. 151-2")


def test_an_acronym_does_not_lose_its_end():
    assert terms("des PME") == terms("une PME") == ["pme"]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("savoir-faire", True), ("cyber-attaque", True), ("peut-on", False), ("celui-ci", False), ("uaz-469", False)],
)
def test_a_compound_is_of_words_and_not_of_pronouns(unit, expected):
    assert is_compound(unit) is expected


def test_a_compound_has_the_term_of_its_spelling_in_one_word():
    assert term("cyber-attaques") == term("cyberattaque")


def test_words_read_by_several_threads_at_once_have_the_terms_they_have_alone():
    stems = [
        f"{drawn}{c}" for drawn in ("abri", "cheva", "dore", "fixe", "gomme", "parle", "toile") for c in "bcdfglmn"
    ]
    invented = [f"{stem}{end}" for stem in stems for end in ("issaient", "ements", "ations")]
    alone = {word: term(word) for word in invented}
    term.cache_clear()
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda turn: [term(word) for word in invented[turn:] + invented[:turn]], range(4)))
    finally:
        sys.setswitchinterval(switching)
        term.cache_clear()
    assert all(read == [alone[w] for w in invented[turn:] + invented[:turn]] for turn, read in enumerate(together))


@given(st.text())
@settings(max_examples=60, deadline=None, database=None)
def test_any_text_can_be_analysed(text):
    assert all(terms(text))


@given(st.text(alphabet=FRENCH, max_size=60))
@settings(max_examples=100, deadline=None, database=None)
def test_capitals_do_not_change_terms(text):
    assert terms(text.upper()) == terms(text)


@given(st.text(alphabet=FRENCH.replace("œ", "").replace("æ", ""), max_size=60))
@settings(max_examples=100, deadline=None, database=None)
def test_accents_change_terms_only_where_they_make_another_word(text):
    is_prefix = re.search(r"\b[éèêë]-", text, re.IGNORECASE)  # « e-mail » is one word; « é- » is no such prefix
    if not is_prefix and not any(word not in STOP_WORDS and fold(word) in STOP_WORDS for word in words(text)):
        assert terms(fold(text)) == terms(text)
