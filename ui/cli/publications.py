"""`vigie corpus add` and `fetch`: publications brought in, and what an admin is told of them."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from corpus import (
    Document,
    Publication,
    VigieError,
    add_publication,
    fetch_publication,
    is_address,
    publications_to_fetch,
)
from ui.cli.options import AsJson
from ui.cli.output import complain, emit, messages, progress_bars
from ui.settings import Settings, load_settings

Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of pages that are only images (Tesseract).")]
_OUTCOMES = {"fetched": "téléchargée", "unchanged": "inchangée", "changed": "nouvelle version téléchargée"}


def add(
    source: Annotated[str, typer.Argument(metavar="FILE|URL", help="A PDF, or its http or https address.")],
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
            source if is_address(source) else Path(source),
            settings.corpus,
            publication_id=publication_id,
            replaces=tuple(replaces or ()),
            title=title,
            password=secret,
            ocr=ocr,
            on_bytes=lambda done, total: advance("Téléchargement", done, total, in_bytes=True),
            on_page=lambda page, pages: advance("Lecture", page, pages, page),
            on_ocr=lambda page, pages: advance("Reconnaissance", page, pages, page),
            on_read=_tell_notes,
        )
    messages.print(f"Ajoutée : « {escape(added.title)} » ({added.id}). Lancez maintenant « vigie index build ».")


def fetch(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID…", help="Only these publications of the catalogue.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring publications from the addresses of the catalogue, and newer files of those fetched before.

    One that cannot be fetched is said with the reason; the others still are, and the command ends with 1.
    """
    settings = load_settings()
    chosen = publications_to_fetch(settings.home, tuple(ids or ()))
    if not chosen:
        messages.print("Aucune publication du catalogue n’est à télécharger.")
    outcomes = [_fetch_one(publication, settings, as_json=as_json) for publication in chosen]
    if {"fetched", "changed"} & set(outcomes):
        messages.print("Lancez maintenant « vigie index build ».")
    if "failed" in outcomes:
        raise typer.Exit(1)


def _fetch_one(publication: Publication, settings: Settings, *, as_json: bool) -> str:
    """Fetch one, tell what became of it, and give its outcome."""
    told: dict[str, Any] = {"id": publication.id, "outcome": "failed", "error": None, "sha256": "", "bytes": 0}
    try:
        with progress_bars(transient=True) as advance:
            fetched = fetch_publication(
                settings.home,
                publication,
                settings.corpus,
                on_bytes=lambda done, total: advance("Téléchargement", done, total, in_bytes=True),
                on_page=lambda page, pages: advance("Lecture", page, pages, page),
                on_read=_tell_notes,
            )
        told |= {"outcome": fetched.outcome, "sha256": fetched.sha256, "bytes": fetched.bytes}
    except VigieError as error:
        told["error"] = {"message": error.message, "remedy": error.remedy}
    if as_json:
        emit(told)
    elif told["error"]:
        reason = f"« {publication.id} » n’a pas pu être prise à {publication.source}. {told['error']['message']}"
        complain(VigieError(reason, told["error"]["remedy"]))
    else:
        messages.print(f"{escape(publication.id)} : {_OUTCOMES[told['outcome']]}.")
    return str(told["outcome"])


def account(document: Document) -> dict[str, Any]:
    """What `vigie corpus check --json` says of a document."""
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


def notes(account: dict[str, Any]) -> list[str]:
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
    for note in notes(account(document)):
        messages.print(f"À noter : {note}.", soft_wrap=True)


def _password() -> str:
    """From the environment, else asked on the terminal: never on the command line, where others could see it."""
    given = os.environ.get("VIGIE_PDF_PASSWORD", "")
    return given or str(typer.prompt("Mot de passe du fichier", hide_input=True, err=True))
