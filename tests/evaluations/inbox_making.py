"""Answers that somebody judges, and what they say of them."""

import json
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from evaluations import inbox, labels
from evaluations.feedback import Feedback
from evaluations.questions import Gold
from tests.evaluations.making import answer, passage

GOLD = Gold(publication="guide", page=3, quote="signe un engagement")


def answered(**values: Any) -> dict[str, Any]:
    """The JSON of `vigie ask --json` to a question about trainees."""
    asked = {"question": "Que signe le stagiaire ?", "standalone_question": "Que signe le stagiaire ?"}
    return json.loads(json.dumps(answer(passage()).as_json())) | asked | values


def received(home: Path, question: str = "Que signe le stagiaire ?", **values: Any) -> Feedback:
    """A feedback on the answer to a question."""
    answer_ = answered(question=question, standalone_question=question) | values.pop("answer", {})
    return inbox.receive(home, answer_, helpful=False, **values)


def closed(home: Path, decision: labels.Judgement = "wrong", gold: tuple[Gold, ...] = (GOLD,), **values: Any) -> str:
    """The id of an item that Zoé adjudicated."""
    item = received(home, **values)
    labels.adjudicate(home, item, decision, "Zoé", "La page 3 le dit.", gold)
    return item.id


def workbook(path: Path, cells: dict[str, str]) -> Path:
    """An .xlsx of the XML of cells by their reference: `{"A1": text("id"), "B2": "<v>12</v>"}`."""
    rows: dict[int, str] = {}
    for reference, content in cells.items():
        row = int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        kind = ' t="inlineStr"' if content.startswith("<is>") else ""
        rows[row] = rows.get(row, "") + f'<c r="{reference}"{kind}>{content}</c>'
    sheet = "".join(f'<row r="{row}">{content}</row>' for row, content in sorted(rows.items()))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content.replace("SHEET", sheet))
    return path


def text(written: str) -> str:
    """A cell of text."""
    return f'<is><t xml:space="preserve">{escape(written)}</t></is>'


_OOXML = "http://schemas.openxmlformats.org"
_RELATIONSHIPS = f"{_OOXML}/officeDocument/2006/relationships"
_PACKAGE = f"{_OOXML}/package/2006"
_MAIN = f"{_OOXML}/spreadsheetml/2006/main"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
    f'Type="{_RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
    f'Type="{_RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}"><sheets>'
    '<sheet name="Questions" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>SHEET</sheetData></worksheet>',
}
