"""Every measure: what it is, its range, which way is better, and where its formula comes from.

By case a measure is a number, or None where it does not apply to the question; over a set it is the mean of the cases
to which it applies, unless it is a measure of the set (abstention).
"""

from dataclasses import dataclass
from typing import Literal

Family = Literal["retrieval", "citations", "answers", "abstention", "speed"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True)
class Metric:
    """A measure's definition. `is_rate`: it lies in [0, 1]; `of_set`: it has no value by case."""

    name: str
    title: str
    family: Family
    better: Better
    formula: str
    source: str = "Vigie"
    is_rate: bool = True
    of_set: bool = False


_TREC = "Voorhees and Harman, TREC, 2005; computed by ir_measures"
_SQUAD = "Rajpurkar et al., SQuAD, 2016"
METRICS: dict[str, Metric] = {
    m.name: m
    for m in (
        Metric("retrieval_success_at_1", "retrieved first", "retrieval", "higher",
               "1 if the first passage touches a gold page", _TREC),
        Metric("retrieval_success_at_5", "retrieved in 5", "retrieval", "higher",
               "1 if one of the first five passages touches a gold page", _TREC),
        Metric("retrieval_recall_at_5", "recall@5", "retrieval", "higher",
               "gold pages that the first five passages count for, each for one at most, / gold pages", _TREC),
        Metric("retrieval_recall_at_10", "recall@10", "retrieval", "higher",
               "gold pages that the first ten passages count for, each for one at most, / gold pages", _TREC),
        Metric("retrieval_ndcg_at_10", "nDCG@10", "retrieval", "higher",
               "DCG of the gold pages that the first ten passages count for, each for one at most, / the best DCG",
               "Järvelin and Kekäläinen, 2002; computed by ir_measures"),
        Metric("retrieval_rr", "reciprocal rank", "retrieval", "higher",
               "1 / rank of the first passage that touches a gold page; 0 when none of ten does", _TREC),
        Metric("success_at_1", "first citation right", "citations", "higher",
               "1 if the first citation touches a gold page; an abstention counts 0"),
        Metric("cites_gold_page", "gold page cited", "citations", "higher",
               "1 if any citation touches a gold page; an abstention counts 0"),
        Metric("marker_validity", "markers that resolve", "citations", "higher",
               "markers [n] of the text with a citation n / markers; 0 without any; a list of places has none"),
        Metric("quote_validity", "quotes verbatim", "citations", "higher",
               "citations whose words stand on their page / citations; 0 for an answer without any"),
        Metric("page_precision", "page precision", "citations", "higher",
               "citations that touch a gold page / (citations + markers without a citation); 0 for an abstention"),
        Metric("page_recall", "page recall", "citations", "higher",
               "gold pages touched by a citation / gold pages"),
        Metric("page_f1", "page F1", "citations", "higher", "2PR / (P + R) of the two before"),
        Metric("page_average_precision", "page AP", "citations", "higher",
               "mean over gold pages of the precision at the citation that first touches each; 0 where none does",
               "Manning, Raghavan and Schütze, 2008, 8.4"),
        Metric("required_fact_recall", "required facts", "answers", "higher",
               "required facts said in one of their accepted wordings / required facts"),
        Metric("forbidden_claim_rate", "forbidden claims", "answers", "lower",
               "forbidden claims said / forbidden claims"),
        Metric("token_f1", "token F1", "answers", "higher",
               "F1 of the words of the statements against those of all gold quotes", _SQUAD),
        Metric("statement_support", "said where it is cited", "answers", "higher",
               "quoted statements that stand word for word in a passage they cite / quoted statements"),
        Metric("numbers_supported", "numbers supported", "answers", "higher",
               "numbers of the statements that stand in a passage they cite / numbers"),
        Metric("quoted_share", "quoted", "answers", "neither", "statements quoted / statements"),
        Metric("reworded_share", "reworded", "answers", "neither", "statements reworded / statements"),
        Metric("unsupported_share", "unsupported", "answers", "lower", "statements unsupported / statements"),
        Metric("modality_kept", "modality kept", "answers", "higher",
               "statements that put nothing as a duty that no passage they cite does / statements"),
        Metric("right_language", "right language", "answers", "higher",
               "1 if Vigie's own words are in the question's language"),
        Metric("answer_words", "words", "answers", "neither", "words of the statements", is_rate=False),
        Metric("false_abstention_rate", "over-refusal", "abstention", "lower",
               "covered questions that got no answer / covered questions"),
        Metric("abstention_recall", "abstention recall", "abstention", "higher",
               "uncovered questions that got no answer / uncovered questions"),
        Metric("abstention_precision", "abstention precision", "abstention", "higher",
               "uncovered questions among those that got no answer", of_set=True),
        Metric("abstention_f1", "abstention F1", "abstention", "higher", "2PR / (P + R) of the two before",
               of_set=True),
        Metric("abstention_auroc", "AUROC", "abstention", "higher",
               "chance that a covered question is given more confidence than an uncovered one, ties counting half",
               "Hanley and McNeil, 1982", of_set=True),
        Metric("risk_coverage_area", "AURC", "abstention", "lower",
               "mean, over coverages k/n, of the error rate of the k questions with the most confidence",
               "Geifman and El-Yaniv, 2017", of_set=True),
        Metric("calibration_error", "calibration error", "abstention", "lower",
               "mean over ten bins of equal width of |share covered − mean confidence|, weighted by their size",
               "Naeini et al., 2015; Guo et al., 2017", of_set=True),
        Metric("total_p95_ms", "slowest in twenty", "speed", "lower",
               "95th percentile, nearest rank, of the milliseconds to the whole answer", is_rate=False, of_set=True),
        Metric("total_ms", "whole answer", "speed", "lower", "milliseconds to the whole answer; median", is_rate=False),
        Metric("first_ms", "first content", "speed", "lower", "milliseconds to the quotes; median", is_rate=False),
    )
}  # fmt: skip


# What a comparison of two runs is decided on; the others explain. Few, or the correction for their number hides all.
PRIMARY = ("retrieval_ndcg_at_10", "success_at_1", "cites_gold_page", "required_fact_recall", "abstention_recall",
           "false_abstention_rate")  # fmt: skip


def metrics_of(*families: Family) -> list[Metric]:
    """The measures of some families, in order."""
    return [metric for metric in METRICS.values() if metric.family in families]
