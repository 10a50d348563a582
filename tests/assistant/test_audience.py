"""The pillar and the publics that a question names."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, AssistantSettings, Question
from assistant.audience import audience, without_audience
from corpus import Guide, Pillar, Public, load_catalogue
from index import Filters, IndexVersion, Searcher
from tests.index.making import build_catalogue
from tests.support import HashEmbedder

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


@pytest.fixture(scope="module")
def without_influence(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """On the shipped guide, of which an admin has withdrawn the chapter of one pillar."""
    folder = tmp_path_factory.mktemp("withdrawn")
    shipped = load_catalogue(folder)
    kept = tuple(p for p in shipped.publications if p.pillar != "influence")
    build_catalogue(replace(shipped, publications=kept), folder / "index")
    return Assistant(Searcher(IndexVersion(folder / "index"), HashEmbedder()), AssistantSettings(least_confidence=0))


def test_a_checklist_for_a_pillar_that_was_withdrawn_is_searched_in_all_the_rest(without_influence):
    answer = without_influence.ask(Question("Fais-moi une checklist : influence"))
    assert answer.verdict in {"answered", "not_in_guide"}
    assert not any(answer.passport.filters.values())


def test_a_checklist_for_a_pillar_that_is_there_keeps_to_it(without_influence):
    answer = without_influence.ask(Question("Fais-moi une checklist de sécurité économique pour une PME"))
    assert {scored.passage.publication for scored in answer.evidence} == {"recueil-2-securite-economique"}


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


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("avant un salon pour une PME", "avant un salon"),
        ("pour un patron de PME, avant de signer un accord", ", avant de signer un accord"),
        ("pour les laboratoires qui accueillent un stagiaire", "qui accueillent un stagiaire"),
        ("avant un salon pour l’équipe", "avant un salon pour l’équipe"),
        ("pour le chef du laboratoire, avant un salon", ", avant un salon"),
        ("pour la visite du laboratoire par une délégation", "pour la visite du laboratoire par une délégation"),
        ("pour une PME", "pour une PME"),
        ("une PME qui expose", "une PME qui expose"),
    ],
)
def test_whom_a_checklist_is_for_is_not_what_it_is_about(question, about):
    assert without_audience(question, GUIDE) == about


def test_a_guide_without_publics_leaves_the_question_whole():
    assert without_audience("avant un salon pour une PME", replace(GUIDE, publics=())) == "avant un salon pour une PME"
