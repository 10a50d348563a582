"""A guard over the files of an open version: to read a map of a file cut short where it lies kills the process."""

import os
import threading
from pathlib import Path
from typing import NamedTuple

from index.errors import IndexDamaged, IndexUnreadable
from index.manifest import REBUILD, Manifest
from index.version import check_file, check_files


class _Seen(NamedTuple):
    inode: int
    size: int
    modified: int


class Watch:
    """Remembers the files as they were when the version was opened. Safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder, self._manifest = folder, manifest
        self._start = f"{folder}{os.sep}"  # putting two texts together takes a tenth of the time of two paths
        self._seen = {name: seen for name in manifest.files if (seen := _seen(self._start + name))}
        self._damage: IndexDamaged | None = None

    def check(self) -> None:
        """Raises IndexDamaged where a file was cut or changed under us. About 50 µs.

        One that is gone or replaced is still there for those who have it open; one that was only touched is hashed.
        """
        if self._damage:
            raise self._damage
        for name, seen in self._seen.items():
            now = _seen(self._start + name)
            if now and now.inode == seen.inode and now != seen:
                self._check_touched(name, now)

    def verify_later(self) -> None:
        """Hash all files beside the rest of the program; `check` then raises what was found."""
        threading.Thread(target=self._verify, daemon=True).start()

    def _check_touched(self, name: str, now: _Seen) -> None:
        try:
            check_file(self._folder / name, self._manifest.files[name], hashed=True)
        except IndexDamaged as error:
            self._damage = IndexDamaged(f"{error.message} Il a changé pendant qu’il servait.", REBUILD)
            raise self._damage from error
        self._seen = {**self._seen, name: now}

    def _verify(self) -> None:
        try:
            check_files(self._folder, self._manifest, thorough=True)
        except IndexUnreadable:
            return  # closed since it was opened, to this process too: what is mapped can still be read
        except IndexDamaged as error:
            if self._folder.is_dir():  # else the version was pruned, and those who have it open may finish
                self._damage = error


def _seen(path: str) -> _Seen | None:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return _Seen(found.st_ino, found.st_size, found.st_mtime_ns)
