"""Question sets, metrics and runs: is a version good enough?"""

from evaluations.errors import EvaluationError
from evaluations.gate import applicable, judge, outcomes
from evaluations.metrics import CaseScores, score_case, summarise
from evaluations.questions import SHIPPED, QuestionRecord, load_questions
from evaluations.run import Run, run_questions, summary_json, write_run

__all__ = [
    "SHIPPED",
    "CaseScores",
    "EvaluationError",
    "QuestionRecord",
    "Run",
    "applicable",
    "judge",
    "load_questions",
    "outcomes",
    "run_questions",
    "score_case",
    "summarise",
    "summary_json",
    "write_run",
]
