"""An old answer looked at again: which of its quotes still stand, and what a file must say to be an old answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Citation, OldAnswer, OldCitation, Question, UnknownAnswer, old_answer, recheck
from corpus import folder_catalogue
from index import Filters, IndexVersion
from tests.assistant.making import Bilingual, as_read, assistant_on
from tests.index.making import PATENTS, TRAVEL, VISITORS, build_catalogue, chapter
from tests.support import write_pdf

QUESTION = "Comment mener une veille sur les brevets ?"
HOME, WATCH, AWAY = ("Accueil des visiteurs", VISITORS), ("Veille sur les brevets", PATENTS), ("Déplacements", TRAVEL)
REWORDED = "La veille sur les brevets repère chaque mois les déposants nouveaux d’une filière."


def version(folder, *chapters, name="recueil", work="") -> IndexVersion:
    """A guide of one page a chapter; or pages as `write_pdf` takes them."""
    pages = [chapter(*c) if isinstance(c, tuple) else c for c in chapters]
    (folder / "corpus").mkdir(parents=True)
    write_pdf(folder / "corpus" / f"{name}.pdf", pages)
    catalogue = folder_catalogue(folder / "corpus")
    publications = tuple(replace(p, work=work or p.work) for p in catalogue.publications)
    build_catalogue(replace(catalogue, publications=publications), folder / "index", Bilingual())
    return IndexVersion(folder / "index")


@pytest.fixture(scope="module")
def data(guide_index) -> dict:
    """The JSON of an answer that quotes both sentences on patents, page 2."""
    return as_read(assistant_on(guide_index).ask(Question(QUESTION)).as_json())


@pytest.fixture(scope="module")
def own(guide_index) -> IndexVersion:
    return IndexVersion(guide_index)


@pytest.fixture(scope="module")
def old(data) -> OldAnswer:
    return old_answer(data)


@pytest.fixture(scope="module")
def first(old) -> OldCitation:
    """« La veille sur les brevets repère… », with or without the sentence after it."""
    return old.citations[0]


def asking(old, *citations) -> OldAnswer:
    return replace(old, citations=citations)


def standings(checked) -> list[str]:
    return [one.standing for one in checked]


def of_first_sentence(first) -> OldCitation:
    return replace(first, quote=PATENTS[0])


def test_the_first_citation_is_on_patents(first):
    assert first.quote.startswith(PATENTS[0])
    assert (first.publication, first.page, first.page_label, first.section) == ("recueil", 2, "2", (WATCH[0],))


# What became of a quote


def test_a_guide_that_did_not_change_holds_every_quote(old, own, tmp_path):
    checked = recheck(old, version(tmp_path, HOME, WATCH, AWAY), own)
    assert standings(checked) == ["stands"] * len(old.citations)
    assert checked[0].passage.id == old.citations[0].passage_id


def test_a_quote_on_another_page_moved_there(old, first, own, tmp_path):
    """The chapter on travel comes before: 2 + 1."""
    (one,) = recheck(asking(old, first), version(tmp_path, HOME, AWAY, WATCH), own)
    assert (one.standing, one.as_json()["now"]["page"], one.as_json()["before"]["page"]) == ("moved", 3, 2)


def test_a_quote_under_another_heading_moved(old, first, own, tmp_path):
    (one,) = recheck(asking(old, first), version(tmp_path, HOME, ("Propriété industrielle", PATENTS), AWAY), own)
    assert (one.standing, one.passage.section) == ("moved", ("Propriété industrielle",))


def test_a_reworded_quote_changed_and_its_new_words_are_shown(old, first, own, tmp_path):
    new = version(tmp_path, HOME, (WATCH[0], (REWORDED, PATENTS[1])), AWAY)
    (one,) = recheck(asking(old, of_first_sentence(first)), new, own)
    assert one.standing == "changed"
    assert REWORDED in one.passage.text


def test_a_quote_whose_chapter_was_taken_out_is_gone(old, first, own, tmp_path):
    (one,) = recheck(asking(old, first), version(tmp_path, HOME, AWAY), own)
    assert (one.standing, one.passage, one.as_json()["now"]) == ("gone", None, None)


def test_words_that_go_on_in_the_same_sentence_do_not_stand(old, first, own, tmp_path):
    """The text still holds the quote, letter for letter, and says the contrary."""
    rule = "Les visiteurs entrent sans badge"
    new = version(tmp_path, ("Accueil", (f"{rule} dans le hall seulement", VISITORS[0])))
    cited = replace(first, quote=rule, page=1, section=("Accueil",))
    assert standings(recheck(asking(old, cited), new, own)) == ["changed"]


def test_other_blanks_and_note_calls_are_the_same_words(old, first, own, tmp_path):
    new = version(tmp_path, HOME, (WATCH[0], (PATENTS[0].replace(" brevets", "  brevets²"), PATENTS[1])), AWAY)
    assert standings(recheck(asking(old, of_first_sentence(first)), new, own)) == ["stands"]


def test_where_several_passages_hold_the_words_the_one_in_place_counts(old, first, own, tmp_path):
    new = version(tmp_path, ("Rappel", (VISITORS[0], *PATENTS)), WATCH, AWAY)
    assert standings(recheck(asking(old, first), new, own)) == ["stands"]


def test_a_quote_on_the_second_page_of_its_passage_is_said_to_be_there(old, first, own, tmp_path):
    """One chapter over two pages, without a heading on the second: one passage of pages 1 and 2."""
    second = [(60, 760 - 40 * row, 11, text) for row, text in enumerate(PATENTS)]
    new = version(tmp_path, chapter(WATCH[0], VISITORS), second)
    assert [new.passages[row].pages for row in range(len(new.passages))] == [(1, 2)]
    (one,) = recheck(asking(old, replace(of_first_sentence(first), page=1)), new, own)
    assert (one.standing, one.as_json()["now"]["page"]) == ("moved", 2)


# Which publications are looked at


def test_words_in_another_publication_are_not_those_that_were_cited(old, first, own, tmp_path):
    assert standings(recheck(asking(old, first), version(tmp_path, HOME, WATCH, name="autre"), own)) == ["gone"]


def test_in_another_edition_of_the_same_work_they_moved(old, first, own, tmp_path):
    new = version(tmp_path, HOME, WATCH, AWAY, name="recueil-2027", work="recueil")
    (one,) = recheck(asking(old, first), new, own)
    assert (one.standing, one.passage.publication) == ("moved", "recueil-2027")
    assert one.passage.id == first.passage_id


def test_the_own_version_tells_which_work_a_later_edition_belongs_to(old, first, tmp_path):
    """The second edition was cited; its work is named after the first, and only its own version still knows that."""
    second = version(tmp_path / "second", HOME, WATCH, name="recueil-2027", work="recueil")
    third = version(tmp_path / "third", HOME, WATCH, name="recueil-2028", work="recueil")
    cited = replace(first, publication="recueil-2027")
    assert standings(recheck(asking(old, cited), third, second)) == ["moved"]


def test_a_publication_that_nobody_knows_is_gone(old, first, own):
    assert standings(recheck(asking(old, replace(first, publication="inconnue")), own, None)) == ["gone"]


def test_an_answer_without_citations_has_nothing_to_check(old, own):
    assert recheck(asking(old), own, own) == []


# What a fresh answer cites

WORDS = [
    *QUESTION.split(),
    "visiteurs",
    "badge",
    "laboratoires",
    "ordinateur",
    "messagerie",
    "déplacement",
    "adhérents",
]


@given(question=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))
def test_a_fresh_answer_stands_on_its_own_version(assistant, question):
    fresh = old_answer(as_read(assistant.ask(Question(question)).as_json()))
    version = assistant.searcher.version
    assert set(standings(recheck(fresh, version, version))) <= {"stands"}


@pytest.fixture(scope="module")
def repeating(tmp_path_factory) -> IndexVersion:
    """The same sentences under several headings, on several pages, and a passage over two pages."""
    both = [(60, 750 - 35 * row, 11, text) for row, text in enumerate((*PATENTS, *VISITORS))]
    reminder = "Rappel", (TRAVEL[0], *VISITORS, *PATENTS)
    return version(tmp_path_factory.mktemp("repeating"), HOME, reminder, both, WATCH)


def test_the_repeating_guide_says_each_sentence_three_times(repeating):
    texts = " ".join(repeating.passages[row].text for row in range(len(repeating.passages)))
    assert (texts.count(PATENTS[0]), texts.count(VISITORS[0])) == (3, 3)


@given(drawn=st.data())
def test_whatever_whole_sentences_are_cited_they_stand_on_their_own_version(repeating, old, drawn):
    passage = repeating.passages[drawn.draw(st.integers(0, len(repeating.passages) - 1))]
    starts, ends = zip(*passage.sentences, strict=True)
    a = drawn.draw(st.integers(0, len(starts) - 1))
    b = drawn.draw(st.integers(a, len(ends) - 1))
    cited = Citation(1, passage, "Guide", starts[a], ends[b], 0.9).as_json()
    again = old_answer(as_written(old, cited))
    assert standings(recheck(again, repeating, repeating)) == ["stands"]


def as_written(old, *citations) -> dict:
    passport = {"index_version": old.index_version}
    return {"question": "?", "standalone_question": "?", "verdict": "answered", "passport": passport,
            "citations": as_read(list(citations))}  # fmt: skip


# The file


def test_what_is_needed_is_read_from_the_json(data, old):
    assert (old.question, old.standalone_question, old.verdict) == (QUESTION, QUESTION, "answered")
    assert (old.index_version, old.generator, old.top_k) == (data["passport"]["index_version"], "extractive", 16)
    assert [c.quote for c in old.citations] == [c["quote"] for c in data["citations"]]


def test_filters_are_those_of_the_question(guide_index):
    filters = Filters(publications=frozenset({"recueil"}))
    answer = assistant_on(guide_index).ask(Question(QUESTION, filters=filters))
    assert old_answer(as_read(answer.as_json())).filters == filters


def test_the_section_that_a_follow_up_follows_is_that_of_the_question(data):
    passport = data["passport"] | {"follows": ["recueil", "Veille", "Brevets"]}
    assert old_answer(data | {"passport": passport}).follows == ("recueil", ("Veille", "Brevets"))
    assert old_answer(data).follows is None


def test_an_older_vigie_had_neither_shape_nor_filters_nor_top_k(data):
    passport = {name: value for name, value in data["passport"].items() if name not in ("filters", "top_k", "follows")}
    older = old_answer({name: value for name, value in data.items() if name != "shape"} | {"passport": passport})
    assert (older.shape, older.filters, older.top_k, older.follows) == (None, Filters(), 8, None)


def test_the_shape_of_an_abstention_is_not_the_one_that_was_asked(data):
    """An abstention is always written as a short answer, whatever its question asked for."""
    assert old_answer(data).shape == "answer"
    assert old_answer(data | {"verdict": "not_in_guide", "citations": []}).shape is None


def with_citation(data, **values) -> dict:
    return data | {"citations": [data["citations"][0] | values]}


def with_passport(data, **values) -> dict:
    return data | {"passport": data["passport"] | values}


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: [],
        lambda data: None,
        lambda data: "une réponse",
        lambda data: {},
        lambda data: data | {"passport": None},
        lambda data: data | {"citations": None},
        lambda data: data | {"citations": [1]},
        lambda data: data | {"shape": "poème"},
        lambda data: with_citation(data, page="deux"),
        lambda data: with_citation(data, page=float("inf")),
        lambda data: with_citation(data, section=None),
        lambda data: with_passport(data, top_k="many"),
        lambda data: with_passport(data, filters={"couleur": ["rouge"]}),
        lambda data: with_passport(data, filters=3),
    ],
)
def test_anything_else_is_refused_as_no_answer_of_vigie(data, spoilt):
    with pytest.raises(UnknownAnswer, match="n’est pas une réponse de Vigie") as caught:
        old_answer(spoilt(data))
    assert "vigie ask --json" in caught.value.remedy


def test_a_field_that_is_missing_is_named(data):
    with pytest.raises(UnknownAnswer, match="« passport » manque"):
        old_answer({name: value for name, value in data.items() if name != "passport"})
