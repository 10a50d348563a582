"""Old versions put away, with what was read for them alone."""

import shutil
from pathlib import Path

from corpus import ReadingCache
from index.disk import writing
from index.draft import CACHE, DOCUMENTS
from index.errors import IndexError_
from index.history import log_event, quarantined, read_log, served_before, served_ever
from index.locks import only_writer, swinging
from index.manifest import read_manifest
from index.version import VERSIONS, pointed, version_names


def prune(root: Path, keep: int, *, quarantine: bool = False) -> list[str]:
    """Delete all but the `keep` latest versions that were served, the published one among them; the names deleted.

    Those made since the published one and never served, and those set aside unless `quarantine`, stay and do not
    count. Readers finish on the version they have open. Raises ValueError for less than one, IndexBusy while a
    version is being built.
    """
    if keep < 1:
        raise ValueError(f"at least one version is kept, not {keep}")
    with only_writer(root), swinging(root), writing(root):
        events, names, published = read_log(root), version_names(root), pointed(root)
        aside = set(quarantined(events))
        stack = [*served_before(events, published), published]  # it forgets those that were left by a rollback
        served = [*(name for name in served_ever(events, published) if name not in stack), *stack]
        sound = [name for name in served if name in names and name not in aside]
        waiting = {name for name in names if name > published and name not in served}
        kept = {published, *sound[-keep:], *((waiting - aside) if quarantine else waiting | aside)}
        gone = [name for name in names if name not in kept]
        for name in gone:
            _delete(root, name)
        _forget_documents(root)
    return gone


def _delete(root: Path, name: str) -> None:
    """Out of sight in one step, so that no reader finds half of it, then off the disk."""
    hidden = root / VERSIONS / f".{name}"
    (root / VERSIONS / name).rename(hidden)
    log_event(root, "pruned", name)
    shutil.rmtree(hidden)


def _forget_documents(root: Path) -> None:
    digests: set[str] = set()
    for name in version_names(root):
        try:
            digests |= {p.sha256 for p in read_manifest(root / VERSIONS / name).publications}
        except IndexError_:
            return  # a version that no one can read may need any of them
    ReadingCache(root / CACHE / DOCUMENTS).keep_only(frozenset(digests))
