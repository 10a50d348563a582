"""From publications to an index version, published once judged."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import READER_VERSION, Catalogue, CorpusSettings, Guide, Passage, PassageIds, ReadingCache, sha256_of
from index.asked import AskedWords, asked_file, asked_words
from index.disk import writing
from index.draft import CACHE, DOCUMENTS, Content, drafting, new_name, write_content
from index.embedder import Embedder, ModelStamp
from index.errors import IndexError_, NothingToIndex, PublicationRefused
from index.french import ANALYSIS_VERSION
from index.fusion import Calibration
from index.history import log_event, quarantined, read_log
from index.intake import Reading, Refused, Report, digest_of, read_publications
from index.locks import only_writer
from index.manifest import IndexedPublication, Manifest, read_manifest, write_manifest
from index.publishing import Judge, Judgement, publish
from index.version import VERSIONS, check_files, current_version, stamp_files

_READER = f"{READER_VERSION}.{ANALYSIS_VERSION}"  # what turns files into passages, and passages into terms


@dataclass(frozen=True)
class BuildReport:
    """What a build made; no judgement where nobody was asked for one."""

    manifest: Manifest
    refused: tuple[Refused, ...]
    judgement: Judgement | None = None
    lost: tuple[str, ...] = ()  # anchors of members' words that lead to no passage any more


def build_index(
    catalogue: Catalogue,
    root: Path,
    embedder: Embedder,
    corpus: CorpusSettings,
    report: Report = lambda _: None,
    *,
    stage: bool = False,
    judge: Judge | None = None,
) -> BuildReport:
    """Read and embed what is new, index, and publish what the judge passes; or only `stage` a version nobody is served.

    Whatever fails, the version published before stays as it was. Raises NothingToIndex when no publication can be
    read, IndexBusy while another build runs, DiskRefused where the disk does not take it, PublicationRefused where the
    judge does not: the version is then kept, staged.
    """
    with only_writer(root):
        with writing(root):
            manifest, refused, lost = _made(catalogue, root, embedder, corpus, report)
            refusals = [r.publication for r in refused]
            log_event(root, "staged" if stage else "built", manifest.name, refused=refusals)
            if not stage:
                _refuse_losses(root, manifest.name, refused)
        judgement = None if stage else publish(root, manifest.name, judge)
        return BuildReport(manifest, tuple(refused), judgement, lost)


def _made(
    catalogue: Catalogue, root: Path, embedder: Embedder, corpus: CorpusSettings, report: Report
) -> tuple[Manifest, list[Refused], tuple[str, ...]]:
    sources = _sources(catalogue)  # before reading: a file that changes later makes the version out of date
    documents = ReadingCache(root / CACHE / DOCUMENTS)
    documents.sweep()
    readings, refused = read_publications(catalogue.publications, corpus, documents, report)
    if not readings:
        reasons = " ; ".join(f"{r.path.name} : {r.message}" for r in refused) or "le corpus est vide"
        raise NothingToIndex(f"Aucune publication n’a pu être indexée ({reasons}).", "L’index publié reste en place.")
    name = new_name()
    with drafting(root, name) as draft:
        passages = [passage for reading in readings for passage in _passages(reading)]
        content = Content(passages, _asked(readings), catalogue.guide)
        calibration = write_content(draft, root, content, embedder, report)
        manifest = _manifest(draft, name, catalogue.guide, sources, readings, embedder.stamp, calibration, corpus)
        write_manifest(draft, manifest)
        check_files(draft, manifest, thorough=True)
    return manifest, refused, content.asked.lost


def _refuse_losses(root: Path, name: str, refused: Sequence[Refused]) -> None:
    """A publication that is served now does not disappear because its file cannot be read today."""
    served = _served(root)
    lost = [r for r in refused if r.publication in served and not _is_held(r, served[r.publication])]
    if lost:
        named = " ; ".join(f"« {r.publication} » ({r.path}) : {r.message}" for r in lost)
        raise PublicationRefused(
            f"La version {name} n’est pas publiée, car elle perdrait {named}",
            "Remettez ce fichier en place et relancez, ou retirez la publication (« vigie corpus remove »), "
            f"ou servez tout de même cette version : « vigie index publish {name} ».",
        )


def _is_held(refused: Refused, sha256: str) -> bool:
    """Whether what was served of a publication is still there, under the name of its twin."""
    return refused.code == "duplicate" and sha256_of(refused.path) == sha256


def _served(root: Path) -> dict[str, str]:
    """By id, the digest of each publication's file."""
    try:
        return {p.id: p.sha256 for p in read_manifest(root / VERSIONS / current_version(root)).publications}
    except IndexError_:
        return {}


def is_current(catalogue: Catalogue, root: Path, stamp: ModelStamp, corpus: CorpusSettings) -> bool:
    """Whether the published version is what a build would make again, apart from files no build can read."""
    try:
        name = current_version(root)
        folder = root / VERSIONS / name
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except IndexError_:
        return False
    if name in quarantined(read_log(root)):
        return False
    made = (manifest.model, manifest.reader, manifest.chunking, manifest.guide, manifest.sources)
    return made == (stamp, _READER, _chunking(corpus), catalogue.guide, _sources(catalogue))


def _passages(reading: Reading) -> Iterator[Passage]:
    ids, labels = PassageIds(reading.publication.work), reading.document.labels
    for p in reading.document.passages:
        first, last = p.pages
        passage_id = ids.next(p.text)
        where = reading.publication.id, labels[first - 1 : last]
        yield Passage(p.text, p.section, p.sentences, p.spans, passage_id, *where, ocr=p.ocr)


def _asked(readings: Sequence[Reading]) -> AskedWords:
    texts = [[p.text for p in r.document.passages] for r in readings]
    paths = [r.publication.path or Path(r.publication.id) for r in readings]
    return AskedWords.joined(list(map(asked_words, paths, texts)))


def _manifest(
    draft: Path,
    name: str,
    guide: Guide | None,
    sources: dict[str, str],
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
        guide=guide,
        sources=sources,
        publications=tuple(_indexed(reading) for reading in readings),
        passages=len(passages),
        sentences=sum(len(p.sentences) for p in passages),
        files=stamp_files(draft),
    )


def _chunking(corpus: CorpusSettings) -> dict[str, Any]:
    return corpus.model_dump(include={"passage_words", "short_block_words"})


def _sources(catalogue: Catalogue) -> dict[str, str]:
    """By publication id, a digest of its catalogue entry and of its files, whether it could be indexed or not."""
    digests = [(p, digest_of(p.path), digest_of(asked_file(p.path))) for p in catalogue.publications if p.path]
    return {
        p.id: hashlib.sha256("\0".join(filter(None, (repr(p), digest, asked))).encode()).hexdigest()
        for p, digest, asked in digests
        if digest
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
