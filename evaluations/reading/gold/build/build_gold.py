"""Make each gold PDF again from its Markdown source: text and PDF cannot drift apart.

Usage: build_gold.py [NAME ...]        (all four by default; PDFs are written beside the .md files)

    prototype-salon       WeasyPrint 70.0 (pip), Linux Libertine O and Linux Biolinum O fonts
    stagiaire-etranger    LibreOffice 7.4 (libreoffice-writer-nogui, hyphen-fr), Carlito font
    veille-reglementaire  pdfLaTeX (texlive-latex-base, -latex-recommended, -lang-french, -fonts-recommended, lmodern)
    voyage-affaires       Typst 0.15 (pip), its own Libertinus font

Markdown read here: `#` headings, one paragraph a line, `- ` and `1. ` lists (four spaces a level),
pipe tables with a `|---|` row, `> ` boxes, **bold**, *italic*, `[^N]` for a printed note call;
a note is a paragraph beginning with its number, after the block that calls it.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

BUILD = Path(__file__).resolve().parent
GOLD = BUILD.parent
INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+?)\*|\[\^(?P<call>\d+)\]"
    r"|(?P<address>https?://[^\s»]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)


@dataclass
class Block:
    kind: str  # heading, paragraph, list, table, box
    text: str = ""
    level: int = 0
    ordered: bool = False
    items: list["Block"] = field(default_factory=list)  # list items or box content; an item holds its sub-lists
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Document:
    blocks: list[Block]
    notes: dict[str, str]


def parse(source: str) -> Document:
    """Blocks in order; notes are taken out of the flow, since each tool sets them itself."""
    notes: dict[str, str] = {}
    blocks: list[Block] = []
    awaited: list[str] = []
    for chunk in re.split(r"\n{2,}", source.strip()):
        number, _, rest = chunk.partition(" ")
        if awaited and number == awaited[0]:
            notes[awaited.pop(0)] = rest
            continue
        if awaited:
            raise ValueError(f"note {awaited[0]} should come before: {chunk[:60]}")
        blocks.append(_block(chunk))
        awaited = re.findall(r"\[\^(\d+)\]", chunk)
    if awaited or list(notes) != [str(n + 1) for n in range(len(notes))]:
        raise ValueError("notes must be numbered from 1, each after the block that calls it")
    return Document(blocks, notes)


def _block(chunk: str) -> Block:
    lines = chunk.split("\n")
    if heading := re.match(r"(#+) (.+)$", chunk):
        return Block("heading", heading[2], level=len(heading[1]))
    if chunk.startswith("> "):
        inner = [line[2:] for line in lines]
        rest = "\n".join(inner[1:])
        return Block("box", items=[_block(inner[0]), _block(rest)])
    if chunk.startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        return Block("table", rows=[rows[0], *rows[2:]])
    if re.match(r"(-|1\.) ", chunk):
        return _list(lines)
    if len(lines) > 1:
        raise ValueError(f"a paragraph is one line: {chunk[:60]}")
    return Block("paragraph", chunk)


def _list(lines: list[str]) -> Block:
    result = Block("list", ordered=lines[0].startswith("1."))
    position = 0
    while position < len(lines):
        text = re.sub(r"^(-|\d+\.) ", "", lines[position])
        position += 1
        nested = []
        while position < len(lines) and lines[position].startswith("    "):
            nested.append(lines[position][4:])
            position += 1
        result.items.append(Block("item", text, items=[_list(nested)] if nested else []))
    return result


def inline(text: str, render: Callable[[str, str], str]) -> str:
    """`render(kind, text)` for each run; kind is plain, bold, italic, call or address."""

    def runs() -> Iterator[str]:
        start = 0
        for match in INLINE.finditer(text):
            yield render("plain", text[start : match.start()])
            kind = str(match.lastgroup)
            yield render(kind, match[kind])
            start = match.end()
        yield render("plain", text[start:])

    return "".join(runs())


def template(name: str, **values: str) -> str:
    text = (BUILD / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@@{key}@@", value)
    return text


# --- A: WeasyPrint ---


def weasyprint(document: Document, target: Path) -> None:
    from weasyprint import HTML

    def run(kind: str, text: str) -> str:
        shown = html.escape(text, quote=False)
        match kind:
            case "bold":
                return f"<strong>{shown}</strong>"
            case "italic":
                return f"<em>{shown}</em>"
            case "call":
                return f'<span class="fn">{inline(document.notes[text], run)}</span>'
            case "address":
                return f'<span class="url">{shown}</span>'
        return shown

    def one(block: Block) -> str:
        match block.kind:
            case "heading":
                return f"<h{block.level}>{inline(block.text, run)}</h{block.level}>"
            case "list":
                items = "".join(f"<li>{inline(i.text, run)}{''.join(map(one, i.items))}</li>" for i in block.items)
                return f"<ol>{items}</ol>" if block.ordered else f"<ul>{items}</ul>"
            case "table":
                head, *rows = [[inline(cell, run) for cell in row] for row in block.rows]
                body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
                return "<table><tr>" + "".join(f"<th>{c}</th>" for c in head) + f"</tr>{body}</table>"
            case "box":
                return f'<div class="box">{"".join(map(one, block.items))}</div>'
        return f"<p>{inline(block.text, run)}</p>"

    # The opening (before the first ##) is one wide column; its box floats at the right of its paragraphs.
    first = next(i for i, b in enumerate(document.blocks) if b.kind == "heading" and b.level == 2)
    opening, rest = document.blocks[:first], document.blocks[first:]
    sides = [one(b).replace('class="box"', 'class="side"') for b in opening if b.kind == "box"]
    body = one(opening[0]) + "".join(sides) + '<div class="lead">'
    body += "".join(one(b) for b in opening[1:] if b.kind != "box") + '</div><div class="columns">'
    for block in rest:
        wide = block.kind == "table"
        body += f'</div>{one(block)}<div class="columns">' if wide else one(block)
    page = f'<html lang="fr"><head><meta charset="utf-8"><title>Gold A</title></head><body>{body}</div></body></html>'
    HTML(string=page).write_pdf(target, stylesheets=[str(BUILD / "prototype-salon.css")])


# --- B: LibreOffice ---


def libreoffice(document: Document, target: Path) -> None:
    def run(kind: str, text: str) -> str:
        shown = html.escape(text, quote=False)
        match kind:
            case "bold" | "italic" | "address":
                return f'<text:span text:style-name="{kind.title()}">{shown}</text:span>'
            case "call":
                note = f'<text:p text:style-name="Note">{inline(document.notes[text], run)}</text:p>'
                return (
                    f'<text:note text:id="ftn{text}" text:note-class="footnote"><text:note-citation>{text}'
                    f"</text:note-citation><text:note-body>{note}</text:note-body></text:note>"
                )
        return shown

    def paragraph(style: str, text: str) -> str:
        return f'<text:p text:style-name="{style}">{inline(text, run)}</text:p>'

    def cells(row: list[str], prefix: str) -> str:
        drawn = "".join(
            f'<table:table-cell table:style-name="{prefix}Box" office:value-type="string">'
            f"{paragraph(prefix + 'Cell', cell)}</table:table-cell>"
            for cell in row
        )
        return f'<table:table-row table:style-name="Row">{drawn}</table:table-row>'

    def one(block: Block, top: bool = True) -> str:
        match block.kind:
            case "heading":
                shown = inline(block.text, run)
                return f'<text:h text:style-name="H{block.level}" text:outline-level="{block.level}">{shown}</text:h>'
            case "list":
                style = f' text:style-name="{"Numbers" if block.ordered else "Bullets"}"' if top else ""
                items = "".join(
                    f"<text:list-item>{paragraph('Item', i.text)}{''.join(one(s, False) for s in i.items)}</text:list-item>"
                    for i in block.items
                )
                return f"<text:list{style}>{items}</text:list>"
            case "table":
                columns = "".join(f'<table:table-column table:style-name="Col{c}"/>' for c in "ABCD")
                head = f"<table:table-header-rows>{cells(block.rows[0], 'Head')}</table:table-header-rows>"
                body = "".join(cells(row, "") for row in block.rows[1:])
                return f'<table:table table:name="T" table:style-name="Grid">{columns}{head}{body}</table:table>'
            case "paragraph":
                return paragraph("Body", block.text)
        raise ValueError(f"{block.kind} is not set here")

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.fodt"
        body = "\n".join(map(one, document.blocks))
        source.write_text(template("stagiaire-etranger.fodt", BODY=body), encoding="utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        call = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(call, check=True, capture_output=True)
        target.write_bytes(source.with_suffix(".pdf").read_bytes())


# --- C: pdfLaTeX ---

TEX_SPECIAL = {c: "\\" + c for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
SECTIONS = {2: "section", 3: "subsection"}


def latex(document: Document, target: Path) -> None:
    def run(kind: str, text: str) -> str:
        if kind == "address":
            return rf"\url{{{text}}}"
        if kind == "call":
            return rf"\footnote{{{inline(document.notes[text], run)}}}"
        text = re.sub(r"\u00a0(?=[:;!?»])|(?<=«)\u00a0", "", text)  # babel-french sets these spaces
        shown = "".join(TEX_SPECIAL.get(c, c) for c in text).replace("\u00a0", "~")
        return {"bold": rf"\textbf{{{shown}}}", "italic": rf"\emph{{{shown}}}"}.get(kind, shown)

    numbers = {2: 0, 3: 0}

    def heading(block: Block) -> str:
        number, _, text = block.text.partition(" ")
        numbers[block.level] += 1
        if block.level == 2:
            numbers[3] = 0
        if number != (f"{numbers[2]}" if block.level == 2 else f"{numbers[2]}.{numbers[3]}"):
            raise ValueError(f"LaTeX would number otherwise: {block.text}")
        return rf"\{SECTIONS[block.level]}{{{inline(text, run)}}}"

    def one(block: Block) -> str:
        match block.kind:
            case "heading":
                return heading(block)
            case "list":
                name = "enumerate" if block.ordered else "itemize"
                items = "\n".join(rf"\item {inline(i.text, run)}" for i in block.items)
                return f"\\begin{{{name}}}\n{items}\n\\end{{{name}}}"
            case "table":
                head, *rows = [" & ".join(inline(cell, run) for cell in row) + r" \\" for row in block.rows]
                columns = "l" * len(block.rows[0])
                lines = "\n".join([r"\toprule", head, r"\midrule", *rows, r"\bottomrule"])
                return (
                    f"\\begin{{center}}\\small\\begin{{tabular}}{{{columns}}}\n{lines}\n\\end{{tabular}}\\end{{center}}"
                )
            case "paragraph":
                shown = inline(block.text, run)
                return rf"\begin{{center}}\small {shown}\end{{center}}" if shown.startswith("Tableau ") else shown
        raise ValueError(f"{block.kind} is not set here")

    title, subtitle, *rest = document.blocks
    body = "\n\n".join(map(one, rest))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.tex"
        text = template(
            "veille-reglementaire.tex", TITLE=inline(title.text, run), SUBTITLE=inline(subtitle.text, run), BODY=body
        )
        source.write_text(text, encoding="utf-8")
        for _ in range(3):  # table of contents
            call = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name]
            done = subprocess.run(call, cwd=folder, capture_output=True, text=True, errors="replace")
            if done.returncode:
                raise RuntimeError(done.stdout[-2000:])
        target.write_bytes(source.with_suffix(".pdf").read_bytes())


# --- D: Typst ---


def typst(document: Document, target: Path) -> None:
    import typst as engine

    def string(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def run(kind: str, text: str) -> str:
        match kind:
            case "bold":
                return f"#strong({string(text)});"
            case "italic":
                return f"#emph({string(text)});"
            case "address":
                return f"#address({string(text)});"
            case "call":
                return f"#note({text})[{inline(document.notes[text], run)}];"
        return f"#{string(text)};" if text else ""

    def one(block: Block) -> str:
        match block.kind:
            case "heading":
                return f"#heading(level: {block.level})[{inline(block.text, run)}]"
            case "list":
                items = ", ".join(f"[{inline(i.text, run)}]" for i in block.items)
                return f"#{'enum' if block.ordered else 'list'}({items})"
            case "table":
                head, *rows = [", ".join(f"[{inline(cell, run)}]" for cell in row) for row in block.rows]
                columns = f"({', '.join(['1fr'] * len(block.rows[0]))},)"
                head = head.replace("[#", "[*#").replace(";]", ";*]")
                return (
                    "#{set par(justify: false); set text(9.5pt); "
                    f"table(columns: {columns}, stroke: 0.4pt, table.header({head}), {', '.join(rows)})}}"
                )
            case "paragraph":
                return inline(block.text, run)
        raise ValueError(f"{block.kind} is not set here")

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.typ"
        body = "\n\n".join(map(one, document.blocks))
        source.write_text(template("voyage-affaires.typ", BODY=body), encoding="utf-8")
        engine.compile(str(source), output=str(target))


TOOLS = {
    "prototype-salon": weasyprint,
    "stagiaire-etranger": libreoffice,
    "veille-reglementaire": latex,
    "voyage-affaires": typst,
}


def main(names: list[str]) -> None:
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1764000000")
    for name in names or list(TOOLS):
        document = parse((GOLD / f"{name}.md").read_text(encoding="utf-8"))
        TOOLS[name](document, GOLD / f"{name}.pdf")
        print(name, (GOLD / f"{name}.pdf").stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
