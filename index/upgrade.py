"""A version in an earlier format made again in today's, from its own passages: no PDF is read.

Format 1 (until 2026-11) has the passages of format 2, and neither facets nor token vectors nor a calibration; its
lexical files are others. Passages keep their ids, places and spans; what is computed from them is computed anew.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import Passage
from index.asked import AskedWords
from index.asked_vectors import WORDS, read_asked
from index.disk import writing
from index.draft import Content, drafting, new_name, write_content
from index.embedder import Embedder
from index.errors import IndexDamaged, IndexMismatch
from index.french import ANALYSIS_VERSION
from index.history import log_event
from index.intake import Report
from index.locks import only_writer
from index.manifest import (
    FORMAT,
    MANIFEST,
    REBUILD,
    FileStamp,
    Manifest,
    guide_of,
    publications_of,
    sealed_json,
    write_manifest,
)
from index.passage_store import LINES, OFFSETS, PassageStore
from index.version import check_file, stamp_files, version_folder

_FORMATS = (1, FORMAT)
_TAKEN_OVER = frozenset({"chunking", "files", "guide", "publications", "reader", "sources"})


def upgrade_version(root: Path, name: str, embedder: Embedder, report: Report = lambda _: None) -> Manifest:
    """Make a version's passages into a new version, in today's format and with this model; it is staged.

    Raises IndexMismatch for a format of the future, IndexDamaged where the passages are not what they should be.
    """
    folder = version_folder(root, name)
    data = _read(folder)
    passages = _passages(folder, data)
    asked = _asked(folder, data, len(passages))
    with only_writer(root), writing(root):
        new = new_name()
        guide = guide_of(data["guide"])
        with drafting(root, new) as draft:
            content = Content(passages, asked, guide)
            calibration = write_content(draft, root, content, embedder, report)
            manifest = Manifest(
                name=new,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                model=embedder.stamp,
                calibration=calibration,
                chunking=data["chunking"],
                reader=f"{str(data['reader']).split('.')[0]}.{ANALYSIS_VERSION}",
                guide=guide,
                publications=publications_of(data["publications"]),
                sources=data["sources"],
                passages=len(passages),
                sentences=sum(len(p.sentences) for p in passages),
                files=stamp_files(draft),
            )
            write_manifest(draft, manifest)
        log_event(root, "staged", new, upgraded_from=name, format=data["format"])
    return manifest


def _read(folder: Path) -> dict[str, Any]:
    data = sealed_json(folder)
    if data.get("format") not in _FORMATS:
        known = " ou ".join(map(str, _FORMATS))
        raise IndexMismatch(
            f"{folder / MANIFEST} est au format {data.get('format')} ; cette version de Vigie sait lire le {known}.",
            "Installez une version plus récente de Vigie.",
        )
    if not data.keys() >= _TAKEN_OVER:
        raise IndexDamaged(f"Le fichier {folder / MANIFEST} est endommagé.", REBUILD)
    return data


def _passages(folder: Path, data: dict[str, Any]) -> Sequence[Passage]:
    try:
        for name in (LINES, OFFSETS):
            check_file(folder / name, FileStamp(**data["files"][name]), hashed=True)
        store = PassageStore(folder)
        passages = store.rows(range(len(store)))
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamaged(f"La version {folder} est endommagée : {error}.", REBUILD) from error
    return passages


def _asked(folder: Path, data: dict[str, Any], size: int) -> AskedWords:
    if stamp := data["files"].get(WORDS):
        check_file(folder / WORDS, FileStamp(**stamp), hashed=True)
    return read_asked(folder, size)
