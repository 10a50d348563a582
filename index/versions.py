"""What is known of the versions kept: from their manifests, and from the index's history."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import IndexError_
from index.history import Event, last, quarantined, read_log
from index.manifest import MANIFEST, Manifest, read_manifest
from index.publishing import Judgement, judgement_of
from index.version import VERSIONS, pointed, version_names

State = Literal["published", "earlier", "staged", "refused", "quarantined", "unreadable"]


@dataclass(frozen=True)
class KeptVersion:
    """A version on disk. No manifest where it cannot be read, in the state `unreadable`; `size` is in bytes.

    `reason`: why it was set aside, refused or forced.
    """

    name: str
    state: State
    manifest: Manifest | None
    size: int
    author: str = ""
    judgement: Judgement | None = None
    reason: str = ""


def kept_versions(root: Path) -> list[KeptVersion]:
    """All versions, oldest first."""
    events, published = read_log(root), pointed(root)
    return [_kept(root, name, events, published) for name in version_names(root)]


def _kept(root: Path, name: str, events: Sequence[Event], published: str) -> KeptVersion:
    folder = root / VERSIONS / name
    try:
        manifest = read_manifest(folder)
    except IndexError_:
        manifest = None
    judgement, made = judgement_of(root, name), last(events, name, "built", "staged")
    state = _state(name, events, published, judgement) if manifest else "unreadable"
    if name in quarantined(events):
        state = "quarantined"
    size = sum(stamp.size for stamp in manifest.files.values()) + _size(folder / MANIFEST) if manifest else 0
    reason = _reason(name, events, judgement)
    return KeptVersion(name, state, manifest, size, made.author if made else "", judgement, reason)


def _state(name: str, events: Sequence[Event], published: str, judgement: Judgement | None) -> State:
    if name == published:
        return "published"
    if last(events, name, "published", "rolled back"):
        return "earlier"
    return "refused" if judgement and not judgement.passed else "staged"


def _reason(name: str, events: Sequence[Event], judgement: Judgement | None) -> str:
    if name in (aside := quarantined(events)):
        return aside[name]
    forced = last(events, name, "forced")
    if forced:
        return str(forced.details.get("reason", ""))
    return " ; ".join(judgement.reasons) if judgement and not judgement.passed else ""


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
