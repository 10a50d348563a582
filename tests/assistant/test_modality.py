"""Duty, advice, possibility and negation, and the words each governs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.modality import Bound, Modality, binds, bounds, governed, opposed
from index import analyse

SIGN = frozenset(analyse("signer"))
WORDS = ["le", "pôle", "ne", "n’", "que", "pas", "doit", "peut", "devrait", "signer", "liste", ",", ";", "sans"]


@pytest.mark.parametrize(
    "text",
    [
        "Le stagiaire doit signer.",
        "Les stagiaires doivent signer.",
        "Il faut signer.",
        "Il est obligatoire de signer.",
        "Le stagiaire est tenu de signer.",
        "Il est indispensable de signer.",
        "The intern must signer.",
        "The intern has to signer.",
    ],
)
def test_a_duty_is_a_duty(text):
    assert governed(text).modalities == {Modality.DUTY}


@pytest.mark.parametrize(
    "text",
    [
        "Le stagiaire devrait signer.",
        "Les stagiaires devraient signer.",
        "Il est recommandé de signer.",
        "Il est conseillé de signer.",
        "Il convient de signer.",
        "Mieux vaut signer.",
        "Le pôle gagne à signer.",
        "Il faudrait signer.",
        "The intern should signer.",
        "We recommend to signer.",
    ],
)
def test_advice_is_advice_and_no_duty(text):
    assert governed(text).modalities == {Modality.ADVICE}


@pytest.mark.parametrize(
    "text",
    [
        "Le stagiaire peut signer.",
        "Les stagiaires peuvent signer.",
        "Le règlement permet de signer.",
        "Il est possible de signer.",
        "The intern may signer.",
        "The intern can signer.",
    ],
)
def test_a_possibility_is_a_possibility(text):
    assert governed(text).modalities == {Modality.POSSIBILITY}


@pytest.mark.parametrize("text", ["Le stagiaire signe.", "Le conseil d’administration signe.", "Un lit dur.", ""])
def test_a_plain_statement_has_no_modality(text):
    assert governed(text).modalities == frozenset()


@pytest.mark.parametrize("modality", Modality)
def test_a_modality_governs_the_words_after_it(modality):
    mark = {Modality.DUTY: "doit", Modality.ADVICE: "devrait", Modality.POSSIBILITY: "peut"}[modality]
    assert governed(f"Le badge {mark} signer").modal == {modality: SIGN}


def test_a_modality_stops_at_the_end_of_its_clause():
    assert governed("Le pôle doit signer, la presse attend.").modal == {Modality.DUTY: SIGN}


def test_a_sentence_may_put_one_thing_as_a_duty_and_another_as_possible():
    found = governed("Le pôle doit signer et la presse peut attendre.").modal
    assert found == {Modality.DUTY: SIGN, Modality.POSSIBILITY: frozenset(analyse("attendre"))}


@pytest.mark.parametrize(
    "text",
    ["Le pôle ne signe pas.", "Le pôle n’a pas à signer.", "sans signer", "Ne jamais signer.", "He does not signer."],
)
def test_a_negation_governs_what_it_denies(text):
    assert frozenset(analyse(text)) & governed(text).negated


@pytest.mark.parametrize(
    "text",
    [
        "Le pôle ne signe que la liste.",
        "Il n’y a qu’un badge.",
        "Le pôle ne peut signer que la liste.",
        "La négociation commence.",
        "Né dans une commune voisine, il signe.",
        "Que le pôle signe ou non dépend du bureau.",
        "Les candidats attendent la nuit.",
        "Un dossier notable.",
        "La caserne est pleine.",
    ],
)
def test_what_restricts_or_only_looks_like_a_negation_denies_nothing(text):
    assert governed(text).negated == frozenset()


def test_a_restriction_does_not_hide_a_negation_elsewhere():
    assert governed("Le pôle ne signe que la liste ; le bureau ne publie rien.").negated == set(analyse("publie rien"))


@pytest.mark.parametrize("text", ["Il est interdit de signer.", "It is forbidden to signer."])
def test_what_is_forbidden_is_a_duty_and_denied(text):
    found = governed(text)
    assert found.modalities == {Modality.DUTY}
    assert found.negated >= SIGN


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_both_apostrophes_deny(apostrophe):
    assert governed(f"Le pôle n{apostrophe}attend pas.").negated


def test_accents_and_capitals_do_not_matter():
    assert governed("IL EST RECOMMANDE DE SIGNER").modal == governed("il est recommandé de signer").modal


@pytest.mark.parametrize(
    "text",
    [
        "Le stagiaire doit signer.",
        "Il est interdit de publier.",
        "La loi du 6 janvier le dit.",
        "Le retard expose à une amende.",
        "The court decides.",
    ],
)
def test_a_duty_a_ban_a_law_and_a_threat_bind(text):
    assert binds(text)


@pytest.mark.parametrize("text", ["Le stagiaire devrait signer.", "On peut publier.", "Le badge est rouge.", ""])
def test_advice_and_facts_do_not_bind(text):
    assert not binds(text)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    assert governed(text).modalities <= set(Modality)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=15))
def test_a_mark_governs_four_content_words_at_the_most(words):
    text = " ".join(words)
    for modality, stems in governed(text).modal.items():
        assert len(stems) <= 4 * sum(word in {"doit", "peut", "devrait"} for word in words), modality
    assert governed(text).negated <= set(analyse(text))


# Bounds


@pytest.mark.parametrize(
    ("text", "bound", "stem"),
    [
        ("avant le 15 décembre", Bound.UP_TO, "15"),
        ("après le 15 décembre", Bound.FROM, "15"),
        ("trois mois au plus, puis rien", Bound.UP_TO, "3"),
        ("pendant trois mois au moins", Bound.FROM, "3"),
        ("au moins trois mois", Bound.FROM, "3"),
        ("moins de cent adhérents", Bound.UP_TO, "100"),
        ("plus de cent adhérents", Bound.FROM, "100"),
        ("plus d’un mois", Bound.FROM, "mois"),
        ("jusqu’au 15 décembre", Bound.UP_TO, "15"),
        ("à partir du 15 décembre", Bound.FROM, "15"),
        ("before December", Bound.UP_TO, "decemb"),
        ("after December", Bound.FROM, "decemb"),
        ("at most 20 pages", Bound.UP_TO, "20"),
        ("more than 20 pages", Bound.FROM, "20"),
    ],
)
def test_a_bound_has_a_side_and_what_it_bounds(text, bound, stem):
    ((found, stems),) = bounds(text)
    assert found is bound
    assert any(held.startswith(stem) for held in stems)


@pytest.mark.parametrize("text", ["plus de clarté", "moins de bruit", "le plus sûr", ""])
def test_without_a_figure_more_bounds_nothing(text):
    assert bounds(text) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("avant le 15 décembre", "après le 15 décembre", 1),
        ("avant le 15 décembre", "avant le 15 décembre, puis après le 15 décembre", 0),
        ("avant le 15 décembre", "après la réunion", 0),
        ("avant le 15 décembre", "le 15 décembre", 0),
    ],
)
def test_bounds_of_the_same_words_are_opposed(mine, theirs, expected):
    assert opposed(bounds(mine), bounds(theirs)) == expected
