"""The pillar and the publics that a question names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.audience import audience
from corpus import Guide, Pillar, Public, load_catalogue
from index import Filters

GUIDE = Guide(
    "recueil",
    "Recueil",
    pillars=(Pillar("securite", "Sécurité économique"), Pillar("influence", "Influence"), Pillar("vide", "")),
    publics=(Public("pme", "PME", ("PME", "petites entreprises")), Public("labo", "Laboratoires", ("laboratoire",))),
)


@pytest.mark.parametrize(
    ("question", "pillars", "publics"),
    [
        ("Une checklist de sécurité économique pour un laboratoire", {"securite"}, {"labo"}),
        ("CHECKLIST SECURITE ECONOMIQUE PME", {"securite"}, {"pme"}),
        ("Checklist : influence, pour les laboratoires et les petites entreprises", {"influence"}, {"labo", "pme"}),
        ("Une checklist sur l’influence", {"influence"}, set()),
        ("Une checklist pour une PME qui part en salon", set(), set()),
        ("Checklist pour nos influenceurs", set(), set()),
        ("", set(), set()),
    ],
)
def test_filters_are_the_pillars_named_and_the_publics_with_them(question, pillars, publics):
    assert audience(question, GUIDE) == Filters(pillars=frozenset(pillars), publics=frozenset(publics))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(question):
    found = audience(question, GUIDE)
    assert found.pillars <= {"securite", "influence"}


def test_the_shipped_guide_s_pillars_are_found_by_their_titles(tmp_path):
    guide = load_catalogue(tmp_path).guide
    assert guide is not None
    for pillar in guide.pillars:
        assert pillar.id in audience(f"Fais-moi une checklist : {pillar.title.lower()}", guide).pillars
