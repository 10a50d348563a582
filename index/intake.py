"""Publications read for an index: each file once, on all cores, and the reason for each that is left out."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus import CorpusSettings, Document, Publication, ReadingCache, UnreadablePdf, sha256_of
from index.disk import reason_of


@dataclass(frozen=True)
class BuildProgress:
    """One step (read, terms, asked, embed, sentences) of a build.

    `label` is the publication read last; `pages` and `passages` count what was read so far.
    """

    step: str
    label: str
    done: int
    total: int
    pages: int = 0
    passages: int = 0


@dataclass(frozen=True)
class Refused:
    """A publication that is not in the version, and why."""

    publication: str
    path: Path
    code: str
    message: str
    remedy: str = ""


@dataclass(frozen=True)
class Reading:
    """A publication, the SHA-256 of its file, and what was read of it."""

    publication: Publication
    sha256: str
    document: Document


Report = Callable[[BuildProgress], None]


def read_publications(
    publications: Sequence[Publication], settings: CorpusSettings, documents: ReadingCache, report: Report
) -> tuple[list[Reading], list[Refused]]:
    """Readings in the catalogue's order, and those refused. Only what `documents` does not hold is read."""
    digests, refused = _distinct(publications)
    reader = _Reader(settings, documents, report, len(digests))
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        outcomes = list(pool.map(reader.read, digests))
    readings: list[Reading] = []
    for (publication, digest), outcome in zip(digests, outcomes, strict=True):
        if isinstance(outcome, Document):
            readings.append(Reading(publication, digest, outcome))
        else:
            refused.append(outcome)
    return readings, refused


def _distinct(publications: Sequence[Publication]) -> tuple[list[tuple[Publication, str]], list[Refused]]:
    """Publications with different content, and those whose file is missing or was met before."""
    first_of: dict[str, Publication] = {}
    refused: list[Refused] = []
    for publication in publications:
        path = publication.path or Path(publication.id)
        try:
            twin = first_of.setdefault(sha256_of(path), publication)
        except OSError as error:
            refused.append(Refused(publication.id, path, "missing", f"Fichier illisible : {reason_of(error.errno)}."))
            continue
        if twin is not publication:
            message = f"Fichier identique à « {twin.id} », indexé une seule fois."
            refused.append(Refused(publication.id, path, "duplicate", message))
    return [(publication, digest) for digest, publication in first_of.items()], refused


class _Reader:
    """Counts the files, pages and passages read by several threads."""

    def __init__(self, settings: CorpusSettings, documents: ReadingCache, report: Report, total: int) -> None:
        self._settings, self._documents, self._report, self._total = settings, documents, report, total
        self._done, self._pages, self._passages, self._lock = 0, 0, 0, threading.Lock()

    def read(self, item: tuple[Publication, str]) -> Document | Refused:
        publication, digest = item
        path = publication.path or Path(publication.id)
        found = 0
        try:
            document = self._document(publication.id, path, digest)
            found = len(document.passages)
            if found:
                return document
            return Refused(publication.id, path, "no_text", "Le fichier ne contient aucun passage de texte.")
        except UnreadablePdf as error:
            return Refused(publication.id, path, error.code, error.message, error.remedy)
        except _Changing:
            message = "Le fichier a changé pendant sa lecture."
            return Refused(publication.id, path, "changing", message, "Relancez quand sa copie est terminée.")
        finally:
            self._tell(publication.id, files=1, passages=found)

    def _document(self, publication: str, path: Path, digest: str) -> Document:
        told = 0

        def on_page(page: int, _total: int) -> None:
            nonlocal told
            self._tell(publication, pages=page - told)
            told = page

        try:
            return self._documents.read(path, digest, self._settings, on_page)
        finally:
            if digest_of(path) != digest:
                self._documents.forget(digest)  # document or verdict, it may be of the file that came after
                raise _Changing

    def _tell(self, label: str, *, files: int = 0, pages: int = 0, passages: int = 0) -> None:
        with self._lock:
            self._done += files
            self._pages += pages
            self._passages += passages
            self._report(BuildProgress("read", label, self._done, self._total, self._pages, self._passages))


class _Changing(Exception):
    """A file is not the one whose digest was taken."""


def digest_of(path: Path) -> str:
    """A file's SHA-256; nothing where it cannot be read."""
    try:
        return sha256_of(path)
    except OSError:
        return ""
