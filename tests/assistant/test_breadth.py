"""Which questions are as broad as a chapter."""

import pytest

from assistant.breadth import is_broad
from index import LexicalIndex, build_lexical

OFTEN = [f"La sécurité du site {number}." for number in range(8)]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return build_lexical([*OFTEN, "Un badge.", *(f"Autre sujet {number}." for number in range(60))])


@pytest.mark.parametrize(
    "question",
    [
        "La sécurité, on fait comment ?",
        "sécurité",
        "Que dit le recueil sur la sécurité ?",
        "des conseils de sécurité ?",
    ],
)
def test_one_common_word_is_broad(lexical, question):
    assert is_broad(question, lexical)


@pytest.mark.parametrize(
    "question",
    [
        "Comment assurer la sécurité des postes ?",
        "Qui s’occupe de la sécurité ?",
        "Combien coûte la sécurité ?",
        "Un badge ?",
        "Une drogue ?",
        "Que faire ?",
        "",
    ],
)
def test_more_words_or_a_precise_one_are_not(lexical, question):
    assert not is_broad(question, lexical)
