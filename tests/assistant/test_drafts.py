"""A draft cut into sentences as it comes, bare of markers, bullets and markup."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.drafts import sentences

PARTS = [
    "Le pôle tient un registre", "Il relit", "mot deux trois", "art", "L", "M", "1", "12", "É", " ", "  ", ". ", ".",
    "! ", "? ", "…", "\n", "[1]", " [2, 3]", "- ", "**", "`", "# ", "« ", " »", "a)", "(", ") ", '"', "²",
]  # fmt: skip
DRAFTS = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)


def cut(text: str) -> list[str]:
    return list(sentences([text]))


@given(text=st.one_of(DRAFTS, st.text(max_size=120)), data=st.data())
@settings(deadline=None)
def test_pieces_cut_anywhere_give_the_same_sentences(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in pairwise([0, *cuts, len(text)])]
    assert list(sentences(pieces)) == cut(text)


@given(DRAFTS)
@settings(deadline=None)
@example("Le pôle tient un registre [1]. Il le relit chaque mois [2].")
def test_a_draft_that_comes_letter_by_letter_gives_the_same_sentences(text):
    assert list(sentences(text)) == cut(text)


@given(st.one_of(DRAFTS, st.text(max_size=200)))
@settings(deadline=None)
def test_a_sentence_has_three_words_at_least_and_700_characters_at_most(text):
    for sentence in cut(text):
        assert len(sentence.split()) >= 3
        assert len(sentence) <= 700


def test_a_sentence_comes_as_soon_as_the_next_has_begun():
    taken: list[str] = []

    def pieces():
        for piece in ["Le pôle tient ", "un registre. ", "Il", " le relit chaque mois."]:
            taken.append(piece)
            yield piece

    assert next(sentences(pieces())) == "Le pôle tient un registre."
    assert taken == ["Le pôle tient ", "un registre. ", "Il"]


def test_a_last_sentence_that_nothing_ends_is_left_out():
    """A generator stops at its last token, be it in the middle of a sentence."""
    assert cut("Le pôle tient un registre. Il le relit chaque mois") == ["Le pôle tient un registre."]
    assert cut("Le pôle tient un registre") == []


@pytest.mark.parametrize("end", [".", " !", "…", ". »", ".”", ".)", ". [1]", ".**"])
def test_a_last_sentence_that_ends_comes_too(end):
    assert len(cut(f"Le pôle tient un registre. Il le relit chaque mois{end}")) == 2


def test_halves_of_a_character_are_joined_and_a_lone_one_replaced():
    assert list(sentences(["Le pôle \ud83d", "\ude00 tient un \udc00 registre \ud83d"])) == []
    assert list(sentences(["Le pôle \ud83d", "\ude00 tient un \udc00 registre \ud83d."])) == [
        "Le pôle \U0001f600 tient un \ufffd registre \ufffd."
    ]
    assert list(sentences(["Le pôle tient un registre. Vu \ud83d"])) == ["Le pôle tient un registre."]


def test_after_a_sentence_too_long_to_be_one_the_next_comes():
    """And what is held of it does not grow: a piece costs as much after a long text as after a short one."""
    assert list(sentences([*["mot "] * 600, "fin. ", "Le pôle tient ", "un registre."])) == [
        "Le pôle tient un registre."
    ]


def test_what_is_held_of_an_endless_sentence_does_not_grow(monkeypatch):
    read = []
    monkeypatch.setattr("assistant.drafts.split_sentences", lambda text: read.append(len(text)) or [(0, len(text))])
    list(sentences(["mot "] * 1000))
    assert max(read) < 1500


@pytest.mark.parametrize(
    "marker", [" [1]", "[1]", " [1, 2]", " [1][2]", " [ 1 ; 2 ]", " (1)", " (extrait 2)", " [Extrait 3]"]
)
def test_markers_are_taken_away(marker):
    assert cut(f"Le pôle tient un registre{marker}.") == ["Le pôle tient un registre."]


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "– ", "1. ", "2) ", "  - ", "# ", "## "])
def test_bullets_and_titles_marks_are_taken_away(bullet):
    assert cut(f"{bullet}Le pôle tient un registre.\n{bullet}Il le relit souvent.") == [
        "Le pôle tient un registre.",
        "Il le relit souvent.",
    ]


@pytest.mark.parametrize(
    "text", ["**Le pôle** tient un registre.", "Le pôle tient un *registre*.", "Le `pôle` tient ***un*** _registre_."]
)
def test_markup_is_taken_away(text):
    assert cut(text) == ["Le pôle tient un registre."]


@pytest.mark.parametrize("word", ["plan_de_veille.xlsx", "jean_martin@pole.fr"])
def test_an_underscore_inside_a_word_stays(word):
    """An address without it would be another's."""
    assert cut(f"Le modèle est {word} ici.") == [f"Le modèle est {word} ici."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Oui.", "Oui. Non. Peut-être.", "[1]", "- \n- ", "mot " * 300])
def test_what_is_no_sentence_is_left_out(text):
    assert cut(text) == []


@pytest.mark.parametrize(
    "text", ["L’art. 3 fixe la durée.", "Le coût est de 1.5 euro net.", "M. Martin tient le badge."]
)
def test_a_point_inside_a_sentence_does_not_end_it(text):
    assert cut(text) == [text]


def test_a_line_break_ends_a_sentence():
    assert cut("Le pôle tient un registre\nIl le relit chaque mois.") == [
        "Le pôle tient un registre",
        "Il le relit chaque mois.",
    ]


def test_no_piece_gives_no_sentence():
    assert list(sentences([])) == []
