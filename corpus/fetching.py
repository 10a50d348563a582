"""Publications from their addresses: those that wait for their file, and newer files of those fetched before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.address import is_address
from corpus.admission import Addition
from corpus.catalogue import FILE_NAME, PublicationEntry, load_catalogue, read_catalogue_file
from corpus.document import Document
from corpus.download import Download, OnBytes, download
from corpus.entering import enter, record, scratch_folder
from corpus.errors import CatalogueError, DownloadError
from corpus.files import sha256_of
from corpus.isolation import read_isolated
from corpus.publication import Publication
from corpus.reading import OnPage
from corpus.settings import CorpusSettings


@dataclass(frozen=True)
class Fetched:
    """What became of one publication: its file's SHA-256, and the bytes received (0 where the server sent none)."""

    id: str
    outcome: Literal["fetched", "unchanged", "changed"]
    sha256: str
    bytes: int


def publications_to_fetch(home: Path, ids: tuple[str, ...] = ()) -> tuple[Publication, ...]:
    """Those of these ids, or those that wait for their file, then those whose file came from their address.

    A file that an admin gave in person is looked for again only by its id. Raises CatalogueError for an id that has no
    address, or is not served.
    """
    catalogue = load_catalogue(home)
    waiting = [p for p in catalogue.unfetched if is_address(p.source)]
    served = [p for p in catalogue.publications if is_address(p.source)]
    known = {p.id: p for p in (*waiting, *served)}
    absent = [i for i in ids if i not in known]
    if absent:
        raise CatalogueError(
            f"« {absent[0]} » n’a pas d’adresse où la prendre, ou n’est pas servie.",
            f"Publications qui en ont une : {', '.join(known) or 'aucune'}.",
        )
    if ids:
        return tuple(known[i] for i in dict.fromkeys(ids))
    entries = _entries(home)
    return (*waiting, *(p for p in served if p.id in entries and _came_by_itself(entries[p.id])))


def _came_by_itself(entry: PublicationEntry) -> bool:
    return bool(entry.source and (entry.fetched_from or not entry.sha256))


def _entries(home: Path) -> dict[str, PublicationEntry]:
    return {entry.id: entry for entry in read_catalogue_file(home / FILE_NAME).publication}


def fetch_publication(
    home: Path,
    publication: Publication,
    settings: CorpusSettings,
    *,
    on_bytes: OnBytes | None = None,
    on_page: OnPage | None = None,
    on_read: Callable[[Document], None] | None = None,
) -> Fetched:
    """Bring the file of a publication from its address, unless it is the one already served.

    Raises DownloadError, UnreadablePdf, CatalogueError; files and catalogue are then as they were.
    """
    entry = _entries(home).get(publication.id, PublicationEntry(id=publication.id))
    held = _held(publication, entry)
    known = Download(publication.source, held, 0, entry.etag, entry.last_modified)
    has_marks = held and entry.fetched_from == publication.source  # those of another address say nothing
    with scratch_folder(home) as scratch:
        file = scratch / "recu.pdf"
        try:
            got = download(publication.source, file, settings, known=known if has_marks else None, on_bytes=on_bytes)
        except DownloadError as error:
            raise DownloadError(error.message, f"{error.remedy} {_by_hand(publication)}") from error
        if got.sha256 == held:
            record(home, publication.id, got)
            return Fetched(publication.id, "unchanged", held, got.size)
        document = read_isolated(file, settings, on_page)
        enter(home, Addition(publication.id, sha256=got.sha256, size=got.size, download=got, renews=True), file)
    if on_read:
        on_read(document)
    return Fetched(publication.id, "changed" if publication.path else "fetched", got.sha256, got.size)


def _held(publication: Publication, entry: PublicationEntry) -> str:
    """The digest, as received, of the file that is there, or nothing."""
    if publication.path is None or not publication.path.is_file():
        return ""
    return entry.sha256 or sha256_of(publication.path)


def _by_hand(publication: Publication) -> str:
    name = publication.id.partition("-")[0].upper()
    again = f" --replaces {publication.id}" if publication.path else ""
    return f"Ou procurez-vous le PDF, puis : « vigie corpus add {name}.pdf --id {publication.id}{again} »."
