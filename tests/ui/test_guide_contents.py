"""A table of contents made of the passages' headings."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus import Passage, Span
from index import IndexedPublication
from tests.index.making import passage
from ui.guide.contents import Contents, Section, build_contents
from ui.guide.question import section_question

CHAPTER, FIRST, SECOND = ("I",), ("I", "I.1 Agir"), ("I", "I.2 Suivre les brevets utiles")
LAW = ("I", "I.2 Suivre les brevets utiles", "Ce que dit la loi")


def contents(*paths: tuple[str, ...]) -> Contents:
    """Of a passage a path, each on a page of its own."""
    return build_contents((row, passage(f"texte {row}", section=p, page=row + 1)) for row, p in enumerate(paths))


def paths(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    return [section.path for section in sections]


def test_sections_come_in_reading_order_with_their_own_passages():
    found = contents(CHAPTER, FIRST, FIRST, SECOND)
    assert paths(found.sections) == [CHAPTER, FIRST, SECOND]
    assert [section.rows for section in found.sections] == [(0,), (1, 2), (3,)]


def test_a_heading_without_text_of_its_own_has_a_section():
    found = contents(LAW)
    assert paths(found.sections) == [CHAPTER, SECOND, LAW]
    assert [section.rows for section in found.sections] == [(), (), (0,)]
    assert [section.page for section in found.sections] == [1, 1, 1]


def test_a_section_begins_on_its_first_page_and_ends_with_its_last_sub_section():
    chapter, first, second = contents(CHAPTER, FIRST, SECOND).sections
    assert (chapter.page, chapter.label, chapter.last_page) == (1, "1", 3)
    assert (first.page, first.last_page) == (2, 2)
    assert (second.page, second.last_page) == (3, 3)


def test_a_heading_met_again_is_another_section():
    found = contents(FIRST, SECOND, FIRST, CHAPTER)
    assert paths(found.sections) == [CHAPTER, FIRST, SECOND, FIRST, CHAPTER]
    assert len({section.key for section in found.sections}) == 5


def test_what_stands_before_the_first_heading_is_a_section_without_a_name():
    found = contents((), CHAPTER)
    assert paths(found.sections) == [(), CHAPTER]
    assert found.under(found.sections[0]) == ()
    assert found.above(found.sections[1]) == ()


def test_a_key_depends_on_the_headings_alone():
    before, after = contents(CHAPTER, FIRST, SECOND), contents((), CHAPTER, CHAPTER, SECOND)
    assert before.sections[2].key == after.sections[2].key
    assert after.find(before.sections[2].key) == after.sections[2]
    assert before.find("absent") is None


def test_the_sections_around_under_and_above_one():
    found = contents(CHAPTER, FIRST, SECOND, LAW)
    chapter, first, second, law = found.sections
    assert found.under(chapter) == (first, second)
    assert found.above(law) == (chapter, second)
    assert found.around(chapter) == (None, first)
    assert found.around(law) == (second, None)


def test_a_passage_is_found_by_its_id_and_by_each_of_its_pages():
    spans = (Span(0, 3, 0, 5), Span(5, 4, 0, 5))
    over_two = Passage("texte long", FIRST, ((0, 10),), spans, "abc", "p", ("3", "4"))
    found = build_contents([(7, over_two)])
    assert found.by_id == {"abc": 7}
    assert found.by_page == {3: [7], 4: [7]}
    assert found.holding("abc") == found.sections[-1]
    assert found.holding("") is None


PATHS = st.lists(st.lists(st.sampled_from("abc"), max_size=3).map(tuple), max_size=12)


@given(PATHS)
def test_whatever_the_headings_no_passage_is_lost_and_no_level_is_skipped(every: list[tuple[str, ...]]):
    found = contents(*every)
    assert [row for section in found.sections for row in section.rows] == list(range(len(every)))
    depths = [0, *(max(1, len(section.path)) for section in found.sections)]
    assert all(after <= before + 1 for before, after in pairwise(depths))
    assert len({section.key for section in found.sections}) == len(found.sections)
    for section in found.sections:
        assert paths(found.above(section)) == [section.path[:depth] for depth in range(1, len(section.path))]


def asked(found: Contents, place: int, language="fr") -> str:
    publication = IndexedPublication("p", "Le titre", "p.pdf", "", 1, ("1",), (), 1, "p")
    return section_question(found.sections[place], found, publication, language)


def test_a_telling_heading_is_asked_about_without_its_number():
    found = contents(CHAPTER, SECOND)
    assert asked(found, 1) == "Que dit le recueil sur « Suivre les brevets utiles » ?"
    assert asked(found, 1, "en") == "What does the guide say about “Suivre les brevets utiles”?"


def test_a_heading_that_says_little_goes_with_its_first_sub_section_or_its_parent():
    found = contents(CHAPTER, FIRST, ("I", "I.1 Agir", "Normaliser"), LAW)
    assert asked(found, 1) == "Que dit le recueil sur « Agir : Normaliser » ?"
    assert asked(found, 4) == "Que dit le recueil sur « Suivre les brevets utiles – Ce que dit la loi » ?"


def test_a_heading_that_others_have_too_goes_with_its_parent():
    steps = "Étapes utiles et prudentes"
    found = contents(("I", "Salons", steps), ("I", "Stagiaires", steps))
    assert asked(found, 2) == f"Que dit le recueil sur « Salons – {steps} » ?"
    assert asked(found, 4) == f"Que dit le recueil sur « Stagiaires – {steps} » ?"


def test_what_has_no_heading_is_asked_about_by_its_publication():
    assert asked(contents(()), 0) == "Que dit le recueil sur « Le titre » ?"
