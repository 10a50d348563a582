"""A suggestion is good when it is answered from the section that it names."""

from types import SimpleNamespace

import pytest

from evaluations.benchmarks.suggestions import names_its_section


@pytest.mark.parametrize(
    ("question", "heading", "named"),
    [
        ("Que dit le recueil sur « Accueillir » ?", "Pratique n° 15 – Accueillir", True),
        ("What does the guide say about “Accueillir”?", "Pratique n° 15 – Accueillir", True),
        ("Que dit le recueil sur « Accueillir » ?", "Pratique n° 16 – Partir", False),
        ("Que dit la pratique n° 1 ?", "Pratique n° 1 – Définir", True),
        ("Que dit la pratique n° 1 ?", "Pratique n° 15 – Accueillir", False),
        ("What does section VI.5 say?", "VI.5 Divulgation et brevet", True),
        ("Que dit la section VI.5 ?", "VI.3 Le contrôle", False),
        ("Qui signe ?", "Pratique n° 15 – Accueillir", False),
    ],
)
def test_the_section_is_told_by_its_title_or_its_number(question, heading, named):
    cited = SimpleNamespace(passage=SimpleNamespace(section=("Sécurité", heading)))
    assert names_its_section(question, SimpleNamespace(citations=(cited,))) is named  # type: ignore[arg-type]


def test_without_a_citation_it_is_not():
    assert not names_its_section("Que dit la pratique n° 1 ?", SimpleNamespace(citations=()))  # type: ignore[arg-type]
