"""The reading bench: how agreement with a gold text is counted, and what gold text a Markdown source stands for."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.reading.agreement import longest_common_subsequence, order_accuracy, word_f1, words
from evaluations.reading.gold import gold_documents, plain_text
from tests.corpus.makers import properties

SENTENCES = [
    "Le pôle désigne un référent.",
    "Le bureau vote sa mission.",
    "Le conseil relit les comptes.",
    "Chaque visiteur rend son badge.",
]
TEXT = " ".join(SENTENCES)
some_words = st.lists(st.sampled_from("abcd"), max_size=12)


def naive(a: list[str], b: list[str]) -> int:
    """The textbook recursion, word by word."""

    @cache
    def longest(i: int, j: int) -> int:
        if i == len(a) or j == len(b):
            return 0
        if a[i] == b[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest(0, 0)


def gold(*lines: str, endnotes: bool = False) -> str:
    """The plain text of a source given by lines, its words on one line."""
    return " ".join(plain_text("\n".join(lines), endnotes=endnotes).split())


@properties
@given(some_words, some_words)
def test_the_longest_common_subsequence_is_the_textbook_s(a, b):
    assert longest_common_subsequence(a, b) == naive(a, b)


@properties
@given(some_words, some_words)
def test_the_longest_common_subsequence_is_the_same_both_ways(a, b):
    assert longest_common_subsequence(a, b) == longest_common_subsequence(b, a)


@properties
@given(some_words)
def test_a_text_is_all_common_with_itself(a):
    assert longest_common_subsequence(a, a) == len(a)


@pytest.mark.parametrize(
    ("read", "expected"),
    [("a b c d", 1.0), ("a b d", 6 / 7), ("a b x c d", 8 / 9), ("a c b d", 6 / 8), ("x y", 0.0), ("", 0.0)],
    ids=["identical", "a word lost", "a word added", "two words swapped", "nothing in common", "nothing read"],
)
def test_word_f1_counts_words_lost_added_and_moved(read, expected):
    """Gold « a b c d ». Lost: 2·3 / (4 + 3). Added: 2·4 / (4 + 5). Swapped, 3 are in order: 2·3 / (4 + 4)."""
    assert word_f1(list("abcd"), read.split()) == pytest.approx(expected)


def test_word_f1_of_two_empty_texts_is_no_division_by_zero():
    assert word_f1([], []) == 0.0


def test_a_raised_number_is_a_word_apart():
    assert words("le bureau¹² vote") == ["le", "bureau", "12", "vote"]


def test_an_accent_written_as_a_mark_of_its_own_is_the_same_word():
    assert words("po\u0302le") == words("pôle")


def test_the_case_of_a_word_counts():
    assert words("Pôle") != words("pôle")


def test_identical_texts_are_in_order():
    assert order_accuracy(TEXT, TEXT) == 1.0


def test_line_ends_and_punctuation_do_not_change_the_order():
    assert order_accuracy(TEXT, TEXT.replace(" ", "\n").replace(".", " ;")) == 1.0


def test_swapped_sentences_are_out_of_order():
    """Gold 1 2 3 4, read 1 3 2 4: none of the 3 pairs 1-2, 2-3, 3-4 follow one another."""
    one, two, three, four = SENTENCES
    assert order_accuracy(TEXT, " ".join([one, three, two, four])) == 0.0


def test_a_sentence_moved_to_the_end_costs_the_pairs_it_was_in():
    """Gold 1 2 3 4, read 2 3 4 1: of the 3 pairs, 1-2 is lost."""
    one, *others = SENTENCES
    assert order_accuracy(TEXT, " ".join([*others, one])) == pytest.approx(2 / 3)


def test_a_lost_sentence_costs_both_pairs_it_was_in():
    """Gold 1 2 3 4, read 1 3 4: of the 3 pairs, 1-2 and 2-3 are lost."""
    one, _, three, four = SENTENCES
    assert order_accuracy(TEXT, " ".join([one, three, four])) == pytest.approx(1 / 3)


def test_text_that_is_not_gold_between_two_sentences_costs_nothing():
    assert order_accuracy(TEXT, " 12 Recueil ".join(SENTENCES)) == 1.0


def test_a_sentence_written_twice_is_found_twice():
    twice = " ".join([*SENTENCES, *SENTENCES])
    assert order_accuracy(twice, twice) == 1.0


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## Le pôle", "Le pôle"),
        ("Le **pôle** *agit*", "Le pôle agit"),
        ("- Le pôle", "Le pôle"),
        ("  - Le pôle", "Le pôle"),
        ("* Le pôle", "Le pôle"),
        ("> Le pôle", "Le pôle"),
        ("::: encadre\nLe pôle\n:::", "Le pôle"),
        ("Table : Les pôles", "Les pôles"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b c d"),
        ("1. Le pôle", "1. Le pôle"),
    ],
    ids=["heading", "emphasis", "item", "nested item", "starred item", "quote", "box", "caption", "table", "number"],
)
def test_markup_is_gone_and_what_is_printed_stays(source, expected):
    assert gold(source) == expected


def test_a_note_comes_after_the_paragraph_that_calls_it():
    found = gold("Le pôle agit[^1].", "", "Le bureau vote.", "", "[^1]: Statuts.")
    assert " ".join(words(found)) == "Le pôle agit 1 1 Statuts Le bureau vote"


def test_a_note_comes_after_the_item_that_calls_it():
    found = gold("- Le pôle[^1]", "- Le bureau", "", "[^1]: Statuts.")
    assert " ".join(words(found)) == "Le pôle 1 1 Statuts Le bureau"


def test_a_note_written_as_the_next_paragraph_is_the_same_note():
    as_paragraph = gold("Le pôle agit[^1].", "", "1 Statuts.", "", "Le bureau vote.")
    assert words(as_paragraph) == words(gold("Le pôle agit[^1].", "", "Le bureau vote.", "", "[^1]: Statuts."))


def test_a_paragraph_that_begins_with_another_number_is_no_note():
    found = gold("Le pôle agit[^1].", "", "2 pôles votent.", "", "[^1]: Statuts.")
    assert " ".join(words(found)) == "Le pôle agit 1 1 Statuts 2 pôles votent"


def test_endnotes_are_at_the_end():
    source = ("Le pôle agit[^1].", "", "Le bureau vote[^2].", "", "Fin.", "", "[^1]: Statuts.", "[^2]: Compte rendu.")
    found = gold(*source, endnotes=True)
    assert " ".join(words(found)) == "Le pôle agit 1 Le bureau vote 2 Fin 1 Statuts 2 Compte rendu"


def test_a_note_that_nothing_calls_is_kept():
    assert "Statuts" in gold("Le pôle agit.", "", "[^1]: Statuts.")


@pytest.mark.parametrize("document", gold_documents(), ids=lambda document: document.name)
def test_every_gold_document_has_its_pdf(document):
    assert document.pdf.is_file()


@pytest.mark.parametrize("document", gold_documents(), ids=lambda document: document.name)
def test_no_gold_text_has_markup_left(document):
    assert not any(mark in document.text for mark in ("**", "[^", ":::", "|", "\n#"))
