"""Gold is tied to words: it is found again in whatever version is asked, or told as reworded or withdrawn."""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from corpus import CorpusSettings, folder_catalogue, page_text
from evaluations import SHIPPED, load_questions
from evaluations.anchoring import Anchorage
from evaluations.questions import Gold
from index import IndexVersion, build_index
from tests.evaluations.making import record
from tests.index.making import PATENTS, TRAVEL, VISITORS, chapter
from tests.support import HashEmbedder, write_pdf

FRENCH = Path(__file__).resolve().parents[3] / "shared" / "pdfs" / "french"
RGESN = {
    "rgesn-1": FRENCH / "MiNumEco__rgesn-referentiel-general-ecoconception-v1.0.1.pdf",
    "rgesn-2024":
        FRENCH / "MiNumEco__referentiel_general_ecoconception_des_services_numeriques_version_2024.pdf",
}  # fmt: skip
REWORDED = "Une synthèse trimestrielle présente les brevets utiles aux adhérents."
ON_VISITORS, ON_PATENTS, ON_TRAVEL = (
    chapter(title, sentences)
    for title, sentences in (("1 Accueil", VISITORS), ("2 Veille sur les brevets", PATENTS), ("3 Déplacements", TRAVEL))
)
PREFACE = chapter("Préface", ["Ce recueil rassemble des pratiques."])


def printed(version):
    return cache(lambda publication, page: page_text(Path(version.publication(publication).path), page))


@pytest.fixture
def indexed(tmp_path):
    """The version of some pages: `id=pages` for each publication; `told` is what the catalogue says more of one."""

    def index(name="v", settings=None, told=None, **publications):
        folder = tmp_path / name
        folder.mkdir()
        for id_, pages in publications.items():
            write_pdf(folder / f"{id_}.pdf", pages)
        entries = (f'[[publication]]\nid = "{id_}"\nfile = "{id_}.pdf"\n{(told or {}).get(id_, "")}\n'
                   for id_ in publications)  # fmt: skip
        (folder / "catalogue.toml").write_text("".join(entries))
        build_index(folder_catalogue(folder), tmp_path / f"{name}-index", HashEmbedder(), settings or CorpusSettings())
        return IndexVersion(tmp_path / f"{name}-index")

    return index


def anchor(version, quote, page, earlier=None, publication="recueil"):
    anchorage = Anchorage(version, printed(version), earlier)
    return anchorage.anchor(Gold(publication=publication, page=page, quote=quote))


def places(found):
    return found.standing, sorted(found.pages)


# The same edition


def test_a_quote_on_its_own_page_is_unchanged(indexed):
    found = anchor(indexed(recueil=[ON_VISITORS, ON_PATENTS]), PATENTS[0], 2)
    assert places(found) == ("unchanged", [("recueil", 2)])


@pytest.mark.parametrize("words", [20, 40, 500])
def test_cutting_passages_otherwise_keeps_gold(indexed, words):
    settings = CorpusSettings(passage_words=words, short_block_words=0)
    found = anchor(indexed(settings=settings, recueil=[ON_VISITORS, ON_PATENTS]), PATENTS[0], 2)
    assert places(found) == ("unchanged", [("recueil", 2)])


@pytest.mark.parametrize(
    "quote",
    ["la VEILLE, sur les brevets", "La veille sur\nles bre-\nvets", "« veille sur les brevets »"],
    ids=["case and punctuation", "line breaks", "quotation marks"],
)
def test_a_quote_is_found_by_its_letters(indexed, quote):
    assert anchor(indexed(recueil=[ON_VISITORS, ON_PATENTS]), quote, 2).standing == "unchanged"


def test_a_quote_over_two_pages_stands_on_both(indexed):
    pages = ["Le stagiaire signe un", "engagement avant son arrivée."]
    found = anchor(indexed(recueil=pages), "Le stagiaire signe un engagement", 1)
    assert places(found) == ("unchanged", [("recueil", 1), ("recueil", 2)])


def test_a_quote_that_stands_on_several_pages_is_that_of_its_own(indexed):
    found = anchor(indexed(recueil=[ON_PATENTS, ON_VISITORS, ON_PATENTS]), PATENTS[0], 3)
    assert places(found) == ("unchanged", [("recueil", 3)])


def test_a_page_put_before_it_moves_gold_with_its_words(indexed):
    found = anchor(indexed(recueil=[PREFACE, ON_VISITORS, ON_PATENTS]), PATENTS[0], 2)
    assert places(found) == ("unchanged", [("recueil", 3)])


def test_a_page_that_the_version_has_no_more_is_looked_for_elsewhere(indexed):
    found = anchor(indexed(recueil=[ON_PATENTS]), PATENTS[0], 40)
    assert places(found) == ("unchanged", [("recueil", 1)])


# Against the version it was written for


def test_a_quote_under_the_same_title_did_not_move(indexed):
    earlier = indexed("earlier", recueil=[ON_VISITORS, ON_PATENTS])
    found = anchor(indexed(recueil=[PREFACE, ON_VISITORS, ON_PATENTS]), PATENTS[0], 2, earlier)
    assert places(found) == ("unchanged", [("recueil", 3)])


def test_a_quote_under_another_title_has_moved(indexed):
    earlier = indexed("earlier", recueil=[ON_VISITORS, ON_PATENTS])
    under_travel = chapter("3 Déplacements", (*TRAVEL, *PATENTS))
    found = anchor(indexed(recueil=[PREFACE, ON_VISITORS, under_travel]), PATENTS[0], 2, earlier)
    assert places(found) == ("moved", [("recueil", 3)])


# What became of its words


def test_a_quote_whose_words_changed_is_reworded_and_what_took_its_place_is_told(indexed):
    pages = [ON_VISITORS, chapter("2 Veille sur les brevets", (PATENTS[0], REWORDED))]
    found = anchor(indexed(recueil=pages), PATENTS[1], 2)
    assert (*places(found), found.text) == ("reworded", [("recueil", 2)], REWORDED)


def test_a_quote_of_which_nothing_is_left_is_withdrawn(indexed):
    found = anchor(indexed(recueil=[ON_VISITORS, ON_TRAVEL]), PATENTS[0], 2)
    assert (*places(found), found.text) == ("withdrawn", [], "")


def test_a_publication_that_the_version_has_not_is_withdrawn(indexed):
    assert anchor(indexed(recueil=[ON_PATENTS]), PATENTS[0], 1, publication="autre").standing == "withdrawn"


def test_another_work_that_says_the_same_does_not_hold_gold(indexed):
    version = indexed(recueil=[ON_VISITORS], autre=[ON_PATENTS])
    assert anchor(version, PATENTS[0], 2).standing == "withdrawn"


# Another edition


def test_gold_is_found_in_the_edition_that_replaces_its_own(indexed):
    told = {"an2": 'replaces = ["an1"]'}
    version = indexed(an1=[ON_VISITORS, ON_PATENTS], an2=[PREFACE, ON_VISITORS, ON_PATENTS], told=told)
    assert places(anchor(version, PATENTS[0], 2, publication="an1")) == ("unchanged", [("an2", 3)])


def test_gold_stays_in_its_own_edition_where_both_are_served(indexed):
    told = {"an1": 'work = "recueil"', "an2": 'work = "recueil"'}
    version = indexed(an2=[PREFACE, ON_PATENTS], an1=[ON_PATENTS], told=told)
    assert places(anchor(version, PATENTS[0], 1, publication="an1")) == ("unchanged", [("an1", 1)])


# The gold of a question


def test_the_gold_pages_of_a_question_are_those_of_the_quotes_that_stand(indexed):
    version = indexed(recueil=[ON_VISITORS, ON_TRAVEL])
    gold = [
        {"publication": "recueil", "page": page, "quote": quote} for page, quote in ((1, VISITORS[0]), (2, PATENTS[0]))
    ]
    pages, lost = Anchorage(version, printed(version)).pages(record(gold=gold))
    assert (pages, [one.gold.quote for one in lost]) == ({("recueil", 1)}, [PATENTS[0]])


def test_what_took_a_quote_s_place_is_no_gold(indexed):
    version = indexed(recueil=[chapter("2 Veille", (PATENTS[0], REWORDED))])
    gold = [{"publication": "recueil", "page": 1, "quote": PATENTS[1]}]
    pages, (lost,) = Anchorage(version, printed(version)).pages(record(gold=gold))
    assert (pages, lost.standing) == (frozenset(), "reworded")


def test_an_uncovered_question_has_no_gold_to_find(indexed):
    version = indexed(recueil=[ON_PATENTS])
    assert Anchorage(version, printed(version)).pages(record(answerable=False)) == (frozenset(), [])


# Two real editions


@pytest.fixture(scope="session")
def editions(tmp_path_factory):
    """The version that serves the first RGESN, and the one that serves what replaces it."""
    if not FRENCH.is_dir():
        pytest.skip("the shared French PDFs are not on this machine")
    folder = tmp_path_factory.mktemp("editions")
    catalogues = {"before": [("rgesn-1", "")], "after": [("rgesn-1", ""), ("rgesn-2024", 'replaces = ["rgesn-1"]\n')]}
    versions = []
    for name, held in catalogues.items():
        (folder / name).mkdir()
        for id_, _ in held:
            shutil.copy(RGESN[id_], folder / name / f"{id_}.pdf")
        lines = (f'[[publication]]\nid = "{id_}"\nfile = "{id_}.pdf"\n{more}' for id_, more in held)
        (folder / name / "catalogue.toml").write_text("".join(lines))
        build_index(folder_catalogue(folder / name), folder / "index", HashEmbedder(), CorpusSettings())
        versions.append(IndexVersion(folder / "index"))
    return versions


@pytest.fixture(scope="session")
def told(editions):
    """Of each question of the set, what was said beforehand and what is found."""
    before, after = editions
    anchorage = Anchorage(after, printed(after), before)
    lines = (SHIPPED / "rgesn-editions-expected.jsonl").read_text("utf-8").splitlines()
    expected = {line["id"]: line for line in map(json.loads, lines)}
    records = load_questions([SHIPPED / "rgesn-editions.jsonl"])
    return [(record.id, expected[record.id], anchorage.anchor(record.gold[0])) for record in records]


def test_of_thirty_quotes_of_an_edition_29_are_told_as_a_reader_of_the_next_tells_them(told):
    other = [(id_, expected["kind"], found.standing) for id_, expected, found in told
             if expected["kind"] != found.standing]  # fmt: skip
    assert len(told) == 30
    assert len(other) <= 1, other


def test_no_quote_is_told_on_a_wrong_page_of_the_next_edition(told):
    pages = [(id_, expected["page"], {page for _, page in found.pages}) for id_, expected, found in told]
    wrong = [(id_, right, found) for id_, right, found in pages if right and found and right not in found]
    assert wrong == []
