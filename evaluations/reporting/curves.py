"""The curves of a run: what is found at each rank, and the errors at each share of questions answered."""

import math
from collections.abc import Iterable, Sequence

from evaluations.abstention_metrics import Decision, judged, risk_coverage
from evaluations.reporting.charts import Axis, Line, line_chart
from evaluations.reporting.facts import Report
from evaluations.reporting.markup import Html, tag
from evaluations.reporting.wording import decimal
from evaluations.scoring import CaseScores, decision

_RANKS = 10
_MARKED = (1, 5, 10)
_RECALLS = ((5, "retrieval_recall_at_5"), (10, "retrieval_recall_at_10"))
_CLOSE = 1e-9


def rank_curve(report: Report) -> Html | None:
    """Success at each rank, and recall where it was measured; None for a run whose retrieval was not."""
    lines = [line for suffix, cases in _runs(report) for line in _rank_lines(cases, suffix)]
    if not lines:
        return None
    x = Axis("Nombre k de passages regardés", 1, _RANKS, tuple((k, str(k)) for k in range(1, _RANKS + 1)))
    y = _shares("Part des questions, ou des pages", (b for line in lines for _, b in line.points), from_zero=False)
    return line_chart(lines, x, y, "Succès et rappel selon le nombre de passages. " + _said(lines))


def risk_curve(report: Report) -> Html | None:
    """The error rate of the questions with the most confidence, at each coverage; None where no answer is judged."""
    decisions = [(suffix, judged([decision(case) for case in cases])) for suffix, cases in _runs(report)]
    lines = [_risk_line(known, suffix) for suffix, known in decisions if known]
    if not lines:
        return None
    x = _shares("Couverture : part des questions auxquelles on répond, des plus sûres aux moins sûres", (0.0, 1.0))
    y = _shares("Taux d’erreur", (b for line in lines for _, b in line.points))
    return line_chart(lines, x, y, "Taux d’erreur selon la couverture. " + _said(lines))


def success_at(cases: Iterable[CaseScores], rank: int) -> float | None:
    """Share of the questions one of whose gold pages is touched by the first `rank` passages, from their RR."""
    ranks = [found for case in cases if (found := case.value("retrieval_rr")) is not None]
    return sum(found >= 1 / rank - _CLOSE for found in ranks) / len(ranks) if ranks else None


def _runs(report: Report) -> list[tuple[str, list[CaseScores]]]:
    opposed = report.opposed
    if opposed is None:
        return [("", [result.scores for _, result in report.pairs])]
    return [(suffix, [result.scores for result in results.values()])
            for suffix, results in ((", avant", opposed.before), (", après", opposed.after))]  # fmt: skip


def _rank_lines(cases: Sequence[CaseScores], suffix: str) -> list[Line]:
    faint = " before" if suffix == ", avant" else ""
    success = [(float(k), s) for k in range(1, _RANKS + 1) if (s := success_at(cases, k)) is not None]
    recall = [(float(k), sum(known) / len(known)) for k, name in _RECALLS
              if (known := [v for case in cases if (v := case.value(name)) is not None])]  # fmt: skip
    found = (
        ("Succès@k : au moins une page de référence", "first", [p for p in success if p[0] in _MARKED], success),
        ("Rappel@k : toutes les pages de référence, mesuré à 5 et à 10", "second", recall, recall),
    )
    return [
        Line(title + suffix, style + faint, tuple(points), () if faint else tuple(_marks(marked)), style == "second")
        for title, style, marked, points in found
        if points
    ]


def _marks(points: Iterable[tuple[float, float]]) -> list[tuple[float, float, str]]:
    return [(a, b, _percent(b)) for a, b in points]


def _risk_line(decisions: Sequence[Decision], suffix: str) -> Line:
    answered = [d for d in decisions if not d.abstained]
    marks: tuple[tuple[float, float, str], ...] = ()
    faint, title = suffix == ", avant", f"Risque{suffix}"
    if answered:
        risk = sum(not d.right for d in answered) / len(answered)
        share = len(answered) / len(decisions)
        marks = ((share, risk, ""),)
        title += f" ; le point : Vigie a répondu à {_percent(share)} des questions, {_percent(risk)} d’erreurs"
    return Line(title, "first before" if faint else "first", tuple(risk_coverage(decisions)), marks)


def _shares(title: str, values: Iterable[float], *, from_zero: bool = True) -> Axis:
    """An axis of shares whose bounds, multiples of 20 %, hold the values."""
    known = list(values)
    low = 0.0 if from_zero else max(0.0, math.floor(5 * (min(known) - 0.05)) / 5)
    high = min(1.0, max(low + 0.2, math.ceil(5 * max(known) - _CLOSE) / 5))
    steps = round((high - low) * 5) * (1 if high - low > 0.5 else 2)
    return Axis(title, low, high, tuple((v := low + n * (high - low) / steps, _percent(v)) for n in range(steps + 1)))


def _percent(share: float) -> str:
    figure = decimal(100 * share)
    return f"{figure.removesuffix(',0')} %"


def _said(lines: Sequence[Line]) -> str:
    return " ".join(
        f"{line.title} {', '.join(said for _, _, said in line.marks)}".strip() + "." for line in lines if line.marks
    )


def figure(drawing: Html, caption: str) -> Html:
    """A drawing with its caption."""
    return tag("figure", drawing, tag("figcaption", caption))
