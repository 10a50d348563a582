"""A line for each word that was read otherwise, however many words it was searched by."""

import pytest

from index import Correction, Expansion
from ui.chat.wording import labels
from ui.understood import reading_notes

MAIL = [Expansion("mail", "courriel"), Expansion("mail", "messagerie"), Expansion("CA", "chiffre d’affaires")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            [
                "« brevt » lu comme « brevet »",
                "« mail » cherché aussi comme « courriel », « messagerie »",
                "« CA » cherché aussi comme « chiffre d’affaires »",
            ],
        ),
        (
            "en",
            [
                "“brevt” read as “brevet”",
                "“mail” also searched as “courriel”, “messagerie”",
                "“CA” also searched as “chiffre d’affaires”",
            ],
        ),
    ],
)
def test_a_word_has_one_line(language, said):
    assert reading_notes(labels(language), [Correction("brevt", "brevet")], MAIL) == said


def test_a_question_read_as_it_is_has_none():
    assert reading_notes(labels("fr"), [], []) == []
