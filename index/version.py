"""Index versions on disk: immutable folders whose files are checked, and the pointer to the published one."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus import sha256_of
from index.disk import reason_of, sync_folder, write_synced
from index.errors import IndexDamaged, IndexUnavailable, IndexUnreadable
from index.manifest import REBUILD, RIGHTS, FileStamp, Manifest

CURRENT, VERSIONS = "CURRENT", "versions"
_NAME = re.compile(r"\w[\w-]*")
_HASHED_AT_OPENING = 64 << 20  # bytes, smallest files first, which are 40 ms; `vigie index verify` hashes all


def stamp_files(folder: Path) -> dict[str, FileStamp]:
    """Size and SHA-256 of every file under a folder, each flushed to disk."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    return {str(p.relative_to(folder)): FileStamp(p.stat().st_size, sha256_of(p)) for p in paths}


def check_files(folder: Path, manifest: Manifest, *, thorough: bool = False) -> None:
    """Raises IndexDamaged naming the first file that is missing or not what the manifest says.

    Sizes are always compared; contents of all files where `thorough`, else of the smallest up to 64 MiB in all.
    """
    budget = _HASHED_AT_OPENING
    for name, stamp in sorted(manifest.files.items(), key=lambda item: item[1].size):
        budget -= stamp.size
        check_file(folder / name, stamp, hashed=thorough or budget >= 0)


def check_file(path: Path, stamp: FileStamp, *, hashed: bool) -> None:
    """Raises IndexDamaged where a file is missing or is not what its stamp says, IndexUnreadable where it is closed."""
    try:
        size = path.stat().st_size
        if size != stamp.size or (hashed and sha256_of(path) != stamp.sha256):
            raise IndexDamaged(f"Le fichier {path} a été modifié ou endommagé.", REBUILD)
    except FileNotFoundError as error:
        raise IndexDamaged(f"Le fichier {path} manque.", REBUILD) from error
    except PermissionError as error:
        raise IndexUnreadable(f"Le fichier {path} ne peut pas être lu : accès refusé.", RIGHTS) from error
    except OSError as error:
        raise IndexDamaged(f"Le fichier {path} ne peut pas être lu : {reason_of(error.errno)}.", REBUILD) from error


@contextmanager
def _reading() -> Iterator[None]:
    """Raises IndexUnreadable, with the file's name, where a folder is closed."""
    try:
        yield
    except PermissionError as error:
        raise IndexUnreadable(f"{error.filename} ne peut pas être lu : accès refusé.", RIGHTS) from error


@_reading()
def current_version(root: Path) -> str:
    """The name of the published version. Raises IndexUnavailable where there is none."""
    name = pointed(root)
    if not (root / CURRENT).exists():
        raise IndexUnavailable(f"Aucun index n’est publié dans {root}.", "Lancez « vigie index build ».")
    if not _NAME.fullmatch(name) or not (root / VERSIONS / name).is_dir():
        raise IndexUnavailable(
            f"{root / CURRENT} désigne une version absente : « {name} ».", "Lancez « vigie index build »."
        )
    return name


@_reading()
def version_folder(root: Path, name: str) -> Path:
    """Where a version lies. Raises IndexUnavailable, with the names there are, for one that is not there."""
    folder = root / VERSIONS / name
    if _NAME.fullmatch(name) and folder.is_dir():
        return folder
    known = ", ".join(version_names(root)) or "aucune"
    raise IndexUnavailable(f"Aucune version ne s’appelle « {name} » dans {root}.", f"Versions gardées : {known}.")


def pointed(root: Path) -> str:
    """What the pointer says, were it nonsense; nothing where there is no pointer. Raises IndexUnreadable."""
    try:
        return (root / CURRENT).read_text("utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise IndexUnreadable(f"{root / CURRENT} ne peut pas être lu : {reason_of(error.errno)}.", RIGHTS) from error


def point_at(root: Path, name: str) -> None:
    """Swing the pointer to a version in one step."""
    partial = root / f"{CURRENT}.tmp"
    write_synced(partial, name)
    partial.replace(root / CURRENT)
    sync_folder(root)


@_reading()
def version_names(root: Path) -> list[str]:
    """All versions, oldest first, also those that someone has damaged since they were complete."""
    folder = root / VERSIONS
    return sorted(p.name for p in folder.iterdir() if _NAME.fullmatch(p.name)) if folder.is_dir() else []
