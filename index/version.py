"""Index versions on disk: immutable directories, a manifest with checksums, and the pointer to the served one."""

import dataclasses
import hashlib
import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import Guide, Pillar, Public
from index.embedder import ModelStamp
from index.errors import IndexDamaged, IndexMismatch, IndexUnavailable
from index.fusion import Calibration

FORMAT = 2
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
CURRENT, VERSIONS, LOG = "CURRENT", "versions", "log.jsonl"
_NAME = re.compile(r"\w[\w-]*")
_HASHED_AT_OPENING = 64 << 20  # bytes; larger versions are hashed by `vigie index verify`, sizes always compared
_REBUILD = "Relancez « vigie index build »."


_LISTS = ("labels", "unreadable_pages", "hidden_pages")  # of a publication, which JSON keeps as such


@dataclass(frozen=True)
class IndexedPublication:
    """What a version remembers of a publication."""

    id: str
    title: str
    path: str
    sha256: str
    pages: int
    labels: tuple[str, ...]
    unreadable_pages: tuple[int, ...]
    passages: int
    work: str
    guide: str = ""
    issuer: str = ""
    edition: str = ""
    language: str = "fr"
    pillar: str = ""
    hidden_pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class FileStamp:
    """Size in bytes and SHA-256 of a file of a version."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All that must be known of a version before opening its files."""

    name: str
    created: str
    model: ModelStamp
    calibration: Calibration
    chunking: dict[str, Any]
    reader: str
    guide: Guide | None
    publications: tuple[IndexedPublication, ...]
    sources: dict[str, str]  # by publication id, a digest of its entry and file, also where it could not be indexed
    passages: int
    sentences: int
    files: dict[str, FileStamp]
    format: int = FORMAT


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a version's manifest, last of its files."""
    text = json.dumps(dataclasses.asdict(manifest), ensure_ascii=False, indent=1)
    _write_synced(folder / MANIFEST, text)
    _write_synced(folder / SEAL, hashlib.sha256(text.encode()).hexdigest())
    for written in (*(p for p in folder.iterdir() if p.is_dir()), folder):
        sync_folder(written)


def read_manifest(folder: Path) -> Manifest:
    """Raises IndexDamaged where it is missing or unreadable, IndexMismatch for another format."""
    path = folder / MANIFEST
    try:
        text = path.read_text("utf-8")
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise IndexMismatch(
                f"{path} est au format {data['format']} ; cette version de Vigie lit le {FORMAT}.", _REBUILD
            )
        if hashlib.sha256(text.encode()).hexdigest() != (folder / SEAL).read_text("utf-8").strip():
            raise IndexDamaged(f"Le fichier {path} a été modifié ou endommagé.", _REBUILD)
        return _manifest(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"Le fichier {path} manque ou est endommagé.", _REBUILD) from error


def _manifest(data: dict[str, Any]) -> Manifest:
    guide = data["guide"]
    if guide is not None:
        pillars = tuple(Pillar(**(p | {"questions": tuple(p["questions"])})) for p in guide["pillars"])
        publics = tuple(Public(**(p | {"words": tuple(p["words"])})) for p in guide["publics"])
        guide = Guide(**(guide | {"pillars": pillars, "publics": publics}))
    publications = tuple(
        IndexedPublication(**(p | {name: tuple(p[name]) for name in _LISTS if name in p})) for p in data["publications"]
    )
    files = {name: FileStamp(**stamp) for name, stamp in data["files"].items()}
    parts = {"model": ModelStamp(**data["model"]), "calibration": Calibration(**data["calibration"])}
    return Manifest(**(data | {"guide": guide, "publications": publications, "files": files} | parts))


def stamp_files(folder: Path) -> dict[str, FileStamp]:
    """Size and SHA-256 of every file under a folder, each flushed to disk."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    return {str(p.relative_to(folder)): FileStamp(p.stat().st_size, file_sha256(p)) for p in paths}


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_files(folder: Path, manifest: Manifest, *, thorough: bool = False) -> None:
    """Raises IndexDamaged naming the first file that is missing or not what the manifest says."""
    hashed = thorough or sum(stamp.size for stamp in manifest.files.values()) <= _HASHED_AT_OPENING
    for name, stamp in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(f"Le fichier {path} manque.", _REBUILD)
        if path.stat().st_size != stamp.size or (hashed and file_sha256(path) != stamp.sha256):
            raise IndexDamaged(f"Le fichier {path} a été modifié ou endommagé.", _REBUILD)


def current_version(root: Path) -> str:
    """The name of the published version. Raises IndexUnavailable where there is none."""
    pointer = root / CURRENT
    if not pointer.is_file():
        raise IndexUnavailable(f"Aucun index n’est publié dans {root}.", "Lancez « vigie index build ».")
    name = pointer.read_text("utf-8", errors="replace").strip()
    if not _NAME.fullmatch(name) or not (root / VERSIONS / name).is_dir():
        raise IndexUnavailable(f"{pointer} désigne une version absente : « {name} ».", "Lancez « vigie index build ».")
    return name


def publish(root: Path, name: str) -> None:
    """Swing the pointer to a version in one step, and log it."""
    partial = root / f"{CURRENT}.tmp"
    _write_synced(partial, name)
    partial.replace(root / CURRENT)
    sync_folder(root)
    log_event(root, "published", version=name)


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def log_event(root: Path, event: str, **details: Any) -> None:
    """Append one line to the index's history."""
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **details})
    with (root / LOG).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def version_names(root: Path) -> list[str]:
    """All complete versions, oldest first."""
    folder = root / VERSIONS
    return (
        sorted(p.name for p in folder.iterdir() if _NAME.fullmatch(p.name) and (p / MANIFEST).is_file())
        if folder.is_dir()
        else []
    )
