"""From publications to a published index version."""

import getpass
import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus import READER_VERSION, Catalogue, CorpusSettings, Guide, Passage, PassageIds
from index.embedder import Embedder, ModelStamp
from index.embedding import lexical_text, write_vectors
from index.errors import IndexBusy, IndexError_, NothingToIndex
from index.facets import write_facets
from index.french import ANALYSIS_VERSION
from index.fusion import Calibration
from index.intake import Reading, Refused, Report, read_publications
from index.lexical import build_lexical
from index.opened import LEXICAL
from index.passage_store import write_passages
from index.vector_cache import VectorCache
from index.version import (
    VERSIONS,
    IndexedPublication,
    Manifest,
    check_files,
    current_version,
    file_sha256,
    log_event,
    publish,
    read_manifest,
    stamp_files,
    sync_folder,
    write_manifest,
)

_READER = f"{READER_VERSION}.{ANALYSIS_VERSION}"  # what turns files into passages, and passages into terms


@dataclass(frozen=True)
class BuildReport:
    """What a build made."""

    manifest: Manifest
    refused: tuple[Refused, ...]


def build_index(
    catalogue: Catalogue, root: Path, embedder: Embedder, corpus: CorpusSettings, report: Report = lambda _: None
) -> BuildReport:
    """Read, embed, index and publish. Whatever fails, the version published before stays as it was.

    Raises NothingToIndex when no publication can be read, IndexBusy while another build runs.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexError_(
            f"{root} ne peut pas servir de dossier : {error.strerror}.", "Choisissez-en un autre."
        ) from error
    with _only_writer(root):
        readings, refused = read_publications(catalogue.publications, corpus, report)
        if not readings:
            reasons = " ; ".join(f"{r.path.name} : {r.message}" for r in refused) or "le corpus est vide"
            raise NothingToIndex(
                f"Aucune publication n’a pu être indexée ({reasons}).", "L’index publié reste en place."
            )
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        with _draft(root, name) as draft:
            passages = [passage for reading in readings for passage in _passages(reading)]
            calibration = _write_content(draft, passages, catalogue.guide, embedder, root / "cache", report)
            manifest = _manifest(draft, name, catalogue, readings, embedder.stamp, calibration, corpus)
            write_manifest(draft, manifest)
            check_files(draft, manifest, thorough=True)
        log_event(root, "built", version=name, author=getpass.getuser(), refused=[r.publication for r in refused])
        publish(root, name)
        return BuildReport(manifest, tuple(refused))


def _owner(path: Path) -> dict[str, Any]:
    """Who holds the lock; nothing while they are still writing their name."""
    try:
        held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held


def is_current(catalogue: Catalogue, root: Path, stamp: ModelStamp, corpus: CorpusSettings) -> bool:
    """Whether the published version is what a build would make again, apart from files no build can read."""
    try:
        folder = root / VERSIONS / current_version(root)
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except IndexError_:
        return False
    made = (manifest.model, manifest.reader, manifest.chunking, manifest.guide, manifest.sources)
    return made == (stamp, _READER, _chunking(corpus), catalogue.guide, _sources(catalogue))


@contextmanager
def _draft(root: Path, name: str) -> Iterator[Path]:
    """A hidden folder that becomes the version when all went well, and disappears otherwise."""
    for left_by_a_killed_build in (root / VERSIONS).glob(".*"):
        shutil.rmtree(left_by_a_killed_build, ignore_errors=True)
    draft = root / VERSIONS / f".{name}"
    draft.mkdir(parents=True)
    try:
        yield draft
        draft.rename(root / VERSIONS / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(root / VERSIONS)


@contextmanager
def _only_writer(root: Path) -> Iterator[None]:
    lock, owner = FileLock(root / "writer.lock"), root / "writer.json"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        held = _owner(owner)
        who = f" par {held['user']}@{held['host']} (processus {held['pid']}) depuis {held['since']}" if held else ""
        raise IndexBusy(
            f"L’index {root} est en cours de construction{who}.", "Attendez la fin, puis relancez."
        ) from error
    try:
        identity = {"user": getpass.getuser(), "host": socket.gethostname(), "pid": os.getpid()}
        owner.write_text(json.dumps(identity | {"since": datetime.now(UTC).isoformat(timespec="seconds")}), "utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _write_content(
    draft: Path,
    passages: Sequence[Passage],
    guide: Guide | None,
    embedder: Embedder,
    cache_folder: Path,
    report: Report,
) -> Calibration:
    write_passages(draft, passages)
    write_facets(draft, passages, list(dict.fromkeys(p.publication for p in passages)), guide)
    (draft / LEXICAL).mkdir()
    sentences = ([p.text[a:b] for a, b in p.sentences] for p in passages)
    build_lexical((lexical_text(p) for p in passages), sentences).save(draft / LEXICAL)
    with closing(VectorCache(cache_folder, embedder.stamp)) as cache:
        return write_vectors(draft, passages, embedder, cache, report)


def _passages(reading: Reading) -> Iterator[Passage]:
    ids, labels = PassageIds(reading.publication.work), reading.document.labels
    for p in reading.document.passages:
        first, last = p.pages
        passage_id = ids.next(p.text)
        where = reading.publication.id, labels[first - 1 : last]
        yield Passage(p.text, p.section, p.sentences, p.spans, passage_id, *where, ocr=p.ocr)


def _manifest(
    draft: Path,
    name: str,
    catalogue: Catalogue,
    readings: Sequence[Reading],
    stamp: ModelStamp,
    calibration: Calibration,
    corpus: CorpusSettings,
) -> Manifest:
    passages = [p for reading in readings for p in reading.document.passages]
    return Manifest(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=stamp,
        calibration=calibration,
        chunking=_chunking(corpus),
        reader=_READER,
        guide=catalogue.guide,
        sources=_sources(catalogue),
        publications=tuple(_indexed(reading) for reading in readings),
        passages=len(passages),
        sentences=sum(len(p.sentences) for p in passages),
        files=stamp_files(draft),
    )


def _chunking(corpus: CorpusSettings) -> dict[str, Any]:
    return corpus.model_dump(include={"passage_words", "short_block_words"})


def _sources(catalogue: Catalogue) -> dict[str, str]:
    """By publication id, a digest of its catalogue entry and of its file, whether the file could be read or not."""
    return {
        p.id: hashlib.sha256(f"{p!r}\0{file_sha256(p.path)}".encode()).hexdigest()
        for p in catalogue.publications
        if p.path and p.path.is_file()
    }


def _indexed(reading: Reading) -> IndexedPublication:
    p, document = reading.publication, reading.document
    title = p.title if p.title != p.id else document.title or p.title
    fields = ("id", "work", "guide", "issuer", "edition", "language", "pillar")
    details: dict[str, Any] = {name: getattr(p, name) for name in fields}
    return IndexedPublication(
        title=title,
        path=str(p.path),
        sha256=reading.sha256,
        pages=len(document.labels),
        labels=document.labels,
        unreadable_pages=document.unreadable_pages,
        hidden_pages=document.hidden_pages,
        passages=len(document.passages),
        **details,
    )
