"""Reads a spreadsheet alone in its own process: a sheet whose last cell is far away costs that process, and no other.

Run by its path, so that it imports nothing of Vigie. Writes a JSON array of rows of text on standard output, or, with
the exit code 3, why it cannot.
"""

import json
import resource
import sys
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

REFUSED = 3
_MOST_BYTES = 1 << 30


def main(path: str) -> None:
    """The first sheet, from its first row, whatever is empty in it. A formula gives what it last gave."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        sys.stdout.write(str(error))
        sys.exit(REFUSED)
    json.dump([[_text(cell) for cell in row] for row in rows], sys.stdout)


def _text(cell: Any) -> str:
    """As somebody would have typed it: 12 and not 12.0, « oui » and not True."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


if __name__ == "__main__":
    main(sys.argv[1])
