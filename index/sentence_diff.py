"""What passages that are not the same in two editions have, sentence by sentence, that the other edition has not.

Case, blanks and punctuation are no difference. Three words or less without a number are a label or a scrap of the
layout, and are not told alone; nor are words that the other edition has in other sentences, unless it lacks a number
among them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Passage, normalised
from index.alignment import LIKE_IN_PLACE, WordLikeness, gaps

_LABEL = 3  # words
_ENTRY = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s+|\s*\|\s*\d+\s*$")  # a heading's number, its page in a table of contents
_GRAM, _COVERED = (
    4,
    0.75,
)  # words in a row, and the share of a sentence in such rows from which it is there all the same


@dataclass(frozen=True)
class Rewritten:
    """A passage whose sentences differ; `before` and `after` are None where the other edition has nothing of it."""

    before: Passage | None
    after: Passage | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    removed_from: tuple[Passage, ...] = ()  # the earlier passage of each sentence removed
    reworded_from: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class _Said:
    """A sentence, at its place in an edition."""

    place: int
    passage: Passage
    text: str


_Pair = tuple[_Said, _Said]


class _Edition:
    """All that one edition says, in its order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        texts = [(passage, text) for passage in passages for text in _sentences(passage)]
        self.said = [_Said(place, passage, text) for place, (passage, text) in enumerate(texts)]
        counts = Counter(_key(text) for _, text in texts)
        self.places = {_key(said.text): said.place for said in self.said}
        self.once = {key for key, count in counts.items() if count == 1}
        self._grams = {gram for p in passages for text in (*p.section, p.text) for gram in _grams(_plain(text))}

    def without(self, other: "_Edition", passages: Sequence[Passage]) -> list[_Said]:
        """The sentences of some of its passages that the other edition does not have."""
        wanted = {id(passage) for passage in passages}
        return [s for s in self.said if id(s.passage) in wanted and _key(s.text) not in other.places]

    def tells(self, sentence: str) -> bool:
        """Whether a sentence of the other edition is worth no word: a label, or words that are all there."""
        label = _ENTRY.sub("", sentence)
        if len(_plain(label)) <= _LABEL and not any(letter.isdigit() for letter in label):
            return True
        if not any(letter.isalpha() for letter in sentence):  # a page number, a rule
            return True
        words = _plain(sentence)
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
    gone, fresh = old.without(new, only_old), new.without(old, only_new)
    likeness = WordLikeness([said.text for said in (*old.said, *new.said)])
    pairs = _paired(old, new, gone, fresh, likeness)
    pairs += _repeated(old, new, gone, fresh, pairs, likeness)
    told = _Told(only_old, only_new, pairs)
    taken_old, taken_new = {a.place for a, _ in pairs}, {b.place for _, b in pairs}
    for said in fresh:
        if said.place not in taken_new and not old.tells(said.text):
            told.added[id(said.passage)].append(said.text)
    for said in gone:
        if said.place not in taken_old and not new.tells(said.text):
            told.removed[told.heirs.get(id(said.passage), id(said.passage))].append(said)
    yield from told.of_later(news)
    yield from told.of_earlier(only_old)


def _paired(
    old: _Edition, new: _Edition, gone: Sequence[_Said], fresh: Sequence[_Said], likeness: WordLikeness
) -> list[_Pair]:
    """Sentences and what became of them: nearly the same anywhere, or less alike between the same neighbours."""
    pairs = [(gone[p.before], fresh[p.after]) for p in likeness.reworded(_texts(gone), _texts(fresh))]
    anchors = [(old.places[key], new.places[key]) for key in old.once & new.once]
    anchors += [(a.place, b.place) for a, b in pairs]
    left_old, left_new = ({said.place: said for said in left} for left in _left(gone, fresh, pairs))
    for before, after in gaps(anchors):
        a = [left_old[place] for place in before if place in left_old]
        b = [left_new[place] for place in after if place in left_new]
        if a and b:
            pairs += [(a[p.before], b[p.after]) for p in likeness.reworded(_texts(a), _texts(b), LIKE_IN_PLACE)]
    return pairs


def _repeated(
    old: _Edition, new: _Edition, gone: Sequence[_Said], fresh: Sequence[_Said], pairs: Sequence[_Pair],
    likeness: WordLikeness,
) -> list[_Pair]:  # fmt: skip
    """What is left of either edition, with the sentence of the other that it repeats in other words, taken or not."""
    left_old, left_new = _left(gone, fresh, pairs)
    found = likeness.nearest(_texts(left_old), _texts(new.said))
    more = [(left_old[a], new.said[b]) for a, b in found]
    found = likeness.nearest(_texts(left_new), _texts(old.said))
    return more + [(old.said[b], left_new[a]) for a, b in found]


def _left(gone: Sequence[_Said], fresh: Sequence[_Said], pairs: Sequence[_Pair]) -> tuple[list[_Said], list[_Said]]:
    taken_old, taken_new = {a.place for a, _ in pairs}, {b.place for _, b in pairs}
    return [s for s in gone if s.place not in taken_old], [s for s in fresh if s.place not in taken_new]


class _Told:
    """What is told of each passage, by its identity in memory: ids may repeat."""

    def __init__(self, only_old: Sequence[Passage], only_new: Sequence[Passage], pairs: Sequence[_Pair]) -> None:
        self.added: defaultdict[int, list[str]] = defaultdict(list)
        self.removed: defaultdict[int, list[_Said]] = defaultdict(list)
        self._reworded: defaultdict[int, list[_Pair]] = defaultdict(list)
        self.heirs = _heirs(only_old, only_new, pairs)
        self._origins: dict[int, Passage] = {}
        for before, after in sorted(pairs, key=lambda pair: pair[1].place):
            self._reworded[id(after.passage)].append((before, after))
            self._origins.setdefault(id(after.passage), before.passage)
        for passage in only_old:
            if id(passage) in self.heirs:
                self._origins.setdefault(self.heirs[id(passage)], passage)

    def of_later(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        for passage in passages:
            key = id(passage)
            if self.added[key] or self.removed[key] or self._reworded[key]:
                yield self._rewritten(key, self._origins.get(key), passage)

    def of_earlier(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        for passage in passages:
            if id(passage) not in self.heirs and self.removed[id(passage)]:
                yield self._rewritten(id(passage), passage, None)

    def _rewritten(self, key: int, before: Passage | None, after: Passage | None) -> Rewritten:
        removed, reworded = self.removed[key], self._reworded[key]
        return Rewritten(
            before, after, tuple(self.added[key]), tuple(_texts(removed)), tuple((a.text, b.text) for a, b in reworded),
            tuple(said.passage for said in removed), tuple(a.passage for a, _ in reworded),
        )  # fmt: skip


def _heirs(only_old: Sequence[Passage], only_new: Sequence[Passage], pairs: Sequence[_Pair]) -> dict[int, int]:
    """By earlier passage, the later one that holds most of its sentences, as they were or reworded."""
    holder = {_key(text): id(passage) for passage in reversed(only_new) for text in _sentences(passage)}
    became = {(id(before.passage), before.text): id(after.passage) for before, after in pairs}
    heirs: dict[int, int] = {}
    for passage in only_old:
        places = [became.get((id(passage), text), holder.get(_key(text))) for text in _sentences(passage)]
        held = Counter(place for place in places if place is not None)
        if held:
            heirs[id(passage)] = held.most_common(1)[0][0]
    return heirs


def _texts(said: Sequence[_Said]) -> list[str]:
    return [one.text for one in said]


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + _GRAM]) for place in range(len(words) - _GRAM + 1)]


def _sentences(passage: Passage) -> list[str]:
    return [normalised(passage.text[a:b]) for a, b in passage.sentences]


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", normalised(text).casefold())


def _key(text: str) -> str:
    """Letters and digits: « border-color » at a line end is « bordercolor » for some. « 4,5 » is never « 45 »."""
    apart = re.sub(r"(?<=\d)\W+(?=\d)", "·", normalised(text).casefold())
    return re.sub(r"[^\w·]+", "", apart)
