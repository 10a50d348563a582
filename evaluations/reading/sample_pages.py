"""Draw 100 pages of five French documents and list where their lines stand.

Usage: python3.11 sample_pages.py [FOLDER] > pages.jsonl

FOLDER holds the PDFs (default: /work/shared/pdfs/french). Needs pdfinfo and
pdftotext (Poppler). Prints JSON Lines, one drawn page a line, in order of
document then page:

    {"file": stem, "page": number, "lines": [[xMin, yMin, xMax, yMax], ...]}

Coordinates are points from the page's top left corner, to 1 decimal, in the
order of ``pdftotext -bbox-layout``. Only positions are printed, never text.
furniture_lines.jsonl is this output with a label added to each line by hand:
"b" body, "h" running header, "f" running footer, "n" page number alone.
"""

import json
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

DEFAULT_FOLDER = Path("/work/shared/pdfs/french")
STEMS = (
    "MiNumEco__guide-de-bonnes-pratiques-numerique-responsable-version-1",
    "RGAA__v4.1_RGAA-v4.1",
    "MiNumEco__referentiel_general_ecoconception_des_services_numeriques_version_2024",
    "MiNumEco__RCP-Systeme-information-2024-FR",
    "MiNumEco__Circulaire-n_6425_SG_211123_Engagements_pour_la_transformation_ecologique_État_annexe_2",
)
SEED = 2026
PAGES_PER_DOCUMENT = 20
LINE_TAG = re.compile(r'<line xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')


def find_pdf(folder: Path, stem: str) -> Path:
    """Find the PDF named stem, whatever the Unicode normalisation of its name."""
    wanted = unicodedata.normalize("NFC", stem)
    for path in sorted(folder.glob("*.pdf")):
        if unicodedata.normalize("NFC", path.stem) == wanted:
            return path
    raise FileNotFoundError(f"{stem}.pdf in {folder}")


def run(*command: str) -> str:
    """Run a command and return what it prints."""
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode("utf-8", errors="replace")


def count_pages(pdf: Path) -> int:
    """Count the pages of a PDF by pdfinfo."""
    found = re.search(r"^Pages:\s+(\d+)", run("pdfinfo", str(pdf)), re.MULTILINE)
    if found is None:
        raise ValueError(f"no page count for {pdf}")
    return int(found.group(1))


def draw_pages(generator: random.Random, count: int) -> list[int]:
    """Draw the numbers of the sampled pages, in ascending order."""
    return sorted(generator.sample(range(1, count + 1), PAGES_PER_DOCUMENT))


def page_lines(pdf: Path, page: int) -> list[list[float]]:
    """List the boxes of one page's lines, in pdftotext's order."""
    number = str(page)
    layout = run("pdftotext", "-bbox-layout", "-f", number, "-l", number, str(pdf), "-")
    return [[round(float(edge), 1) for edge in box] for box in LINE_TAG.findall(layout)]


def sample(folder: Path) -> Iterator[dict[str, object]]:
    """Yield the record of each drawn page; one generator serves all documents."""
    generator = random.Random(SEED)
    for stem in STEMS:
        pdf = find_pdf(folder, stem)
        for page in draw_pages(generator, count_pages(pdf)):
            yield {
                "file": unicodedata.normalize("NFC", stem),
                "page": page,
                "lines": page_lines(pdf, page),
            }


def main() -> None:
    """Print the sampled pages as JSON Lines."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    for record in sample(folder):
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
