"""Tables that people filled in, CSV or a spreadsheet, as rows of text, each with the number of its line."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluations import sheet_worker
from evaluations.errors import EvaluationError

CSV, SHEETS = (".csv", ".tsv"), (".xlsx", ".ods")
_MOST_BYTES = 20_000_000
_SECONDS = 60
_RESAVE = "Ouvrez-le dans un tableur et enregistrez-le de nouveau"


@dataclass(frozen=True)
class Row:
    """A line that is not blank. Whatever a cell looks like, a formula included, it is text."""

    line: int
    cells: tuple[str, ...]


def read_table(path: Path) -> list[Row]:
    """The lines of a file, its headers first. Raises EvaluationError naming the file."""
    if not path.is_file():
        raise EvaluationError(f"Le fichier {path} n’existe pas.", "Vérifiez son chemin.")
    if path.stat().st_size > _MOST_BYTES:
        raise EvaluationError(f"{path} dépasse {_MOST_BYTES // 1_000_000} Mo.", "Découpez-le en plusieurs fichiers.")
    rows = _sheet(path) if path.suffix.lower() in SHEETS else _csv(path)
    return [Row(line, tuple(cells)) for line, cells in rows if any(cell.strip() for cell in cells)]


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The separator is the one that the headers have most: a French spreadsheet writes semicolons."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path} n’est pas en UTF-8.", f"{_RESAVE} au format « CSV UTF-8 ».") from error
    headers = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=headers.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise EvaluationError(f"{path}, ligne {line} : {error}.", f"{_RESAVE} au format « CSV UTF-8 ».") from error


def _sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    remedy = f"{_RESAVE} en .xlsx ou en CSV, sans ses cellules lointaines."
    command = [sys.executable, "-I", sheet_worker.__file__, str(path.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise EvaluationError(f"{path} : la lecture dure plus de {_SECONDS} secondes.", remedy) from error
    if done.returncode == sheet_worker.REFUSED:
        raise EvaluationError(f"{path} n’est pas lisible : {done.stdout.decode('utf-8', 'replace')}.", remedy)
    if done.returncode:
        raise EvaluationError(f"{path} : la lecture de ce classeur demande trop de mémoire, ou échoue.", remedy)
    yield from enumerate(json.loads(done.stdout), 1)
