"""Means over a set; a measure that applies to no case is None, never a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations import METRICS, CaseScores, score_case, summarise
from tests.evaluations.making import answer, case, passage, printed, record

CASES = [
    case("a", success_at_1=1.0, cites_gold_page=1.0, required_fact_recall=1.0, quote_validity=1.0,
         false_abstention_rate=0.0, total_ms=10.0, first_ms=8.0),
    case("b", success_at_1=0.0, cites_gold_page=1.0, required_fact_recall=0.5, quote_validity=0.5,
         false_abstention_rate=0.0, total_ms=30.0, first_ms=9.0),
    case("c", success_at_1=0.0, cites_gold_page=0.0, required_fact_recall=None, false_abstention_rate=1.0,
         total_ms=500.0, first_ms=400.0),
    *(case(f"u{n}", answerable=False, abstention_recall=value) for n, value in enumerate((1.0, 1.0, 1.0, 0.0))),
]  # fmt: skip


def test_an_answer_to_an_uncovered_question_is_never_right():
    """Confidence is the same for all: whatever the coverage, the error rate is the set's, 5 wrong of 7."""
    # right: a and b, which cite a gold page; wrong: c, and the four uncovered
    assert summarise(CASES)["risk_coverage_area"] == pytest.approx(5 / 7)


def test_an_answer_whose_gold_is_lost_is_neither_right_nor_wrong():
    """Nine covered questions have no gold page any more; of the two others one is right: 1 wrong of 2."""
    lost = [case(f"l{n}", quote_validity=1.0) for n in range(9)]
    assert summarise([*CASES[1:3], *lost])["risk_coverage_area"] == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("success_at_1", 1 / 3),  # 1, 0, 0 over the answerable
        ("cites_gold_page", 2 / 3),  # 1, 1, 0
        ("required_fact_recall", 0.75),  # (1 + 0.5) / 2, over those with facts
        ("quote_validity", 0.75),  # (1 + 0.5) / 2, over those with an answer
        ("abstention_recall", 3 / 4),  # of the uncovered
        ("false_abstention_rate", 1 / 3),  # of the answerable
    ],
)
def test_means_count_the_cases_they_apply_to(measure, expected):
    assert summarise(CASES)[measure] == pytest.approx(expected)


@pytest.mark.parametrize(("measure", "expected"), [("total_ms", 30), ("first_ms", 9)])
def test_times_are_medians(measure, expected):
    """Of 10, 30 and 500; of 8, 9 and 400: one slow answer does not hide the others."""
    assert summarise(CASES)[measure] == expected


def test_first_ms_is_the_whole_time_where_nothing_is_written_after_the_quotes():
    """The answer has a total of 10 ms and no other time."""
    values = score_case(record(), answer(passage()), printed).values
    assert (values["first_ms"], values["total_ms"]) == (10, 10)


@pytest.mark.parametrize("verdict", ["not_in_guide", "about_vigie", "refused"])
def test_anything_but_an_answer_is_an_abstention(verdict):
    """1 of 1 covered question."""
    assert score_case(record(), answer(verdict=verdict), printed).value("false_abstention_rate") == 1


@pytest.mark.parametrize(("verdict", "expected"), [("not_in_guide", 1), ("answered", 0)])
def test_abstention_recall_counts_uncovered_questions_without_an_answer(verdict, expected):
    """1 of 1, or 0 of 1."""
    scores = score_case(record(answerable=False), answer(verdict=verdict), printed)
    assert (scores.value("abstention_recall"), scores.value("false_abstention_rate")) == (expected, None)


@pytest.mark.parametrize(
    ("cases", "measured"),
    [
        ([], set()),
        ([case("a", cites_gold_page=1.0)], {"cites_gold_page", "risk_coverage_area", "calibration_error"}),
        ([case("a", quote_validity=1.0)], {"quote_validity", "calibration_error"}),
        (
            [case("u", answerable=False, abstention_recall=0.0)],
            {"abstention_recall", "risk_coverage_area", "calibration_error", "abstention_f1"},
        ),
    ],
    ids=["no case", "covered only", "covered, gold lost", "uncovered only"],
)
def test_a_measure_without_a_case_is_none(cases, measured):
    assert {name for name, value in summarise(cases).items() if value is not None} == measured


def test_every_measure_of_the_catalogue_is_in_the_summary():
    assert summarise([]).keys() == METRICS.keys()


VALUES = st.fixed_dictionaries(
    {name: st.none() | st.integers(0, 8).map(lambda n: n / 8) for name in METRICS if not METRICS[name].of_set}
)
SETS = st.lists(st.builds(lambda answerable, values: case("q", answerable=answerable, **values), st.booleans(), VALUES),
                max_size=12)  # fmt: skip


@given(SETS)
def test_rates_of_a_set_lie_between_0_and_1(cases):
    rates = [value for name, value in summarise(cases).items() if METRICS[name].is_rate and value is not None]
    assert all(-1e-12 <= rate <= 1 + 1e-12 for rate in rates)


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_no_measure(cases, random):
    assert summarise(random.sample(cases, len(cases))) == pytest.approx(summarise(cases))


def test_total_p95_ms_is_the_time_that_19_answers_in_20_do_not_exceed():
    cases = [CaseScores(f"q{n}", True, False, 0.9, {"total_ms": float(n)}) for n in range(1, 41)]
    assert summarise(cases)["total_p95_ms"] == 38  # rank ceil(0.95 × 40) = 38
    assert summarise(cases[:1])["total_p95_ms"] == 1


def test_total_p95_ms_is_missing_without_times():
    assert summarise([])["total_p95_ms"] is None
