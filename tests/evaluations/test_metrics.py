"""The catalogue of measures: each is defined, and has a test that shows its arithmetic."""

import inspect

import pytest

from evaluations import METRICS, score_case, summarise
from evaluations.metric_catalogue import metrics_of
from index import ScoredPassage
from tests.evaluations import (
    test_abstention_metrics,
    test_answer_metrics,
    test_citation_metrics,
    test_retrieval_metrics,
    test_summary,
)
from tests.evaluations.making import answer, passage, printed, record

RANKED = test_retrieval_metrics
CITED = test_citation_metrics
SAID = test_answer_metrics
REFUSED = test_abstention_metrics
SUMMED = test_summary
SHOWN = {  # by measure, the test that works it out by hand
    "retrieval_success_at_1": RANKED.test_success_is_whether_gold_stands_among_the_first,
    "retrieval_success_at_5": RANKED.test_success_is_whether_gold_stands_among_the_first,
    "retrieval_recall_at_5": RANKED.test_recall_at_5_is_gold_pages_in_the_first_five_among_gold_pages,
    "retrieval_recall_at_10": RANKED.test_recall_at_10_is_gold_pages_in_the_first_ten_among_gold_pages,
    "retrieval_ndcg_at_10": RANKED.test_ndcg_is_the_gain_of_each_gold_page_over_the_best_order,
    "retrieval_rr": RANKED.test_reciprocal_rank_is_1_over_the_rank_of_the_first_gold_page,
    "success_at_1": CITED.test_success_counts_the_first_citation_and_cites_gold_any,
    "cites_gold_page": CITED.test_success_counts_the_first_citation_and_cites_gold_any,
    "marker_validity": CITED.test_marker_validity_is_markers_with_a_citation_among_markers,
    "quote_validity": CITED.test_quote_validity_is_exact_quotes_among_citations,
    "page_precision": CITED.test_page_precision_is_right_citations_among_citations_and_lost_markers,
    "page_recall": CITED.test_page_recall_is_gold_pages_touched_among_gold_pages,
    "page_f1": CITED.test_page_f1_is_the_harmonic_mean_of_precision_and_recall,
    "page_average_precision":
        CITED.test_page_average_precision_is_the_mean_of_precisions_where_each_gold_page_is_first_cited,
    "required_fact_recall":
        SAID.test_required_fact_recall_ignores_accents_case_and_apostrophes_but_not_numbers,
    "forbidden_claim_rate": SAID.test_forbidden_claim_rate_is_claims_said_among_claims,
    "token_f1": SAID.test_token_f1_is_that_of_the_words_in_common_with_the_gold_quote,
    "statement_support":
        SAID.test_statement_support_is_quoted_statements_found_in_what_they_cite_among_those_quoted,
    "numbers_supported": SAID.test_numbers_supported_is_numbers_found_in_what_is_cited_among_numbers,
    "quoted_share": SAID.test_shares_are_statements_of_a_kind_among_statements,
    "reworded_share": SAID.test_shares_are_statements_of_a_kind_among_statements,
    "unsupported_share": SAID.test_shares_are_statements_of_a_kind_among_statements,
    "modality_kept": SAID.test_modality_kept_is_statements_that_add_no_duty_among_statements,
    "right_language": SAID.test_right_language_is_that_of_vigie_s_own_words,
    "answer_words": SAID.test_answer_words_are_those_of_all_statements,
    "false_abstention_rate": SUMMED.test_means_count_the_cases_they_apply_to,
    "abstention_recall": SUMMED.test_means_count_the_cases_they_apply_to,
    "abstention_precision":
        REFUSED.test_abstention_precision_is_uncovered_questions_among_those_without_an_answer,
    "abstention_f1": REFUSED.test_abstention_f1_is_the_harmonic_mean_of_precision_and_recall,
    "abstention_auroc":
        REFUSED.test_abstention_auroc_is_the_share_of_pairs_in_which_the_covered_question_has_more_confidence,
    "risk_coverage_area": REFUSED.test_risk_coverage_area_is_the_mean_of_the_error_rates,
    "calibration_error": REFUSED.test_calibration_error_is_the_gap_of_each_bin_weighted_by_its_size,
    "total_p95_ms": SUMMED.test_total_p95_ms_is_the_time_that_19_answers_in_20_do_not_exceed,
    "total_ms": SUMMED.test_times_are_medians,
    "first_ms": SUMMED.test_times_are_medians,
}  # fmt: skip


def ranked(*pages: int) -> list[ScoredPassage]:
    return [ScoredPassage(passage(page=page), row, 0.5, 0.5, 0.5) for row, page in enumerate(pages)]


def test_every_measure_of_the_catalogue_has_a_test_that_shows_its_arithmetic():
    assert SHOWN.keys() == METRICS.keys()


@pytest.mark.parametrize("name", SHOWN)
def test_the_test_listed_for_a_measure_is_about_it(name):
    assert name.removeprefix("retrieval_") in inspect.getsource(SHOWN[name])


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_measure_is_titled_defined_and_sourced(metric):
    assert all((metric.title, metric.formula, metric.source))


def test_titles_are_not_shared():
    assert len({metric.title for metric in METRICS.values()}) == len(METRICS)


def test_families_are_in_the_catalogue_s_order():
    assert [metric.name for metric in metrics_of("speed", "retrieval")][-2:] == ["total_ms", "first_ms"]


def test_an_answer_is_given_every_measure_that_has_a_value_by_case():
    covered = score_case(record(), answer(passage()), printed, ranking=ranked(3))
    uncovered = score_case(record(answerable=False), answer(verdict="not_in_guide"), printed)
    by_case = {name for name, metric in METRICS.items() if not metric.of_set}
    assert covered.values.keys() | uncovered.values.keys() == by_case


def test_measures_of_a_set_have_no_value_by_case():
    scores = score_case(record(), answer(passage()), printed, ranking=ranked(3))
    assert not {name for name in scores.values if METRICS[name].of_set}


def test_gold_may_stand_on_other_pages_in_the_version_asked():
    """The record says page 3, the version page 4."""
    scores = score_case(record(), answer(passage(page=4)), printed, frozenset({("guide", 4)}))
    assert scores.value("success_at_1") == 1


def test_without_a_ranking_nothing_is_said_of_retrieval():
    scores = score_case(record(), answer(passage()), printed)
    assert not {name for name in scores.values if METRICS[name].family == "retrieval"}


def test_the_ranking_is_measured_in_its_order():
    """Page 3 is second: 1/2."""
    assert score_case(record(), answer(passage()), printed, ranking=ranked(8, 3)).value("retrieval_rr") == 1 / 2


def test_a_case_keeps_what_the_decision_was_made_on():
    scores = score_case(record(), answer(passage()), printed)
    assert (scores.id, scores.answerable, scores.abstained, scores.confidence) == ("q", True, False, 0.9)


def test_a_measure_that_was_not_taken_is_none():
    assert summarise([score_case(record(), answer(passage()), printed)])["retrieval_rr"] is None
