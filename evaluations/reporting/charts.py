"""A line chart as SVG. Colour never speaks alone: lines also differ by their dashes, and points carry their figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.reporting.markup import Html, join, tag

_WIDTH, _HEIGHT = 680, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 30, 30, 48
_LEGEND = 22


@dataclass(frozen=True)
class Axis:
    """What an axis measures, between which bounds, and the values written along it."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def place(self, value: float, start: float, end: float) -> float:
        return start + (value - self.low) / (self.high - self.low) * (end - start)


@dataclass(frozen=True)
class Line:
    """Points to join. `style` is a class of the page's sheet; `marks` are points drawn with words beside them."""

    title: str
    style: str
    points: tuple[tuple[float, float], ...]
    marks: tuple[tuple[float, float, str], ...] = ()
    below: bool = False


def line_chart(lines: Sequence[Line], x: Axis, y: Axis, description: str) -> Html:
    """The chart, its legend under it. `description` says in words what it shows."""
    height = _HEIGHT + _LEGEND * len(lines)
    return tag(
        "svg", _frame(x, y), join(_line(line, x, y) for line in lines),
        join(_legend(line, _HEIGHT + number * _LEGEND) for number, line in enumerate(lines)),
        viewBox=f"0 0 {_WIDTH} {height}", width=_WIDTH, height=height, role="img", aria_label=description,
    )  # fmt: skip


def _across(x: Axis, value: float) -> float:
    return x.place(value, _LEFT, _WIDTH - _RIGHT)


def _up(y: Axis, value: float) -> float:
    return y.place(value, _HEIGHT - _BOTTOM, _TOP)


def _frame(x: Axis, y: Axis) -> Html:
    bottom, middle = _HEIGHT - _BOTTOM, (_TOP + _HEIGHT - _BOTTOM) / 2
    drawn = []
    for value, said in y.ticks:
        up = _up(y, value)
        drawn.append(tag("line", class_="grid", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=up, y2=up))
        drawn.append(tag("text", said, x=_LEFT - 8, y=up + 4, text_anchor="end"))
    for value, said in x.ticks:
        drawn.append(tag("text", said, x=_across(x, value), y=bottom + 18, text_anchor="middle"))
    drawn.append(tag("text", x.title, x=(_LEFT + _WIDTH - _RIGHT) / 2, y=bottom + 38, text_anchor="middle"))
    turned = f"rotate(-90 14 {middle:g})"
    drawn.append(tag("text", y.title, x=14, y=middle, text_anchor="middle", transform=turned))
    return join(drawn)


def _line(line: Line, x: Axis, y: Axis) -> Html:
    places = " ".join(f"{_across(x, a):.1f},{_up(y, b):.1f}" for a, b in line.points)
    drawn = [tag("polyline", class_=f"line {line.style}", points=places)] if len(line.points) > 1 else []
    for a, b, said in line.marks:
        across, up = _across(x, a), _up(y, b)
        drawn.append(tag("circle", class_=f"dot {line.style}", cx=across, cy=up, r=4))
        beside = up + 20 if line.below else up - 10
        drawn.append(tag("text", said, class_="figure", x=across, y=beside, text_anchor="middle"))
    return join(drawn)


def _legend(line: Line, top: float) -> Html:
    sample = tag("line", class_=f"line {line.style}", x1=_LEFT, x2=_LEFT + 34, y1=top + 10, y2=top + 10)
    return join([sample, tag("text", line.title, x=_LEFT + 44, y=top + 14)])
