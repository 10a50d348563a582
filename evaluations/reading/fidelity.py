"""Word F1 and sentence order on the gold documents, beside pdftotext and plain pypdf.

python -m evaluations.reading.fidelity
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from evaluations.reading.agreement import order_accuracy, word_f1, words
from evaluations.reading.gold import GoldDocument, gold_documents
from evaluations.reading.witnesses import READERS


@dataclass(frozen=True)
class Fidelity:
    """One reader on one document: both in [0, 1]."""

    f1: float
    order: float


def fidelity(document: GoldDocument, reader: str) -> Fidelity:
    """How well one of `READERS` reads a gold document."""
    text = READERS[reader](document.pdf, document.first_page)
    return Fidelity(word_f1(words(document.text), words(text)), order_accuracy(document.text, text))


def main() -> None:
    rows = {d: {reader: fidelity(d, reader) for reader in READERS} for d in gold_documents()}
    table = Table("document", "made by", *(f"{r}: F1, order" for r in READERS))
    for document, scores in rows.items():
        table.add_row(document.name, document.tool, *(_cell(score) for score in scores.values()))
    table.add_row("mean", "", *(_cell(_mean(rows, reader)) for reader in READERS))
    Console(width=150).print(table)


def _mean(rows: Mapping[GoldDocument, Mapping[str, Fidelity]], reader: str) -> Fidelity:
    scores = [row[reader] for row in rows.values()]
    return Fidelity(sum(s.f1 for s in scores) / len(scores), sum(s.order for s in scores) / len(scores))


def _cell(score: Fidelity) -> str:
    return f"{score.f1:.4f}  {score.order:.3f}"


if __name__ == "__main__":
    main()
