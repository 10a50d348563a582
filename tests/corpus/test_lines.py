"""Characters into lines: cleaning that keeps, for each character, the index of its raw one."""

import unicodedata

import pypdfium2 as pdfium
import pytest

from corpus.lines import PageText, read_page
from corpus.page_image import page_text
from tests.corpus.makers import drawing
from tests.support import write_pdf


def first_page(path) -> PageText:
    with pdfium.PdfDocument(path) as pdf:
        return read_page(pdf[0], 1)


def line_texts(path) -> list[str]:
    return [line.text for line in first_page(path).lines]


def test_each_line_of_the_page_is_a_line(tmp_path):
    assert line_texts(write_pdf(tmp_path / "a.pdf", ["Première ligne.\nSeconde ligne."])) == [
        "Première ligne.",
        "Seconde ligne.",
    ]


def test_every_character_knows_its_raw_one(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", ["Le pôle  agit.\nIl veille, écoute."])
    raw = page_text(path, 1)
    for line in first_page(path).lines:
        pairs = [(c, raw[i]) for c, i in zip(line.text, line.raw, strict=True) if c != " "]
        assert [c for c, _ in pairs] == [r for _, r in pairs]


def test_a_line_stands_where_it_was_drawn(tmp_path):
    drawn = first_page(write_pdf(tmp_path / "a.pdf", [[(100, 500, 10, "Ici")]])).lines[0]
    assert drawn.x0 == pytest.approx(100, abs=2)
    assert drawn.y0 < 500 < drawn.y1
    assert drawn.size == pytest.approx(10, rel=0.4)


@pytest.mark.parametrize(
    ("meant", "expected"),
    [
        ("\ufb00", "ff"),
        ("\ufb01", "fi"),
        ("\ufb02", "fl"),
        ("\ufb03", "ffi"),
        ("\ufb04", "ffl"),
        ("\u202f", " "),
        ("\u00a0", " "),
        ("\u2009", " "),
        ("\u200b", ""),
    ],
)
def test_typographic_characters_become_plain_ones(tmp_path, meant, expected):
    path = drawing(write_pdf(tmp_path / "a.pdf", ["mot~clef"]), {"~": meant})
    assert line_texts(path) == [f"mot{expected}clef"]


def test_an_accent_drawn_after_its_letter_is_composed(tmp_path):
    """RGAA 4.1 has some: two extractions of one text must compare equal."""
    path = drawing(write_pdf(tmp_path / "a.pdf", ["e~crit"]), {"~": "\u0301"})
    assert line_texts(path) == [unicodedata.normalize("NFC", "e\u0301crit")]


def test_a_ligature_leaves_the_raw_indices_of_what_follows_right(tmp_path):
    path = drawing(write_pdf(tmp_path / "a.pdf", ["a#x"]), {"#": "\ufb03"})
    assert first_page(path).lines[0].raw[-1] == page_text(path, 1).index("x")


def test_a_note_call_is_a_superscript_close_to_its_word(tmp_path):
    pieces = [(60, 700, 11, "Le pôle compte des membres"), (205, 704.5, 6, "12"), (214, 700, 11, ", tous actifs.")]
    assert line_texts(write_pdf(tmp_path / "a.pdf", [pieces])) == ["Le pôle compte des membres¹², tous actifs."]


def test_small_digits_on_the_baseline_are_no_note_call(tmp_path):
    pieces = [(60, 700, 11, "Le plan couvre la période"), (195, 700, 7, "2025"), (213, 700, 11, "en entier.")]
    assert line_texts(write_pdf(tmp_path / "a.pdf", [pieces])) == ["Le plan couvre la période 2025 en entier."]


def test_the_number_of_a_footnote_is_a_superscript(tmp_path):
    """Else renumbering the notes, when one is added before it, would change the passage's id."""
    pieces = [(60, 83, 5, "1"), (64, 80, 8, "Note de bas de page.")]
    assert line_texts(write_pdf(tmp_path / "a.pdf", [pieces]))[0].startswith("¹")


def test_private_use_characters_count_as_unreadable(tmp_path):
    page = first_page(drawing(write_pdf(tmp_path / "a.pdf", ["ab#"]), {"#": "\ue123"}))
    assert (page.characters, page.unreadable) == (3, 1)


def test_a_private_use_bullet_is_a_bullet(tmp_path):
    assert line_texts(drawing(write_pdf(tmp_path / "a.pdf", ["# Veiller"]), {"#": "\uf0b7"})) == ["• Veiller"]


def test_an_empty_page_has_no_line(tmp_path):
    assert first_page(write_pdf(tmp_path / "a.pdf", [""])).lines == ()
