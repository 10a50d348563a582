"""What a passage can be filtered by, and the publics that its practice names."""

from pathlib import Path

import pytest

from corpus import Guide, Passage, Public
from index import Filters, IndexedPublication, IndexError_, IndexVersion
from index.facets import Facets, write_facets
from tests.index.making import passage

SME = Public("pme", "PME", ("PME", "petites et moyennes entreprises"))
LAB = Public("laboratoire", "Laboratoires", ("laboratoire", "laboratoires"))
TEAM = Public("equipe", "Équipe", ("équipe d’animation",))
GUIDE = Guide("guide", "Guide", publics=(SME, LAB, TEAM), public_label="Pour qui.")
FAIRS, VISITS, WORDS = ("Pratique 1",), ("Pratique 2",), ("Glossaire",)
PASSAGES = (
    passage("Pour qui. Les PME et l’équipe d’animation.", "a-2025", FAIRS),
    passage("Un stand se prépare deux mois avant.", "a-2025", FAIRS),
    passage("Pour qui. Les laboratoires.", "a-2026", FAIRS),
    passage("Les badges sont rendus le soir.", "a-2026", VISITS),
    passage("Veille : surveillance organisée.", "b", WORDS),
)
EVERY = {0, 1, 2, 3, 4}


def publication(name: str, edition: str = "", pillar: str = "") -> IndexedPublication:
    return IndexedPublication(name, name, "", "", 1, ("1",), (), 1, name, edition=edition, pillar=pillar)


PUBLICATIONS = (publication("a-2025", "2025", "veille"), publication("a-2026", "2026", "veille"), publication("b"))


def facets(folder: Path, passages: tuple[Passage, ...] = PASSAGES, guide: Guide | None = GUIDE) -> Facets:
    write_facets(folder, passages, [p.id for p in PUBLICATIONS], guide)
    return Facets(folder, PUBLICATIONS, guide)


def kept(found: Facets, **wanted: str | set[str]) -> set[int]:
    sets = {name: frozenset({value} if isinstance(value, str) else value) for name, value in wanted.items()}
    mask = found.allowed(Filters(**sets))
    assert mask is not None
    return {row for row, here in enumerate(mask) if here}


def publics_of(folder: Path, text: str, guide: Guide = GUIDE) -> set[str]:
    """The publics for whom a practice with this paragraph is kept; none of them when it names nobody."""
    rows = facets(folder, (passage("Autre chose.", "b"), passage(text, "b", FAIRS)), guide)
    named = {p.id for p in guide.publics if 1 in kept(rows, publics=p.id)}
    return set() if named == {p.id for p in guide.publics} else named


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        ({"publications": "a-2025"}, {0, 1}),
        ({"publications": ("a-2025", "b")}, {0, 1, 4}),
        ({"editions": "2026"}, {2, 3}),
        ({"pillars": "veille"}, {0, 1, 2, 3}),
        ({"pillars": "veille", "editions": "2025"}, {0, 1}),
        ({"publications": "b", "pillars": "veille"}, set()),
    ],
    ids=str,
)
def test_a_filter_keeps_any_of_its_values_and_filters_add_up(tmp_path, wanted, rows):
    assert kept(facets(tmp_path), **wanted) == rows


def test_no_filter_is_no_mask(tmp_path):
    assert facets(tmp_path).allowed(Filters()) is None
    assert not Filters()
    assert Filters(publics=frozenset({"pme"}))


@pytest.mark.parametrize(
    ("public", "rows"),
    [("pme", {0, 1, 3, 4}), ("laboratoire", {2, 3, 4}), ("equipe", {0, 1, 3, 4})],
)
def test_a_public_keeps_the_practices_that_name_it_whole_and_those_that_name_nobody(tmp_path, public, rows):
    assert kept(facets(tmp_path), publics=public) == rows


def test_a_practice_of_the_same_title_in_another_edition_is_another_practice(tmp_path):
    assert kept(facets(tmp_path), publics="laboratoire", publications={"a-2025", "a-2026"}) == {2, 3}


def test_several_publics_keep_what_is_for_any(tmp_path):
    assert kept(facets(tmp_path), publics={"pme", "laboratoire"}) == EVERY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pour qui. Les PME.", {"pme"}),
        ("Pour qui. Les petites et moyennes entreprises, un laboratoire.", {"pme", "laboratoire"}),
        ("Pour qui. L’ÉQUIPE D’ANIMATION", {"equipe"}),
        ("Pour qui. Les collaboratoires.", set()),  # a word, not a part of one
        ("Pour qui. Tout le monde.", set()),
        ("Pour quoi. Les PME.", set()),
        ("Les PME sont concernées.", set()),
        ("Objectif. Peser sur les normes.\nPour qui. Les PME.", {"pme"}),  # short paragraphs share a passage
        ("Les PME gagnent du temps.\nPour qui. Les laboratoires.", {"laboratoire"}),
    ],
)
def test_the_paragraph_that_starts_with_the_label_names_the_publics(tmp_path, text, expected):
    assert publics_of(tmp_path, text) == expected


ADMIN = Public("administration", "Administrations", ("administration", "administrations"))
WIDER = Guide("guide", "Guide", publics=(SME, LAB, TEAM, ADMIN), public_label="Pour qui.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toute personne signale. Les administrations reçoivent l’alerte.", set()),
        ("Tous les partenaires du projet, PME comme laboratoires, signent.", set()),
        ("Les PME paient ; chacun signe.", set()),
        ("La charte s’adresse à toutes et à tous, laboratoires ou non.", set()),
        ("L’ensemble des membres et les PME.", set()),
        ("Quiconque entre dans un laboratoire.", set()),
        ("Toutes les PME.", {"pme"}),
        ("Tous les membres de l’équipe d'animation.", {"equipe"}),
        ("L’ensemble des laboratoires.", {"laboratoire"}),
        ("Les PME suivent toutes les étapes.", {"pme"}),
        ("Les PME, pour toute question ; les laboratoires, pour tous les projets.", {"pme", "laboratoire"}),
        ("Le conseil d’administration, où siègent les PME.", {"pme"}),
        ("Le conseil d'administration et une administration.", {"administration"}),
        ("Le conseil d’administration.", set()),
    ],
)
def test_a_paragraph_that_addresses_everybody_is_for_all(tmp_path, text, expected):
    assert publics_of(tmp_path, f"Pour qui. {text}", WIDER) == expected


@pytest.mark.parametrize("guide", [None, Guide("g", "G"), Guide("g", "G", publics=(SME,))], ids=str)
def test_without_publics_or_label_nothing_is_named(tmp_path, guide):
    found = facets(tmp_path, guide=guide)
    assert kept(found, publications={"a-2025", "a-2026", "b"}) == EVERY
    for public in found.values()["publics"]:
        assert kept(found, publics=public) == EVERY


def test_values_are_what_the_filters_may_ask_for(tmp_path):
    assert facets(tmp_path).values() == {
        "publications": ("a-2025", "a-2026", "b"),
        "editions": ("2025", "2026"),
        "pillars": ("veille",),
        "publics": ("pme", "laboratoire", "equipe"),
    }


@pytest.mark.parametrize(
    ("name", "listed"),
    [("publications", "a-2025, a-2026, b"), ("editions", "2025, 2026"), ("publics", "pme, laboratoire, equipe")],
)
def test_an_unknown_value_is_named_with_those_known(tmp_path, name, listed):
    with pytest.raises(IndexError_, match="ne connaît pas « inconnue »") as caught:
        kept(facets(tmp_path), **{name: "inconnue"})
    assert listed in caught.value.remedy


def test_where_there_is_no_value_the_message_says_so(tmp_path):
    with pytest.raises(IndexError_) as caught:
        kept(facets(tmp_path, guide=None), publics="pme")
    assert "aucune" in caught.value.remedy


def test_many_filters_asked_in_turn_keep_their_own_masks(tmp_path):
    found = facets(tmp_path)
    asked = [{"publications": p.id, "publics": public} for p in PUBLICATIONS for public in ("pme", "equipe")] * 4
    first = [kept(found, **wanted) for wanted in asked]
    assert [kept(facets(tmp_path), **wanted) for wanted in asked] == first


def test_every_practice_of_the_shipped_guide_names_its_publics_or_is_for_all(shipped):
    version = IndexVersion(shipped)
    every = [version.passages[row] for row in range(len(version.passages))]
    practices = {p.section for p in every if p.section[-1].startswith("Pratique n° ")}
    named = version.facets._rows["publics"]
    told = {p.section for row, p in enumerate(every) if named[row]}
    assert sorted(section[-1].split(" – ")[0] for section in practices - told) == ["Pratique n° 12", "Pratique n° 19"]
    assert told < practices  # those two begin « Tous les partenaires », « Toute personne »
    assert len(told) > 30
