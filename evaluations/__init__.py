"""Question sets, metrics and runs: is a version good enough?"""

from evaluations.comparison import CaseChange, Comparison, compare
from evaluations.errors import EvaluationError
from evaluations.examination import identity, questions_digest, run_questions
from evaluations.gate import Baseline, Finding, gate
from evaluations.groups import by_group
from evaluations.judging import applicable, judge, known, outcomes, reason_of
from evaluations.metric_catalogue import METRICS, PRIMARY, Metric
from evaluations.question_cache import QuestionCache
from evaluations.questions import SHIPPED, QuestionRecord, load_questions
from evaluations.reporting import write_report
from evaluations.reporting.wording import lost_told
from evaluations.run_folder import Result, RunFolder
from evaluations.scoring import CaseScores, score_case, summarise

__all__ = [
    "METRICS",
    "PRIMARY",
    "SHIPPED",
    "Baseline",
    "CaseChange",
    "CaseScores",
    "Comparison",
    "EvaluationError",
    "Finding",
    "Metric",
    "QuestionCache",
    "QuestionRecord",
    "Result",
    "RunFolder",
    "applicable",
    "by_group",
    "compare",
    "gate",
    "identity",
    "judge",
    "known",
    "load_questions",
    "lost_told",
    "outcomes",
    "questions_digest",
    "reason_of",
    "run_questions",
    "score_case",
    "summarise",
    "write_report",
]
