"""Means over a set; a measure that applies to no case is None, never a number."""

import pytest

from evaluations import CaseScores, summarise


def case(**values) -> CaseScores:
    defaults = {
        "id": "q", "success_at_1": 1.0, "cites_gold_page": 1.0, "required_facts": None, "quotes": 1,
        "valid_quotes": 1, "abstained": False, "answerable": True,
    }  # fmt: skip
    return CaseScores(**(defaults | values))


def uncovered(**values) -> CaseScores:
    return case(success_at_1=None, cites_gold_page=None, answerable=False, quotes=0, valid_quotes=0, **values)


CASES = [
    case(required_facts=1.0, quotes=3, valid_quotes=3),
    case(required_facts=0.5, quotes=1, valid_quotes=0, success_at_1=0.0),
    case(abstained=True, success_at_1=0.0, cites_gold_page=0.0, quotes=0, valid_quotes=0),
    uncovered(abstained=True),
    uncovered(abstained=True),
    uncovered(abstained=True),
    uncovered(abstained=False),
]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("success_at_1", 1 / 3),  # 1, 0, 0 over the answerable
        ("cites_gold_page", 2 / 3),  # 1, 1, 0
        ("required_fact_recall", 0.75),  # (1 + 0.5) / 2, over those with facts
        ("quote_validity", 3 / 4),  # 3 + 0 valid of 3 + 1 quotes
        ("abstention_recall", 3 / 4),  # of the uncovered
        ("false_abstention_rate", 1 / 3),  # of the answerable
    ],
)
def test_means_count_the_cases_they_apply_to(measure, expected):
    assert summarise(CASES)[measure] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cases", "none"),
    [
        ([], {"success_at_1", "cites_gold_page", "required_fact_recall", "quote_validity", "abstention_recall",
              "false_abstention_rate"}),
        ([case()], {"required_fact_recall", "abstention_recall"}),
        ([uncovered(abstained=True)], {"success_at_1", "cites_gold_page", "required_fact_recall", "quote_validity",
                                       "false_abstention_rate"}),
    ],
    ids=["no case", "answerable only", "uncovered only"],
)  # fmt: skip
def test_a_measure_without_a_case_is_none(cases, none):
    assert {name for name, value in summarise(cases).items() if value is None} == none
