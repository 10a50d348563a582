"""Two runs against each other: the table of differences, and the questions that changed."""

from collections.abc import Sequence
from itertools import groupby

from evaluations.comparison import CaseChange
from evaluations.metric_catalogue import METRICS, PRIMARY
from evaluations.questions import QuestionRecord
from evaluations.reporting.dumbbell import trend
from evaluations.reporting.facts import Opposed, Report
from evaluations.reporting.markup import Html, foreign, join, tag
from evaluations.reporting.measure_names import KEY, title
from evaluations.reporting.tables import body, head, named, number, row, table
from evaluations.reporting.wording import NONE, VERDICTS, decimal, gap, probability, thousands, value
from evaluations.statistics import Difference, Interval

UNTESTED = "non testée"


def conclusion(name: str, difference: Difference) -> str:
    """What the difference says, once chance is counted with; only the primary measures are tested."""
    if METRICS[name].family == "speed":
        return UNTESTED
    if difference.interval.mean == 0:
        return "égalité"
    if name not in PRIMARY:
        return UNTESTED
    return trend(name, difference) if difference.is_real else "non concluant"


def detectable(name: str, difference: Difference) -> str:
    """The smallest difference these questions show; « – » where no question differs, which tells nothing of it."""
    return gap(METRICS[name], difference.detectable).lstrip("+") if difference.detectable else NONE


def adjusted(name: str, difference: Difference) -> str:
    """Its adjusted probability; « – » for a measure that nothing is decided on."""
    return probability(difference.adjusted) if name in PRIMARY else NONE


def real(opposed: Opposed) -> list[str]:
    """The measures that differ by more than chance."""
    return [name for name, difference in opposed.comparison.differences.items() if difference.is_real]


def moved(opposed: Opposed) -> list[str]:
    """The secondary measures whose interval leaves 0 out; times, which depend on the machine, are none."""
    secondary = [name for name in opposed.comparison.differences
                 if name not in PRIMARY and METRICS[name].family != "speed"]  # fmt: skip
    return [name for name in secondary if opposed.comparison.differences[name].interval.leaves_zero_out]


def gap_bounds(name: str, interval: Interval) -> str:
    """« −1,2 à +3,4 pts »."""
    low, high = (gap(METRICS[name], end) for end in (interval.low, interval.high))
    return f"{low.removesuffix(' pts').removesuffix(' ms')} à {high}"


def differences(opposed: Opposed) -> Html:
    """By measure: both means, their difference, its interval, and whether it is more than chance."""
    rows = [_difference(name, d, opposed.means[name]) for name, d in opposed.comparison.differences.items()]
    figures = ("Avant", "Après", "Différence", "Intervalle à 95 %", "p ajusté", "Décelable", "Cas")
    heads = ("Mesure", *map(head, figures), "Conclusion")
    return table("Différences par mesure, moyennes sur les questions communes", heads, body(rows), class_="dense")


def _difference(name: str, difference: Difference, means: tuple[float, float]) -> Html:
    metric = METRICS[name]
    before, after = (value(metric, mean) for mean in means)
    said = conclusion(name, difference)
    return row(
        named(name), number(before), number(after), number(gap(metric, difference.interval.mean)),
        number(gap_bounds(name, difference.interval)), number(adjusted(name, difference)),
        number(detectable(name, difference)), number(str(difference.cases)),
        tag("td", tag("strong", said) if difference.is_real else said),
    )  # fmt: skip


def of_sets(opposed: Opposed) -> Html | None:
    """The measures that have no value by case, which no test can compare; None where no run has any."""
    rows = [row(named(name), *(number(value(METRICS[name], figure)) for figure in both))
            for name, both in opposed.of_set.items() if both != (None, None)]  # fmt: skip
    caption = "Mesures d’un ensemble, sans valeur par question, donc sans test"
    return table(caption, ("Mesure", head("Avant"), head("Après")), body(rows)) if rows else None


def changed(report: Report, opposed: Opposed) -> list[tuple[QuestionRecord, list[CaseChange], float]]:
    """The questions one of whose key measures changed, with what changed and its sum, the greatest losses first."""
    records = {record.id: record for record, _ in report.pairs}
    told = [change for change in opposed.comparison.changes if change.metric in KEY]
    by_id = groupby(sorted(told, key=lambda change: change.id), key=lambda change: change.id)
    found = [(records[id_], changes, sum(map(_worth, changes))) for id_, group in by_id if (changes := list(group))]
    return sorted(found, key=lambda one: one[2])


def changed_table(report: Report, opposed: Opposed) -> Html:
    """A row for each question that changed."""
    rows = [row(record.id, tag("td", foreign(record.question, record.language)), effect(changes), _changes(changes),
                _verdicts(record.id, opposed)) for record, changes, _ in changed(report, opposed)]  # fmt: skip
    heads = ("Question", "Texte", "Effet", "Mesures qui changent", "Verdict")
    caption = f"Questions dont une mesure principale change : {thousands(len(rows))}, les plus grandes pertes d’abord"
    return table(caption, heads, body(rows), class_="dense changes")


def effect(changes: Sequence[CaseChange]) -> str:
    """« mieux », « moins bien », or « partagé »."""
    gains = {_worth(change) > 0 for change in changes}
    return "partagé" if len(gains) == 2 else "▲ mieux" if gains == {True} else "▼ moins bien"


def change_said(change: CaseChange) -> str:
    """« Rappel des pages : 50,0 → 100,0 % »."""
    before, after = (value(METRICS[change.metric], figure) for figure in (change.before, change.after))
    return f"{title(change.metric)} : {before.removesuffix(' %').removesuffix(' ms')} → {after}"


def compared_with(name: str, difference: Difference) -> str:
    """One difference in a sentence: « Rappel@5 +2,5 pts (p ajusté 0,012) »."""
    size = gap(METRICS[name], difference.interval.mean)
    return f"{title(name)} {size} (p ajusté {probability(difference.adjusted)}, {decimal(difference.cases, 0)} cas)"


def untested(name: str, difference: Difference) -> str:
    """The same of a secondary measure: « Citations mot pour mot −60,0 pts (−80,0 à −30,0 pts, 10 cas) »."""
    size = gap(METRICS[name], difference.interval.mean)
    return f"{title(name)} {size} ({gap_bounds(name, difference.interval)}, {decimal(difference.cases, 0)} cas)"


def _worth(change: CaseChange) -> float:
    return (change.after - change.before) * (1 if METRICS[change.metric].better == "higher" else -1)


def _changes(changes: Sequence[CaseChange]) -> Html:
    said = (f"{'▲' if _worth(change) > 0 else '▼'} {change_said(change)}" for change in changes)
    return tag("td", tag("ul", join(tag("li", words) for words in said), class_="plain"))


def _verdicts(id_: str, opposed: Opposed) -> str:
    both = [str(results[id_].answer["verdict"]) for results in (opposed.before, opposed.after)]
    said = [VERDICTS.get(verdict, verdict) for verdict in both]
    return said[0] if both[0] == both[1] else " → ".join(said)
