"""What the disk refuses, told as an error that an admin can act on; and writes that survive a power cut."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DiskRefused

_REMEDIES = {
    errno.ENOSPC: "Libérez de la place sur ce disque, puis relancez.",
    errno.EDQUOT: "Libérez de la place dans votre quota, puis relancez.",
    errno.EFBIG: "Relevez la taille de fichier autorisée (« ulimit -f »), puis relancez.",
    errno.EROFS: "Ce disque est en lecture seule : montez-le en écriture, ou choisissez un autre dossier avec --index.",
    errno.EACCES: "Rétablissez les droits d’écriture sur ce dossier, puis relancez.",
    errno.EPERM: "Rétablissez les droits d’écriture sur ce dossier, puis relancez.",
}
_REASONS = {
    errno.ENOSPC: "il n’y a plus de place", errno.EDQUOT: "le quota est atteint",
    errno.EFBIG: "le fichier serait trop grand",
    errno.EROFS: "le disque est en lecture seule", errno.EACCES: "accès refusé", errno.EPERM: "accès refusé",
    errno.EIO: "le disque ne répond pas", errno.ENOTDIR: "une partie de ce chemin n’est pas un dossier",
    errno.ENOENT: "fichier ou dossier introuvable", errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "c’est un dossier",
}  # fmt: skip
_OF_SQLITE = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_READONLY: errno.EACCES}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Raises DiskRefused, with the file's name, where something inside could not be written."""
    try:
        yield
    except OSError as error:
        raise refused(root, error.errno, error.filename) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.ProgrammingError):
            raise
        raise _cache_refused(root / "cache" / "vectors.sqlite", sqlite_code(error)) from error


def sqlite_code(error: sqlite3.Error) -> int:
    """SQLite's own number for an error, without its details; those of its Python module have none."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _cache_refused(file: Path, code: int) -> DiskRefused:
    if code in _DAMAGE:
        return DiskRefused(
            f"{file} est endommagé.",
            "Supprimez-le : ce qu’il contenait sera calculé de nouveau. L’index publié reste en place.",
        )
    return refused(file, _OF_SQLITE.get(code, errno.EIO), file)


def reason_of(code: int | None) -> str:
    """What the system answered, in words that end a French sentence; the system's own for what is rare."""
    return _REASONS.get(code or 0) or (os.strerror(code) if code else "erreur du système")


def refused(root: Path, code: int | None, file: str | Path | None) -> DiskRefused:
    """The error for what the system answered about a file of an index."""
    remedy = _REMEDIES.get(code or 0, "Vérifiez ce disque, puis relancez.")
    return DiskRefused(
        f"{file or root} n’a pas pu être écrit : {reason_of(code)}.", f"{remedy} L’index publié reste en place."
    )


def write_synced(path: Path, text: str) -> None:
    """Write a file, and wait until it is on the disk."""
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
