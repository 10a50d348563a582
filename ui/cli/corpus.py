"""`vigie corpus`: the catalogue, and what can be read of a file."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.markup import escape

from corpus import (
    Catalogue,
    CatalogueError,
    CorpusSettings,
    Document,
    Publication,
    UnreadablePdf,
    add_publication,
    folder_catalogue,
    load_catalogue,
    prepare,
    read_isolated,
    remove_publication,
)
from ui.cli.options import AsJson, CorpusDir
from ui.cli.output import emit, messages, progress_bars, results
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)
Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of pages that are only images (Tesseract).")]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A PDF.")],
    replaces: Annotated[list[str] | None, typer.Option(help="Publication or guide that this one replaces.")] = None,
    publication_id: Annotated[str, typer.Option("--id", help="Its id; by default, from the file's name.")] = "",
    title: Annotated[str, typer.Option(help="Its title; by default, the PDF's.")] = "",
    ocr: Ocr = False,
    password: Annotated[bool, typer.Option("--password", help="Ask for the file's password.")] = False,
) -> None:
    """Add a publication. It is served after the next `vigie index build`."""
    settings = load_settings()
    secret = _password() if password else ""
    with progress_bars(transient=True) as advance:
        added = add_publication(
            settings.home,
            file,
            settings.corpus,
            publication_id=publication_id,
            replaces=tuple(replaces or ()),
            title=title,
            password=secret,
            ocr=ocr,
            on_page=lambda page, pages: advance("Lecture", page, pages, page),
            on_ocr=lambda page, pages: advance("Reconnaissance", page, pages, page),
            on_read=_tell_notes,
        )
    messages.print(f"Ajoutée : « {escape(added.title)} » ({added.id}). Lancez maintenant « vigie index build ».")


@app.command()
def remove(publication_id: Annotated[str, typer.Argument(metavar="ID", help="Publication or guide.")]) -> None:
    """Withdraw a publication, or all the chapters of a guide, from the next index on."""
    remove_publication(load_settings().home, publication_id)
    messages.print(f"Retirée : {escape(publication_id)}. Lancez maintenant « vigie index build ».")


@app.command("list")
def list_(as_json: AsJson = False, corpus: CorpusDir = None) -> None:
    """List publications: served, not yet fetched, withdrawn."""
    catalogue = _catalogue(corpus)
    states = (
        ("served", catalogue.publications),
        ("unfetched", catalogue.unfetched),
        ("withdrawn", catalogue.withdrawn),
    )
    names = {"served": "servie", "unfetched": "à fournir", "withdrawn": "retirée"}
    for state, publications in states:
        for publication in publications:
            if as_json:
                emit({"state": state, **_publication_json(publication)})
            else:
                results.print(
                    f"{names[state]:<10} {escape(publication.id)} · {escape(publication.title)}", soft_wrap=True
                )


@app.command()
def show(
    publication_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False, corpus: CorpusDir = None
) -> None:
    """Show all that the catalogue says of one publication."""
    catalogue = _catalogue(corpus)
    everything = (*catalogue.publications, *catalogue.unfetched, *catalogue.withdrawn)
    publication = next((p for p in everything if p.id == publication_id), None)
    if publication is None:
        raise CatalogueError(f"Aucune publication ne s’appelle « {publication_id} ».", "Voyez « vigie corpus list ».")
    values = _publication_json(publication)
    if as_json:
        emit(values)
        return
    for name, value in values.items():
        if value:
            results.print(
                f"{name:<9} {escape(', '.join(value) if isinstance(value, list) else str(value))}", soft_wrap=True
            )


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")], as_json: AsJson = False, ocr: Ocr = False
) -> None:
    """Say of each file whether it can be read, without indexing it."""
    settings = load_settings().corpus
    for file in files:
        with progress_bars(transient=True) as advance:
            verdict = check_file(file, settings, ocr=ocr, advance=advance)
        if as_json:
            emit(verdict)
        else:
            _show_verdict(verdict)


def check_file(
    file: Path, settings: CorpusSettings, *, ocr: bool = False, advance: Callable[..., None] = lambda *_: None
) -> dict[str, Any]:
    """The object of the contract for one file; with `ocr`, as it would read after recognition.

    `advance` is told a label, pages done, their total, and pages done again, as by `progress_bars`.
    """
    begin = time.perf_counter()
    verdict: dict[str, Any] = {
        "file": str(file), "ok": True, "error": None, "pages": 0, "unreadable_pages": [], "characters": 0,
        "hidden_pages": [], "ocr_pages": {}, "repaired": False, "page_details": [],
    }  # fmt: skip
    try:
        verdict |= _account(_read(file, settings, ocr, advance))
    except UnreadablePdf as error:
        verdict |= {"ok": False, "error": {"code": error.code, "message": error.message, "remedy": error.remedy}}
    return verdict | {"seconds": round(time.perf_counter() - begin, 3)}


def _read(file: Path, settings: CorpusSettings, ocr: bool, advance: Callable[..., None]) -> Document:
    def on_page(page: int, pages: int) -> None:
        advance("Lecture", page, pages, page)

    def on_ocr(page: int, pages: int) -> None:
        advance("Reconnaissance", page, pages, page)

    if not ocr:
        return read_isolated(file, settings, on_page)
    with TemporaryDirectory() as folder:
        return prepare(file, Path(folder) / "copie.pdf", settings, ocr=True, on_page=on_page, on_ocr=on_ocr)


def _account(document: Document) -> dict[str, Any]:
    pages = list(enumerate(document.pages, 1))
    return {
        "pages": len(pages),
        "unreadable_pages": list(document.unreadable_pages),
        "characters": sum(document.characters),
        "hidden_pages": list(document.hidden_pages),
        "ocr_pages": {str(number): round(page.ocr, 2) for number, page in pages if page.ocr is not None},
        "repaired": document.is_repaired,
        "page_details": [
            {
                "page": number,
                "characters": page.characters,
                "unreadable": page.unreadable,
                "hidden": page.hidden,
                "scan": page.is_scan,
                "ocr": None if page.ocr is None else round(page.ocr, 2),
            }
            for number, page in pages
        ],
    }


def _notes(account: dict[str, Any]) -> list[str]:
    """What an admin should know of a file that can be read."""
    listed = {key: ", ".join(map(str, account[key])) for key in ("unreadable_pages", "hidden_pages")}
    found = [f"page {n} reconnue (OCR), confiance {100 * value:.0f} %" for n, value in account["ocr_pages"].items()]
    return [
        *(["fichier réparé"] if account["repaired"] else []),
        *([f"pages sans texte lisible : {listed['unreadable_pages']}"] if listed["unreadable_pages"] else []),
        *([f"pages où du texte invisible a été écarté : {listed['hidden_pages']}"] if listed["hidden_pages"] else []),
        *found,
    ]


def _tell_notes(document: Document) -> None:
    for note in _notes(_account(document)):
        messages.print(f"À noter : {note}.", soft_wrap=True)


def _password() -> str:
    """From the environment, else asked on the terminal: never on the command line, where others could see it."""
    given = os.environ.get("VIGIE_PDF_PASSWORD", "")
    return given or str(typer.prompt("Mot de passe du fichier", hide_input=True, err=True))


def _show_verdict(verdict: dict[str, Any]) -> None:
    name = escape(Path(verdict["file"]).name)
    if not verdict["ok"]:
        error = verdict["error"]
        results.print(f"[red]✗[/] {name} : {escape(error['message'])} {escape(error['remedy'])}", soft_wrap=True)
        return
    said = [f"{verdict['pages']} pages", f"{verdict['characters']} caractères"]
    results.print(f"[green]✓[/] {name} : {' ; '.join([', '.join(said), *_notes(verdict)])}", soft_wrap=True)


def _catalogue(folder: Path | None) -> Catalogue:
    return folder_catalogue(folder) if folder else load_catalogue(load_settings().home)


def _publication_json(publication: Publication) -> dict[str, Any]:
    values = {name: getattr(publication, name) for name in publication.__dataclass_fields__}
    return values | {"path": str(publication.path or ""), "replaces": list(publication.replaces)}
