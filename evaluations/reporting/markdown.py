"""The report for a pull request: the figures, what differs, the ten worst cases."""

import re
from collections.abc import Iterable, Sequence

from evaluations.metric_catalogue import METRICS
from evaluations.reporting.about import about, lead
from evaluations.reporting.differences import adjusted, conclusion, detectable, gap_bounds
from evaluations.reporting.facts import Opposed, Report
from evaluations.reporting.faults import Failure, told
from evaluations.reporting.markup import clean
from evaluations.reporting.measure_names import title
from evaluations.reporting.wording import FAMILIES, NONE, VERDICTS, bounds, count, gap, value
from evaluations.statistics import Difference

_WORST = 10
_FIGURES = frozenset({"Valeur", "Avant", "Après", "Différence", "Intervalle à 95 %", "p ajusté", "Décelable", "Cas"})
_LONG = 160  # characters of a question
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$!])")


def markdown(report: Report) -> str:
    """The whole text."""
    parts = ["# Évaluation de Vigie", *(escaped(sentence) for sentence in lead(report)), _identity(report)]
    parts += ["## Mesures", _headline(report)]
    if report.opposed:
        parts += ["## Différences", _differences(report.opposed)]
    parts += ["## Cas les plus graves", _worst(report.failures)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text that is no Markdown, no HTML and calls nobody, on one line."""
    plain = " ".join(clean(text).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", plain).replace("@", "@\u2060")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rules = ["---:" if head in _FIGURES else "---" for head in heads]
    lines = [heads, rules, *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _identity(report: Report) -> str:
    return "\n".join(f"- {escaped(name)} : {escaped(said)}" for name, said in about(report.identity, report.pairs))


def _headline(report: Report) -> str:
    rows = [(FAMILIES[one.metric.family], title(name), value(one.metric, one.value), bounds(one.metric, one.interval),
             str(one.cases) if one.cases else NONE) for name, one in report.measures.items()]  # fmt: skip
    return _table(("Famille", "Mesure", "Valeur", "Intervalle à 95 %", "Cas"), rows)


def _differences(opposed: Opposed) -> str:
    found = opposed.comparison.differences
    rows = [_difference(name, d, opposed.means[name]) for name, d in found.items() if d.interval.mean]
    same = [title(name) for name, d in found.items() if not d.interval.mean]
    heads = ("Mesure", "Avant", "Après", "Différence", "Intervalle à 95 %", "p ajusté", "Décelable", "Conclusion")
    told_same = f"Sans différence : {escaped(', '.join(same))}." if same else ""
    return "\n\n".join(part for part in (_table(heads, rows) if rows else "", told_same) if part)


def _difference(name: str, found: Difference, means: tuple[float, float]) -> tuple[str, ...]:
    metric = METRICS[name]
    return (
        title(name), *(value(metric, mean) for mean in means), gap(metric, found.interval.mean),
        gap_bounds(name, found.interval), adjusted(name, found), detectable(name, found),
        conclusion(name, found),
    )  # fmt: skip


def _worst(failures: Sequence[Failure]) -> str:
    if not failures:
        return "Aucun cas en échec."
    rows = [(f.record.id, _shortened(f.record.question), told(f.faults),
             VERDICTS.get(str(f.result.answer["verdict"]), str(f.result.answer["verdict"])))
            for f in failures[:_WORST]]  # fmt: skip
    left = len(failures) - len(rows)
    more = f"\n\nEt {count(left, 'autre')}, dans report.html." if left else ""
    return _table(("Question", "Texte", "Ce qui a échoué", "Verdict"), rows) + more


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + " […]"
