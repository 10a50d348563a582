"""Which sentences need the one before to be understood."""

import pytest

from assistant.antecedent import measure_of_a_case, points_back


@pytest.mark.parametrize(
    "sentence",
    [
        "Elle précise qui reçoit quoi.",
        "Il signe à titre personnel.",
        "Ces opérations se préparent.",
        "Dans ce cas, le pôle renonce.",
        "Deux ans plus tard, les services l’ont invité.",
        "Cela suppose un registre.",
        "C'est ce que permet un basculement.",
        "Toutefois, le silence vaut rejet.",
        "« Ils relisent la charte. »",
    ],
)
def test_what_opens_on_something_said_before_points_back(sentence):
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Il est recommandé de tenir un registre.",
        "Il est fortement conseillé de signer.",
        "Il convient de signer.",
        "Il n’est pas utile de signer.",
        "Le pôle signe.",
        "Ce recueil s’adresse aux membres.",
        "Cette fiche tient en une page.",
        "Ce qui compte est la date.",
        "Deux pages suffisent.",
        "Sonder les membres.",
        "",
    ],
)
def test_what_stands_alone_does_not(sentence):
    assert not points_back(sentence)


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("Pour les sociétés cotées, le seuil applicable est de 10 %.", "seuil"),
        ("S'agissant d'une jeune entreprise, les délais sont doublés.", "délai"),
        ("Pour les visiteurs, un badge suffit.", ""),
        ("Le seuil est de 25 %.", ""),
        ("Pour les sociétés cotées. Le seuil est de 10 %.", ""),
    ],
)
def test_a_measure_given_for_one_case_is_named(sentence, measure):
    assert measure_of_a_case(sentence) == measure
