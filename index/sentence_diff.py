"""What passages that are not the same in two editions have, sentence by sentence, that the other edition has not.

Case and punctuation are no difference. Three words or less without a number are a label or a scrap of the layout, and
are not told; nor are words that the other edition has in other sentences, unless a number is among those it has not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Passage, normalised
from index.alignment import reworded

_LABEL = 3  # words
_GRAM, _COVERED = (
    4,
    0.75,
)  # words in a row, and the share of a sentence in such rows from which it is there all the same
_LIKE_IN_PLACE = 0.35  # share of words in common, in a passage and in the one that took its place

_Said = tuple[Passage, str]


@dataclass(frozen=True)
class Rewritten:
    """A passage whose sentences differ; `before` and `after` are None where the other edition has nothing of it."""

    before: Passage | None
    after: Passage | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()


class _Edition:
    """All that one edition says."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._sentences = {_key(text) for passage in passages for text in _sentences(passage)}
        self._grams = {gram for p in passages for text in (*p.section, p.text) for gram in _grams(_key(text).split())}

    def says(self, sentence: str) -> bool:
        """Whether one of its sentences is this one."""
        key = _key(sentence)
        is_label = key.count(" ") < _LABEL and not any(letter.isdigit() for letter in key)
        return is_label or key in self._sentences

    def covers(self, sentence: str) -> bool:
        """Whether it has nearly all of its words in the same rows, and each of its numbers."""
        words = _key(sentence).split()
        there = [False] * len(words)
        for place, gram in enumerate(_grams(words)):
            if gram in self._grams:
                there[place : place + _GRAM] = [True] * _GRAM
        numbers = all(found for found, word in zip(there, words, strict=True) if word.isdigit())
        return numbers and sum(there) >= _COVERED * max(1, len(words))


def rewritten(
    olds: Sequence[Passage], news: Sequence[Passage], only_old: Sequence[Passage], only_new: Sequence[Passage]
) -> Iterator[Rewritten]:
    """Of `only_old` and `only_new`, the passages whose text the other edition does not have, those that differ.

    `olds` and `news` are all passages of either edition. A sentence that is gone is told with the passage that holds
    what its own passage still says, where there is one.
    """
    old, new = _Edition(olds), _Edition(news)
    gone = [(p, text) for p in only_old for text in _sentences(p) if not new.says(text)]
    fresh = [(p, text) for p in only_new for text in _sentences(p) if not old.says(text)]
    pairs = [(pair.before, pair.after) for pair in reworded([t for _, t in gone], [t for _, t in fresh])]
    heirs = _heirs(only_old, only_new, [(gone[a], fresh[b]) for a, b in pairs])
    pairs += _in_place(gone, fresh, pairs, heirs)
    told = _Told(only_old, heirs, [(gone[a], fresh[b]) for a, b in sorted(pairs, key=lambda pair: pair[1])])
    paired_old, paired_new = {a for a, _ in pairs}, {b for _, b in pairs}
    for number, (passage, text) in enumerate(fresh):
        if number not in paired_new and not old.covers(text):
            told.added[id(passage)].append(text)
    for number, (passage, text) in enumerate(gone):
        if number not in paired_old and not new.covers(text):
            told.removed[told.heirs.get(id(passage), id(passage))].append(text)
    yield from told.of_later(only_new)
    yield from told.of_earlier(only_old)


def _in_place(
    gone: Sequence[_Said], fresh: Sequence[_Said], paired: Sequence[tuple[int, int]], heirs: dict[int, int]
) -> list[tuple[int, int]]:
    """More pairs, less alike, of sentences left over in a passage and in the one that took its place."""
    taken_old, taken_new = {a for a, _ in paired}, {b for _, b in paired}
    lost: defaultdict[int, list[int]] = defaultdict(list)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, (passage, _) in enumerate(gone):
        if number not in taken_old and id(passage) in heirs:
            lost[heirs[id(passage)]].append(number)
    for number, (passage, _) in enumerate(fresh):
        if number not in taken_new:
            found[id(passage)].append(number)
    pairs: list[tuple[int, int]] = []
    for place in lost.keys() & found.keys():
        a, b = lost[place], found[place]
        alike = reworded([gone[n][1] for n in a], [fresh[n][1] for n in b], _LIKE_IN_PLACE)
        pairs += [(a[pair.before], b[pair.after]) for pair in alike]
    return pairs


class _Told:
    """What is told of each passage, by its identity in memory: ids may repeat."""

    def __init__(
        self, only_old: Sequence[Passage], heirs: dict[int, int], pairs: Sequence[tuple[_Said, _Said]]
    ) -> None:
        self.added: defaultdict[int, list[str]] = defaultdict(list)
        self.removed: defaultdict[int, list[str]] = defaultdict(list)
        self._reworded: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for (_, before), (passage, after) in pairs:
            self._reworded[id(passage)].append((before, after))
        self.heirs = heirs
        self._origins: dict[int, Passage] = {}
        for passage in only_old:
            if id(passage) in self.heirs:
                self._origins.setdefault(self.heirs[id(passage)], passage)
        for (origin, _), (passage, _) in pairs:
            self._origins.setdefault(id(passage), origin)

    def of_later(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        for passage in passages:
            key = id(passage)
            said = tuple(self.added[key]), tuple(self.removed[key]), tuple(self._reworded[key])
            if any(said):
                yield Rewritten(self._origins.get(key), passage, *said)

    def of_earlier(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        for passage in passages:
            if id(passage) not in self.heirs and self.removed[id(passage)]:
                yield Rewritten(passage, None, removed=tuple(self.removed[id(passage)]))


def _heirs(
    only_old: Sequence[Passage], only_new: Sequence[Passage], pairs: Sequence[tuple[_Said, _Said]]
) -> dict[int, int]:
    """By earlier passage, the later one that holds most of its sentences, as they were or reworded."""
    holder = {_key(text): id(passage) for passage in reversed(only_new) for text in _sentences(passage)}
    became = {(id(origin), before): id(passage) for (origin, before), (passage, _) in pairs}
    heirs: dict[int, int] = {}
    for passage in only_old:
        places = [became.get((id(passage), text), holder.get(_key(text))) for text in _sentences(passage)]
        held = Counter(place for place in places if place is not None)
        if held:
            heirs[id(passage)] = held.most_common(1)[0][0]
    return heirs


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + _GRAM]) for place in range(len(words) - _GRAM + 1)]


def _sentences(passage: Passage) -> list[str]:
    return [normalised(passage.text[a:b]) for a, b in passage.sentences]


def _key(text: str) -> str:
    """The words of a text, whatever their case and what stands between them."""
    return " ".join(re.findall(r"\w+", normalised(text).casefold()))
