"""What passages that are not the same in two editions have, sentence by sentence, that the other edition has not.

Case, blanks and punctuation are no difference, « % » and « < » are. A sentence is looked for in its own section, so
that what goes from « autorisé » to « interdit » is told. Three words or less without a number are a label or a scrap of
the layout, and are not told beside other sentences; nor are words that the other edition has in other sentences, unless
it lacks a figure or a negation among them. But a passage of which nothing else is told tells even these, unless its
whole text is found again in its section.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import Passage, normalised
from index.alignment import LIKE_IN_PLACE, WordLikeness, gaps
from index.bearing import SIGNS, is_bearing
from index.french import fold

_LABEL = 3  # words
_ENTRY = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s+|\s*\|\s*\d+\s*$")  # a heading's number, its page in a table of contents
_GRAM, _COVERED = (
    4,
    0.75,
)  # words in a row, and the share of a sentence in such rows from which it is there all the same


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


@dataclass(frozen=True)
class _Said:
    """A sentence, at its place in an edition."""

    place: int
    passage: Passage
    text: str


_Section = tuple[str, ...]
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
        self._sections: defaultdict[str, set[_Section]] = defaultdict(set)
        for passage, text in texts:
            self._sections[_key(text)].add(_section(passage))
        by_section: defaultdict[_Section, list[str]] = defaultdict(list)
        for passage in passages:
            by_section[_section(passage)].append(passage.text)
        self._whole = {section: _key("\n".join(texts)) for section, texts in by_section.items()}

    def without(self, other: "_Edition", passages: Sequence[Passage]) -> list[_Said]:
        """The sentences of some of its passages that the other edition does not have in the same section."""
        wanted = {id(passage) for passage in passages}
        return [s for s in self.said if id(s.passage) in wanted and not self._is_kept(s, other)]

    def _is_kept(self, said: _Said, other: "_Edition") -> bool:
        """Whether the other edition has it in its section, or in one of another name where neither name is in both."""
        own, found = _section(said.passage), other._sections.get(_key(said.text), set[_Section]())
        return own in found or (own not in other._whole and any(section not in self._whole for section in found))

    def holds(self, passage: Passage) -> bool:
        """Whether the whole text of a passage of the other edition stands in its section, however it is cut there."""
        return _key(passage.text) in self._whole.get(_section(passage), "")

    def moved(self, said: _Said, other: "_Edition") -> bool:
        """Whether a sentence of its own that is not in the other's same section is in another; a label, only there."""
        key = _key(said.text)
        return key in other.places and (not _is_label(said.text) or key in self.once & other.once)

    def tells(self, sentence: str) -> bool:
        """Whether a sentence of the other edition is worth no word: a label, or words that are all there."""
        if _is_label(sentence) or not any(letter.isalpha() for letter in sentence):  # a page number, a rule
            return True
        words = _plain(sentence)
        there = [False] * len(words)
        for place, gram in enumerate(_grams(words)):
            if gram in self._grams:
                there[place : place + _GRAM] = [True] * _GRAM
        turned = any(not found and is_bearing(fold(word)) for found, word in zip(there, words, strict=True))
        return not turned and sum(there) >= _COVERED * max(1, len(words))


def rewritten(
    olds: Sequence[Passage], news: Sequence[Passage], only_old: Sequence[Passage], only_new: Sequence[Passage]
) -> Iterator[Rewritten]:
    """Of `only_old` and `only_new`, the passages whose text the other edition does not have, those that differ.

    `olds` and `news` are all passages of either edition. A sentence that is gone is told with the passage that holds
    what its own passage still says, where there is one.
    """
    old, new = _Edition(olds), _Edition(news)
    gone, fresh = old.without(new, only_old), new.without(old, only_new)
    away, come = _moved(old, new, gone), _moved(new, old, fresh)
    likeness = WordLikeness([said.text for said in (*old.said, *new.said)])
    stay, came = ([s for s in part if _key(s.text) not in e.places] for part, e in ((gone, new), (fresh, old)))
    pairs = _paired(old, new, stay, came, likeness)
    pairs += _repeated(old, new, stay, came, pairs, likeness)
    told = _Told(only_old, only_new, pairs)
    left_gone, left_fresh = _left(gone, fresh, pairs)
    for said in left_fresh:
        if said.place in come or not old.tells(said.text):
            told.add(said)
    for said in left_gone:
        if said.place in away or not new.tells(said.text):
            told.remove(said)
    _tell_the_rest(told, (old, only_old, left_gone), (new, only_new, left_fresh))
    yield from told.of_later(news)
    yield from told.of_earlier(only_old)


def _moved(edition: _Edition, other: _Edition, said: Sequence[_Said]) -> set[int]:
    return {one.place for one in said if edition.moved(one, other)}


def _tell_the_rest(
    told: "_Told",
    earlier: tuple[_Edition, Sequence[Passage], Sequence[_Said]],
    later: tuple[_Edition, Sequence[Passage], Sequence[_Said]],
) -> None:
    """Of passages whose text is not found again and of which nothing is told: their labels, or that they moved."""
    (old, only_old, gone), (new, only_new, fresh) = earlier, later
    lost = [passage for passage in only_old if not new.holds(passage) and not told.of_old(passage)]
    found = [passage for passage in only_new if not old.holds(passage) and not told.of_new(passage)]
    lost_ids, found_ids = ({id(passage) for passage in part} for part in (lost, found))
    for said in (said for said in gone if id(said.passage) in lost_ids):
        told.remove(said)
    for said in (said for said in fresh if id(said.passage) in found_ids):
        told.add(said)
    for passage in found:
        told.move(passage, old)
    for passage in lost:
        told.move_heir(passage)


def _paired(
    old: _Edition, new: _Edition, gone: Sequence[_Said], fresh: Sequence[_Said], likeness: WordLikeness
) -> list[_Pair]:
    """Sentences and what became of them: nearly the same anywhere, or less alike between the same neighbours."""
    pairs = [(gone[p.before], fresh[p.after]) for p in likeness.reworded(_texts(gone), _texts(fresh))]
    anchors = [(old.places[key], new.places[key]) for key in old.once & new.once]
    anchors += [(a.place, b.place) for a, b in pairs]
    anchors += [(-1, -1), (len(old.said), len(new.said))]
    left_old, left_new = ({said.place: said for said in left} for left in _left(gone, fresh, pairs))
    for before, after in gaps(anchors):
        a = [left_old[place] for place in before if place in left_old]
        b = [left_new[place] for place in after if place in left_new]
        if a and b:
            found = [(a[p.before], b[p.after]) for p in likeness.reworded(_texts(a), _texts(b), LIKE_IN_PLACE)]
            pairs += found + _labels_in_place(*_left(a, b, found))
    return pairs


def _labels_in_place(before: Sequence[_Said], after: Sequence[_Said]) -> list[_Pair]:
    """Labels that stand for labels: as many of either edition, and nothing else, between the same neighbours."""
    alike = len(before) == len(after) and all(_is_label(said.text) for said in (*before, *after))
    return list(zip(before, after, strict=True)) if alike else []


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
        self._added: defaultdict[int, list[str]] = defaultdict(list)
        self._removed: defaultdict[int, list[_Said]] = defaultdict(list)
        self._reworded: defaultdict[int, list[_Pair]] = defaultdict(list)
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

    def add(self, said: _Said) -> None:
        """Tell a sentence that the earlier edition has not."""
        self._added[id(said.passage)].append(said.text)

    def remove(self, said: _Said) -> None:
        """Tell a sentence that the later edition has not, with the passage that holds what is left of its own."""
        self._told_old.add(id(said.passage))
        self._removed[self._heirs.get(id(said.passage), id(said.passage))].append(said)

    def move(self, passage: Passage, old: _Edition) -> None:
        """Tell that a later passage says elsewhere, or in another order, what an earlier one said."""
        if self.of_new(passage):
            return
        key = next((key for key in map(_key, _sentences(passage)) if key in old.places), None)
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
        for passage in passages:
            if self.of_new(passage):
                yield self._rewritten(id(passage), self._origins.get(id(passage)), passage)

    def of_earlier(self, passages: Sequence[Passage]) -> Iterator[Rewritten]:
        for passage in passages:
            if id(passage) not in self._heirs and self._removed[id(passage)]:
                yield self._rewritten(id(passage), passage, None)

    def _of(self, key: int) -> bool:
        return bool(self._added[key] or self._removed[key] or self._reworded[key] or key in self._moved)

    def _rewritten(self, key: int, before: Passage | None, after: Passage | None) -> Rewritten:
        added, removed, reworded = self._added[key], self._removed[key], self._reworded[key]
        return Rewritten(
            before, after, tuple(added), tuple(_texts(removed)), tuple((a.text, b.text) for a, b in reworded),
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
    """Its sentences, and what stands between them: a table's heads."""
    found, end = list[str](), 0
    for first, last in (*passage.sentences, (len(passage.text),) * 2):
        found += (passage.text[end:first], passage.text[first:last])
        end = max(end, last)
    return [normalised(text) for text in found if _key(text)]


def _section(passage: Passage) -> _Section:
    return tuple(map(_key, passage.section))


def _is_label(sentence: str) -> bool:
    """Whether it is three words or less without a number."""
    label = _ENTRY.sub("", sentence)
    return len(_plain(label)) <= _LABEL and not any(letter.isdigit() for letter in label)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", normalised(text).casefold())


@lru_cache(maxsize=100_000)
def _key(text: str) -> str:
    """Letters, digits, signs: « border-color » at a line end is « bordercolor » for some. « 4,5 » is never « 45 »."""
    apart = re.sub(rf"(?<=\d)[^\w{SIGNS}]+(?=\d)", "·", normalised(text).casefold())
    return re.sub(rf"[^\w·{SIGNS}]+", "", apart)
