"""Letters set apart for show read as words; ordinary short words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, NameObject

from corpus.spacing import letter_spaced, word_starts
from tests.corpus.makers import edited, properties, whole
from tests.support import write_pdf

GAPS = st.lists(st.floats(-20, 200, allow_nan=False), max_size=60)
TEXT = "Le pôle désigne un référent et lui confie une mission."


def spaced(path, text: str, apart: float):
    """A page whose first line is set with `apart` points more behind each character, then a line of plain text."""
    stream = DecodedStreamObject()
    stream.set_data(
        b"BT /F1 12 Tf %g Tc 60 700 Td (%s) Tj ET\nBT /F1 12 Tf 0 Tc 60 600 Td (Le bureau vote.) Tj ET"
        % (apart, text.encode("cp1252"))
    )

    def swap(writer):
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return edited(write_pdf(path, [TEXT]), swap)


@pytest.mark.parametrize(
    "text",
    [
        "P R E M I E R M I N I S T R E",
        "PR E MI ER MI N IS TR E",
        "PR EMIER MI N ISTR E",
        "P r e m i e r m i n i s t r e",
        "2 0 1 5 – 2 0 2 0",
        "S O M M A I R E",
    ],
)
def test_scraps_of_words_are_letters_set_apart(text):
    assert letter_spaced(text)


@pytest.mark.parametrize(
    "text",
    [
        "à la une du 12 mai",
        "Il y a un an, on a eu le cas",
        "A B C D",
        "PREMIER MINISTRE",
        "Le PIB, la TVA, l’IRPP et la CSG",
        "12 500 14 000 3 200 1 100 900",
        "SA, SAS et GIE du pôle",
        "un an et un mois et un jour de plus",
        "Le pôle A B C D E F veille",
        "",
    ],
)
def test_ordinary_short_words_are_left_alone(text):
    assert not letter_spaced(text)


def test_a_gap_wider_than_the_usual_one_begins_a_word():
    """Usual gap 4; 9 is over 1.7 × 4 = 6.8, 6 is not."""
    assert word_starts([4, 4, 9, 4, 6, 4], 12) == {3}


def test_letters_that_touch_begin_no_word_by_their_kerning():
    """At 12 points a blank is at least 0.12 × 12 = 1.44, whatever the usual gap."""
    assert word_starts([0.0, 0.1, 3.0, 0.0, 0.2], 12) == {3}


def test_even_gaps_begin_no_word():
    assert word_starts([4.0] * 8, 12) == set()


@pytest.mark.parametrize("gaps", [[], [5.0]], ids=["one letter", "two letters"])
def test_too_few_letters_begin_no_word(gaps):
    assert word_starts(gaps, 12) == set()


@given(GAPS)
@properties
def test_words_begin_at_letters_that_have_one_before_them(gaps):
    """`gaps` lie between len(gaps) + 1 letters, of which the first begins no second word."""
    assert word_starts(gaps, 12) <= set(range(1, len(gaps) + 1))


@given(GAPS)
@properties
def test_fewer_than_half_of_the_letters_begin_a_word(gaps):
    """At most half of the gaps are over their median."""
    assert len(word_starts(gaps, 12)) <= len(gaps) / 2


@pytest.mark.parametrize("text", ["P R E M I E R   M I N I S T R E", "P R E M I E R     M I N I S T R E"])
def test_letters_with_blanks_between_read_as_words(tmp_path, text):
    assert "PREMIER MINISTRE" in whole(write_pdf(tmp_path / "a.pdf", [f"{text}\n\n{TEXT}"]))


@pytest.mark.parametrize("apart", [2, 4, 6, 8, 11])
def test_letters_that_the_page_sets_apart_read_as_words(tmp_path, apart):
    """In Helvetica of 12 points the space adds its own 3.3 to `apart`, once more for itself."""
    assert "PREMIER MINISTRE" in whole(spaced(tmp_path / "a.pdf", "PREMIER MINISTRE", apart))


def test_letters_drawn_one_by_one_read_as_words(tmp_path):
    """Digits are all 6.7 wide in Helvetica of 12 points: 18 from one to the next, 36 between numbers."""
    places = [60, 78, 96, 114, 150, 168, 186, 204]
    pieces = [(float(x), 700.0, 12.0, digit) for x, digit in zip(places, "20152020", strict=True)]
    assert "2015 2020" in whole(write_pdf(tmp_path / "a.pdf", [[*pieces, (60.0, 600.0, 12.0, TEXT)]]))


def test_ordinary_short_words_keep_their_blanks(tmp_path):
    assert (
        whole(write_pdf(tmp_path / "a.pdf", ["Le pôle est à la une du 12 mai."])) == "Le pôle est à la une du 12 mai."
    )
