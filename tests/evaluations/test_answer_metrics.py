"""Measures of what an answer says, their arithmetic by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Statement
from evaluations.answer_metrics import answer_scores, plain, says, token_f1
from tests.evaluations.making import answer, passage, record

GOLD = passage()
RULES = passage("Le badge doit être rendu sous 12 jours. Il peut être gardé 3 mois.")
OF_STATEMENTS = {
    "quoted_share", "reworded_share", "unsupported_share", "statement_support", "numbers_supported", "modality_kept",
    "answer_words",
}  # fmt: skip


def facts(*accepted: list[str]):
    return [{"fact": "…", "accepted": wordings} for wordings in accepted]


def scored(*statements: tuple[str, str], cited=GOLD, n=1, **values):
    """Scores of an answer that says (text, support)…, each citing the citation `n`."""
    said = tuple(Statement(text, support, (n,)) for text, support in statements)
    return answer_scores(record(), replace(answer(cited), statements=said, **values))


# Facts and claims


@pytest.mark.parametrize(
    ("said", "wordings", "expected"),
    [
        ("Il signe un engagement.", [["engagement"], ["badge"]], 1 / 2),
        ("Il signe un engagement et rend son badge.", [["engagement"], ["badge"]], 1),
        ("Rien.", [["engagement"], ["badge"], ["visite"]], 0),
        ("Il rend son insigne.", [["badge", "insigne"]], 1),
        ("AVANT SON ARRIVÉE", [["avant son arrivee"]], 1),
        ("la securite economique", [["sécurité économique"]], 1),
        ("l'air extérieur", [["l’air extérieur"]], 1),
        ("l’air\nextérieur", [["l'air  extérieur"]], 1),
        ("jusqu’à 300\u00a0€", [["300 €"]], 1),
        ("une mise en oeuvre", [["mise en œuvre"]], 1),
        ("le seuil est de 1300 €", [["300 €"]], 0),
        ("le seuil est de 1 300 €", [["300 €"]], 0),
        ("multiplié par 40", [["par 4"]], 0),
        ("avant le 3 septembre", [["septembre"]], 1),
        ("selon l’article 12. Le badge", [["le badge"]], 1),
        ("l’amende est de 10 000 euros", [["10"]], 0),
        ("l’amende est de 10\u202f000 euros", [["l’amende est de 10"]], 0),
        ("le seuil est de 2,5 %", [["2"]], 0),
        ("la version 3.1", [["version 3"]], 0),
        ("les articles 10, 12 et 14", [["10"]], 1),
        ("l’article 10. 12 jours après", [["article 10"]], 1),
        ("en 2024 300 entreprises", [["2024"]], 1),
        ("il y en a 10 12 fois", [["10"]], 1),
        ("sous 10 jours", [["10"]], 1),
        ("il en reste 10", [["10"]], 1),
    ],
)
def test_required_fact_recall_ignores_accents_case_and_apostrophes_but_not_numbers(said, wordings, expected):
    scores = answer_scores(record(required_facts=facts(*wordings)), answer(GOLD, said=said))
    assert scores["required_fact_recall"] == pytest.approx(expected)


def test_facts_are_looked_for_in_the_statements_alone():
    scores = answer_scores(record(required_facts=facts(["badge"])), answer(GOLD, said="Il signe."))
    assert scores["required_fact_recall"] == 0


def test_an_abstention_says_none_of_the_facts():
    scores = answer_scores(record(required_facts=facts(["badge"])), answer(verdict="not_in_guide"))
    assert scores["required_fact_recall"] == 0


def test_a_question_without_required_facts_has_no_fact_recall():
    assert answer_scores(record(), answer(GOLD))["required_fact_recall"] is None


def test_an_uncovered_question_has_no_fact_recall():
    asked = record(answerable=False, required_facts=facts(["badge"]))
    assert answer_scores(asked, answer(GOLD))["required_fact_recall"] is None


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (["garde son badge", "ne signe pas"], 0 / 2),
        (["rend son badge", "ne signe pas"], 1 / 2),
        (["rend son badge", "un engagement"], 2 / 2),
    ],
)
def test_forbidden_claim_rate_is_claims_said_among_claims(claims, expected):
    assert answer_scores(record(forbidden_claims=claims), answer(GOLD))["forbidden_claim_rate"] == expected


def test_without_forbidden_claims_there_is_no_rate():
    assert answer_scores(record(), answer(GOLD))["forbidden_claim_rate"] is None


# Words


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Signe un engagement.", 1),  # 3 words in common, 2 × 3 / (3 + 3)
        ("Il signe un engagement écrit.", 2 * 3 / (5 + 3)),
        ("Un contrat", 2 * 1 / (2 + 3)),
        ("un un un", 2 * 1 / (3 + 3)),  # the quote has « un » once
        ("Rien", 0),
    ],
)
def test_token_f1_is_that_of_the_words_in_common_with_the_gold_quote(said, expected):
    """The gold quote is « signe un engagement »: 3 words."""
    assert answer_scores(record(), answer(GOLD, said=said))["token_f1"] == pytest.approx(expected)


def test_token_f1_is_against_all_gold_quotes():
    """« signe un engagement rend son badge », 6 words, 2 of which are said: 2 × 2 / (2 + 6)."""
    quotes = [{"publication": "guide", "page": 3, "quote": q} for q in ("signe un engagement", "rend son badge")]
    assert answer_scores(record(gold=quotes), answer(GOLD, said="son badge"))["token_f1"] == pytest.approx(4 / 8)


def test_an_uncovered_question_has_no_token_f1():
    assert answer_scores(record(answerable=False), answer(GOLD))["token_f1"] is None


def test_answer_words_are_those_of_all_statements():
    """2 + 3 words."""
    assert scored(("Il signe.", "quoted"), ("Rend son badge.", "quoted"))["answer_words"] == 5


@pytest.mark.parametrize(
    ("language", "introduction", "expected"),
    [("fr", "Le guide dit ceci :", 1), ("en", "Le guide dit ceci :", 0), ("en", "This is what the guide says:", 1)],
)
def test_right_language_is_that_of_vigie_s_own_words(language, introduction, expected):
    given = replace(answer(GOLD), introduction=introduction)
    assert answer_scores(record(language=language), given)["right_language"] == expected


# Support


@pytest.mark.parametrize(
    ("measure", "expected"), [("quoted_share", 2 / 4), ("reworded_share", 1 / 4), ("unsupported_share", 1 / 4)]
)
def test_shares_are_statements_of_a_kind_among_statements(measure, expected):
    """Two quoted, one reworded, one unsupported."""
    kinds = ("quoted", "quoted", "paraphrased", "unsupported")
    assert scored(*(("Il signe.", kind) for kind in kinds))[measure] == expected


def test_statement_support_is_quoted_statements_found_in_what_they_cite_among_those_quoted():
    """The first stands in the passage, the second does not, the third is not quoted: 1/2."""
    said = [("Il rend son badge.", "quoted"), ("Il garde son badge.", "quoted"), ("Il part.", "paraphrased")]
    assert scored(*said)["statement_support"] == 1 / 2


def test_a_statement_that_cites_nothing_is_not_supported():
    """Citation 7 does not exist: 0/1."""
    assert scored(("Il rend son badge.", "quoted"), n=7)["statement_support"] == 0


def test_without_quoted_statements_there_is_no_statement_support():
    assert scored(("Il signe.", "paraphrased"))["statement_support"] is None


def test_numbers_supported_is_numbers_found_in_what_is_cited_among_numbers():
    """12 and « trois » stand in the passage, as 12 and 3; 15 does not: 2/3."""
    said = [("Rendu sous 12 jours, ou 15.", "paraphrased"), ("Gardé trois mois.", "paraphrased")]
    assert scored(*said, cited=RULES)["numbers_supported"] == pytest.approx(2 / 3)


def test_without_numbers_there_is_none_to_support():
    assert scored(("Il signe.", "quoted"))["numbers_supported"] is None


def test_modality_kept_is_statements_that_add_no_duty_among_statements():
    """The passage puts no duty: « doit » adds one, « peut » and « signe » do not, 2/3."""
    said = [("Il doit signer.", "paraphrased"), ("Il peut signer.", "paraphrased"), ("Il signe.", "paraphrased")]
    assert scored(*said)["modality_kept"] == pytest.approx(2 / 3)


def test_a_duty_of_the_passage_may_be_said():
    """1/1."""
    assert scored(("Il doit rendre le badge.", "paraphrased"), cited=RULES)["modality_kept"] == 1


def test_an_abstention_has_no_measure_of_its_statements():
    assert not OF_STATEMENTS & answer_scores(record(), answer(verdict="not_in_guide")).keys()


# Whatever is said


@given(st.text(), st.text())
def test_token_f1_is_a_rate_and_symmetric(one, other):
    one, other = plain(one), plain(other)
    assert 0 <= token_f1(one, other) <= 1
    assert token_f1(one, other) == token_f1(other, one)


@given(st.lists(st.sampled_from(["le badge", "300 €", "l’été", "12", "œuvre"]), min_size=1).map(", puis ".join))
def test_a_text_says_itself(text):
    assert says(plain(text), text)


@given(st.lists(st.tuples(st.sampled_from(["Il doit 3.", "Il rend son badge.", "12", ""]),
                          st.sampled_from(["quoted", "paraphrased", "unsupported"])), max_size=5))  # fmt: skip
def test_every_measure_of_answers_but_words_is_a_rate(statements):
    scores = scored(*statements)
    assert all(value is None or 0 <= value <= 1 for name, value in scores.items() if name != "answer_words")
