"""Of what a reader would keep, what is shown first: `python -m evaluations.benchmarks.needed READING --french INDEX`.

Each line of a reading holds a question, its half (`guide` or `french`) and the passages quoted, with the numbers of
those that mislead and of those that the reader could do without. The questions are asked again: a quote is shown first
where it does not stand apart as coming near; beside it, the first three, whatever they are.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant, Question
from evaluations.benchmarks.opened import INDEX, open_assistant

_FIRST = 3


@dataclass(frozen=True)
class ReadQuote:
    """Whether the reader would keep a quote, and whether it misleads; whether it is shown first, and was in place."""

    kept: bool
    misleads: bool
    first: bool
    in_place: bool


def read_quotes(assistant: Assistant, lines: Sequence[dict[str, Any]]) -> list[ReadQuote]:
    """The quotes read that are quoted today too."""
    found = []
    for line in lines:
        further = {c.passage.id: c.further for c in assistant.ask(Question(line["question"])).citations}
        out = {*line["padding"], *line["misleading"]}
        found += [
            ReadQuote(q["n"] not in out, q["n"] in line["misleading"], not further[q["passage_id"]], q["n"] <= _FIRST)
            for q in line["quotes"]
            if q["passage_id"] in further
        ]
    return found


def report(name: str, quotes: Sequence[ReadQuote]) -> str:
    """Of the quotes shown first, and of the first three, how many are there, kept and not."""
    shown, three = [q for q in quotes if q.first], [q for q in quotes if q.in_place]
    return (
        f"{name}: {len(quotes)} quotes read, {sum(q.kept for q in quotes)} kept by the reader,"
        f" {sum(q.misleads for q in quotes)} mislead\n  shown first: {_told(shown, quotes)}\n"
        f"  the first {_FIRST}: {_told(three, quotes)}\n"
    )


def _told(some: Sequence[ReadQuote], quotes: Sequence[ReadQuote]) -> str:
    kept = sum(q.kept for q in some) / max(1, sum(q.kept for q in quotes))
    padding = sum(not q.kept and not q.misleads for q in some) / max(1, len(some))
    return f"{len(some)}, {kept:.2f} of those kept, {padding:.2f} padding, {sum(q.misleads for q in some)} mislead"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("reading", type=Path)
    cli.add_argument("--french", type=Path, help="an index of ../shared/pdfs/french")
    args = cli.parse_args()
    lines = [json.loads(line) for line in args.reading.read_text("utf-8").splitlines()]
    every: list[ReadQuote] = []
    for half, root in (("guide", INDEX), *([("french", args.french)] if args.french else [])):
        quotes = read_quotes(open_assistant(root), [line for line in lines if line["set"] == half])
        every += quotes
        sys.stdout.write(report(half, quotes))
    sys.stdout.write(report("together", every))


if __name__ == "__main__":
    main()
