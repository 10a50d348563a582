"""`vigie corpus`: the catalogue, and what can be read of a file."""

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
    folder_catalogue,
    load_catalogue,
    prepare,
    read_isolated,
    remove_publication,
)
from ui.cli.options import AsJson, CorpusDir
from ui.cli.output import emit, messages, progress_bars, results
from ui.cli.publications import Ocr, account, add, fetch, notes
from ui.settings import load_settings

app = typer.Typer(no_args_is_help=True)
app.command()(add)
app.command()(fetch)


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
        verdict |= account(_read(file, settings, ocr, advance))
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


def _show_verdict(verdict: dict[str, Any]) -> None:
    name = escape(Path(verdict["file"]).name)
    if not verdict["ok"]:
        error = verdict["error"]
        results.print(f"[red]✗[/] {name} : {escape(error['message'])} {escape(error['remedy'])}", soft_wrap=True)
        return
    said = [f"{verdict['pages']} pages", f"{verdict['characters']} caractères"]
    results.print(f"[green]✓[/] {name} : {' ; '.join([', '.join(said), *notes(verdict)])}", soft_wrap=True)


def _catalogue(folder: Path | None) -> Catalogue:
    return folder_catalogue(folder) if folder else load_catalogue(load_settings().home)


def _publication_json(publication: Publication) -> dict[str, Any]:
    values = {name: getattr(publication, name) for name in publication.__dataclass_fields__}
    return values | {"path": str(publication.path or ""), "replaces": list(publication.replaces)}
