"""The gold documents: Markdown sources whose PDFs were made by four tools, and the demonstration guide."""

import re
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_GOLD = Path(__file__).resolve().parent / "gold"
_GUIDE = _ROOT / "corpus" / "guide"
_ENDNOTES = frozenset({"recueil-5-gouvernance"})  # notes printed after the text
_FRONT_PAGES = {"recueil-0-preface-et-methode": 3}  # cover and contents are made by the typesetting, not by the source
_NOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.M)
_CALL = re.compile(r"\[\^(\d+)\]")
_BLOCK_END = re.compile(r"\n{2,}|\n(?=\s*(?:[-*]|\d+\.) )")
_MARKUP = (
    (re.compile(r"^#+ ", re.M), ""),
    (re.compile(r"^> ?", re.M), ""),
    (re.compile(r"^::: ?(?:encadre ?)?", re.M), ""),
    (re.compile(r"^Table : ", re.M), ""),
    (re.compile(r"^\s*\|[-:| ]+\|\s*$", re.M), ""),
    (re.compile(r"^\s*[-*] ", re.M), ""),
    (re.compile(r"[*|]"), " "),
)


@dataclass(frozen=True)
class GoldDocument:
    """A PDF, the text printed on it from page `first_page` on, and the tool that made it."""

    name: str
    pdf: Path
    text: str
    first_page: int
    tool: str


_TOOLS = {
    "lettre-information": "LuaLaTeX, blind",
    "fiche-metier": "LibreOffice, blind",
    "rapport-annexe": "ReportLab, blind",
    "prototype-salon": "WeasyPrint",
    "stagiaire-etranger": "LibreOffice",
    "veille-reglementaire": "pdfLaTeX",
    "voyage-affaires": "Typst",
}


def gold_documents() -> list[GoldDocument]:
    """All of them, those that the reader was developed without sight of first."""
    others = [
        GoldDocument(s.stem, s.with_suffix(".pdf"), plain_text(s.read_text("utf-8")), 1, _TOOLS[s.stem])
        for s in (*sorted(_GOLD.glob("blind/*.md")), *sorted(_GOLD.glob("*.md")))
    ]
    chapters = [
        GoldDocument(
            source.stem,
            _GUIDE / f"{source.stem}.pdf",
            plain_text(source.read_text("utf-8"), endnotes=source.stem in _ENDNOTES),
            1 + _FRONT_PAGES.get(source.stem, 0),
            "WeasyPrint",
        )
        for source in sorted((_GUIDE / "source").glob("*.md"))
    ]
    return others + chapters


def plain_text(markdown: str, *, endnotes: bool = False) -> str:
    """The Markdown without its markup, in reading order: each note after its paragraph or item, tables by row."""
    body, notes = _split_notes(markdown)
    blocks: list[str] = []
    for block in _BLOCK_END.split(body):
        called = [] if endnotes else [n for n in _CALL.findall(block) if n in notes]
        blocks += [block, *(f"{number} {notes.pop(number)}" for number in called)]
    blocks += [f"{number} {text}" for number, text in notes.items()]
    return _without_markup(_CALL.sub(r" \1 ", "\n\n".join(blocks)))


def _split_notes(markdown: str) -> tuple[str, dict[str, str]]:
    """Text and notes: those written `[^1]: …`, or as the paragraph « 1 … » after the block that calls them."""
    notes = dict(_NOTE.findall(markdown))
    kept: list[str] = []
    awaited: list[str] = []
    for chunk in _NOTE.sub("", markdown).split("\n\n"):
        number, _, rest = chunk.strip().partition(" ")
        if awaited and number == awaited[0]:
            notes[awaited.pop(0)] = rest
        else:
            kept.append(chunk)
            awaited = [n for n in _CALL.findall(chunk) if n not in notes]
    return "\n\n".join(kept), notes


def _without_markup(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text
