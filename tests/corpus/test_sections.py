"""Headings: those of the outline, then those that typography sets apart."""

import pytest

from corpus.outline import Heading
from corpus.sections import heading_levels
from tests.corpus.makers import column, edited, line, read
from tests.support import write_pdf

BODY = ["Le pôle désigne un référent et lui confie une mission.", "Il en rend compte au bureau une fois par an."] * 4


def levels(*pages, outline=()) -> dict[str, int]:
    by_id = {id(item): item.text for page in pages for item in page}
    return {by_id[key]: level for key, level in heading_levels(pages, outline).items()}


def test_the_outline_names_the_headings():
    page = column(["Veille", *BODY, "Sécurité", *BODY])
    assert levels(page, outline=[Heading("Veille", 0, 1), Heading("Sécurité", 1, 1)]) == {"Veille": 0, "Sécurité": 1}


def test_case_spaces_and_punctuation_of_the_outline_do_not_matter():
    page = column(["I. VEILLE – anticiper", *BODY, "Sécurité", *BODY])
    found = levels(page, outline=[Heading("I Veille - Anticiper", 0, 1), Heading("Sécurité", 0, 1)])
    assert set(found) == {"I. VEILLE – anticiper", "Sécurité"}


def test_a_heading_wrapped_over_lines_is_found_whole():
    page = column(["Protéger les", "informations sensibles", *BODY, "Veille", *BODY])
    found = levels(page, outline=[Heading("Protéger les informations sensibles", 2, 1), Heading("Veille", 0, 1)])
    assert found == {"Protéger les": 2, "informations sensibles": 2, "Veille": 0}


def test_the_outline_s_page_decides_between_two_lines_of_the_same_text():
    first, second = column(["Veille", *BODY]), column(["Veille", *BODY], page=2)
    found = heading_levels([first, second], [Heading("Veille", 0, 2), Heading("absent", 0, 1), Heading("Veille", 1, 1)])
    assert found == {id(second[0]): 0, id(first[0]): 1}


def test_an_outline_title_that_no_line_says_marks_nothing():
    page = column(BODY)
    assert levels(page, outline=[Heading("Titre absent", 0, 1), Heading("Autre", 0, 1)]) == {}


def test_without_an_outline_larger_lines_are_headings_the_largest_first():
    page = [line("Guide", y=760, size=22), line("Veille", y=730, size=16), *column(BODY)]
    assert levels(page) == {"Guide": 0, "Veille": 1}


def test_a_bold_numbered_line_is_a_heading():
    page = [line("2.1 Accueillir un visiteur", y=730, bold=True), *column(BODY)]
    assert set(levels(page)) == {"2.1 Accueillir un visiteur"}


@pytest.mark.parametrize(
    "item",
    [
        line("Une phrase en grand, comme un exergue.", y=730, size=16),
        line("2015", y=730, size=16),
        line("x" * 141, y=730, size=16),
        line("Un mot important en gras", y=730, bold=True),
        line("À peine plus grand", y=730, size=12),
    ],
    ids=["ends a sentence", "digits", "too long", "bold alone", "size 12 of 11"],
)
def test_other_lines_are_no_headings(item):
    assert levels([item, *column(BODY)]) == {}


def test_a_larger_introduction_of_many_lines_is_no_heading():
    """Four lines of 16 points are a lead paragraph: as a heading they would be in no passage at all."""
    lead = [
        line(text, y=790 - 20 * i, size=16)
        for i, text in enumerate(
            ["Ce recueil rassemble trente-sept pratiques que des", "pôles ont mises en œuvre et que chacun adapte à",
             "sa taille, à ses moyens et à ses marchés, avec les", "personnes qui y travaillent chaque jour."]
        )
    ]  # fmt: skip
    assert levels([*lead, *column(BODY)]) == {}


def test_typography_adds_below_the_outline_what_it_leaves_out():
    page = [line("Veille", y=760, size=16), line("Étapes", y=730, size=14), *column(BODY), *column(["Fin"], top=100)]
    assert levels(page, outline=[Heading("Veille", 0, 1), Heading("Fin", 0, 1)])["Étapes"] > 0


def test_passages_carry_their_heading_path(tmp_path):
    path = write_pdf(
        tmp_path / "a.pdf",
        [[(60, 760, 11, "Sécurité"), (60, 730, 11, "Les visiteurs"), (60, 700, 11, "Le pôle accueille les visiteurs."),
          (60, 600, 11, "Influence"), (60, 570, 11, "Le pôle fait entendre sa voix.")]],
    )  # fmt: skip

    def outline(writer):
        security = writer.add_outline_item(title="Sécurité", page_number=0)
        writer.add_outline_item(title="Les visiteurs", page_number=0, parent=security)
        writer.add_outline_item(title="Influence", page_number=0)

    sections = {passage.text: passage.section for passage in read(edited(path, outline)).passages}
    assert sections == {
        "Le pôle accueille les visiteurs.": ("Sécurité", "Les visiteurs"),
        "Le pôle fait entendre sa voix.": ("Influence",),
    }
