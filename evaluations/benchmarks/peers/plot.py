"""The peers' figures as a plain SVG of horizontal bars."""

from collections.abc import Mapping
from html import escape
from typing import Any

PANELS = (
    ("seconds", "index, seconds"),
    ("median_ms", "a query, median milliseconds"),
    ("peak_rss_mb", "peak memory, MiB"),
    ("ndcg_at_10", "nDCG@10"),
)
_LABEL, _BAR, _LINE, _GAP = 110, 260, 22, 34


def bars(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """One panel for each figure, one bar for each peer."""
    height = len(PANELS) * (len(rows) * _LINE + _GAP)
    body = "".join(_panel(rows, name, title, number) for number, (name, title) in enumerate(PANELS))
    size = f'width="{_LABEL + _BAR + 90}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">{body}</svg>\n'


def _panel(rows: Mapping[str, Mapping[str, Any]], name: str, title: str, number: int) -> str:
    top = number * (len(rows) * _LINE + _GAP)
    most = max(float(row[name]) for row in rows.values()) or 1.0
    drawn = [f'<text x="0" y="{top + 16}" font-weight="bold">{escape(title)}</text>']
    for place, (peer, row) in enumerate(rows.items()):
        y, value = top + 24 + place * _LINE, float(row[name])
        shade = "#1f5f8b" if place == 0 else "#9db7c9"
        width = _BAR * value / most
        drawn.append(f'<text x="0" y="{y + 13}">{escape(peer)}</text>')
        drawn.append(f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_LINE - 6}" fill="{shade}"/>')
        drawn.append(f'<text x="{_LABEL + width + 6:.1f}" y="{y + 13}">{value:.3g}</text>')
    return "".join(drawn)
