"""Which section answers: its best passage's score + 0.1 × what others of it have over the best of all − 0.25 counts."""

from dataclasses import replace

import pytest

from assistant.completing import Home
from assistant.leading import is_under, leading_section
from index import ScoredPassage
from tests.assistant.test_extractive import in_section, scored


def evidence(*found: tuple[str, float]) -> list[ScoredPassage]:
    return [in_section(scored("Le pôle tient un registre.", row, s), name) for row, (name, s) in enumerate(found)]


def home(name: str) -> Home:
    return ("p", (name,))


def test_the_best_passage_s_section_leads():
    assert leading_section(evidence(("Visites", 0.6), ("Jardin", 0.7))) == home("Jardin")


def test_a_section_with_others_behind_overtakes_one_that_is_hardly_better():
    # 0.80 against 0.79 + 0.1 × 3 × (0.75 − 0.55) = 0.85
    others = [("Visites", 0.75)] * 3
    assert leading_section(evidence(("Jardin", 0.8), ("Visites", 0.79), *others)) == home("Visites")


def test_and_not_one_that_is_clearly_better():
    # 0.90 against 0.79 + 0.1 × 3 × (0.75 − 0.65) = 0.82
    others = [("Visites", 0.75)] * 3
    assert leading_section(evidence(("Jardin", 0.9), ("Visites", 0.79), *others)) == home("Jardin")


def test_no_more_than_three_others_count():
    # 0.80 against 0.72 + 0.1 × 3 × (0.72 − 0.55) = 0.771; six would make 0.822
    assert leading_section(evidence(("Jardin", 0.8), *[("Visites", 0.72)] * 7)) == home("Jardin")


def test_what_is_far_from_the_best_says_nothing_for_its_section():
    assert leading_section(evidence(("Jardin", 0.8), ("Visites", 0.79), *[("Visites", 0.5)] * 3)) == home("Jardin")


def test_a_passage_that_completes_another_is_no_support():
    found = evidence(("Jardin", 0.8), ("Visites", 0.79), *[("Visites", 0.75)] * 3)
    beside = [*found[:2], *(replace(scored, completes="id2") for scored in found[2:])]
    assert leading_section(beside) == home("Jardin")


def test_of_equals_the_first_leads():
    assert leading_section(evidence(("Jardin", 0.8), ("Visites", 0.8))) == home("Jardin")


def test_the_section_before_leads_where_another_is_hardly_better():
    # 0.80 against 0.70 + 0.15
    assert leading_section(evidence(("Jardin", 0.8), ("Visites", 0.7)), home("Visites")) == home("Visites")


def test_the_section_before_does_not_lead_where_another_is_clearly_better():
    assert leading_section(evidence(("Jardin", 0.8), ("Visites", 0.6)), home("Visites")) == home("Jardin")


@pytest.mark.parametrize(
    ("section", "under"),
    [
        (("II",), True),
        (("II", "II.1"), True),
        (("II", "II.1", "Étapes"), True),
        (("III",), False),
        (("I", "II"), False),
        ((), False),
    ],
)
def test_what_a_section_introduces_stands_under_it(section, under):
    found = scored("Le pôle tient un registre.")
    assert is_under(replace(found.passage, section=section), ("p", ("II",))) is under


def test_nothing_stands_under_a_text_without_headings_but_itself():
    found = scored("Le pôle tient un registre.")
    assert is_under(found.passage, ("p", ()))
    assert not is_under(in_section(found, "II").passage, ("p", ()))


def test_another_publication_s_section_is_another():
    assert not is_under(in_section(scored("Le pôle tient un registre."), "II").passage, ("autre", ("II",)))


@pytest.mark.parametrize("heading", ["Glossaire", "Définitions", "Termes"])
def test_a_glossary_leads_where_it_is_much_the_nearest_or_where_it_may_be_what_is_wanted(heading):
    near, much_nearer = (evidence((heading, score), ("Visites", 0.7)) for score in (0.75, 0.85))
    assert leading_section(near) == home("Visites")
    assert leading_section(near, explains=True) == home(heading)
    assert leading_section(much_nearer) == home(heading)


def test_without_evidence_there_is_none():
    with pytest.raises(ValueError, match="empty"):
        leading_section([])
