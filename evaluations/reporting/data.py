"""The report as data."""

import math
from dataclasses import asdict
from typing import Any

from evaluations.reporting.coverage_map import coverage
from evaluations.reporting.facts import Measured, Opposed, Report
from evaluations.reporting.faults import Failure


def data(report: Report) -> dict[str, Any]:
    """Identity, lost gold, summary with intervals, groups, coverage, failing cases, comparison; no figure is null."""
    found = {
        "identity": report.identity,
        "questions": len(report.pairs),
        "lost": report.lost,
        "summary": {name: _measured(one) for name, one in report.measures.items()},
        "groups": {name: {"questions": report.sizes[name], "summary": figures}
                   for name, figures in report.groups.items()},
        "coverage": {chapter: [asdict(page) for page in pages] for chapter, pages in coverage(report).items()},
        "failures": [_failure(failure) for failure in report.failures],
        "comparison": _comparison(report.opposed) if report.opposed else None,
    }  # fmt: skip
    finite: dict[str, Any] = _finite(found)
    return finite


def _measured(one: Measured) -> dict[str, Any]:
    interval = {"low": one.interval.low, "high": one.interval.high} if one.interval else None
    return {"value": one.value, "interval": interval, "cases": one.cases}


def _failure(failure: Failure) -> dict[str, Any]:
    return {"id": failure.record.id, "faults": list(failure.faults), "verdict": failure.result.answer["verdict"]}


def _comparison(opposed: Opposed) -> dict[str, Any]:
    comparison = opposed.comparison
    return {
        "before": comparison.before,
        "differences": {name: asdict(difference) | {"before": opposed.means[name][0], "after": opposed.means[name][1],
                                                    "is_real": difference.is_real}
                        for name, difference in comparison.differences.items()},
        "of_set": {name: {"before": before, "after": after} for name, (before, after) in opposed.of_set.items()},
        "changes": [asdict(change) for change in comparison.changes],
        "left_out": list(comparison.left_out),
    }  # fmt: skip


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(held) for held in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
