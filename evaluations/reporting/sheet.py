"""The cases as a sheet that a French spreadsheet opens: « ; », decimal commas, a byte order mark."""

import csv
import io

from evaluations.metric_catalogue import METRICS
from evaluations.questions import QuestionRecord
from evaluations.reporting.facts import Pairs
from evaluations.reporting.markup import clean
from evaluations.run_folder import Result

_FORMULA = ("=", "+", "-", "@")
_FIELDS = ("id", "question", "kind", "language", "pillar", "public", "verdict")
BOM = "\ufeff"


def sheet(pairs: Pairs) -> str:
    """A line for each question; a measure that does not apply to it is an empty cell."""
    names = [name for name, metric in METRICS.items() if not metric.of_set]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*_FIELDS, *names])
    for record, result in pairs:
        writer.writerow([*_texts(record, result), *(_figure(result.scores.value(name)) for name in names)])
    return BOM + out.getvalue()


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula, not even after blanks."""
    said = clean(text)
    return f"'{said}" if said.lstrip().startswith(_FORMULA) else said


def _texts(record: QuestionRecord, result: Result) -> list[str]:
    fields = [record.id, record.question, record.kind, record.language, record.pillar, record.public]
    return [guarded(value or "") for value in (*fields, str(result.answer["verdict"]))]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}".replace(".", ",")
