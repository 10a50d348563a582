"""What changes from one version to another, passage by passage, and in the answers to reference questions.

Editions are compared by work. A passage with the same id says the same; of the others, the sentences are compared, so
that a paragraph cut elsewhere is not told as one removed and one added. One that is not found again whole in its
section is always told.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Passage
from index.manifest import IndexedPublication
from index.opened import IndexVersion
from index.sentence_diff import rewritten
from index.told_passages import Rewritten

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class PassageChange:
    """A passage that is not what or where it was.

    `added` and `removed` are the sentences that only one side has, `reworded` pairs of sentences, before and after;
    `removed_from` and `reworded_from` hold the earlier passage of each, which need not be `before`. A
    passage `moved` says the same on another page, under other headings or in another order.
    """

    kind: Kind
    before: Passage | None
    after: Passage | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    removed_from: tuple[Passage, ...] = ()
    reworded_from: tuple[Passage, ...] = ()

    @property
    def passage(self) -> Passage:
        """The later of the two."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def only_page(self) -> bool:
        """Whether it moved within its section."""
        return bool(self.before and self.after and self.before.section == self.after.section)


@dataclass(frozen=True)
class PublicationChange:
    """A work's publications before and after, by id; none on one side where the work came or went.

    `unchanged` counts the later passages that say the same at the same place, also those only cut elsewhere.
    """

    work: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    unchanged: int
    changes: tuple[PassageChange, ...]

    def count(self, kind: Kind) -> int:
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True)
class VersionDiff:
    """All works of two versions, in the later one's order, then those that it has no more."""

    before: str
    after: str
    works: tuple[PublicationChange, ...]


def compare_versions(before: IndexVersion, after: IndexVersion) -> VersionDiff:
    """What changes from one version to the other."""
    olds, news = _by_work(before), _by_work(after)
    publications = (
        {w: _ids(before.manifest.publications, w) for w in olds},
        {w: _ids(after.manifest.publications, w) for w in news},
    )
    works = tuple(
        _work(
            work, publications[0].get(work, ()), publications[1].get(work, ()), olds.get(work, []), news.get(work, [])
        )
        for work in dict.fromkeys((*news, *olds))
    )
    return VersionDiff(before.manifest.name, after.manifest.name, works)


def _by_work(version: IndexVersion) -> dict[str, list[Passage]]:
    work_of = {p.id: p.work for p in version.manifest.publications}
    found: dict[str, list[Passage]] = {p.work: [] for p in version.manifest.publications}
    for row in range(len(version.passages)):
        passage = version.passages[row]
        found[work_of[passage.publication]].append(passage)
    return found


def _ids(publications: Iterable[IndexedPublication], work: str) -> tuple[str, ...]:
    return tuple(p.id for p in publications if p.work == work)


def _work(
    work: str, before: tuple[str, ...], after: tuple[str, ...], olds: list[Passage], news: list[Passage]
) -> PublicationChange:
    kept, only_old, only_new = _by_id(olds, news)
    moved = [PassageChange("moved", a, b) for a, b in kept if _place(a) != _place(b)]
    changes = [*moved, *(_change(found) for found in rewritten(olds, news, only_old, only_new))]
    places = {id(passage): number for number, passage in enumerate((*news, *olds))}  # what is gone comes last
    changes.sort(key=lambda change: places[id(change.passage)])
    changed = {id(change.after) for change in changes if change.after is not None}  # some both moved and reworded
    unchanged = len(news) - len(changed)
    return PublicationChange(work, before, after, unchanged, tuple(changes))


def _place(passage: Passage) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """Headings and first page, physical and printed."""
    return passage.section, passage.pages[0], passage.labels[:1]


def _change(found: Rewritten) -> PassageChange:
    if found.after is None or found.before is None:
        kind: Kind = "removed" if found.after is None else "added"
    else:
        kind = "changed" if found.added or found.removed or found.reworded else "moved"
    return PassageChange(
        kind, found.before, found.after, found.added, found.removed, found.reworded, found.removed_from,
        found.reworded_from,
    )  # fmt: skip


def _by_id(
    olds: Sequence[Passage], news: Sequence[Passage]
) -> tuple[list[tuple[Passage, Passage]], list[Passage], list[Passage]]:
    """Pairs with the same id, then those of either side alone. Two editions served together may share an id."""
    waiting: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in reversed(olds):
        waiting[passage.id].append(passage)
    pairs, only_new = [], []
    for passage in news:
        if waiting[passage.id]:
            pairs.append((waiting[passage.id].pop(), passage))
        else:
            only_new.append(passage)
    left = {id(passage) for group in waiting.values() for passage in group}
    return pairs, [passage for passage in olds if id(passage) in left], only_new
