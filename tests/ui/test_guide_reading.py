"""Passages as HTML: lists and tables as the lines say, the words of a search marked, nothing that a browser runs."""

import pytest

from index import Correction, Expansion
from tests.ui.guide_fakes import HOSTILE
from ui.guide.marking import marked, marker_of, wanted_phrases
from ui.guide.reading import passage_html


def test_a_paragraph_keeps_its_words():
    assert passage_html("Un pôle veille ; il alerte.") == "<p>Un pôle veille\u202f; il alerte.</p>"


def test_a_short_line_over_numbered_steps_stands_out_and_steps_keep_their_numbers():
    assert passage_html("Étapes\n3. Lire.\n4. Agir.") == (
        '<p class="vigie-lead">Étapes</p><ol><li value="3">Lire.</li><li value="4">Agir.</li></ol>'
    )


def test_bullets_are_a_list_whose_lead_in_is_a_paragraph():
    assert passage_html("Il convient :\n• de lire ;\n– d’agir.") == (
        "<p>Il convient\u00a0:</p><ul><li>de lire\u202f;</li><li>d’agir.</li></ul>"
    )


def test_rows_are_a_table_with_heads():
    assert passage_html("Niveau | Envoi\nPublic | Libre", marker_of(wanted_phrases("libre"))) == (
        '<div class="vigie-table" tabindex="0"><table><tr><th scope="col">Niveau</th><th scope="col">Envoi</th></tr>'
        "<tr><td>Public</td><td><mark>Libre</mark></td></tr></table></div>"
    )


def test_a_row_alone_has_no_heads():
    assert "<th" not in passage_html("Public | Libre")


def test_a_note_is_told_from_the_text():
    assert passage_html("¹. Article L. 151-1.") == '<p class="vigie-footnote">¹. Article L. 151-1.</p>'


@pytest.mark.parametrize("lines", [HOSTILE, f"• {HOSTILE}", f"1. {HOSTILE}", f"a | {HOSTILE}", f"a\n{HOSTILE}"])
def test_text_is_never_markup(lines: str):
    assert "<img" not in passage_html(lines, marker_of(wanted_phrases("src alert")))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("equipes", ["équipe"]),
        ("L’ÉQUIPE", ["équipe"]),
        ("savoir-faire", ["savoir"]),
        ("la de", []),
        ("img", []),
        ("secret", ["secrets"]),
        ("PME", ["PME"]),
    ],
)
def test_words_are_marked_whole_whatever_their_accents_and_endings(query: str, found: list[str]):
    text = "L’équipe d’une PME garde ses secrets et son savoir-faire <b>."
    html = marked(text, wanted_phrases(query))
    assert [part.split("</mark>")[0] for part in html.split("<mark>")[1:]] == found
    assert html.replace("<mark>", "").replace("</mark>", "") == text.replace("<b>", "&lt;b&gt;")


def test_what_was_read_and_searched_besides_is_marked_the_latter_only_whole():
    wanted = wanted_phrases("stagaire PME", [Correction("stagaire", "stagiaire")],
                            [Expansion("PME", "petite et moyenne entreprise")])  # fmt: skip
    assert marked("Une petite ou moyenne entreprise a des moyens, son entreprise un stagiaire.", wanted) == (
        "Une <mark>petite ou moyenne entreprise</mark> a des moyens, son entreprise un <mark>stagiaire</mark>."
    )


def test_a_phrase_cut_by_the_end_of_the_text_is_not_marked():
    wanted = wanted_phrases("x", (), [Expansion("x", "petite entreprise moyenne")])
    assert marked("une petite entreprise", wanted) == "une petite entreprise"
    assert marked("une petite", wanted | wanted_phrases("petite")) == "une <mark>petite</mark>"
