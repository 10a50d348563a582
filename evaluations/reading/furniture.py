"""Headers, footers and page numbers gone, body lines kept, on 100 pages labelled line by line.

python -m evaluations.reading.furniture ../shared/pdfs/french
"""

import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from rich.console import Console
from rich.table import Table

from corpus import CorpusSettings, origin_of, read_blocks

LABELLED = Path(__file__).resolve().parent / "furniture_lines.jsonl"
CONTENTS_PAGES = {  # labelled as body, and left out on purpose
    ("RGAA__v4.1_RGAA-v4.1", 3),
    ("MiNumEco__rgesn-referentiel-general-ecoconception-v1.0.1", 3),
}
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class LineOutcome:
    """A labelled line (b body, h header, f footer, n page number), and the share of its characters that was read."""

    file: str
    page: int
    label: str
    text: str
    kept: float


def outcomes(folder: Path) -> Iterator[LineOutcome]:
    """What was read of each labelled line; lines without a character are passed over."""
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in map(json.loads, LABELLED.read_text("utf-8").splitlines()):
        pages[record["file"]].append(record)
    stems = {unicodedata.normalize("NFC", path.stem): path for path in folder.glob("*.pdf")}
    for file, records in pages.items():
        path = stems[unicodedata.normalize("NFC", file)]
        read = {origin for block in read_blocks(path, CorpusSettings()) for origin in block.origins}
        with pdfium.PdfDocument(path) as pdf:
            for record in records:
                yield from _of_page(pdf, record, read)


def _of_page(pdf: pdfium.PdfDocument, record: dict[str, Any], read: set[int]) -> Iterator[LineOutcome]:
    page = pdf[record["page"] - 1]
    text_page, height = page.get_textpage(), page.get_height()
    text = "".join(chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, i)) for i in range(text_page.count_chars()))
    centres = [_centre(text_page.get_charbox(i), height) for i in range(text_page.count_chars())]
    for *box, label in record["lines"]:
        inside = [i for i, point in enumerate(centres) if _holds(box, point) and not text[i : i + 1].isspace()]
        if inside:
            kept = sum(origin_of(record["page"], i) in read for i in inside) / len(inside)
            yield LineOutcome(record["file"], record["page"], label, "".join(text[i] for i in inside), kept)


def _centre(box: Box, height: float) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, height - (box[1] + box[3]) / 2


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] - 0.5 <= point[0] <= box[2] + 0.5 and box[1] <= point[1] <= box[3]


def main() -> None:
    console = Console()
    counts: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes(Path(sys.argv[1])):
        furniture = outcome.label != "b"
        wrong = furniture == (outcome.kept > 0.5)
        if not furniture and (outcome.file, outcome.page) in CONTENTS_PAGES:
            counts[outcome.file, "contents"] += 1
            continue
        counts[outcome.file, "furniture" if furniture else "body"] += 1
        counts[outcome.file, "furniture kept" if furniture else "body lost"] += wrong
        if wrong:
            console.print(f"{outcome.file[:30]} p. {outcome.page} {outcome.label}: {outcome.text[:70]}", markup=False)
    columns = ("furniture", "furniture kept", "body", "body lost", "contents")
    table = Table("document", *columns)
    for file in dict.fromkeys(file for file, _ in counts):
        table.add_row(file[:40], *(str(counts[file, column]) for column in columns))
    table.add_row("all", *(str(sum(counts[f, column] for f in {f for f, _ in counts})) for column in columns))
    console.print(table)


if __name__ == "__main__":
    main()
