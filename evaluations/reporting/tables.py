"""Tables: the headline figures of a run, and those of its groups."""

from collections.abc import Iterable, Sequence

from evaluations.metric_catalogue import METRICS, Metric
from evaluations.reporting.facts import Measured, Report
from evaluations.reporting.markup import Html, join, tag
from evaluations.reporting.measure_names import KEY, title
from evaluations.reporting.wording import DIRECTIONS, FAMILIES, NONE, bounds, value

_BAR = 110  # units of the little scale beside each rate


def table(caption: str, heads: Sequence[str], *bodies: str, class_: str | None = None) -> Html:
    """A table that may be scrolled where the screen is narrow."""
    titles = tag("tr", join(one if isinstance(one, Html) else tag("th", one, scope="col") for one in heads))
    whole = tag("table", tag("caption", caption), tag("thead", titles), *bodies, class_=class_)
    return tag("div", whole, class_="wide", role="region", aria_label=caption, tabindex=0)


def body(rows: Iterable[Html]) -> Html:
    return tag("tbody", join(rows))


def row(title_: str, *cells: str) -> Html:
    """A row whose first cell is its title; a cell that is markup already is taken as a whole `td`."""
    return tag("tr", tag("th", title_, scope="row"), *(c if isinstance(c, Html) else tag("td", c) for c in cells))


def number(said: str) -> Html:
    """A cell that holds a figure."""
    return tag("td", said, class_="number")


def head(said: str) -> Html:
    """The title of a column of figures."""
    return tag("th", said, scope="col", class_="number")


def named(name: str) -> Html:
    """A measure's title, which leads to its formula."""
    return tag("a", title(name), href=f"#m-{name}")


def headline(report: Report) -> Html:
    """Every measure, by family, with its interval."""
    families = {metric.family: None for metric in METRICS.values()}
    bodies = []
    for family in families:
        found = [m for m in report.measures.values() if m.metric.family == family]
        first = tag("tr", tag("th", FAMILIES[family], colspan=6, scope="rowgroup", class_="family"))
        bodies.append(body([first, *(_measure(one) for one in found)]))
    heads = ("Mesure", head("Valeur"), head("Intervalle à 95 %"), "De 0 à 100 %", head("Cas"), "Mieux")
    return table("Toutes les mesures, par famille", heads, *bodies, class_="headline")


def _measure(one: Measured) -> Html:
    metric = one.metric
    return row(
        named(metric.name), number(value(metric, one.value)), number(bounds(metric, one.interval)),
        tag("td", _bar(one)), number(str(one.cases) if one.cases else NONE), DIRECTIONS[metric.better],
    )  # fmt: skip


def _bar(one: Measured) -> Html:
    """The value as a bar, its interval as a line over it; nothing for what is no rate."""
    if one.value is None or not one.metric.is_rate:
        return Html("")
    drawn = [tag("rect", class_="track", x=0, y=3, width=_BAR, height=8),
             tag("rect", class_="value", x=0, y=3, width=one.value * _BAR, height=8)]  # fmt: skip
    if one.interval:
        low, high = one.interval.low * _BAR, one.interval.high * _BAR
        drawn.append(tag("line", class_="whisker", x1=low, x2=high, y1=7, y2=7))
        drawn += [tag("line", class_="whisker", x1=end, x2=end, y1=3, y2=11) for end in (low, high)]
    return tag("svg", *drawn, viewBox=f"-1 0 {_BAR + 2} 14", width=_BAR + 2, height=14, aria_hidden="true")


def groups(report: Report) -> Html:
    """The measures that tell most, for each subset of the questions."""
    names = known(report)
    rows = [
        row(
            report.group(name), number(str(report.sizes[name])), *(number(value(METRICS[k], figures[k])) for k in names)
        )
        for name, figures in sorted(report.groups.items(), key=lambda item: _order(item[0]))
    ]
    heads = ("Groupe", head("Questions"), *(named_head(METRICS[name]) for name in names))
    return table("Les mesures principales par groupe de questions", heads, body(rows), class_="dense")


def known(report: Report) -> list[str]:
    """The key measures that apply to some question of the run."""
    return [name for name in KEY if name in METRICS and report.measures[name].value is not None]


def named_head(metric: Metric) -> Html:
    """A column's head, with the direction where less is better."""
    less = " ↓" if metric.better == "lower" else ""
    return tag("th", named(metric.name), less, scope="col", class_="number")


def _order(name: str) -> tuple[int, str]:
    fields = ("covered", "uncovered", "single", "follow-up", "language", "kind", "pillar", "public")
    field = name.partition(" ")[0]
    return fields.index(field) if field in fields else len(fields), name
