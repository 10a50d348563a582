"""Sentences: where they end, and that their spans neither overlap nor lose a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences
from tests.corpus.makers import properties

PROSE = st.lists(
    st.sampled_from(
        ["Le pôle", "agit", ".", "?", "!", "…", " ", "  ", "\n", "«", "»", "“", "”", "(", ")", '"', "art.", "M.", "1.",
         "3", "³", "a)", "IV.", "É", "\u00a0", "\u202f", "•", "–", ":"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@given(PROSE | st.text(max_size=200))
@properties
def test_spans_are_ordered_disjoint_and_within_the_text(text):
    offsets = [offset for span in split_sentences(text) for offset in span]
    assert offsets == sorted(offsets)
    assert all(start < end for start, end in split_sentences(text))
    assert all(0 <= offset <= len(text) for offset in offsets)


@given(PROSE | st.text(max_size=200))
@properties
def test_every_visible_character_is_in_a_sentence(text):
    covered = {i for start, end in split_sentences(text) for i in range(start, end)}
    assert [text[i] for i in range(len(text)) if i not in covered and not text[i].isspace()] == []


@given(PROSE)
@properties
def test_no_sentence_begins_or_ends_with_a_blank(text):
    assert all(sentence == sentence.strip() for sentence in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il agit. Elle veille.", ["Il agit.", "Elle veille."]),
        ("Que faire ? Prévenir le référent.", ["Que faire ?", "Prévenir le référent."]),
        ("Il dit « non. » Elle part.", ["Il dit « non. »", "Elle part."]),
        ("Il demande : « Que faire ? » Le pôle répond.", ["Il demande : « Que faire ? »", "Le pôle répond."]),
        ("Il agit (seul.) Elle veille.", ["Il agit (seul.)", "Elle veille."]),
        ("La loi le dit.³ Elle date de 2015.", ["La loi le dit.³", "Elle date de 2015."]),
        ("Il agit… Étape suivante.", ["Il agit…", "Étape suivante."]),
        ("Le pôle agit. « Vite ! » dit-il.", ["Le pôle agit.", "« Vite ! » dit-il."]),
        ("Le budget double. 12 pôles suivent.", ["Le budget double.", "12 pôles suivent."]),
    ],
)
def test_a_sentence_ends_at_its_final_mark_and_what_closes_it(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Voir l’art. 5 du code.",
        "Écrire à M. Durand avant mardi.",
        "Le n° 12 suit, cf. Annexe.",
        "Le budget passe à 3.5 millions.",
        "Il répond « oui ! » et part.",
        "La valeur de J. Dupont est connue.",
        "1. Prévenir le référent.",
        "a) Prévenir le référent.",
        "IV. Gouvernance du pôle",
    ],
)
def test_abbreviations_numbers_and_enumerators_do_not_end_a_sentence(text):
    assert sentences(text) == [text]


def test_a_line_break_ends_a_sentence_even_after_an_abbreviation():
    assert sentences("Voir l’art.\n5 pôles") == ["Voir l’art.", "5 pôles"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\u202f"])
def test_blank_text_has_no_sentence(text):
    assert sentences(text) == []
