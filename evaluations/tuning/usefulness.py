"""Fit which quotes are needed: `python -m evaluations.tuning.usefulness LABELS.jsonl [--index NAME=DIR…]`.

Each line of labels holds a tuning question, its set and the passages that were quoted, with a reader's label: needed,
useful, padding or misleading. Printed: the coefficients, and by folds of questions how well they tell the first two
from the others, beside the place at which a quote was shown.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import Assistant, QuoteTraits, quote_traits
from evaluations.benchmarks.opened import INDEX, open_assistant
from evaluations.tuning.abstention import auroc, fit

Floats = npt.NDArray[np.float64]
WANTED = {"needed", "useful"}
KEPT = (0.98, 0.95, 0.92, 0.9)  # shares of the needed quotes
_FOLDS = 10


@dataclass(frozen=True)
class Labelled:
    """A quote's traits, its place in the answer from 1, its label, and the number of its question."""

    traits: QuoteTraits
    place: int
    label: str
    question: int


def labelled(assistant: Assistant, lines: Sequence[dict[str, Any]]) -> list[Labelled]:
    """The quotes that are still among the evidence, with their traits of today."""
    searcher, quotes = assistant.searcher, []
    for number, line in enumerate(lines):
        found = searcher.with_neighbours(searcher.search(line["question"], assistant.settings.top_k))
        each = quote_traits(found, searcher.version.sentence_vectors)
        traits = dict(zip((scored.passage.id for scored in found.results), each, strict=True))
        quotes += [
            Labelled(traits[quote["passage_id"]], place, quote["label"], number)
            for place, quote in enumerate(line["quotes"], 1)
            if quote["passage_id"] in traits
        ]
    return quotes


def design(quotes: Sequence[Labelled]) -> Floats:
    """One row a quote: ratio, leads, completes."""
    return np.array([[q.traits.ratio, q.traits.leads, q.traits.completes] for q in quotes], dtype=np.float64)


def by_folds(x: Floats, y: Floats, questions: Sequence[int]) -> Floats:
    """Log-odds of each quote, of a model fitted on the other questions."""
    folds = np.array(questions) % _FOLDS
    told = np.zeros(len(y))
    for fold in range(_FOLDS):
        bias, *weights = fit(x[folds != fold], y[folds != fold])
        told[folds == fold] = bias + x[folds == fold] @ np.array(weights)
    return told


def report(name: str, told: Floats, quotes: Sequence[Labelled]) -> str:
    """AUROC, and of the quotes kept at each share of the needed ones, how many are padding."""
    y = np.array([q.label in WANTED for q in quotes], dtype=np.float64)
    needed = np.array([q.label == "needed" for q in quotes])
    lines = [f"{name}: {len(quotes)} quotes, {int(y.sum())} of them needed or useful, AUROC {auroc(told, y):.3f}"]
    for share in KEPT:
        least = np.quantile(told[needed], 1 - share)
        kept = told >= least
        lines.append(
            f"  {share:.2f} of the needed (log-odds {least:.2f}): {kept.mean():.2f} of all,"
            f" {kept[y == 0].mean():.2f} of the padding, {kept[(y == 1) & ~needed].mean():.2f} of the useful"
        )
    return "\n".join(lines)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("labels", type=Path)
    cli.add_argument("--index", action="append", default=[], metavar="SET=DIR", help="where another set is answered")
    args = cli.parse_args()
    roots = {name: Path(root) for name, root in (pair.split("=", 1) for pair in args.index)}
    lines = [json.loads(line) for line in args.labels.read_text("utf-8").splitlines()]
    groups = {
        name: labelled(open_assistant(roots.get(name, INDEX)), [line for line in lines if line["set"] == name])
        for name in dict.fromkeys(line["set"] for line in lines)
    }
    quotes = [quote for group in groups.values() for quote in group]
    x, y = design(quotes), np.array([q.label in WANTED for q in quotes], dtype=np.float64)
    bias, *weights = fit(x, y)
    sys.stdout.write(f"bias {bias:.2f}, ratio, leads, completes {[round(float(w), 2) for w in weights]}\n")
    told = by_folds(x, y, [q.question for q in quotes])
    sys.stdout.write(report("together", told, quotes) + "\n")
    begin = 0
    for name, group in groups.items():
        end = begin + len(group)
        sys.stdout.write(report(name, told[begin:end], group) + "\n")
        sys.stdout.write(report(f"{name}, by place", np.array([-float(q.place) for q in group]), group) + "\n")
        begin = end


if __name__ == "__main__":
    main()
