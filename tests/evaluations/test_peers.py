"""Peers' results are scored by passage, by page and by words read, whatever the length of their passages."""

from typing import Any

import pytest

from evaluations.benchmarks.peers.run import first_gold_page, first_relevant, in_budget
from evaluations.questions import Gold, QuestionRecord

QUOTE = "la durée de confidentialité est de cinq ans"


def record() -> QuestionRecord:
    return QuestionRecord(
        id="q",
        question="Combien ?",
        language="fr",
        answerable=True,
        gold=(Gold(publication="guide", page=3, quote=QUOTE),),
    )


def result(page: int, text: str = "autre chose", end: int | None = None, file: str = "guide.pdf") -> dict[str, Any]:
    return {"file": file, "page": page, "page_end": end or page, "text": text}


def test_a_passage_counts_on_its_page_with_half_of_the_words():
    assert first_relevant([result(2, QUOTE), result(3), result(3, "la durée de confidentialité")], record()) == 3
    assert first_relevant([result(3, QUOTE, file="autre.pdf")], record()) == 0


def test_results_on_pages_already_seen_take_no_place():
    assert first_gold_page([result(1), result(1), result(2), result(1, end=2), result(3)], record()) == 3


def test_a_result_over_two_pages_holds_both():
    assert first_gold_page([result(2, end=3)], record()) == 1


def test_without_the_page_there_is_no_rank():
    assert first_gold_page([result(1), result(3, file="autre.pdf")], record()) == 0


@pytest.mark.parametrize(("words", "within"), [(300, True), (450, False)])
def test_what_is_read_before_counts_in_words(words, within):
    assert in_budget([result(1, "mot " * words), result(3, QUOTE)], record()) is within
