"""What is told of each passage that is not the same in two editions."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Passage
from index.edition import Edition, Said, key_of, sentences, texts

Pair = tuple[Said, Said]  # a sentence and what became of it


@dataclass(frozen=True)
class Rewritten:
    """A passage whose sentences differ; `before` and `after` are None where the other edition has nothing of it.

    With no sentence told, it says the same elsewhere or in another order.
    """

    before: Passage | None
    after: Passage | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    removed_from: tuple[Passage, ...] = ()  # the earlier passage of each sentence removed
    reworded_from: tuple[Passage, ...] = ()


class Told:
    """What is told of each passage, by its identity in memory: ids may repeat."""

    def __init__(self, only_old: Sequence[Passage], only_new: Sequence[Passage], pairs: Sequence[Pair]) -> None:
        self._added: defaultdict[int, list[str]] = defaultdict(list)
        self._removed: defaultdict[int, list[Said]] = defaultdict(list)
        self._reworded: defaultdict[int, list[Pair]] = defaultdict(list)
        self._moved: set[int] = set()
        self._heirs = _heirs(only_old, only_new, pairs)
        self._origins: dict[int, Passage] = {}
        self._told_old = {id(before.passage) for before, _ in pairs}
        for before, after in sorted(pairs, key=lambda pair: pair[1].place):
            self._reworded[id(after.passage)].append((before, after))
            self._origins.setdefault(id(after.passage), before.passage)
        for passage in only_old:
            if id(passage) in self._heirs:
                self._origins.setdefault(self._heirs[id(passage)], passage)

    def add(self, said: Said) -> None:
        """Tell a sentence that the earlier edition has not."""
        self._added[id(said.passage)].append(said.text)

    def remove(self, said: Said) -> None:
        """Tell a sentence that the later edition has not, with the passage that holds what is left of its own."""
        self._told_old.add(id(said.passage))
        self._removed[self._heirs.get(id(said.passage), id(said.passage))].append(said)

    def move(self, passage: Passage, old: Edition) -> None:
        """Tell that a later passage says elsewhere, or in another order, what an earlier one said."""
        if self.of_new(passage):
            return
        key = next((key for key in map(key_of, sentences(passage)) if key in old.places), None)
        if id(passage) not in self._origins and key is not None:
            self._origins[id(passage)] = old.said[old.places[key]].passage
        self._moved.add(id(passage))

    def move_heir(self, passage: Passage) -> None:
        """The same of the later passage that holds most of an earlier one of which nothing is told."""
        heir = self._heirs.get(id(passage))
        if heir is not None and not self.of_old(passage) and not self._of(heir):
            self._moved.add(heir)

    def of_new(self, passage: Passage) -> bool:
        """Whether anything is told of a later passage."""
        return self._of(id(passage))

    def of_old(self, passage: Passage) -> bool:
        """Whether a sentence of an earlier passage is told as gone or reworded."""
        return id(passage) in self._told_old

    def of_later(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        """What is told of these later passages, in their order."""
        for passage in passages:
            if self.of_new(passage):
                yield self._rewritten(id(passage), self._origins.get(id(passage)), passage)

    def of_earlier(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        """What is told of these earlier passages, of which the later edition has nothing."""
        for passage in passages:
            if id(passage) not in self._heirs and self._removed[id(passage)]:
                yield self._rewritten(id(passage), passage, None)

    def _of(self, key: int) -> bool:
        return bool(self._added[key] or self._removed[key] or self._reworded[key] or key in self._moved)

    def _rewritten(self, key: int, before: Passage | None, after: Passage | None) -> Rewritten:
        added, removed, reworded = self._added[key], self._removed[key], self._reworded[key]
        return Rewritten(
            before, after, tuple(added), tuple(texts(removed)), tuple((a.text, b.text) for a, b in reworded),
            tuple(said.passage for said in removed), tuple(a.passage for a, _ in reworded),
        )  # fmt: skip


def _heirs(only_old: Sequence[Passage], only_new: Sequence[Passage], pairs: Sequence[Pair]) -> dict[int, int]:
    """By earlier passage, the later one that holds most of its sentences, as they were or reworded."""
    holder = {key_of(text): id(passage) for passage in reversed(only_new) for text in sentences(passage)}
    became = {(id(before.passage), before.text): id(after.passage) for before, after in pairs}
    heirs: dict[int, int] = {}
    for passage in only_old:
        places = [became.get((id(passage), text), holder.get(key_of(text))) for text in sentences(passage)]
        held = Counter(place for place in places if place is not None)
        if held:
            heirs[id(passage)] = held.most_common(1)[0][0]
    return heirs
