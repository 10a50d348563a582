"""Reading speed beside plain pypdf text extraction, in one process each, file by file in turn; then on all cores.

python -m evaluations.reading.speed ../shared/pdfs/french
"""

import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader
from rich.console import Console

from corpus import CorpusSettings, ReadingCache, UnreadablePdf, folder_catalogue, read_in_process
from index import BuildProgress, read_publications

ROUNDS = 3


def by_pypdf(path: Path) -> int:
    """Pages whose text pypdf extracted."""
    return sum(page.extract_text() is not None for page in PdfReader(path).pages)


def by_vigie(path: Path) -> int:
    """Pages read into passages; all of a file's where it is refused, since all were looked at."""
    try:
        return len(read_in_process(path, CorpusSettings()).labels)
    except UnreadablePdf:
        return len(PdfReader(path).pages)


def measure(paths: list[Path]) -> list[tuple[float, float, int]]:
    """Seconds by pypdf, seconds by Vigie and pages, for each file; the two take turns."""
    return [(_seconds(by_pypdf, path), _seconds(by_vigie, path), by_vigie(path)) for path in paths]


def _seconds(read: Callable[[Path], int], path: Path) -> float:
    begin = time.perf_counter()
    read(path)
    return time.perf_counter() - begin


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    folder, console = Path(sys.argv[1]), Console()
    paths = sorted(folder.glob("*.pdf"))
    by_vigie(paths[0])  # imports and the lexicon, once a process
    for _ in range(ROUNDS):
        rows = measure(paths)
        pages = sum(row[2] for row in rows)
        theirs, ours = (sum(row[i] for row in rows) for i in (0, 1))
        console.print(
            f"{pages} pages: pypdf {pages / theirs:.0f} pages/s, Vigie {pages / ours:.0f} pages/s, "
            f"ratio {theirs / ours:.2f}"
        )
    publications = folder_catalogue(folder).publications
    with TemporaryDirectory() as nothing_read_before:
        begin = time.perf_counter()
        read_publications(publications, CorpusSettings(), ReadingCache(Path(nothing_read_before)), _quiet)
        wall = time.perf_counter() - begin
    console.print(f"{os.cpu_count()} cores, workers started for each file: {pages / wall:.0f} pages/s")


def _quiet(progress: BuildProgress) -> None:
    """No report."""


if __name__ == "__main__":
    main()
