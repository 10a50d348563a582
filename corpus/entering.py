"""Entries into the admin's catalogue, a file and its entry together, by one command at a time."""

import re
import shutil
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from filelock import FileLock, Timeout

from corpus.admission import Addition, check_content, check_names
from corpus.catalogue import (
    FILE_NAME,
    CatalogueFile,
    PublicationEntry,
    load_catalogue,
    read_catalogue_file,
    write_catalogue_file,
)
from corpus.download import Download
from corpus.errors import CatalogueBusy, CatalogueError
from corpus.files import put_in_place
from corpus.publication import Catalogue, Publication

PUBLICATIONS = "publications"
_SCRATCH = ".vigie-"  # begins the name of what a command may delete there
_WORDS = ".asked.jsonl"  # in place of .pdf: what members ask, written by the owner (`index.asked`)
_OLD = 86_400  # seconds: no download and no reading lasts a day
_LONGEST_WAIT = 10.0  # seconds; whoever holds the catalogue reads and writes a small file, no more


@contextmanager
def changing(home: Path) -> Iterator[Path]:
    """Hold the admin's catalogue, whose path is given, for as long as it takes to read and write it.

    Raises CatalogueBusy where another command still holds it after ten seconds.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "catalogue.lock")
    try:
        lock.acquire(timeout=_LONGEST_WAIT)
    except Timeout as error:
        raise CatalogueBusy(
            f"Une autre commande (« vigie corpus add », « fetch » ou « remove ») tient le catalogue de {home}.",
            f"Attendez qu’elle finisse, puis relancez ; « fuser {lock.lock_file} » nomme le processus.",
        ) from error
    try:
        yield home / FILE_NAME
    finally:
        lock.release()


@contextmanager
def scratch_folder(home: Path) -> Iterator[Path]:
    """A folder beside the publications for a file that is not one yet; it disappears whatever happens."""
    (home / PUBLICATIONS).mkdir(parents=True, exist_ok=True)
    for left in (home / PUBLICATIONS).glob(f"{_SCRATCH}*"):  # by a command that was killed
        with suppress(FileNotFoundError):  # by one that ends now
            if time.time() - left.lstat().st_mtime > _OLD:
                shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=_SCRATCH, dir=home / PUBLICATIONS) as folder:
        yield Path(folder)


def check_addition(home: Path, addition: Addition) -> None:
    """Raises CatalogueError where `enter` would, as far as can be told without the file."""
    _planned(home, addition, "")


def enter(home: Path, addition: Addition, file: Path) -> Publication:
    """Move a file among the publications and write its entry; where one fails, neither is done.

    What the owner wrote beside an earlier file of that id is copied beside this one. Raises CatalogueError for an
    unknown `replaces`, an id already taken, or a content that another publication has.
    """
    with changing(home) as catalogue:
        target = _free_path(home / PUBLICATIONS, addition.id)
        name = str(target.relative_to(home))
        planned, publication = _planned(home, addition, name)
        words = _earlier_words(home, addition.id)
        kept = target.with_suffix(_WORDS)
        copied = words is not None and not kept.exists()
        try:
            if words and copied:
                put_in_place(Path(shutil.copyfile(words, file.with_suffix(_WORDS))), kept)
            put_in_place(file, target)
            write_catalogue_file(catalogue, planned)
        finally:
            if all(entry.file != name for entry in read_catalogue_file(catalogue).publication):
                target.unlink(missing_ok=True)
                if copied:
                    kept.unlink(missing_ok=True)
    return publication


def record(home: Path, publication_id: str, download: Download) -> None:
    """Note where the file that is already there can be asked for, and by which marks."""
    with changing(home) as catalogue:
        mine = read_catalogue_file(catalogue)
        changed = [
            e.model_copy(update=_provenance(download)) if e.id == publication_id else e for e in mine.publication
        ]
        if tuple(changed) != mine.publication:
            write_catalogue_file(catalogue, mine.model_copy(update={"publication": tuple(changed)}))


def slug(name: str) -> str:
    """A file's name as an id: lower case, no accents, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "publication"


def _planned(home: Path, addition: Addition, file: str) -> tuple[CatalogueFile, Publication]:
    """The admin's catalogue as it would be, and the publication in it."""
    catalogue, mine = load_catalogue(home), read_catalogue_file(home / FILE_NAME)
    check_names(catalogue, addition)
    entry = _entry(catalogue, mine, addition, file or f"{PUBLICATIONS}/{slug(addition.id)}.pdf")
    known = {e.id: e for e in mine.publication} | {entry.id: entry}
    withdrawn = tuple(i for i in mine.withdrawn if i != entry.id)
    planned = mine.model_copy(update={"publication": tuple(known.values()), "withdrawn": withdrawn})
    after = load_catalogue(home, planned)
    publication = after.find(entry.id)
    if publication is None:
        raise CatalogueError(
            f"« {entry.id} » ne serait pas servie : elle ou son guide est remplacé.", "Donnez un autre nom avec --id."
        )
    check_content(after, planned, addition)
    return planned, publication


def _entry(catalogue: Catalogue, mine: CatalogueFile, addition: Addition, file: str) -> PublicationEntry:
    """The entry, completing the one that waited for its file or is renewed."""
    earlier = next((p for p in mine.publication if p.id == addition.id), None)
    values: dict[str, Any] = {
        "file": file, "sha256": addition.sha256, "added": datetime.now(UTC).date().isoformat()
    }  # fmt: skip
    if addition.download:
        values |= _provenance(addition.download)
    completes = addition.renews or addition.id in {p.id for p in catalogue.unfetched}
    title = addition.title or ("" if completes else addition.own_title)
    # A newer file of the same publication still replaces what the older one did.
    replaces = tuple(dict.fromkeys((*(earlier.replaces if earlier else ()), *addition.replaces)))
    values |= {key: value for key, value in (("title", title), ("replaces", replaces)) if value}
    base = earlier if earlier and completes else PublicationEntry(id=addition.id)
    return base.model_copy(update=values)


def _provenance(download: Download) -> dict[str, str]:
    return {
        "sha256": download.sha256,
        "source": download.address,
        "fetched_from": download.address,
        "etag": download.etag,
        "last_modified": download.last_modified,
    }


def _earlier_words(home: Path, publication_id: str) -> Path | None:
    """What the owner wrote beside the file that the admin's catalogue has for an id."""
    entries = read_catalogue_file(home / FILE_NAME).publication
    files = (home / entry.file for entry in entries if entry.id == publication_id and entry.file)
    return next((words for file in files if (words := file.with_suffix(_WORDS)).is_file()), None)


def _free_path(folder: Path, publication_id: str) -> Path:
    """A file name of its own, so that an index built on an earlier file of that id still finds it."""
    stem, number = slug(publication_id), 1
    path = folder / f"{stem}.pdf"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.pdf"
    return path
