"""Numbered parts that a question names and that the evidence does not have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.references import missing_reference

HEADINGS = ("Pratique n° 3 – Assurances", "IV. Influence", "Annexe B – Modèles")
TEXTS = ("Voir la figure 2.",)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Que dit la pratique n° 42 ?", "pratique 42"),
        ("Que dit la pratique numéro 42 ?", "pratique 42"),
        ("QUE DIT LA PRATIQUE Nº 42 ?", "pratique 42"),
        ("What does practice no. 42 say?", "pratique 42"),
        ("Que dit le chapitre VI ?", "chapitre vi"),
        ("What is in appendix C?", "annexe c"),
        ("Que dit l’annexe C ?", "annexe c"),
        ("Que montre le tableau 3.1 ?", "tableau 3.1"),
        ("Que dit le critère 7 ?", "critere 7"),
        ("la fiche 12", "fiche 12"),
        ("Quel article du code du travail s’applique ?", "code du travail"),
        ("L’article 9 du code civil ?", "code civil"),
    ],
)
def test_a_part_that_the_evidence_does_not_have_is_named(question, missing):
    assert missing_reference(question, HEADINGS, TEXTS) == missing


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la pratique n° 3 ?",
        "Que disent les pratiques 3 ?",
        "What does practice 3 say?",
        "Que dit le chapitre IV ?",
        "What is in chapter IV?",
        "Que contient l’annexe B ?",
        "Que montre la figure 2 ?",
    ],
)
def test_a_part_that_a_heading_or_a_text_names_is_there(question):
    assert missing_reference(question, HEADINGS, TEXTS) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Comment assurer les visiteurs ?",
        "Faut-il une annexe d’un contrat ?",
        "Quelles pratiques en 2026 ?",
        "l’annexe à signer",
        "",
    ],
)
def test_a_question_that_names_no_part_misses_none(question):
    assert missing_reference(question, (), ()) == ""


def test_an_article_of_a_code_that_the_evidence_cites_is_there():
    texts = ["Selon l’article L. 151-1 du Code de commerce, il est protégé."]
    assert missing_reference("Quel article du code de commerce le protège ?", (), texts) == ""
    assert missing_reference("Que dit le code du travail ?", (), texts) == ""  # context, not what is asked for


def test_one_missing_part_among_several_is_named():
    assert missing_reference("Comparer la pratique 3 et la pratique 9", HEADINGS, TEXTS) == "pratique 9"


def test_the_kind_counts_as_well_as_the_number():
    assert missing_reference("Que montre la figure 3 ?", HEADINGS, TEXTS) == "figure 3"


@settings(deadline=None)
@given(st.integers(1, 999), st.sampled_from(["pratique n° {}", "annexe {}", "chapitre {}", "fiche {}", "tableau {}"]))
def test_a_part_is_found_where_the_same_words_name_it(number, named):
    part = named.format(number)
    assert missing_reference(f"Que dit : {part} ?", (), ()) != ""
    assert missing_reference(f"Que dit : {part} ?", (part.capitalize(),), ()) == ""
    assert missing_reference(f"Que dit : {part} ?", (), (f"Voir {part}.",)) == ""


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_is_read_without_an_error(question, texts):
    assert missing_reference(question, texts, texts) in {"", missing_reference(question, texts, texts)}
