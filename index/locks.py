"""One writer at a time. The kernel frees a lock when its holder dies, so that none is left by a killed build."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout

from index.disk import reason_of, refused, writing
from index.errors import IndexBusy, IndexError_
from index.history import user_name

_POINTER_WAIT = 10.0  # seconds; whoever holds this lock swings the pointer and writes a line, no more


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Hold the index against other builds and prunings. Raises IndexBusy, saying who holds it and since when."""
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexError_(
            f"{root} ne peut pas servir de dossier : {reason_of(error.errno)}.", "Choisissez-en un autre."
        ) from error
    lock, owner = FileLock(root / "writer.lock"), root / "writer.json"
    try:
        _acquire(lock, root, timeout=0)
    except Timeout as error:
        raise _busy(root, _owner(owner)) from error
    try:
        identity = {"user": user_name(), "host": socket.gethostname(), "pid": os.getpid()}
        with writing(root):
            since = datetime.now(UTC).isoformat(timespec="seconds")
            owner.write_text(json.dumps(identity | {"since": since}), "utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


@contextmanager
def swinging(root: Path) -> Iterator[None]:
    """Hold the pointer for an instant; a build that is running does not hold it. Raises IndexBusy after ten seconds."""
    lock = FileLock(root / "pointer.lock")
    try:
        _acquire(lock, root, timeout=_POINTER_WAIT)
    except Timeout as error:
        raise IndexBusy(f"Une autre publication est en cours dans {root}.", "Relancez dans un instant.") from error
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, root: Path, timeout: float) -> None:
    try:
        lock.acquire(timeout=timeout)
    except Timeout:  # an OSError too
        raise
    except OSError as error:
        raise refused(root, error.errno, error.filename) from error


def _owner(path: Path) -> dict[str, Any]:
    """Who holds the lock; nothing while they are still writing their name."""
    try:
        held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) and {"user", "host", "pid", "since"} <= held.keys() else {}


def _busy(root: Path, held: dict[str, Any]) -> IndexBusy:
    if not held:
        return IndexBusy(f"L’index {root} est en cours de construction.", "Attendez la fin, puis relancez.")
    who = f"{held['user']}@{held['host']} (processus {held['pid']}) depuis {held['since']}"
    stop = f"arrêtez-le sur {held['host']} (« kill {held['pid']} ») : le verrou se libère avec lui"
    return IndexBusy(
        f"L’index {root} est en cours de construction par {who}.",
        f"Attendez la fin, puis relancez ; si ce processus est bloqué, {stop}, et rien n’est perdu.",
    )
