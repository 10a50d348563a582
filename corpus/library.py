"""The admin's acts on the catalogue: add a publication, withdraw one."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.address import file_name
from corpus.admission import Addition
from corpus.catalogue import load_catalogue, read_catalogue_file, write_catalogue_file
from corpus.document import Document
from corpus.download import OnBytes, download
from corpus.entering import changing, check_addition, enter, scratch_folder, slug
from corpus.errors import CatalogueError, UnreadablePdf, unreadable
from corpus.files import sha256_of
from corpus.isolation import read_isolated
from corpus.ocr import check_tesseract
from corpus.ocr_layer import with_text_layer
from corpus.publication import Publication
from corpus.reading import OnPage
from corpus.settings import CorpusSettings
from corpus.unlocking import unlocked


def add_publication(
    home: Path,
    source: Path | str,
    settings: CorpusSettings,
    *,
    publication_id: str = "",
    replaces: tuple[str, ...] = (),
    title: str = "",
    password: str = "",
    ocr: bool = False,
    on_bytes: OnBytes | None = None,
    on_page: OnPage | None = None,
    on_ocr: OnPage | None = None,
    on_read: Callable[[Document], None] | None = None,
) -> Publication:
    """Copy a readable PDF, a file or what an address (a string) holds, into the home folder and the admin's catalogue.

    With a password the copy is an unlocked one; with `ocr`, one whose image-only pages have their recognised text.
    `on_read` is told what it holds. Raises DownloadError, OcrUnavailable, UnreadablePdf when nothing of the file can be
    indexed, CatalogueError for an unknown `replaces`, an id already taken or a content already served; the catalogue is
    then as it was.
    """
    name = Path(file_name(source)) if isinstance(source, str) else source
    addition = Addition(publication_id or slug(name.stem), replaces, title)
    check_addition(home, addition)
    with scratch_folder(home) as scratch:
        addition, file = _received(addition, source, scratch / "recu.pdf", settings, on_bytes)
        check_addition(home, addition)
        copy = scratch / "copie.pdf"
        document = prepare(file, copy, settings, password=password, ocr=ocr, on_page=on_page, on_ocr=on_ocr)
        own_title = document.title or re.sub(r"[-_\s]+", " ", name.stem).strip()
        added = enter(home, replace(addition, own_title=own_title), copy)
    if on_read:
        on_read(document)
    return added


def _received(
    addition: Addition, source: Path | str, target: Path, settings: CorpusSettings, on_bytes: OnBytes | None
) -> tuple[Addition, Path]:
    """The addition with its file's digest and size, and the file."""
    if isinstance(source, Path):
        if not source.is_file():
            raise CatalogueError(f"Le fichier {source} n’existe pas.", "Vérifiez le chemin.")
        return replace(addition, sha256=sha256_of(source), size=source.stat().st_size), source
    got = download(source, target, settings, on_bytes=on_bytes)
    return replace(addition, sha256=got.sha256, size=got.size, download=got), target


def prepare(
    file: Path,
    copy: Path,
    settings: CorpusSettings,
    *,
    password: str = "",
    ocr: bool = False,
    on_page: OnPage | None = None,
    on_ocr: OnPage | None = None,
) -> Document:
    """Copy a file as it is to be served, unlocked and with recognised text where there is only an image, and read it.

    `on_page` counts the pages of the copy as they are read, `on_ocr` before that the pages recognised.
    """
    if ocr:
        check_tesseract()
    original = _original(file, settings, password, ocr=ocr) if password or ocr else None
    if file.stat().st_size > settings.max_megabytes * 1_000_000:  # before it is copied
        raise unreadable("too_large")
    if password:
        copy.write_bytes(unlocked(file, password))
    else:
        shutil.copyfile(file, copy)
    if ocr:
        copy.write_bytes(with_text_layer(copy, on_page=on_ocr)[0])
    try:
        document = read_isolated(copy, settings, on_page)
    except UnreadablePdf as error:
        if ocr and error.code == "no_text":
            raise _nothing_recognised() from error
        raise
    return replace(document, is_repaired=True) if original and original.is_repaired else document


def _original(file: Path, settings: CorpusSettings, password: str, *, ocr: bool) -> Document | None:
    """What a worker reads of the file: unlocking and recognition open it in this process, which a bomb must not reach.

    None where it has no text yet. A damaged file without text is refused here, since the worker may have crashed.
    """
    try:
        return read_isolated(file, settings, password=password)
    except UnreadablePdf as error:
        if ocr and error.code == "no_text":
            return None
        raise


def _nothing_recognised() -> UnreadablePdf:
    return UnreadablePdf(
        "no_text",
        "Aucun texte n’a été reconnu sur les images du fichier.",
        "Numérisez-le de nouveau, droit et à 300 points par pouce, ou demandez à l’éditeur une version avec du texte.",
    )


def remove_publication(home: Path, publication_id: str) -> None:
    """Withdraw a publication, or all chapters of a guide; its file and entry stay, so that it can come back."""
    with changing(home) as path:
        catalogue = load_catalogue(home)
        served = {p.id for p in catalogue.publications} | {p.guide for p in catalogue.publications if p.guide}
        if publication_id not in served:
            listed = ", ".join(sorted(served))
            raise CatalogueError(
                f"« {publication_id} » n’est pas servie.", f"Publications et guides servis : {listed}."
            )
        mine = read_catalogue_file(path)
        write_catalogue_file(path, mine.model_copy(update={"withdrawn": (*mine.withdrawn, publication_id)}))
