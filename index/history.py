"""The index's history, `log.jsonl`: one event a line, appended and never changed; and what it says of each version."""

import errno
import getpass
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from index.disk import reason_of
from index.errors import IndexUnreadable
from index.manifest import RIGHTS

LOG = "log.jsonl"
What = Literal["built", "staged", "judged", "forced", "published", "rolled back", "quarantined", "released", "pruned"]
_KNOWN = frozenset(get_args(What))


@dataclass(frozen=True)
class Event:
    """Something that happened to a version: when (UTC, to the second), who did it, and the rest by name."""

    at: str
    event: str
    version: str
    author: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def log_event(root: Path, event: What, version: str, **details: Any) -> None:
    """Append one line, in one write, and wait until it is on the disk."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    record = {"at": at, "event": event, "version": version, "author": user_name(), **details}
    line = (json.dumps(record, ensure_ascii=False) + "\n").encode()
    descriptor = os.open(root / LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        line = line if _ends_well(descriptor) else b"\n" + line
        if os.write(descriptor, line) < len(line):  # a full disk takes half of it, and says nothing
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(root / LOG))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def user_name() -> str:
    """Who runs this process; a container may run under a number that nobody has."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _ends_well(descriptor: int) -> bool:
    """Whether the log is empty or ends with a whole line: a power cut may have left half of one."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def read_log(root: Path) -> list[Event]:
    """All events, oldest first. Lines that no one can read, which a power cut may leave, are skipped.

    Raises IndexUnreadable.
    """
    try:
        lines = (root / LOG).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise IndexUnreadable(f"{root / LOG} ne peut pas être lu : {reason_of(error.errno)}.", RIGHTS) from error
    return [event for line in lines if (event := _event(line))]


def _event(line: bytes) -> Event | None:
    try:
        record = json.loads(line)
        at, event, version = (str(record.pop(name)) for name in ("at", "event", "version"))
        return Event(at, event, version, str(record.pop("author", "")), record) if event in _KNOWN else None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None


def served_stack(events: Sequence[Event], current: str = "") -> list[str]:
    """Versions that were served, the one served now last; a rollback takes away those published after its target.

    `current`, what the pointer says, has the last word: a process may be killed between the pointer and the log.
    """
    stack: list[str] = []
    for event in events:
        if event.event == "published":
            stack = [*(name for name in stack if name != event.version), event.version]
        elif event.event == "rolled back":
            stack = [*_until(stack, event.version), event.version]
    if not current or (stack and stack[-1] == current):
        return stack
    return [*_until(stack, current), current]


def served_before(events: Sequence[Event], current: str) -> list[str]:
    """Versions served before the current one, latest last; all of them where the pointer says nothing."""
    stack = served_stack(events, current)
    return stack[:-1] if current else stack


def served_ever(events: Sequence[Event], current: str) -> list[str]:
    """Every version that was served, by the last time that it was made to be, the current one last."""
    moves = [event.version for event in events if event.event in ("published", "rolled back")]
    latest_first = dict.fromkeys([current, *reversed(moves)])
    return [name for name in reversed(latest_first) if name]


def _until(stack: list[str], name: str) -> list[str]:
    return stack[: stack.index(name)] if name in stack else stack


def quarantined(events: Sequence[Event]) -> dict[str, str]:
    """The versions set aside, with the reason."""
    aside: dict[str, str] = {}
    for event in events:
        if event.event == "quarantined":
            aside[event.version] = str(event.details.get("reason", ""))
        elif event.event == "released":
            aside.pop(event.version, None)
    return aside


def last(events: Sequence[Event], version: str, *kinds: What) -> Event | None:
    """The latest event of these kinds about a version."""
    return next((e for e in reversed(events) if e.version == version and e.event in kinds), None)
