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


@pytest.mark.parametrize(
    ("left", "right", "keeps"),
    [
        ("par télé-", "phone portable", False),
        ("une demi-", "journée de travail", True),
        ("une mise en demi-", "journée³ de travail", True),
        ("un rendez-", "vous fixé", True),
        ("le gou-", "vernement du pôle", False),
    ],
)
def test_the_lexicon_decides_where_the_document_shows_nothing(left, right, keeps):
    """French writes « téléphone » and « demi-journée »."""
    assert word_list("le pôle agit").keeps_hyphen(left, right) is keeps


@pytest.mark.parametrize(
    ("usage", "left", "right", "keeps"),
    [
        ("un télé-phone de l’époque", "par télé-", "phone", True),
        ("une demijournée", "une demi-", "journée", False),
    ],
)
def test_the_document_s_usage_wins_over_the_lexicon(usage, left, right, keeps):
    assert word_list(usage).keeps_hyphen(left, right) is keeps


def test_the_lexicon_knows_the_last_part_of_a_longer_compound():
    """« vice-télé-/phoniste »: the cut is in « téléphoniste »."""
    assert not word_list("le pôle agit").keeps_hyphen("le vice-télé-", "phoniste du pôle")


def test_a_part_that_begins_two_compounds_of_the_document_is_a_prefix():
    assert word_list("aria-label et aria-hidden").keeps_hyphen("l’attribut aria-", "expanded du menu")


@pytest.mark.parametrize("text", ["aria-label seul", "aria-label, puis aria-label"])
def test_one_compound_makes_no_prefix(text):
    assert not word_list(text).keeps_hyphen("l’attribut aria-", "expanded du menu")


def test_two_words_of_the_lexicon_keep_the_hyphen_between_them():
    assert word_list("le pôle agit").keeps_hyphen("un bilan coût-", "avantage du projet")


@pytest.mark.parametrize(("left", "right"), [("des aides-", "soignants"), ("des personnes mal-", "voyantes")])
def test_inflected_words_keep_the_hyphen_of_a_compound_that_the_lexicon_lacks(left, right):
    """It has « aides » and « soignants », « mal » and « voyantes », but neither compound."""
    assert word_list("le pôle agit").keeps_hyphen(left, right)


def test_scraps_of_a_word_are_no_words_of_a_compound():
    """« ré » has 2 letters, under the 3 of a word: « récontamination », in no lexicon, is joined."""
    assert not word_list("le pôle agit").keeps_hyphen("la ré-", "contamination du site")


def test_a_second_part_that_has_a_hyphen_itself_keeps_the_first():
    assert word_list("le pôle agit").keeps_hyphen("la zone zyx-", "wvu-tsr du site")


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
