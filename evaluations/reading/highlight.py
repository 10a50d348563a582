"""Whether the boxes drawn for a quote cover its characters and no other: 300 sentences drawn from five documents.

python -m evaluations.reading.highlight ../shared/pdfs/french [FOLDER FOR PAGE IMAGES]

The text under the boxes is read again twice: pdfium's characters whose middle lies in a box, and poppler's words.
"""

import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from rich.console import Console

from corpus import CorpusSettings, Passage, quote_boxes, read_isolated, render_page

DRAWN = 60  # of each document
SEED = 2026
IMAGES = 2  # of each document
_GUIDE = Path(__file__).resolve().parents[2] / "corpus" / "guide"
_STEMS = (
    "MiNumEco__guide-de-bonnes-pratiques-numerique-responsable-version-1",
    "RGAA__v4.1_RGAA-v4.1",
    "MiNumEco__referentiel_general_ecoconception_des_services_numeriques_version_2024",
    "unstructured__fr_olap",
)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Highlight:
    """A drawn quote on its pages: its letters, and those found under its boxes by two readers."""

    path: Path
    pages: tuple[int, ...]
    letters: str
    by_pdfium: str
    by_poppler: str


def highlights(folder: Path) -> Iterator[Highlight]:
    """The sentences drawn by the seed, each looked up and read again."""
    draw = random.Random(SEED)
    for path in (*(folder / f"{stem}.pdf" for stem in _STEMS), _GUIDE / "recueil-5-gouvernance.pdf"):
        document = read_isolated(path, CorpusSettings())
        whole = [Passage(p.text, p.section, p.sentences, p.spans, "", path.stem, ()) for p in document.passages]
        sentences = [(p, a, b) for p in whole for a, b in p.sentences]
        for passage, start, end in draw.sample(sentences, DRAWN):
            yield _highlight(path, passage, start, end)


def _highlight(path: Path, passage: Passage, start: int, end: int) -> Highlight:
    places = passage.raw_characters(start, end)
    boxes = {page: quote_boxes(path, page, raw) for page, raw in places.items()}
    return Highlight(
        path,
        tuple(places),
        letters(passage.text[start:end]),
        "".join(_under_by_pdfium(path, page, found) for page, found in boxes.items()),
        "".join(_under_by_poppler(path, page, found) for page, found in boxes.items()),
    )


def letters(text: str) -> str:
    """Letters and digits alone, folded, in the order of the alphabet: readers differ on the order of boxes."""
    return "".join(sorted(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum()))


def _under_by_pdfium(path: Path, page: int, boxes: Sequence[Box]) -> str:
    with pdfium.PdfDocument(path) as pdf:
        text = pdf[page - 1].get_textpage()
        found = [i for i in range(text.count_chars()) if _covers(boxes, _middle(text.get_charbox(i, loose=True)))]
        return letters("".join(chr(pdfium_c.FPDFText_GetUnicode(text.raw, i)) for i in found))


def _under_by_poppler(path: Path, page: int, boxes: Sequence[Box]) -> str:
    with pdfium.PdfDocument(path) as pdf:
        height = pdf[page - 1].get_height()
    command = ["pdftotext", "-q", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    html = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")
    words = [(tuple(map(float, m.groups()[:4])), unescape(m[5])) for m in _WORD.finditer(html)]
    inside = (w for (x0, y0, x1, y1), w in words if _covers(boxes, ((x0 + x1) / 2, height - (y0 + y1) / 2)))
    return letters("".join(inside))


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _covers(boxes: Sequence[Box], point: tuple[float, float]) -> bool:
    return any(x0 <= point[0] <= x1 and y0 <= point[1] <= y1 for x0, y0, x1, y1 in boxes)


def main() -> None:
    folder, *images = map(Path, sys.argv[1:])
    console = Console()
    found = list(highlights(folder))
    for reader in ("by_pdfium", "by_poppler"):
        wrong = [h for h in found if "".join(sorted(getattr(h, reader))) != h.letters]
        console.print(f"{reader}: {len(found) - len(wrong)} of {len(found)} quotes exactly covered")
        for h in wrong:
            console.print(f"  {h.path.stem[:40]} p. {h.pages}: {len(getattr(h, reader)) - len(h.letters):+} characters")
    if images:
        _draw(folder, images[0])


def _draw(folder: Path, target: Path) -> None:
    """Page images of the first quotes of each document, to be looked at."""
    draw = random.Random(SEED)
    target.mkdir(parents=True, exist_ok=True)
    for path in (*(folder / f"{stem}.pdf" for stem in _STEMS), _GUIDE / "recueil-5-gouvernance.pdf"):
        document = read_isolated(path, CorpusSettings())
        for number, p in enumerate(draw.sample(document.passages, IMAGES)):
            passage = Passage(p.text, p.section, p.sentences, p.spans, "", path.stem, ())
            for page, raw in passage.raw_characters(0, len(p.text)).items():
                (target / f"{path.stem[:20]}-{number}-{page}.png").write_bytes(render_page(path, page, raw, 700))


if __name__ == "__main__":
    main()
