"""What an incremental build saves: cold, unchanged, and with one publication more.

    python -m evaluations.benchmarks.rebuild ../shared/pdfs/french

Each build is a process of its own, `python -m ui index build`, so that imports count; `after imports` leaves them out.
Twenty publications are indexed cold, then again unchanged, then with one more; that one alone is indexed cold too.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

ADDED = "MiNumEco__guide-de-bonnes-pratiques-numerique-responsable-version-1.pdf"
PUBLICATIONS, AGAIN = 20, 5


def main() -> None:
    folder, console = Path(sys.argv[1]), Console(width=110)
    with TemporaryDirectory() as place:
        work = Path(place)
        kept = [p for p in sorted(folder.glob("*.pdf")) if p.name != ADDED][:PUBLICATIONS]
        twenty, one = _filled(work / "twenty", kept), _filled(work / "one", [folder / ADDED])
        imports = statistics.median(_timed("-c", _IMPORTS, home=work) for _ in range(AGAIN))
        cold = _built(twenty, work / "index", work)
        again = [_built(twenty, work / "index", work) for _ in range(AGAIN)]
        alone = _built(one, work / "alone", work)
        shutil.copy(folder / ADDED, twenty)
        more = _built(twenty, work / "index", work)
    table = Table("build", "seconds", "after imports", "of the cold build")
    rows = {
        f"{PUBLICATIONS} publications, cold": cold,
        f"unchanged, median of {AGAIN}": statistics.median(again),
        "one more publication": more,
        "that one alone, cold": alone,
    }
    for name, seconds in rows.items():
        table.add_row(name, f"{seconds:.1f}", f"{seconds - imports:.1f}", f"{100 * seconds / cold:.1f} %")
    console.print(table)
    console.print(f"imports {imports:.1f} s; one more is {more / alone:.2f} times that one alone")


_IMPORTS = "import ui.cli.app"


def _filled(folder: Path, files: list[Path]) -> Path:
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    return folder


def _built(corpus: Path, root: Path, home: Path) -> float:
    return _timed("-m", "ui", "index", "build", "--corpus", str(corpus), "--index", str(root), home=home)


def _timed(*command: str, home: Path) -> float:
    begin = time.perf_counter()
    environment = os.environ | {"VIGIE_HOME": str(home)}
    subprocess.run([sys.executable, *command], env=environment, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
