"""A report's four files."""

import json
from pathlib import Path

from evaluations.reporting.data import data
from evaluations.reporting.facts import gather
from evaluations.reporting.markdown import markdown
from evaluations.reporting.page import page
from evaluations.reporting.sheet import sheet
from evaluations.run_folder import RunFolder
from index import IndexVersion


def write_report(
    run: RunFolder, folder: Path, *, against: RunFolder | None = None, version: IndexVersion | None = None
) -> Path:
    """Write report.html, report.md, cases.csv and report.json into `folder`, and give the path of the first.

    `against` is the run before. `version` is the one that was asked: with it the pages without questions are known,
    and gold pages are shown as long as their files are those it indexed. Two runs on other corpora are compared on the
    gold that both hold, and the report says so. Raises EvaluationError for a run that is not finished, for another
    version than the run's, and for two runs on other questions or other measures.
    """
    report = gather(run, against, version)
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "report.md": markdown(report),
        "cases.csv": sheet(report.pairs),
        "report.json": json.dumps(data(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        "report.html": page(report),
    }
    for name, text in written.items():
        # a question may hold half a character, which JSON carries and UTF-8 does not
        (folder / name).write_text(text, "utf-8", errors="replace", newline="")
    return folder / "report.html"
