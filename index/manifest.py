"""The manifest of an index version: what must be known before its files are opened, sealed by a checksum."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Guide, Pillar, Public
from index.disk import sync_folder, write_synced
from index.embedder import ModelStamp
from index.errors import IndexDamaged, IndexMismatch, IndexUnreadable
from index.fusion import Calibration

FORMAT = 2
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
REBUILD = "Relancez « vigie index build »."
RIGHTS = "Rétablissez les droits de lecture sur ce fichier et son dossier."


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
    write_synced(folder / MANIFEST, text)
    write_synced(folder / SEAL, hashlib.sha256(text.encode()).hexdigest())
    for written in (*(p for p in folder.iterdir() if p.is_dir()), folder):
        sync_folder(written)


def read_manifest(folder: Path) -> Manifest:
    """Raises IndexDamaged where it is missing or unreadable, IndexMismatch for another format."""
    path = folder / MANIFEST
    text, data = _parsed(path)
    if data.get("format", FORMAT) != FORMAT:
        raise IndexMismatch(
            f"{path} est au format {data['format']} ; cette version de Vigie lit le {FORMAT}.",
            "Lancez « vigie index build », ou « vigie index upgrade » si les PDF ne sont plus là.",
        )
    _check_seal(path, text)
    try:
        return _manifest(data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"Le fichier {path} est endommagé.", REBUILD) from error


def sealed_json(folder: Path) -> dict[str, Any]:
    """What a version's manifest says, in any format. Raises IndexDamaged, also where its seal does not fit."""
    text, data = _parsed(folder / MANIFEST)
    _check_seal(folder / MANIFEST, text)
    return data


def _parsed(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8")
        data = json.loads(text)
    except PermissionError as error:
        raise IndexUnreadable(f"Le fichier {path} ne peut pas être lu : accès refusé.", RIGHTS) from error
    except (OSError, ValueError, RecursionError) as error:
        raise IndexDamaged(f"Le fichier {path} manque ou est endommagé.", REBUILD) from error
    if not isinstance(data, dict):
        raise IndexDamaged(f"Le fichier {path} est endommagé.", REBUILD)
    return text, data


def _check_seal(path: Path, text: str) -> None:
    try:
        seal = path.with_name(SEAL).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"Le fichier {path.with_name(SEAL)} manque ou est endommagé.", REBUILD) from error
    if hashlib.sha256(text.encode()).hexdigest() != seal:
        raise IndexDamaged(f"Le fichier {path} a été modifié ou endommagé.", REBUILD)


def _manifest(data: dict[str, Any]) -> Manifest:
    files = {name: FileStamp(**stamp) for name, stamp in data["files"].items()}
    parts = {"model": ModelStamp(**data["model"]), "calibration": Calibration(**data["calibration"]), "files": files}
    named = {"guide": guide_of(data["guide"]), "publications": publications_of(data["publications"])}
    return Manifest(**(data | named | parts))


def guide_of(data: dict[str, Any] | None) -> Guide | None:
    """The guide that a manifest describes."""
    if data is None:
        return None
    pillars = tuple(Pillar(**_with_tuples(p)) for p in data["pillars"])
    publics = tuple(Public(**_with_tuples(p)) for p in data.get("publics", ()))
    return Guide(**(data | {"pillars": pillars, "publics": publics}))


def _with_tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def publications_of(data: list[dict[str, Any]]) -> tuple[IndexedPublication, ...]:
    """The publications that a manifest lists."""
    return tuple(IndexedPublication(**(p | {name: tuple(p[name]) for name in _LISTS if name in p})) for p in data)
