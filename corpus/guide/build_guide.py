"""Typeset the demonstration guide: one Markdown chapter in, one A4 PDF out.

Usage: python build_guide.py SOURCE_DIR OUT_DIR

Every recueil-N-*.md gives a PDF of the same stem, styled by guide.css beside this script.
Chapter 0 gets the cover and the contents; its front matter is numbered i, ii, iii…, arabic
numbers start at « Publics et finalité » and run on through the PDFs, /PageLabels too. The
chapters laid out and their printed pages known, chapter 0 is laid out again with contents.
Same sources, fonts (Linux Libertine, Lato) and library versions: same bytes.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from weasyprint import HTML, Document

TITLE = "Pôles de compétitivité et intelligence économique"
NOTICE = "Recueil de démonstration, rédigé pour Vigie\u00a0: ce n’est pas la publication officielle"
AUTHOR, PRINTED_DATE, ISO_DATE = "Projet Vigie", "Novembre 2026", "2026-11-01"
ARABIC_FROM = "Publics et finalité"  # in chapter 0, the section where page 1 stands
TWO_COLUMNS = {"recueil-5-gouvernance"}  # here notes come at the end of the chapter
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
CSS = Path(__file__).with_name("guide.css")
DRESSING = (  # classes of labels alone, labels run in, table titles, numbers; tables
    (r"<p>(<strong>[^<]*</strong></p>)", r'<p class="etiquette">\1'),
    (r"<p>(<strong>)", r'<p class="rubrique">\1'),
    (r"<p>(Table\s*:)", r'<p class="legende">\1'),
    (r"<h([12])>([IVX]+\.\d*)\s", r'<h\1><span class="numero">\2</span> '),
    (r"<h3>(Pratique n°\s*\d+)\s*–\s*", r'<h3 class="pratique"><span class="numero">\1</span> – '),
    (r'(?s)(<p class="legende">[^\n]*</p>\s*)?<table>.*?</table>', r"<figure>\g<0></figure>"),
)
SPANNING = r'(?s)(<h2>.*?</h2>|<figure>.*?</figure>|<ol class="notes">.*?</ol>)'
Entry = tuple[int, str, str]  # a line of the contents: level, text, printed page number


class Chapter(NamedTuple):
    """A chapter ready for layout: file stem, title and text as HTML."""

    stem: str
    title: str
    body: str


def render_box(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """Open or close a ``::: encadre Titre`` box."""
    if tokens[index].nesting != 1:
        return "</aside>\n"
    title = tokens[index].info.strip().removeprefix("encadre").strip()
    return f'<aside class="encadre">\n<p class="encadre-titre">{escape(title)}</p>\n'


def render_call(_: Any, tokens: Sequence[Token], index: int, __: Any, env: Any) -> str:
    """Float a note to the foot of the page, or print its call if notes come at the end."""
    meta = tokens[index].meta
    if env["endnotes"] or meta["subId"]:
        return f'<sup class="appel">{meta["id"] + 1}</sup>'
    return f'<span class="note">{env["notes"][meta["id"]]}</span>'


def make_parser() -> MarkdownIt:
    """Make a CommonMark parser with the dialect's tables, boxes and footnotes."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    footnote_plugin(parser, inline=False)
    container_plugin(parser, "encadre", render=render_box)
    parser.add_render_rule("footnote_ref", render_call)
    return parser


def split_notes(parser: MarkdownIt, tokens: list[Token], env: Any) -> list[Token]:
    """Take the block of footnotes off the text; keep their HTML in the environment."""
    end = [*(token.type for token in tokens), "footnote_block_open"].index("footnote_block_open")
    for token in tokens[end:]:
        if token.type == "footnote_open":
            env["notes"].append("")
        elif token.type == "inline":
            html = parser.renderer.render(token.children or [], parser.options, env)
            env["notes"][-1] = f"{env['notes'][-1]} {html}".strip()
    return tokens[:end]


def split_front(html: str) -> str:
    """Wrap the text in its sections; what stands before ARABIC_FROM is front matter."""
    front, mark, text = html.rpartition(f"<h2>{ARABIC_FROM}")
    opener, end, text = ("", "", mark + text) if mark else text.partition("</h1>\n")
    front = f'<section class="liminaire">{front}</section>' if front else ""
    text = re.sub(SPANNING, r"</div>\n\1\n<div>", f"<div>{text}</div>")
    return f'{front}<section class="corps" id="corps">{opener}{end}{text}</section>'


def read_chapter(path: Path, parser: MarkdownIt) -> Chapter:
    """Parse a Markdown chapter into HTML, refusing leftovers of broken markup."""
    env: dict[str, Any] = {"notes": [], "endnotes": path.stem in TWO_COLUMNS}
    tokens = split_notes(parser, parser.parse(path.read_text("utf-8"), env), env)
    html = parser.renderer.render(tokens, parser.options, env)
    title = html.partition("</h1>")[0].removeprefix("<h1>")
    if broken := re.search(r".{0,40}(?:\[\^|:::|\*\*|<p>\||&lt;).{0,40}", html):
        sys.exit(f"{path.name}: markup left in the text: {broken[0]!r}")
    for pattern, replacement in DRESSING:
        html = re.sub(pattern, replacement, html)
    if env["endnotes"] and env["notes"]:
        html += f'<ol class="notes"><li>{"</li><li>".join(env["notes"])}</li></ol>'
    return Chapter(path.stem, title, split_front(html))


def cover_and_contents(entries: Sequence[Entry]) -> str:
    """Make the cover and the contents of the whole guide."""
    line = '<li class="n{0}"><span>{1} </span><i></i><b>{2}</b></li>\n'
    items = "".join(line.format(level, escape(label), page) for level, label, page in entries)
    return (
        f'<section class="couverture"><p class="titre">{TITLE}</p>'
        '<p class="sous-titre">Recueil de bonnes pratiques – recueil de démonstration</p>'
        f'<p class="avis">{NOTICE}</p><p class="date">{PRINTED_DATE}</p>'
        '<p class="credit">Rédigé pour le projet Vigie</p></section>'
        f'<section class="sommaire"><h1>Sommaire</h1><ul>{items}</ul></section>'
    )


def lay_out(chapter: Chapter, start: int, opening: str = "") -> Document:
    """Lay a chapter out, its arabic numbers beginning at ``start``."""
    layout = "deux-colonnes" if chapter.stem in TWO_COLUMNS else "une-colonne"
    texts = f"@top-left {{ content: '{TITLE}' }} @bottom-left {{ content: '{NOTICE}' }}"
    first = f"@page :nth(1 of corps) {{ counter-reset: page {start} }}"
    html = (
        f'<!doctype html><html lang="fr"><head><title>{TITLE} – {chapter.title}</title>'
        f'<meta name="author" content="{AUTHOR}"><meta name="dcterms.created" content="{ISO_DATE}">'
        f"<style>@page {{ {texts} }} {first} {CSS.read_text('utf-8')}</style></head>"
        f'<body class="{layout}">{opening}{chapter.body}</body></html>'
    )
    return HTML(string=html).render(pdf_tags=True)


def front_pages(document: Document) -> int:
    """Count the pages before the one that begins the arabic numbers."""
    return next(i for i, page in enumerate(document.pages) if "corps" in page.anchors)


def list_entries(document: Document, start: int) -> list[Entry]:
    """List the title, sections and practices of a chapter with their printed pages."""
    front, entries = front_pages(document), list[Entry]()
    for index, page in enumerate(document.pages):
        printed = ROMAN[index] if index < front else str(start + index - front)
        for level, label, *_ in page.bookmarks:
            if label != "Sommaire" and (level < 3 or label.startswith("Pratique")):
                entries.append((level, label, printed))
    return entries


def write_pdf(chapter: Chapter, document: Document, out: Path, start: int) -> None:
    """Write a PDF whose page labels are the printed numbers, if no text was lost in layout."""
    raw = document.write_pdf(pdf_tags=True, pdf_identifier=chapter.stem.encode())
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)
    expected = re.sub("<[^>]+>", "", chapter.body) + NOTICE * len(document.pages)
    if len(text) < len(expected):
        sys.exit(f"{chapter.stem}: WeasyPrint lost a part of the text; change its layout")
    writer, front = PdfWriter(BytesIO(raw), incremental=True), front_pages(document)
    if front:
        writer.set_page_label(0, 0, prefix="Couverture")
        writer.set_page_label(1, front - 1, PageLabelStyle.LOWERCASE_ROMAN, start=2)
    writer.set_page_label(front, len(document.pages) - 1, PageLabelStyle.DECIMAL, start=start)
    writer.write(out / f"{chapter.stem}.pdf")


def build(source_dir: Path, out_dir: Path) -> None:
    """Build every chapter of ``source_dir``; the opening one last, with its contents."""
    paths, parser = sorted(source_dir.glob("recueil-[0-9]-*.md")), make_parser()
    chapters = [read_chapter(path, parser) for path in paths]
    if not chapters or not chapters[0].stem.startswith("recueil-0-"):
        sys.exit(f"{source_dir}: no recueil-0-*.md to open the guide")
    out_dir.mkdir(parents=True, exist_ok=True)
    document, before, later = lay_out(chapters[0], 1), list[Entry](), list[Entry]()
    own, start = list_entries(document, 1), 1 + len(document.pages) - front_pages(document)
    for chapter in chapters[1:]:
        document = lay_out(chapter, start)
        later += list_entries(document, start)
        write_pdf(chapter, document, out_dir, start)
        start += len(document.pages)
    while own != before:
        document, before = lay_out(chapters[0], 1, cover_and_contents(own + later)), own
        own = list_entries(document, 1)
    write_pdf(chapters[0], document, out_dir, 1)
    sys.stdout.write(f"{len(chapters)} PDFs in {out_dir}; arabic page numbers run to {start - 1}\n")


if __name__ == "__main__":
    cli = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    cli.add_argument("source_dir", type=Path, help="folder of the recueil-N-*.md chapters")
    cli.add_argument("out_dir", type=Path, help="folder for the PDFs, made if need be")
    build(**vars(cli.parse_args()))
