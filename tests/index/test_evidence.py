"""Twins of other editions stand together, and a cut list brings what completes it."""

from collections.abc import Sequence

import numpy as np
import pytest

from corpus import Passage
from index import ScoredPassage, goes_on_under_title, table_goes_on
from index.evidence import Ranked, completed, is_twin, with_neighbours, without_twins
from tests.index.making import passage

TEXT = "Avant chaque visite, le pôle prévient ses adhérents et prépare un parcours adapté."
REVISED = "Avant chaque visite, le pôle prévient ses adhérents et prépare un parcours."  # 11 of 12 words
OTHER = "Les visiteurs portent un badge et ne restent jamais seuls."
NEAR, FAR = (1.0, 0.0), (0.0, 1.0)


class Store:
    """Passages by row, and the rows that were read."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = passages
        self.read: list[int] = []

    def __call__(self, row: int) -> Passage:
        self.read.append(row)
        return self.passages[row]


def ranked(count: int) -> Ranked:
    every = np.ones(count)
    return Ranked(np.arange(count), 0.5 * every, {"dense": 0.4 * every, "lexical": 0.3 * every})


def kept(store: Store, vectors: Sequence[tuple[float, float]], k: int) -> list[ScoredPassage]:
    return without_twins(ranked(len(store.passages)), np.array(vectors, dtype=np.float32), store, k)


def rows(found: Sequence[ScoredPassage]) -> list[int]:
    return [scored.row for scored in found]


def test_a_twin_of_another_edition_stands_beside_the_first_and_takes_no_place():
    store = Store(passage(TEXT, "2026"), passage(REVISED, "2025"), passage(OTHER, "2026"))
    found = kept(store, (NEAR, NEAR, FAR), k=2)
    assert rows(found) == [0, 2]
    assert found[0].also_in == (store.passages[1],)
    assert found[1].also_in == ()


def test_the_best_ranked_twin_is_the_one_shown_with_its_scores():
    store = Store(passage(REVISED, "2025"), passage(TEXT, "2026"))
    (found,) = kept(store, (NEAR, NEAR), k=2)
    assert (found.passage.publication, found.score, found.dense_score) == ("2025", 0.5, 0.4)


def test_twins_ranked_past_k_are_still_named():
    store = Store(passage(TEXT, "2026"), passage(OTHER, "2026"), passage(TEXT, "2025"), passage(TEXT, "2024"))
    (found,) = kept(store, (NEAR, FAR, NEAR, NEAR), k=1)
    assert [twin.publication for twin in found.also_in] == ["2025", "2024"]


def test_the_same_publication_repeats_itself_without_being_its_own_twin():
    assert rows(kept(Store(passage(TEXT), passage(TEXT)), (NEAR, NEAR), k=2)) == [0, 1]


def test_near_vectors_of_other_words_are_not_twins():
    assert rows(kept(Store(passage(TEXT, "2026"), passage(OTHER, "2025")), (NEAR, NEAR), k=2)) == [0, 1]


def test_equal_words_under_far_vectors_are_not_compared():
    assert rows(kept(Store(passage(TEXT, "2026"), passage(TEXT, "2025")), (NEAR, FAR), k=2)) == [0, 1]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TEXT, True),
        (TEXT.upper() + " !", True),
        (REVISED, True),  # 11 of 12 words, .92
        (OTHER, False),
        (f"{TEXT} Un accompagnateur unique suit le groupe.", False),  # 12 of 18 words, .67
        ("", False),
    ],
)
def test_twins_have_most_of_their_words_in_common(other, expected):
    assert is_twin(passage(TEXT, "2026"), passage(other, "2025")) is expected


RULE = "Le stagiaire {} accéder au laboratoire {} accompagné lorsque son tuteur a signé la fiche d’accueil {}."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RULE.format("peut", "sans être", "du site"), RULE.format("ne peut", "sans être", "du site")),
        (RULE.format("peut", "sans être", "du site"), RULE.format("peut", "en étant", "du site")),
        (RULE.format("doit", "en étant", "du site"), RULE.format("peut", "en étant", "du site")),
        (RULE.format("peut", "en étant", "sous 48 heures"), RULE.format("peut", "en étant", "sous 4 heures")),
        (RULE.format("peut", "en étant", "sous deux heures"), RULE.format("peut", "en étant", "sous six heures")),
        (RULE.format("peut", "en étant", "avant 8 heures"), RULE.format("peut", "en étant", "après 8 heures")),
        (RULE.format("peut", "en étant", "à 4.5:1"), RULE.format("peut", "en étant", "à 3:1")),
        (RULE.format("peut", "en étant", "à < 22 °C"), RULE.format("peut", "en étant", "à > 22 °C")),
        (RULE.format("peut", "en étant", "de niveau (A)"), RULE.format("peut", "en étant", "de niveau (AA)")),
        ("Le délai est de 3 jours pour un badge et de 5 jours pour une clé.",
         "Le délai est de 5 jours pour un badge et de 3 jours pour une clé."),
        ("L’accès au hall est autorisé à tous les visiteurs du site de production.",
         "L’accès au hall est interdit à tous les visiteurs du site de production."),
    ],
)  # fmt: skip
def test_passages_that_contradict_each_other_are_no_twins(first, second):
    assert not is_twin(passage(first, "2026"), passage(second, "2025"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RULE.format("ne peut", "sans être", "sous 48 h"), RULE.format("ne  PEUT", "sans être", "sous 48\nh")),
        (RULE.format("n’a pas à", "sans être", "du site"), RULE.format("n'a pas à", "sans être", "du lieu")),
        (RULE.format("peut", "sans être", "sous deux jours"), RULE.format("peut", "sans être", "sous 2 jours")),
        (RULE.format("peut", "sans être", "à 10 000 €"), RULE.format("peut", "sans être", "à 10000 €")),
        (RULE.format("peut", "sans être", "du site²"), RULE.format("peut", "sans être", "du site³")),
    ],
    ids=["blanks and case", "a word", "figure in words", "thousands", "note call"],
)  # fmt: skip
def test_twins_may_differ_in_a_word_that_turns_nothing(first, second):
    assert is_twin(passage(first, "2026"), passage(second, "2025"))


def test_a_passage_is_read_only_if_it_is_shown_or_near_one_that_is():
    store = Store(*(passage(f"{OTHER} {row}", "2026") for row in range(6)))
    around = [(np.cos(angle), np.sin(angle)) for angle in np.arange(6) * 0.5]  # cosines of .88 at the most
    assert rows(kept(store, around, k=2)) == [0, 1]
    assert store.read == [0, 1]


# Completed lists

INTRO = "Avant le salon, le pôle réunit :"
FIRST = "• la liste des exposants\n• le plan du hall"
SECOND = "• les badges\n• les fiches de visite"
THIRD = "• les cartes de visite"
PROSE = "Le compte rendu est diffusé sous huit jours."


def complete(store: Store, *shown: int) -> list[ScoredPassage]:
    found = [ScoredPassage(store.passages[row], row, 0.5, 0.4, 0.3) for row in shown]
    return completed(found, store, len(store.passages))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (INTRO, FIRST),
        (FIRST, SECOND),
        ("Le pôle réunit :", "1. la liste"),
        ("Le pôle réunit :", "a) la liste"),
        ("1) la liste", "2) le plan"),
        ("Le pôle réunit : ", "– la liste"),
    ],
)
def test_each_half_of_a_cut_list_brings_the_other(first, second):
    store = Store(passage(first), passage(second))
    for shown, neighbour in ((0, 1), (1, 0)):
        found = complete(store, shown)
        assert rows(found) == [shown, neighbour]
        assert [scored.completes for scored in found] == ["", store.passages[shown].id]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PROSE, FIRST),  # nothing announces the list
        (INTRO, PROSE),  # what is announced is no list
        (FIRST, PROSE),
        ("Le salon de 2026", "2027 sera une année sans salon."),
        ("Voir p. 3 :", "12 exposants sur 30 reviennent."),
    ],
)
def test_prose_brings_nothing(first, second):
    store = Store(passage(first), passage(second))
    assert (rows(complete(store, 0)), rows(complete(store, 1))) == ([0], [1])


@pytest.mark.parametrize("other", [{"section": ("Visites",)}, {"publication": "note"}], ids=str)
def test_a_neighbour_of_another_section_or_publication_does_not_complete(other):
    store = Store(passage(INTRO), passage(FIRST, **other))
    assert rows(complete(store, 0)) == [0]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Il rend compte deux", "fois par an. Il signe."), ("Le pôle, à sa demande,", "prévient.")],
)
def test_each_half_of_a_torn_sentence_brings_the_other(first, second):
    store = Store(passage(first), passage(second))
    for shown, neighbour in ((0, 1), (1, 0)):
        found = complete(store, shown)
        assert rows(found) == [shown, neighbour]
        assert found[1].score == 0.5


@pytest.mark.parametrize(
    ("first", "second"),
    [("Il rend compte.", "fois par an."), ("Il rend compte deux", "Fois par an."), ("Le 2", "2 fois")],
)
def test_whole_sentences_bring_nothing(first, second):
    store = Store(passage(first), passage(second))
    assert (rows(complete(store, 0)), rows(complete(store, 1))) == ([0], [1])


def test_the_best_passage_brings_its_neighbours_with_a_part_of_its_score():
    store = Store(passage("Un."), passage("Deux."), passage("Trois."), passage("Quatre."))
    best, other = (ScoredPassage(store.passages[row], row, score, 0.4, 0.3) for row, score in ((1, 0.5), (3, 0.45)))
    found = with_neighbours([best, other], store, 4)
    assert rows(found) == [1, 3, 0, 2]
    assert [scored.score for scored in found] == [0.5, 0.45, 0.4, 0.4]
    assert [scored.completes for scored in found] == ["", "", best.passage.id, best.passage.id]


BOX, REST = "Traducteurs en ligne\nUn texte collé peut être relu.", "Le consortium choisit un outil installé."


def test_a_box_s_paragraph_brings_the_one_that_bears_its_title():
    store = Store(passage("Un."), passage("Deux."), passage(BOX), passage(REST))
    best, other = (ScoredPassage(store.passages[row], row, score, 0.4, 0.3) for row, score in ((0, 0.5), (3, 0.3)))
    found = with_neighbours([best, other], store, 4)
    assert rows(found) == [0, 1, 3, 2]
    assert (found[3].completes, found[3].score) == (other.passage.id, 0.3)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Étapes\n1. Le pôle choisit.", REST),
        ("Famille | Rythme\nBrevets | Mensuel", REST),
        ("Un texte collé peut être relu.", REST),
        ("¹ Voir l’annexe\nUne note.", REST),
        ("Un titre qui compte bien plus de quatorze mots n’en est pas un du tout ici et là\nUn texte.", REST),
        (BOX, "Objectif. Choisir un outil."),
        (BOX, "Pour qui : le pôle."),
        (BOX, "Indicateurs\n• Nombre de comptes."),
        (BOX, "• Un outil installé."),
        (BOX, "¹ Article 33."),
    ],
)
def test_what_is_no_box_or_names_itself_brings_no_title(before, after):
    assert not goes_on_under_title(passage(before), passage(after))


ROWS, MORE = "Table : Sigles\nSigle | Nom\nDGE | Entreprises", "Sigle | Nom\nPI | Propriété"


def test_a_table_goes_on_where_its_heads_are_repeated():
    assert table_goes_on(passage(ROWS), passage(MORE))
    assert not table_goes_on(passage(ROWS), passage(MORE, section=("Visites",)))
    for after in ("Sigle | Autre\nPI | Propriété", "Sigle | Nom", "Sigle\nPI | Propriété", "Un texte."):
        assert not table_goes_on(passage(ROWS), passage(after))


def test_a_title_of_another_section_is_no_title():
    assert goes_on_under_title(passage(BOX), passage(REST))
    assert not goes_on_under_title(passage(BOX), passage(REST, section=("Visites",)))


def test_the_best_passage_does_not_bring_another_section():
    store = Store(passage("Un.", section=("Visites",)), passage("Deux."))
    assert rows(with_neighbours([ScoredPassage(store.passages[1], 1, 0.5, 0.4, 0.3)], store, 2)) == [1]


def test_a_list_cut_twice_is_completed_on_both_sides():
    found = complete(Store(passage(FIRST), passage(SECOND), passage(THIRD)), 1)
    assert rows(found) == [1, 0, 2]
    assert {scored.completes for scored in found[1:]} == {found[0].passage.id}


def test_a_neighbour_already_found_keeps_its_own_place():
    found = complete(Store(passage(INTRO), passage(FIRST), passage(PROSE)), 2, 1, 0)
    assert rows(found) == [2, 1, 0]
    assert {scored.completes for scored in found} == {""}


def test_a_neighbour_completes_the_first_that_needs_it_and_no_other():
    assert rows(complete(Store(passage(FIRST), passage(SECOND), passage(THIRD)), 0, 2)) == [0, 1, 2]


def test_a_completing_passage_does_not_inherit_twins():
    store = Store(passage(INTRO), passage(FIRST))
    shown = ScoredPassage(store.passages[0], 0, 0.5, 0.4, 0.3, also_in=(passage(INTRO, "2025"),))
    first, second = completed([shown], store, 2)
    assert (len(first.also_in), second.also_in) == (1, ())


def test_the_ends_of_the_index_have_one_neighbour():
    assert rows(complete(Store(passage(FIRST)), 0)) == [0]


CALL, NOTE = "Le pôle annonce l’exercice.¹", "¹. Article L. 1222-4 du code du travail."


def test_a_footnote_comes_with_the_text_that_calls_it():
    assert rows(complete(Store(passage(CALL), passage(NOTE)), 1)) == [1, 0]


def test_a_footnote_that_nothing_calls_comes_alone():
    assert rows(complete(Store(passage(PROSE), passage(NOTE)), 1)) == [1]


def test_a_text_does_not_bring_its_footnote():
    assert rows(complete(Store(passage(CALL), passage(NOTE)), 0)) == [0]
