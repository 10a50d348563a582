"""Make each blind gold PDF again from its Markdown source: text and PDF cannot drift apart.

Usage: build_blind.py [NAME ...]       (all three by default; PDFs are written beside the .md files)

    lettre-information   LuaLaTeX (LuaHBTeX 1.15.0, TeX Live 2022 of Debian 12: texlive-latex-base, -latex-recommended,
                         -latex-extra, -lang-french, -luatex, lmodern), EB Garamond (fonts-ebgaramond 0.016)
    fiche-metier         LibreOffice 7.4.7 (libreoffice-writer-nogui, hyphen-fr), Liberation Serif and Sans Narrow
                         (fonts-liberation2), small capitals of Linux Libertine O (fonts-linuxlibertine 5.3.0)
    rapport-annexe       ReportLab 5.1.0 and pyphen 0.18.1 (pip), Cardo (fonts-cardo 1.04), bullets of DejaVu Sans

The Markdown is that of ../../build/build_gold.py, whose `parse`, `inline` and TEX_SPECIAL are used here.
Printed otherwise than the Markdown spells it, on purpose: ordinal letters (1er, XXe, 2e) are raised in
rapport-annexe, ligatures are set (as U+FB00–FB04 characters in rapport-annexe), second-level numbers of
fiche-metier are « 1. » as in the Markdown, bullets are — in lettre-information, ❧ and ▸ in rapport-annexe,
and second-level headings of fiche-metier are in letter-spaced small capitals.

The wide table of lettre-information is a float: \\linespread in the template is set so that its part ends with page 2
and the table heads page 3, where the Markdown has it. The fiche-metier PDF differs by its identifier at each build.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BUILD = Path(__file__).resolve().parent
BLIND = BUILD.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(BLIND.parent / "build"))
from build_gold import TEX_SPECIAL, Block, Document, inline, parse  # noqa: E402


def template(name: str, **values: str) -> str:
    text = (BUILD / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@@{key}@@", value)
    return text


# --- LuaLaTeX ---


def lualatex(document: Document, target: Path) -> None:
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
        return rf"\{ {2: 'section', 3: 'subsection'}[block.level] }{{{inline(text, run)}}}"

    def one(block: Block) -> str:
        match block.kind:
            case "heading":
                return heading(block)
            case "list":
                name = "enumerate" if block.ordered else "itemize"
                items = "\n".join(rf"\item {inline(i.text, run)}" for i in block.items)
                return f"\\begin{{{name}}}\n{items}\n\\end{{{name}}}"
            case "table":  # a float over both columns, closed by the caption, the next paragraph
                head, *rows = [" & ".join(inline(cell, run) for cell in row) + r" \\" for row in block.rows]
                lines = "\n".join([r"\toprule", head, r"\midrule", *rows, r"\bottomrule"])
                columns = "l" * len(block.rows[0])
                return f"\\begin{{table*}}[t]\\centering\\footnotesize\\tabcolsep=4pt\\begin{{tabular}}{{{columns}}}\n{lines}\n\\end{{tabular}}"
            case "paragraph":
                shown = inline(block.text, run)
                if shown.startswith("Tableau "):
                    return f"\\par\\smallskip\\footnotesize\\itshape {shown}\\end{{table*}}"
                return shown
        raise ValueError(f"{block.kind} is not set here")

    title, subtitle, *rest = document.blocks
    body = "\n\n".join(map(one, rest))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.tex"
        text = template(
            f"{target.stem}.tex", TITLE=inline(title.text, run), SUBTITLE=inline(subtitle.text, run), BODY=body
        )
        source.write_text(text, encoding="utf-8")
        for _ in range(2):  # running headers
            call = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", source.name]
            done = subprocess.run(call, cwd=folder, capture_output=True, text=True, errors="replace")
            log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
            if done.returncode or "Missing character" in log:
                raise RuntimeError(done.stdout[-2000:])
        target.write_bytes(source.with_suffix(".pdf").read_bytes())


# --- LibreOffice ---


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

    def paragraph(style: str, text: str, before: str = "") -> str:
        return f'<text:p text:style-name="{style}">{before}{inline(text, run)}</text:p>'

    def frame(box: Block) -> str:
        inside = "".join(paragraph("Side", item.text) for item in box.items)
        return (
            '<draw:frame draw:style-name="SideFrame" draw:name="Side" text:anchor-type="paragraph" svg:y="0.8mm" '
            f'svg:width="62mm" draw:z-index="0"><draw:text-box fo:min-height="10mm">{inside}</draw:text-box></draw:frame>'
        )

    def cells(row: list[str], prefix: str) -> str:
        drawn = "".join(
            f'<table:table-cell table:style-name="{prefix}Box" office:value-type="string">'
            f"{paragraph(prefix + 'Cell', cell)}</table:table-cell>"
            for cell in row
        )
        return f'<table:table-row table:style-name="Row">{drawn}</table:table-row>'

    def one(block: Block, before: str = "", top: bool = True) -> str:
        match block.kind:
            case "heading":
                shown = inline(block.text, run)
                return f'<text:h text:style-name="H{block.level}" text:outline-level="{block.level}">{shown}</text:h>'
            case "list":
                style = f' text:style-name="{"Numbers" if block.ordered else "Bullets"}"' if top else ""
                items = "".join(
                    f"<text:list-item>{paragraph('Item', i.text)}{''.join(one(s, top=False) for s in i.items)}"
                    "</text:list-item>"
                    for i in block.items
                )
                return f"<text:list{style}>{items}</text:list>"
            case "table":
                columns = "".join(f'<table:table-column table:style-name="Col{c}"/>' for c in "ABCD")
                head = f"<table:table-header-rows>{cells(block.rows[0], 'Head')}</table:table-header-rows>"
                body = "".join(cells(row, "") for row in block.rows[1:])
                return f'<table:table table:name="T" table:style-name="Grid">{columns}{head}{body}</table:table>'
            case "paragraph":
                return paragraph("Body", block.text, before)
        raise ValueError(f"{block.kind} is not set here")

    drawn = []
    following = [*document.blocks[1:], Block("end")]
    for block, after in zip(document.blocks, following, strict=True):
        if block.kind != "box":  # a box is framed beside the paragraph before it
            drawn.append(one(block, frame(after) if after.kind == "box" else ""))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.fodt"
        source.write_text(template(f"{target.stem}.fodt", BODY="\n".join(drawn)), encoding="utf-8")
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


# --- ReportLab ---

LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
ORDINAL = re.compile(r"\b([0-9]+|[IVX]+)(er|re|e)\b")


def reportlab(document: Document, target: Path) -> None:
    import pyphen
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Table
    from reportlab.platypus import FrameBreak
    from reportlab.platypus import paragraph as engine

    fonts = Path("/usr/share/fonts/truetype")
    for name, file in {
        "Cardo": "cardo/Cardo104s.ttf",
        "Cardo-Bold": "cardo/Cardob101.ttf",
        "Cardo-Italic": "cardo/Cardoi99.ttf",
        "Bullets": "dejavu/DejaVuSans.ttf",
    }.items():
        pdfmetrics.registerFont(TTFont(name, fonts / file))
    pdfmetrics.registerFontFamily(
        "Cardo", normal="Cardo", bold="Cardo-Bold", italic="Cardo-Italic", boldItalic="Cardo-Bold"
    )

    def ligatures(text: str) -> str:
        return re.sub("ffi|ffl|ff|fi|fl", lambda m: LIGATURES[m[0]], text)

    def plain(text: str) -> str:
        for long, short in LIGATURES.items():
            text = text.replace(short, long)
        return text

    words = pyphen.Pyphen(lang="fr_FR", left=2, right=3)

    def hyphenate(word: str):
        return ((ligatures(a), ligatures(b)) for a, b in words.iterate(plain(word)))

    def elided(match: re.Match[str]) -> str:
        """« l’intelligence » : ReportLab hyphenates letters only, so these words bear their soft hyphens."""
        return match[1] + words.inserted(match[2], "\u00ad")

    def address(uri: str) -> list[tuple[str, str]] | None:
        """Addresses break after a hyphen or a slash, the longest first part being tried first."""
        if not uri.startswith("http"):
            return None
        cuts = [m.end() for m in re.finditer(r"(?<=\w)[-/](?=\w)", uri)]
        return [(uri[:c], engine._SplitWordLL(uri[c:])) for c in reversed(cuts)]

    engine._uri_split_pairs = address

    def run(kind: str, text: str) -> str:
        if kind == "address":
            return html.escape(text)
        text = re.sub(r"\b((?:[dlnscjm]|qu)’)(\w{7,})(?![\w-])", elided, text)
        text = ORDINAL.sub(r"\1<super size='6.6' rise='3.4'>\2</super>", html.escape(ligatures(text), quote=False))
        return {"bold": f"<b>{text}</b>", "italic": f"<i>{text}</i>"}.get(kind, text)

    base = ParagraphStyle(
        "body", fontName="Cardo", fontSize=10.4, leading=13.6, alignment=4, spaceAfter=4, hyphenationLang=hyphenate,
        embeddedHyphenation=2, uriWasteReduce=0.01, splitLongWords=0, allowWidows=0, allowOrphans=0,
    )  # fmt: skip
    styles = {
        1: ParagraphStyle("h1", base, fontSize=22, leading=27, alignment=0, hyphenationLang=None, spaceAfter=3),
        2: ParagraphStyle("h2", base, fontName="Cardo-Italic", fontSize=15, leading=18, alignment=0, spaceBefore=9,
                          spaceAfter=4, hyphenationLang=None, keepWithNext=1, textColor="#0b4f4a"),
        "standfirst": ParagraphStyle("standfirst", base, fontName="Cardo-Italic", fontSize=11.5, leading=15),
        "item": ParagraphStyle("item", base, leftIndent=13, bulletIndent=1, spaceAfter=2.5, bulletFontName="Bullets",
                               bulletFontSize=7.5, bulletColor="#0b4f4a"),
        "cell": ParagraphStyle("cell", base, fontSize=11, leading=14, alignment=0, hyphenationLang=None, spaceAfter=0),
        "wide": ParagraphStyle("wide", base, fontSize=11, leading=14.5),
    }  # fmt: skip
    bullets = iter("❧▸")

    def one(block: Block, wide: bool) -> list:
        match block.kind:
            case "heading":
                return [Paragraph(inline(block.text, run), styles[block.level])]
            case "list":
                bullet = next(bullets)
                return [Paragraph(inline(i.text, run), styles["item"], bulletText=bullet) for i in block.items]
            case "table":
                head, *rows = [[inline(cell, run) for cell in row] for row in block.rows]
                cells = [[Paragraph(f"<i>{c}</i>", styles["cell"]) for c in head]]
                cells += [[Paragraph(c, styles["cell"]) for c in row] for row in rows]
                widths = [w * mm for w in (38, 58, 30, 40, 48, 40)]
                table = Table(cells, colWidths=widths, hAlign="LEFT", spaceBefore=8, spaceAfter=10)
                table.setStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
                return [table]
            case "paragraph":
                return [Paragraph(inline(block.text, run), styles["wide"] if wide else base)]
        raise ValueError(f"{block.kind} is not set here")

    width, height = landscape(A4)
    side, gap, top, bottom, opening = 16 * mm, 8 * mm, 20 * mm, 18 * mm, 30 * mm
    column = (width - 2 * side - 2 * gap) / 3

    def columns(room: float) -> list[Frame]:
        pad = dict(leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        return [Frame(side + i * (column + gap), bottom, column, room, **pad) for i in range(3)]

    def furniture(canvas, doc) -> None:
        canvas.setFont("Cardo-Italic", 8.5)
        canvas.drawString(side, height - 12 * mm, "Savoir-faire et territoires — annexes au rapport 2025")
        canvas.drawRightString(width - side, 10 * mm, f"III-{doc.page}")

    room = height - top - bottom
    pad = dict(leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    head = Frame(side, height - top - opening + 4 * mm, width - 2 * side, opening - 4 * mm, **pad)
    full = Frame(side, bottom, width - 2 * side, room, **pad)
    pages = BaseDocTemplate(str(target), pagesize=(width, height), title=target.stem, lang="fr", invariant=1)
    pages.addPageTemplates([
        PageTemplate("first", [head, *columns(room - opening)], onPage=furniture),
        PageTemplate("next", columns(room), onPage=furniture),
        PageTemplate("last", [full], onPage=furniture),
    ])  # fmt: skip

    title, standfirst, *rest = document.blocks
    table = next(i for i, b in enumerate(rest) if b.kind == "table")
    last = max(i for i in range(table) if rest[i].kind == "heading")  # the table's section has a page of its own
    story = [*one(title, True), Paragraph(inline(standfirst.text, run), styles["standfirst"])]
    story += [NextPageTemplate("next"), FrameBreak()]
    for block in rest[:last]:
        story += one(block, False)
    story += [NextPageTemplate("last"), PageBreak()]
    for block in rest[last:]:
        story += one(block, True)
    pages.build(story)


TOOLS = {"lettre-information": lualatex, "fiche-metier": libreoffice, "rapport-annexe": reportlab}


def main(names: list[str]) -> None:
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1764000000")
    for name in names or list(TOOLS):
        document = parse((BLIND / f"{name}.md").read_text(encoding="utf-8"))
        TOOLS[name](document, BLIND / f"{name}.pdf")
        print(name, (BLIND / f"{name}.pdf").stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
