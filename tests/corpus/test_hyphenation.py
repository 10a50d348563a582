"""The hyphen at a line's end: dropped in a cut word, kept in a compound, as the document itself shows."""

import pytest

from corpus.hyphenation import WordList, ends_hyphenated
from tests.corpus.makers import drawing, line, whole
from tests.support import write_pdf


def word_list(*texts: str) -> WordList:
    return WordList([line(text) for text in texts])


def test_an_unknown_word_is_rejoined():
    assert not word_list("le pôle agit").keeps_hyphen("une recomman-", "dation du recueil")


def test_a_compound_written_inside_a_line_keeps_its_hyphen():
    assert word_list("l’avant-projet est prêt").keeps_hyphen("dans l’avant-", "projet commun")


def test_a_word_written_whole_inside_a_line_loses_its_hyphen():
    assert not word_list("la plateforme du pôle").keeps_hyphen("sur la plate-", "forme du pôle")


def test_the_compound_wins_where_the_document_writes_both():
    assert word_list("la plateforme, la plate-forme").keeps_hyphen("sur la plate-", "forme du pôle")


def test_the_case_of_the_evidence_does_not_matter():
    assert word_list("Avant-projet commun").keeps_hyphen("un avant-", "projet")


@pytest.mark.parametrize(
    ("left", "right"), [("en 2015-", "2020 puis"), ("le Grand-", "Est agit"), ("la loi 78-", "17")]
)
def test_a_capital_or_a_digit_after_the_hyphen_keeps_it(left, right):
    assert word_list("le pôle").keeps_hyphen(left, right)


def test_a_soft_hyphen_is_never_part_of_a_compound():
    assert not word_list("l’avant-projet").keeps_hyphen("un avant\u00ad", "projet")


def test_the_cut_word_itself_is_no_evidence():
    """« avant-pro- » at a line's end must not teach « avant-pro »."""
    assert not word_list("un avant-pro-").keeps_hyphen("un avant-", "pro")


def test_a_note_call_behind_the_second_part_hides_no_evidence():
    assert word_list("l’avant-projet est prêt").keeps_hyphen("dans l’avant-", "projet³ commun")


@pytest.mark.parametrize(
    ("left", "right"),
    [("le pôle lui-", "même décide"), ("Peut-", "on refuser"), ("celui-", "ci répond"), ("dès ce moment-", "là il")],
)
def test_a_hyphenated_pronoun_or_particle_needs_no_evidence(left, right):
    """No French word ends in « …même », « …on » after « peut »: joined, the quote would be misspelt."""
    assert word_list("le pôle agit").keeps_hyphen(left, right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recomman-", True),
        ("recomman\u00ad", True),
        ("un mot -", False),
        ("-", False),
        ("fin.", False),
        ("2015-", True),
    ],
)
def test_only_a_hyphen_right_behind_a_letter_or_digit_cuts_a_word(text, expected):
    assert ends_hyphenated(text) is expected


def test_hyphenated_words_are_whole_in_the_passages(tmp_path):
    path = write_pdf(
        tmp_path / "a.pdf",
        ["Le recueil rassemble des recomman-\ndations utiles aux adhérents, que chaque\npôle adapte à sa situation."],
    )
    assert "des recommandations utiles" in whole(path)


@pytest.mark.parametrize("mark", ["\u2010", "\u00ad"], ids=["hyphen U+2010", "soft hyphen"])
def test_the_marks_that_typesetters_put_at_a_break_go(tmp_path, mark):
    path = write_pdf(tmp_path / "a.pdf", ["Le référent entre~\ntient la relation avec les\nfinanceurs du pôle."])
    assert "entretient la relation" in whole(drawing(path, {"~": mark}))


def test_a_plain_hyphen_stays_where_the_typesetter_marks_its_breaks_otherwise(tmp_path):
    """WeasyPrint, for one, breaks words with U+2010: at such a line's end U+002D was written by the author."""
    path = write_pdf(
        tmp_path / "a.pdf",
        ["Le référent entre~\ntient la relation, répond sous vingt-\nquatre heures, puis informe les par~\ntenaires."],
    )
    assert "sous vingt-quatre heures" in whole(drawing(path, {"~": "\u2010"}))


def test_a_dash_between_words_is_no_hyphen(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", ["Le pôle désigne un référent -\nun salarié en général - pour la\nveille."])
    assert "un référent - un salarié" in whole(path)
