"""Which version is served: the published one or, where it cannot be, the one served before it, and why."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import DiskRefused, IndexBusy, IndexDamaged, IndexError_
from index.history import quarantined, read_log, served_before
from index.opened import IndexVersion
from index.publishing import set_aside
from index.version import current_version, pointed

Usable = Callable[[IndexVersion], None]


@dataclass(frozen=True)
class Served:
    """An open version; `instead`: what is wrong with the published one, where this is an earlier one."""

    version: IndexVersion
    instead: IndexError_ | None = None


def open_served(root: Path, usable: Usable) -> Served:
    """Open the published version, if it is `usable`. A damaged one is set aside, and the one before it opened.

    `usable` raises IndexMismatch for a version made by another model than the one at hand. Raises the published
    version's own error where no earlier one can be opened.
    """
    while True:
        name = pointed(root)
        try:
            return Served(_opened(root, current_version(root), usable))
        except IndexError_ as error:
            if pointed(root) == name:  # else another was published in between, and this one pruned or set aside
                return Served(_earlier(root, usable, name, error), error)


def _opened(root: Path, name: str, usable: Usable) -> IndexVersion:
    version = IndexVersion(root, name)
    usable(version)
    return version


def _earlier(root: Path, usable: Usable, published: str, error: IndexError_) -> IndexVersion:
    events = read_log(root)
    aside = quarantined(events)
    for name in reversed(served_before(events, published)):
        if name in aside:
            continue
        with suppress(IndexError_):
            version = _opened(root, name, usable)
            if isinstance(error, IndexDamaged):
                with suppress(IndexBusy, DiskRefused):  # a reader without the right to write serves it all the same
                    set_aside(root, published, error.message)
            return version
    raise error
