"""The admin's acts on the catalogue: add a publication, withdraw one."""

import re
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.catalogue import (
    FILE_NAME,
    CatalogueFile,
    PublicationEntry,
    known_ids,
    load_catalogue,
    read_catalogue_file,
    write_catalogue_file,
)
from corpus.document import Document
from corpus.errors import CatalogueError, UnreadablePdf, unreadable
from corpus.isolation import read_isolated
from corpus.ocr import check_tesseract
from corpus.ocr_layer import with_text_layer
from corpus.publication import Catalogue, Publication
from corpus.reading import OnPage
from corpus.settings import CorpusSettings
from corpus.unlocking import unlocked

PUBLICATIONS = "publications"


def add_publication(
    home: Path,
    file: Path,
    settings: CorpusSettings,
    *,
    publication_id: str = "",
    replaces: tuple[str, ...] = (),
    title: str = "",
    password: str = "",
    ocr: bool = False,
    on_page: OnPage | None = None,
    on_ocr: OnPage | None = None,
    on_read: Callable[[Document], None] | None = None,
) -> Publication:
    """Copy a readable PDF into the home folder and enter it in the admin's catalogue. `on_read` is told what it holds.

    With a password the copy is an unlocked one; with `ocr`, one whose image-only pages have their recognised text.
    Raises OcrUnavailable, UnreadablePdf when nothing of the file can be indexed, CatalogueError for an unknown
    `replaces` or an id already taken; the catalogue is then as it was.
    """
    if not file.is_file():
        raise CatalogueError(f"Le fichier {file} n’existe pas.", "Vérifiez le chemin.")
    catalogue = load_catalogue(home)
    unknown = [target for target in replaces if target not in known_ids(catalogue)]
    if unknown:
        known = ", ".join(known_ids(catalogue))
        raise CatalogueError(f"Aucune publication ne s’appelle « {unknown[0]} ».", f"Identifiants connus : {known}.")
    new_id = publication_id or slug(file.stem)
    taken = {p.id for p in catalogue.publications} | _superseded(catalogue)
    if new_id in taken and new_id not in replaces:
        raise CatalogueError(
            f"Une publication « {new_id} » existe déjà.",
            "Donnez un autre nom avec --id, ou --replaces pour la remplacer.",
        )
    if not re.fullmatch(r"[^\W_][\w.-]*", new_id):
        raise CatalogueError(
            f"« {new_id} » n’est pas un identifiant.", "Employez des lettres, des chiffres et des tirets."
        )
    target = _free_path(home / PUBLICATIONS, new_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".tmp")
    try:
        document = prepare(file, partial, settings, password=password, ocr=ocr, on_page=on_page, on_ocr=on_ocr)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    named = next((p for p in catalogue.unfetched if p.id == new_id), None)
    entry = _entry(
        new_id,
        target.relative_to(home),
        replaces,
        title or ("" if named else document.title or re.sub(r"[-_\s]+", " ", file.stem).strip()),
    )
    _enter(home, entry)
    added = load_catalogue(home).find(new_id)
    assert added is not None
    if on_read:
        on_read(document)
    return added


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


def _superseded(catalogue: Catalogue) -> set[str]:
    """Ids withdrawn because a later edition replaces them."""
    return {target for p in catalogue.publications for target in p.replaces}


def remove_publication(home: Path, publication_id: str) -> None:
    """Withdraw a publication, or all chapters of a guide; its file and entry stay, so that it can come back."""
    catalogue = load_catalogue(home)
    served = {p.id for p in catalogue.publications} | {p.guide for p in catalogue.publications if p.guide}
    if publication_id not in served:
        listed = ", ".join(sorted(served))
        raise CatalogueError(f"« {publication_id} » n’est pas servie.", f"Publications et guides servis : {listed}.")
    path = home / FILE_NAME
    mine = read_catalogue_file(path)
    write_catalogue_file(path, mine.model_copy(update={"withdrawn": (*mine.withdrawn, publication_id)}))


def slug(name: str) -> str:
    """A file's name as an id: lower case, no accents, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "publication"


def _free_path(folder: Path, publication_id: str) -> Path:
    """A file name of its own, so that an index built on an earlier file of that id still finds it."""
    stem, number = slug(publication_id), 1
    path = folder / f"{stem}.pdf"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.pdf"
    return path


def _entry(publication_id: str, file: Path, replaces: tuple[str, ...], title: str) -> PublicationEntry:
    given = {"id": publication_id, "file": str(file)}
    optional = {key: value for key, value in (("title", title), ("replaces", replaces)) if value}
    return PublicationEntry.model_validate(given | optional)


def _enter(home: Path, entry: PublicationEntry) -> None:
    path = home / FILE_NAME
    mine: CatalogueFile = read_catalogue_file(path)
    others = tuple(p for p in mine.publication if p.id != entry.id)
    earlier = next((p for p in mine.publication if p.id == entry.id), None)
    if earlier:  # a newer file of the same publication still replaces what the older one did
        merged = tuple(dict.fromkeys((*earlier.replaces, *entry.replaces)))
        entry = entry.model_copy(update={"replaces": merged}) if merged else entry
    withdrawn = tuple(i for i in mine.withdrawn if i != entry.id)
    write_catalogue_file(path, mine.model_copy(update={"publication": (*others, entry), "withdrawn": withdrawn}))
