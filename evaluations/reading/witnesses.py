"""Other readers of the same PDFs, and ours: each gives one text from a page on."""

import logging
import subprocess
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from corpus import CorpusSettings, read_blocks

Reader = Callable[[Path, int], str]


def vigie(path: Path, first_page: int) -> str:
    """What Vigie reads, furniture and contents pages left out."""
    return "\n\n".join(block.text for block in read_blocks(path, CorpusSettings()) if block.page >= first_page)


def pypdf(path: Path, first_page: int) -> str:
    """pypdf's plain extraction."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    return "\n".join(page.extract_text() for page in PdfReader(path).pages[first_page - 1 :])


def pdftotext(path: Path, first_page: int) -> str:
    """Poppler's reading order."""
    return _poppler(path, first_page)


def pdftotext_layout(path: Path, first_page: int) -> str:
    """Poppler's physical layout."""
    return _poppler(path, first_page, "-layout")


def _poppler(path: Path, first_page: int, *options: str) -> str:
    command = ["pdftotext", "-q", *options, "-f", str(first_page), str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


READERS: dict[str, Reader] = {
    "vigie": vigie,
    "pdftotext": pdftotext,
    "pdftotext -layout": pdftotext_layout,
    "pypdf": pypdf,
}
