"""The small parts of an export: file names, dates, references, and text that no format reads as markup."""

import re
from datetime import date

import pytest
from hypothesis import given

from tests.ui.export_fakes import ENGLISH, PUBLICATION, TEXTS, USER_TEXTS, cited, parsed, read, shape, visible
from ui.export import file_name, reference
from ui.export.dates import edition_in_full, in_full
from ui.export.markdown_text import inert
from ui.export.plain_text import lines, one_line


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Comment accueillir un stagiaire ?", "comment-accueillir-un-stagiaire.md"),
        ("Où l’œuvre naît, ça brûle", "ou-l-oeuvre-nait-ca-brule.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("", "vigie.md"),
        ("Что это ?", "vigie.md"),
        ("CON", "vigie-con.md"),
        ("mot " * 40, "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot.md"),
        ("a" * 200, "a" * 60 + ".md"),
    ],
)
def test_a_file_name_is_safe_everywhere(title: str, name: str):
    assert file_name(title, "md") == file_name(title, ".md") == name


@given(TEXTS)
def test_any_title_makes_a_short_plain_name(title: str):
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}\.docx", file_name(title, "docx"))


def test_dates_are_written_out():
    assert in_full(date(2026, 11, 1), "fr") == "1er novembre 2026"
    assert in_full(date(2026, 8, 12), "en") == "12 August 2026"
    assert [edition_in_full(e, "fr") for e in ("2026-11", "juin 2015", "2015", "2026-13")] == [
        "novembre 2026", "juin 2015", "2015", "2026-13",
    ]  # fmt: skip


def test_a_reference_says_all_that_is_needed_to_find_the_quote():
    assert reference(cited(quote="Marquez ; comptez."), PUBLICATION, "fr") == (
        "«\u00a0Marquez\u202f; comptez.\u202f» (I. Sécurité, Pôle, novembre 2026, p. 23, page 5 du PDF)"
    )
    assert reference(cited(), PUBLICATION, "en") == (
        "“Il convient de marquer.” (I. Sécurité, Pôle, November 2026, p. 23, page 5 of the PDF)"
    )


def test_a_reference_gives_the_page_of_the_pdf_only_where_it_differs():
    assert reference(cited(page=5, label="5"), PUBLICATION, "fr").endswith("novembre 2026, p. 5)")


def test_a_reference_leaves_out_what_nobody_knows():
    assert reference(cited(publication="english", label="5"), ENGLISH, "fr").endswith("» (On secrets, p. 5)")


def test_a_reference_to_the_demonstration_says_so():
    said = reference(cited(), PUBLICATION, "fr", demonstration=True)
    assert "(I. Sécurité, recueil de démonstration, Pôle," in said
    assert "demonstration guide" in reference(cited(), PUBLICATION, "en", demonstration=True)


def test_a_reference_is_one_line():
    said = reference(cited(quote="Étapes\n• Marquer\n• Compter"), PUBLICATION, "fr")
    assert said.startswith("«\u00a0Étapes • Marquer • Compter\u202f» (")


def test_lines_stay_and_blank_ones_go():
    assert lines("a\n\n • b\x0bc\n") == ["a", " • b c"]
    assert lines("") == [""]
    assert one_line("a\r\n\tb\x00\ud800") == "a b\ufffd\ufffd"


@pytest.mark.parametrize("text", ["I. Sécurité, p. iv (VI.4)", "R&D : 50 % – 10:30", "l’été « ici » !", "n° 1 / 2"])
def test_plain_words_are_left_as_they_are(text: str):
    assert inert(text) == text


@given(USER_TEXTS)
def test_any_text_is_one_paragraph_of_the_same_words(text: str):
    tokens = parsed(inert(text))
    assert shape(tokens) == ["paragraph_open p", "paragraph_close p"]
    assert visible(read(tokens)) == visible(text)
