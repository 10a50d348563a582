"""Filters, twins and completed lists on an index of several editions: what is asked for, and nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Filters, IndexVersion, ScoredPassage, Searcher
from tests.index.making import build
from tests.support import HashEmbedder, write_pdf

CATALOGUE = """
[[guide]]
id = "guide"
title = "Guide"
public_label = "Pour qui."
publics = [{ id = "pme", title = "PME", words = ["PME"] }, { id = "labo", title = "Labos", words = ["laboratoires"] }]
pillars = [{ id = "veille", title = "Veille" }, { id = "securite", title = "Sécurité" }]
"""
ENTRY = """
[[publication]]
id = "{id}"
file = "{id}.pdf"
guide = "guide"
edition = "{edition}"
pillar = "{pillar}"
"""
FAIRS = (  # of 25 words or more, so that each paragraph is a passage
    "Pour qui. Les PME qui tiennent un stand sur un salon professionnel\nde la filière, en France ou à l’étranger, "
    "et celles\nqui y envoient un ou deux visiteurs pour la première fois.",
    "Un salon professionnel se prépare deux mois avant, avec la liste\ndes exposants, le plan du hall et des questions "
    "de veille\nque les adhérents posent aux concurrents, aux fournisseurs et aux clients.",
    "Le compte rendu du salon est diffusé aux adhérents sous huit jours,\navec les fiches de chaque visite, les "
    "documents recueillis\net les suites que chaque groupe de travail propose de leur donner.",
)
VISITS = (
    "Pour qui. Les laboratoires qui accueillent une délégation étrangère\ndans leurs locaux, et les équipes de "
    "recherche qui reçoivent\nun stagiaire, un doctorant ou un chercheur invité pour quelques mois.",
    "Chaque visite suit un parcours préparé la veille avec le responsable\nde la sécurité, et les visiteurs portent "
    "un badge visible\njusqu’à leur départ, sans jamais rester seuls dans une salle.",
    "Aucun ordinateur de visiteur n’est raccordé au réseau du laboratoire,\nles téléphones restent à l’accueil, et "
    "chaque badge est rendu\nau poste de garde contre la signature du registre du jour.",
)
VIRTUAL = (
    "Le salon virtuel demande un compte nominatif par exposant, une page\nde présentation relue par le pôle et un "
    "horaire de permanence\nannoncé aux visiteurs au moins une semaine avant son ouverture en ligne."
)
NOTES = ("Le registre des visites et des salons est tenu par le secrétariat du pôle toute l’année.",)
PUBLICATIONS = {  # id: edition, pillar and chapters
    "salons-2025": ("2025", "veille", ("Salons", FAIRS)),
    "salons-2026": ("2026", "veille", ("Salons", (*FAIRS[:2], VIRTUAL))),
    "visites-2026": ("2026", "securite", ("Visites", VISITS)),
    "notes": ("", "", ("Registre", NOTES)),
}
QUESTIONS = st.sampled_from(["préparer un salon", "badge des visiteurs", "zzz", "", "le registre des visites"])
VALUES = {
    "publications": tuple(PUBLICATIONS),
    "editions": ("2025", "2026"),
    "pillars": ("veille", "securite"),
    "publics": ("pme", "labo"),
}
FILTERS = st.builds(Filters, **{name: st.frozensets(st.sampled_from(values)) for name, values in VALUES.items()})


def page(title: str, paragraphs: tuple[str, ...]) -> list[tuple[float, float, float, str]]:
    """A title, and paragraphs of a few lines."""
    places = (
        (700 - 70 * p - 13 * i, line) for p, text in enumerate(paragraphs) for i, line in enumerate(text.split("\n"))
    )
    return [(60, 760, 18, title), *((60, y, 11, line) for y, line in places)]


@pytest.fixture(scope="module", params=[0, 16], ids=["no tokens", "tokens"])
def searcher(request, tmp_path_factory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("editions")
    entries = [ENTRY.format(id=name, edition=edition, pillar=p) for name, (edition, p, _) in PUBLICATIONS.items()]
    (folder / "catalogue.toml").write_text(CATALOGUE + "".join(entries), "utf-8")
    for name, (_, _, chapters) in PUBLICATIONS.items():
        write_pdf(folder / f"{name}.pdf", [page(*chapters)])
    embedder = HashEmbedder(tokens=request.param)
    build(folder, folder / "index", embedder)
    return Searcher(IndexVersion(folder / "index"), embedder)


def expected(filters: Filters) -> Callable[[str], bool]:
    """Whether a publication passes; the publics of this corpus follow the publication."""
    public = {"salons-2025": "pme", "salons-2026": "pme", "visites-2026": "labo", "notes": ""}

    def passes(name: str) -> bool:
        edition, pillar, _ = PUBLICATIONS[name]
        asked = ((filters.publications, name), (filters.editions, edition), (filters.pillars, pillar))
        named = not filters.publics or not public[name] or public[name] in filters.publics
        return named and all(not wanted or value in wanted for wanted, value in asked)

    return passes


def counted(results: tuple[ScoredPassage, ...]) -> list[ScoredPassage]:
    return [scored for scored in results if not scored.completes]


def test_the_index_holds_what_the_filters_of_this_test_ask(searcher):
    assert searcher.version.manifest.passages == sum(len(texts) for _, _, (_, texts) in PUBLICATIONS.values())
    assert {name: set(values) for name, values in searcher.version.facets.values().items()} == {
        name: set(values) for name, values in VALUES.items()
    }


@settings(deadline=None)
@given(question=QUESTIONS, filters=FILTERS, k=st.integers(1, 12))
def test_no_passage_outside_the_filters_is_shown_beside_or_after_another(searcher, question, filters, k):
    results = searcher.search(question, k, filters).results
    passes = expected(filters)
    for scored in results:
        assert all(passes(p.publication) for p in (scored.passage, *scored.also_in))
    found = counted(results)
    assert len(found) <= k
    assert [-scored.score for scored in found] == sorted(-scored.score for scored in found)


@settings(deadline=None)
@given(question=QUESTIONS, filters=FILTERS)
def test_every_passage_inside_the_filters_is_found_where_k_allows(searcher, question, filters):
    results = searcher.search(question, 100, filters).results
    shown = {p.id + p.publication for scored in results for p in (scored.passage, *scored.also_in)}
    every = [searcher.version.passages[row] for row in range(len(searcher.version.passages))]
    assert shown == {p.id + p.publication for p in every if expected(filters)(p.publication)}


def test_no_filter_is_the_same_search_as_an_empty_one(searcher):
    assert searcher.search("salon", 5).results == searcher.search("salon", 5, Filters()).results


def test_a_filter_changes_no_score(searcher):
    everything = {scored.row: scored for scored in searcher.search("préparer un salon", 100).results}
    filtered = searcher.search("préparer un salon", 100, Filters(editions=frozenset({"2026"}))).results
    assert filtered
    assert all(everything[s.row].score == s.score for s in filtered if s.row in everything)


def test_editions_stand_together_unless_one_is_asked_for(searcher):
    best = searcher.search("liste des exposants du salon professionnel", 1).results[0]
    assert {p.publication for p in (best.passage, *best.also_in)} == {"salons-2025", "salons-2026"}
    only = searcher.search("liste des exposants", 1, Filters(editions=frozenset({"2025"}))).results[0]
    assert (only.passage.publication, only.also_in) == ("salons-2025", ())


def test_threads_with_filters_of_their_own_do_not_meet(searcher):
    asked = [
        (question, Filters(**{name: frozenset({value})}))
        for question in ("préparer un salon", "badge des visiteurs")
        for name, values in VALUES.items()
        for value in values
    ] * 4
    alone = [searcher.search(question, 4, filters).results for question, filters in asked]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda pair: searcher.search(pair[0], 4, pair[1]).results, asked))
    assert together == alone


def test_a_cut_list_comes_whole_beyond_k(tmp_path):
    """Too long a list for one passage: asked for its end, one gets its beginning too."""
    items = [f"– point {n} : le dossier {n} réunit les devis, les plans et les contrats du lot {n}" for n in range(24)]
    pieces = [(60, 790, 18, "Dossiers"), (60, 750, 11, "Chaque dossier réunit les pièces qui suivent :")]
    pieces += [(60, 725 - 24 * row, 11, text) for row, text in enumerate(items)]
    (tmp_path / "corpus").mkdir()
    write_pdf(tmp_path / "corpus" / "dossiers.pdf", [pieces])
    build(tmp_path / "corpus", tmp_path / "index")
    searcher = Searcher(IndexVersion(tmp_path / "index"), HashEmbedder())
    size = len(searcher.version.passages)
    found = searcher.search("point 23", 1).results
    assert size > 2
    assert len(counted(found)) == 1
    assert {scored.row for scored in found} - {found[0].row} <= {found[0].row - 1, found[0].row + 1}
    assert len(found) > 1
    assert {scored.completes for scored in found[1:]} == {found[0].passage.id}
