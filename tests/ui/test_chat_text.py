"""Text made safe for HTML and Markdown, with French spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.chat_fakes import HOSTILE
from ui.chat.quotation import quote_html
from ui.chat.text import plain_label, spaced, told_apart


def test_labels_keep_nothing_of_markdown():
    label = plain_label(HOSTILE)
    assert r"\[x\]\(javascript" in label
    assert r"\$a\$" in label
    assert ":material" not in label  # a word joiner stands after the colon
    assert r"\*\*gras\*\*" in label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qui ? Moi ; toi !", "Qui\u202f? Moi\u202f; toi\u202f!"),
        ("« Projet » : oui", "«\u00a0Projet\u202f»\u00a0: oui"),
        ("https://a.fr?b=c 10:30", "https://a.fr?b=c 10:30"),
    ],
)
def test_french_spaces_replace_spaces_and_add_none(text: str, expected: str):
    assert spaced(text) == expected


def test_a_quote_of_several_lines_is_a_list_where_it_has_bullets():
    assert quote_html("Vérifier :\n• un\n• deux", "fr", "passage-0-1") == (
        '<blockquote class="vigie-quote" id="passage-0-1" tabindex="-1" lang="fr"><p>«\u00a0Vérifier\u00a0:</p>'
        "<ul><li>un</li><li>deux\u202f»</li></ul></blockquote>"
    )


def test_a_quote_keeps_its_numbers_its_heading_and_its_table():
    steps = quote_html("Étapes\n3. un\n4. deux", "fr", "a")
    assert (
        '<p class="vigie-lead">«\u00a0Étapes</p><ol><li value="3">un</li><li value="4">deux\u202f»</li></ol>' in steps
    )
    assert quote_html("2. un\n3. deux", "fr", "a").count("«") == 1
    assert '<li value="2">«\u00a0un</li>' in quote_html("2. un\n3. deux", "fr", "a")
    rows = quote_html("Qui | Quoi\nPME | <b>", "fr", "a")
    assert '<th scope="col">«\u00a0Qui</th>' in rows
    assert "<td>&lt;b&gt;\u202f»</td>" in rows


def test_what_is_nearest_to_the_question_is_marked_and_stays_text():
    near = ["2. Lire <b>.", "À part."]
    quote = quote_html("1. Agir.\n2. Lire <b>. Dire.\n3. À part.", "fr", "a", near)
    assert '<li value="2"><mark>Lire &lt;b&gt;.</mark> Dire.</li>' in quote
    assert '<li value="3"><mark>À part.</mark>\u202f»</li>' in quote
    noted = "Voir la pratique (n° 9) puis agir."
    assert f"<mark>{noted}</mark>" in quote_html(f"Un. {noted}", "fr", "a", [noted])
    assert "<p>«\u00a0Un. <mark>Deux.</mark>\u202f»</p>" in quote_html("Un. Deux.", "fr", "a", ["Deux."])


def test_an_empty_sentence_marks_nothing():
    assert "<mark>" not in quote_html("Un. Deux.", "fr", "a", [""])


@given(st.text("ab. ", max_size=12), st.lists(st.text("ab. ", max_size=4), max_size=3))
def test_pieces_told_apart_are_the_text_whole_and_in_order(text: str, near: list[str]):
    pieces = list(told_apart(text, near))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece in near for piece, apart in pieces if apart)
    assert not any(sentence and sentence in piece for piece, apart in pieces if not apart for sentence in near)


def test_a_bullet_alone_is_no_line():
    assert quote_html("•\nun seul", "fr", "a").count("<p>") == 1
