"""Two runs by measure: a line between what one scored and what the other did."""

from evaluations.metric_catalogue import METRICS
from evaluations.reporting.facts import Opposed
from evaluations.reporting.markup import Html, join, tag
from evaluations.reporting.measure_names import title
from evaluations.reporting.wording import FAMILIES, gap
from evaluations.statistics import Difference

_WIDTH, _LABEL, _SCALE = 720, 210, 390
_ROW, _TOP = 24, 30


def dumbbell(opposed: Opposed) -> Html | None:
    """A row for each rate that both runs measured; None where there is none."""
    names = [name for name in opposed.comparison.differences if METRICS[name].is_rate]
    if not names:
        return None
    rows: list[Html] = []
    family = ""
    for name in names:
        if METRICS[name].family != family:
            family = METRICS[name].family
            rows.append(_family(FAMILIES[METRICS[name].family], len(rows)))
        rows.append(_row(name, opposed, len(rows)))
    height = _TOP + _ROW * len(rows) + 8
    return tag(
        "svg", _scale(height), join(rows), viewBox=f"0 0 {_WIDTH} {height}", width=_WIDTH, height=height, role="img",
        aria_label="Chaque mesure avant et après ; les chiffres sont dans le tableau des différences.",
    )  # fmt: skip


def trend(name: str, difference: Difference) -> str:
    """« mieux », « moins bien », « différent » or « égal », by the direction of the measure, chance left aside."""
    change, better = difference.interval.mean, METRICS[name].better
    if change == 0:
        return "égal"
    if better == "neither":
        return "différent"
    return "mieux" if (change > 0) == (better == "higher") else "moins bien"


def _across(share: float) -> float:
    return _LABEL + share * _SCALE


def _scale(height: int) -> Html:
    drawn = []
    for tenth in range(0, 11, 2):
        across = _across(tenth / 10)
        drawn.append(tag("line", class_="grid", x1=across, x2=across, y1=_TOP - 8, y2=height - 6))
        drawn.append(tag("text", f"{10 * tenth} %", x=across, y=_TOP - 14, text_anchor="middle"))
    return join(drawn)


def _family(said: str, place: int) -> Html:
    return tag("text", said, class_="family", x=8, y=_TOP + _ROW * place + 17)


def _row(name: str, opposed: Opposed, place: int) -> Html:
    before, after = opposed.means[name]
    difference = opposed.comparison.differences[name]
    middle = _TOP + _ROW * place + 13
    kind = {"mieux": "gain", "moins bien": "loss"}.get(trend(name, difference), "same")
    sign = {"gain": " ▲", "loss": " ▼"}.get(kind, "") + (" *" if difference.is_real else "")
    return join([
        tag("text", title(name), x=20, y=middle + 4),
        tag("line", class_=f"bar {kind}", x1=_across(before), x2=_across(after), y1=middle, y2=middle),
        tag("circle", class_=f"hollow {kind}", cx=_across(before), cy=middle, r=6.5),
        tag("circle", class_=f"full {kind}", cx=_across(after), cy=middle, r=4),
        tag("text", gap(METRICS[name], difference.interval.mean) + sign, class_="figure",
            x=_LABEL + _SCALE + 18, y=middle + 4),
    ])  # fmt: skip
