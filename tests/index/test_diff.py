"""What changes from one version to another: added, removed, changed, moved; and nothing else."""

from collections import Counter
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Passage, PassageIds, Span
from index import IndexVersion, compare_versions
from tests.index.making import PATENTS, TRAVEL, VISITORS, build, chapter
from tests.support import write_pdf

BADGE = "Les visiteurs portent un badge et ne restent jamais seuls dans les laboratoires."
BADGE_NEW = "Les visiteurs portent un badge visible et ne restent jamais seuls dans les laboratoires."
LOSS = "Chaque adhérent signale aussitôt la perte d’un ordinateur ou d’un téléphone au référent."
CHARTER = "Un stagiaire signe la charte informatique avant de recevoir ses accès."
WATCH = "La veille sur les brevets repère les déposants nouveaux d’une filière."
MONTHLY = "Une synthèse mensuelle présente aux membres les publications utiles."
TRAIN = "Le service achats réserve les billets de train huit jours plus tôt."
LOCK = "Tout écran laissé sans surveillance se verrouille après dix minutes."
POOL = (BADGE, LOSS, CHARTER, WATCH, MONTHLY, TRAIN, LOCK)  # no two alike


@dataclass(frozen=True)
class Paragraph:
    """Sentences that are one passage, and where they stand."""

    sentences: tuple[str, ...]
    section: str = "Accueil"
    page: int = 1
    publication: str = "recueil"


def p(*sentences, **where):
    return Paragraph(sentences, **where)


def version(*paragraphs, name="v", works=(("recueil", "recueil"),)):
    """What `compare_versions` looks at of an open version; `works` says which work a publication is of."""
    work_of = dict(works)
    ids = {publication: PassageIds(work) for publication, work in works}
    passages = [_passage(paragraph, ids[paragraph.publication]) for paragraph in paragraphs]
    publications = [SimpleNamespace(id=i, work=work) for i, work in work_of.items()]
    return SimpleNamespace(manifest=SimpleNamespace(name=name, publications=publications), passages=passages)


def _passage(paragraph, ids):
    text = " ".join(paragraph.sentences)
    ends = [len(" ".join(paragraph.sentences[: n + 1])) for n in range(len(paragraph.sentences))]
    bounds = tuple((end - len(s), end) for end, s in zip(ends, paragraph.sentences, strict=True))
    spans, labels = (Span(0, paragraph.page, 0, len(text)),), (str(paragraph.page),)
    return Passage(text, (paragraph.section,), bounds, spans, ids.next(text), paragraph.publication, labels)


def changes(before, after):
    """The changes of the only work."""
    (work,) = compare_versions(version(*before), version(*after)).works
    return work.changes


def only(before, after):
    (change,) = changes(before, after)
    return change


def told(before, after):
    """Every sentence told as added, and as removed."""
    found = changes(before, after)
    return Counter(s for c in found for s in c.added), Counter(s for c in found for s in c.removed)


def test_an_added_passage_is_told_with_its_sentences():
    change = only([p(BADGE)], [p(BADGE), p(LOSS, CHARTER)])
    assert (change.kind, change.before, change.added, change.removed) == ("added", None, (LOSS, CHARTER), ())


def test_a_removed_passage_is_told_with_its_sentences():
    change = only([p(BADGE), p(LOSS, CHARTER)], [p(BADGE)])
    assert (change.kind, change.after, change.added, change.removed) == ("removed", None, (), (LOSS, CHARTER))


def test_a_changed_passage_is_told_by_the_sentences_that_differ():
    change = only([p(BADGE, LOSS)], [p(BADGE, CHARTER)])
    assert (change.kind, change.added, change.removed) == ("changed", (CHARTER,), (LOSS,))
    assert (change.before.text, change.after.text) == (f"{BADGE} {LOSS}", f"{BADGE} {CHARTER}")


def test_a_reworded_sentence_is_told_beside_the_one_it_was():
    change = only([p(BADGE, LOSS)], [p(BADGE_NEW, LOSS)])
    assert (change.kind, change.reworded, change.added, change.removed) == ("changed", ((BADGE, BADGE_NEW),), (), ())


@pytest.mark.parametrize(
    ("where", "only_page"), [({"page": 2}, True), ({"section": "Annexes"}, False)], ids=["page", "section"]
)
def test_the_same_text_elsewhere_has_moved(where, only_page):
    change = only([p(BADGE)], [p(BADGE, **where)])
    assert (change.kind, change.only_page, change.added, change.removed) == ("moved", only_page, (), ())


def test_passages_in_another_order_on_the_same_page_have_not_changed():
    assert changes([p(BADGE), p(LOSS)], [p(LOSS), p(BADGE)]) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([p(BADGE, LOSS, CHARTER)], [p(BADGE), p(LOSS, CHARTER)]),
        ([p(BADGE), p(LOSS, CHARTER)], [p(BADGE, LOSS, CHARTER)]),
        ([p(BADGE, LOSS), p(CHARTER, WATCH)], [p(BADGE), p(LOSS, CHARTER), p(WATCH)]),
    ],
    ids=["cut", "joined", "cut elsewhere"],
)
def test_paragraphs_cut_elsewhere_are_neither_added_nor_removed(before, after):
    assert changes(before, after) == ()


def test_a_sentence_added_to_a_paragraph_that_is_cut_is_the_only_one_told():
    assert told([p(BADGE, LOSS, CHARTER)], [p(BADGE, WATCH), p(LOSS, CHARTER)]) == (Counter([WATCH]), Counter())


@pytest.mark.parametrize(
    "after",
    [BADGE.upper(), BADGE.replace("seuls", "seuls ,"), BADGE.replace(" ", "  ")],
    ids=["case", "comma", "blanks"],
)
def test_case_blanks_and_punctuation_are_no_difference(after):
    assert changes([p(BADGE)], [p(after)]) == ()


@pytest.mark.parametrize(("before", "after"), [("12", "15"), ("12", "120")], ids=["another", "longer"])
def test_another_number_is_a_difference(before, after):
    text = "Le registre est conservé pendant {} mois par le référent du pôle."
    assert only([p(text.format(before))], [p(text.format(after))]).reworded == (
        (text.format(before), text.format(after)),
    )


def test_a_negation_is_a_difference():
    before, after = (
        "Les visiteurs restent seuls dans le laboratoire.",
        "Les visiteurs ne restent pas seuls dans le laboratoire.",
    )
    assert only([p(before)], [p(after)]).reworded == ((before, after),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("La pénalité est de 10 % par jour.", "La pénalité est de 10 € par jour."),
        ("La salle reste à une température < 22 °C.", "La salle reste à une température > 22 °C."),
        ("Le coffre ouvre à 3 ≤ 12 degrés.", "Le coffre ouvre à 3 ≥ 12 degrés."),
    ],
    ids=["unit", "sign", "sign between figures"],
)
def test_a_sign_is_a_difference(before, after):
    assert only([p(before)], [p(after)]).reworded == ((before, after),)


# What is short


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Photographies autorisées.", "Photographies interdites."),
        ("Interdit.", "Autorisé."),
        ("Clé USB | interdite", "Clé USB | autorisée"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_label_in_another_s_place_is_reworded(before, after, place):
    old, new = ([*[BADGE, CHARTER][:place], text, *[BADGE, CHARTER][place:]] for text in (before, after))
    assert only([p(*old)], [p(*new)]).reworded == ((before, after),)


def test_a_label_that_comes_or_goes_is_told_where_nothing_else_is():
    there, gone = p("Sont interdits :", "• Clé USB personnelle", BADGE), p("Sont interdits :", BADGE)
    assert told([there], [gone]) == (Counter(), Counter(["• Clé USB personnelle"]))
    assert told([gone], [there]) == (Counter(["• Clé USB personnelle"]), Counter())


def test_a_label_beside_what_is_told_is_not_told():
    assert told([p(BADGE)], [p(BADGE), p("Écueils", LOSS)]) == (Counter([LOSS]), Counter())


# Sections

RIGHT, WRONG = "Ce qui est autorisé", "Ce qui est interdit"


@pytest.mark.parametrize("item", ["• Prêter son badge à un collègue du même service.", "• Clé USB"])
def test_an_item_that_goes_from_one_section_to_another_is_told_in_both(item):
    old, new = (
        [p(BADGE, item, section=RIGHT), p(LOSS, section=WRONG)],
        [p(BADGE, section=RIGHT), p(LOSS, item, section=WRONG)],
    )
    found = changes(old, new)
    assert [(c.kind, c.passage.section, c.added, c.removed) for c in found] == [
        ("changed", (RIGHT,), (), (item,)),
        ("changed", (WRONG,), (item,), ()),
    ]


def test_a_section_of_another_name_keeps_its_sentences_and_has_moved():
    old, new = [p(BADGE, section="1. Accueil"), p(LOSS, section="1. Accueil")], [p(BADGE, LOSS, section="2. Accueil")]
    change = only(old, new)
    assert (change.kind, change.added, change.removed, change.only_page) == ("moved", (), (), False)


def test_sentences_in_another_order_have_moved():
    change = only([p(BADGE, LOSS)], [p(LOSS, BADGE)])
    assert (change.kind, change.only_page) == ("moved", True)


def test_the_heads_of_a_table_are_compared():
    def table(heads):
        text = f"{heads}\nBadge perdu | 3 | le référent sécurité"
        spans = (Span(0, 1, 0, len(text)),)
        held = Passage(text, ("Accueil",), ((len(heads) + 1, len(text)),), spans, text, "recueil", ("1",))
        return SimpleNamespace(manifest=version().manifest, passages=[held])

    days, hours = "Cas | Délai (jours) | Qui prévenir", "Cas | Délai (heures) | Qui prévenir"
    (work,) = compare_versions(table(days), table(hours)).works
    assert [change.reworded for change in work.changes] == [((days, hours),)]


def test_a_passage_that_moved_and_is_another_reworded_counts_once():
    short = "Le visiteur signe le registre à son arrivée dans le hall."
    long = "Le visiteur signe le registre à son arrivée dans le hall principal du site."
    before, after = version(p(short), p(long, section="Annexes")), version(p(short, section="Annexes"))
    (work,) = compare_versions(before, after).works
    assert (work.unchanged, [change.kind for change in work.changes]) == (0, ["moved", "changed"])


# The same text twice


def test_one_of_two_copies_removed_takes_no_text_away():
    assert told([p(BADGE), p(LOSS), p(BADGE)], [p(BADGE), p(LOSS)]) == (Counter(), Counter())


def test_a_second_copy_brings_no_text():
    assert told([p(BADGE)], [p(BADGE), p(BADGE, page=2)]) == (Counter(), Counter())


def test_a_text_removed_from_both_places_is_told_for_each():
    _, removed = told([p(BADGE), p(LOSS), p(BADGE, page=2)], [p(LOSS)])
    assert removed == Counter({BADGE: 2})


# Works and editions


def test_editions_are_compared_by_work():
    before = version(p(BADGE), p(LOSS))
    after = version(
        p(BADGE, publication="recueil-2027"),
        p(CHARTER, publication="recueil-2027"),
        works=(("recueil-2027", "recueil"),),
    )
    (work,) = compare_versions(before, after).works
    assert (work.work, work.before, work.after, work.unchanged) == ("recueil", ("recueil",), ("recueil-2027",), 1)
    assert (work.count("added"), work.count("removed")) == (1, 1)


def test_a_work_that_came_is_all_added_and_one_that_went_all_removed():
    note = version(p(LOSS, publication="note"), works=(("note", "note"),))
    came, went = compare_versions(version(p(BADGE)), note).works
    assert (came.work, came.before, came.after, came.count("added")) == ("note", (), ("note",), 1)
    assert (went.work, went.before, went.after, went.count("removed")) == ("recueil", ("recueil",), (), 1)


def test_the_same_sentence_in_two_works_is_no_move():
    """Removed from one work and added to another: each reader of either work is told."""
    works = (("recueil", "recueil"), ("note", "note"))
    before = version(p(BADGE), p(LOSS), p(WATCH, publication="note"), works=works)
    after = version(p(BADGE), p(WATCH, publication="note"), p(LOSS, publication="note"), works=works)
    recueil, note = compare_versions(before, after).works
    assert (recueil.count("removed"), note.count("added")) == (1, 1)


def test_two_editions_of_a_work_served_together_may_share_their_passages():
    works = (("recueil", "recueil"), ("recueil-2027", "recueil"))
    both = [p(BADGE), p(LOSS), p(BADGE, publication="recueil-2027"), p(CHARTER, publication="recueil-2027")]
    one, other = version(*both, works=works), version(*both, works=works)
    (work,) = compare_versions(one, other).works
    assert (work.changes, work.unchanged) == ((), 4)


def test_an_edition_withdrawn_beside_its_twin_takes_away_only_what_it_alone_said():
    works = (("recueil", "recueil"), ("recueil-2027", "recueil"))
    both = [p(BADGE), p(LOSS), p(BADGE, publication="recueil-2027"), p(CHARTER, publication="recueil-2027")]
    (work,) = compare_versions(version(*both, works=works), version(*both[:2])).works
    assert [c.removed for c in work.changes if c.removed] == [(CHARTER,)]


def test_changes_are_told_in_the_later_version_s_order_then_what_is_gone():
    found = changes([p(BADGE), p(LOSS), p(CHARTER)], [p(WATCH), p(CHARTER, page=2), p(MONTHLY)])
    assert [change.kind for change in found] == ["added", "moved", "added", "removed", "removed"]


def test_two_versions_are_named():
    diff = compare_versions(version(name="before"), version(name="after"))
    assert (diff.before, diff.after) == ("before", "after")


# Whatever the editions

PARAGRAPHS = st.lists(
    st.builds(
        Paragraph,
        st.lists(st.sampled_from(POOL), min_size=1, max_size=3, unique=True).map(tuple),
        st.sampled_from(["Accueil", "Annexes"]),
        st.integers(1, 3),
    ),
    max_size=5,
)


@given(PARAGRAPHS)
def test_a_version_compared_with_itself_has_not_changed(paragraphs):
    (work,) = compare_versions(version(*paragraphs), version(*paragraphs)).works
    assert (work.changes, work.unchanged) == ((), len(paragraphs))


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_is_added_one_way_is_removed_the_other(before, after):
    added, removed = told(before, after)
    assert told(after, before) == (removed, added)


def said(paragraphs):
    """Every sentence, and every sentence with its section."""
    placed = {(paragraph.section, s) for paragraph in paragraphs for s in paragraph.sentences}
    return {s for _, s in placed}, placed


@given(PARAGRAPHS, PARAGRAPHS)
def test_only_what_the_other_edition_does_not_say_in_the_same_section_is_told(before, after):
    (old, old_placed), (new, new_placed) = said(before), said(after)
    added, removed = told(before, after)
    assert new - old <= set(added) <= {s for _, s in new_placed - old_placed}
    assert old - new <= set(removed) <= {s for _, s in old_placed - new_placed}


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_later_passage_told_of_nowhere_stood_whole_in_its_section(before, after):
    old, new = version(*before), version(*after)
    (work,) = compare_versions(old, new).works
    told_of = {id(change.after) for change in work.changes}
    for passage in (passage for passage in new.passages if id(passage) not in told_of):
        assert passage.text in " ".join(other.text for other in old.passages if other.section == passage.section)


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_later_passage_is_unchanged_or_told_once(before, after):
    (work,) = compare_versions(version(*before), version(*after)).works
    later = [id(change.after) for change in work.changes if change.after is not None]
    assert len(set(later)) == len(later)
    assert work.unchanged + len(later) == len(after)


# From PDFs


def test_two_editions_read_from_their_pdfs_are_told_apart(tmp_path):
    folder, root = tmp_path / "corpus", tmp_path / "index"
    folder.mkdir()
    pages = [("Accueil des visiteurs", VISITORS), ("Veille sur les brevets", PATENTS), ("Déplacements", TRAVEL)]
    write_pdf(folder / "recueil.pdf", [chapter(*page) for page in pages])
    before = build(folder, root).manifest.name
    moved = [pages[0], ("Stagiaires", (CHARTER,)), ("Déplacements", (TRAVEL[0], TRAVEL[1].replace("chiffrée", "sûre")))]
    write_pdf(folder / "recueil.pdf", [chapter(*page) for page in moved])
    after = build(folder, root).manifest.name
    (work,) = compare_versions(IndexVersion(root, before), IndexVersion(root, after)).works
    assert [(c.kind, c.passage.section[-1]) for c in work.changes] == [
        ("added", "Stagiaires"),
        ("changed", "Déplacements"),
        ("removed", "Veille sur les brevets"),
    ]
    assert work.unchanged == 1


def test_a_build_of_the_same_files_has_not_changed(root, guide_folder):
    before = IndexVersion(root)
    after = IndexVersion(root, build(guide_folder, root).manifest.name)
    (work,) = compare_versions(before, after).works
    assert (work.changes, work.unchanged) == ((), 3)
