"""JSON Lines that several processes write: a line is on the disk whole, or it is not there. They are appended to, but
where a line is written again or forgotten.

They hold what people asked and said: the folder is made for its owner alone (0700), and so are its files (0600).
"""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from evaluations.errors import EvaluationError
from evaluations.refusals import refusal

FOLDER = "evaluation"  # in VIGIE_HOME
_WAIT = 10.0  # seconds; whoever holds the lock reads a few files and writes a line, no more
_REPAIR = "Corrigez cette ligne, ou retirez-la."
_DISK = "Vérifiez la place qui reste sur ce disque et vos droits sur ce dossier, puis relancez."

Kept = TypeVar("Kept")
Made = TypeVar("Made", bound=BaseModel)


class Entry(BaseModel):
    """A line of a journal."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def made(model: type[Made], remedy: str, **values: Any) -> Made:
    """A model of these values. Raises EvaluationError naming the one at fault."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise EvaluationError(f"{reason(error)}.", remedy) from error


def reason(error: ValidationError) -> str:
    """The first thing that pydantic found, with the name of its place."""
    where, why = refusal(error)
    return f"« {'.'.join(where)} » : {why}" if where else why


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder against other writers, and make it where it is not there. Not to be held twice by one process.

    Raises EvaluationError where it cannot be written, or is still held after ten seconds.
    """
    lock = FileLock(folder / "writer.lock", timeout=_WAIT, mode=0o600)
    with told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def append(path: Path, entry: BaseModel) -> None:
    """Add a line in one write, and wait until it is on the disk. The folder must be held. Raises EvaluationError."""
    line = _line(path, entry)
    with told(path):
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            _append(descriptor, line)
        finally:
            os.close(descriptor)
        _sync(path.parent)


def put(path: Path, entry: BaseModel, name: str) -> None:
    """Write an entry in place of those whose `id` is this name, or append it where there is none. As `append`."""
    line = _line(path, entry)
    with told(path, "lu"):
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    old = {number for number, said in enumerate(lines) if name.encode() in said and named(said, "id") == name}
    if not old:
        append(path, entry)
        return
    with told(path):
        rewrite(path, b"".join(line if number in old else said for number, said in enumerate(lines)))


def named(line: bytes, key: str) -> str:
    """The name that a line has under a key; nothing for a torn one."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return str(data.get(key, "")) if isinstance(data, dict) else ""


def rewrite(path: Path, content: bytes) -> None:
    """At once, whatever happens: readers find the old file or the new one. The folder must be held. Raises OSError."""
    new = path.with_name(f".{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync(path.parent)


def _line(path: Path, entry: BaseModel) -> bytes:
    try:
        text = json.dumps(entry.model_dump(mode="json"), ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"Ceci ne peut pas être écrit dans {path} : {error}.", "Simplifiez-le.") from error
    return text.encode("utf-8", "replace") + b"\n"  # half a surrogate pair is no character


def _append(descriptor: int, line: bytes) -> None:
    """After half a line that a power cut left, begin a new one; what a full disk took of a line is taken back."""
    size = os.fstat(descriptor).st_size
    whole = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
    line = line if whole else b"\n" + line
    try:
        if os.write(descriptor, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def entries(path: Path, adapter: TypeAdapter[Kept]) -> list[Kept]:
    """All lines, oldest first; none where there is no file. Torn lines are passed over.

    Raises EvaluationError naming the file and the line of any other that is not what it should be.
    """
    kept = []
    for number, data in _objects(path):
        if data is None:
            continue
        try:
            kept.append(adapter.validate_python(data))
        except ValidationError as error:
            raise EvaluationError(f"{path}, ligne {number} : {reason(error)}.", _REPAIR) from error
    return kept


def torn_lines(path: Path) -> list[int]:
    """The numbers of the lines that no one can read: a power cut, or a hand, left them so."""
    return [number for number, data in _objects(path) if data is None]


def _objects(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line that is not blank with its number; None for one that is not JSON."""
    with told(path, "lu"):
        content = path.read_bytes() if path.exists() else b""
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            yield number, None


@contextmanager
def told(path: Path, done: str = "écrit") -> Iterator[None]:
    """Raises EvaluationError for what the system refuses."""
    try:
        yield
    except Timeout as error:
        raise EvaluationError(f"Un autre processus écrit dans {path}.", "Relancez dans un instant.") from error
    except OSError as error:
        raise EvaluationError(f"{error.filename or path} n’a pas pu être {done} : {error.strerror}.", _DISK) from error
