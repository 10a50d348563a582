"""Draw the line-end hyphens to be judged, from the French PDFs (positions only).

Usage: sample_hyphens.py PDF_FOLDER > drawn.jsonl

A candidate is a hyphen character (U+002D, U+2010, U+2011, U+00AD, or pdfium's
stand-ins U+FFFE and U+0002) such that, in pdfium's character order:
the character just before it is a letter; the next visible character is a letter
whose box lies wholly below the hyphen's box, i.e. on a lower line of the page.
A word cut by a column or page break is therefore not a candidate.
The draw is random.Random(2026).sample over all candidates, in document, page,
index order. pypdfium2 5.15.2 was used; another pdfium may number characters otherwise.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

DOCUMENTS = (
    "MiNumEco__guide-de-bonnes-pratiques-numerique-responsable-version-1",
    "RGAA__v4.1_RGAA-v4.1",
)
HYPHENS = frozenset({0x2D, 0x2010, 0x2011, 0xAD, 0xFFFE, 0x02})
SEED = 2026
DRAWN = 200


def next_visible(page: pdfium.PdfTextPage, codes: list[int], start: int) -> int | None:
    """Index of the first drawn, non-blank character from `start` on."""
    for index in range(start, len(codes)):
        if raw.FPDFText_IsGenerated(page.raw, index) == 1:
            continue
        char = chr(codes[index])
        if codes[index] in HYPHENS or (char.isprintable() and not char.isspace()):
            return index
    return None


def candidates(path: Path) -> Iterator[tuple[str, int, int]]:
    """(stem, page from 1, character index) of each candidate of one document."""
    with pdfium.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number].get_textpage()
            codes = [raw.FPDFText_GetUnicode(page.raw, i) for i in range(page.count_chars())]
            for index, code in enumerate(codes):
                if code not in HYPHENS or index == 0 or not chr(codes[index - 1]).isalpha():
                    continue
                after = next_visible(page, codes, index + 1)
                if after is None or not chr(codes[after]).isalpha():
                    continue
                bottom = page.get_charbox(index)[1]
                top = page.get_charbox(after)[3]
                if top < bottom:
                    yield path.stem, number + 1, index


def main() -> None:
    folder = Path(sys.argv[1])
    found = [c for stem in DOCUMENTS for c in candidates(folder / f"{stem}.pdf")]
    for stem in DOCUMENTS:
        print(stem, sum(c[0] == stem for c in found), "candidates", file=sys.stderr)
    for stem, page, index in sorted(random.Random(SEED).sample(found, DRAWN)):
        print(json.dumps({"file": stem, "page": page, "index": index}))


if __name__ == "__main__":
    main()
