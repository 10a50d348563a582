"""What one edition says, sentence by sentence, and where: letters, digits and signs that change a figure count."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import Passage, normalised
from index.bearing import SIGNS, is_bearing
from index.french import fold

_LABEL = 3  # words
_ENTRY = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s+|\s*\|\s*\d+\s*$")  # a heading's number, its page in a table of contents
_GRAM = 4  # words in a row
_COVERED = 0.75  # share of a sentence in such rows from which it is there all the same
Section = tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A sentence, at its place in an edition."""

    place: int
    passage: Passage
    text: str


class Edition:
    """All that one edition says, in its order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        texts = [(passage, text) for passage in passages for text in sentences(passage)]
        self.said = [Said(place, passage, text) for place, (passage, text) in enumerate(texts)]
        counts = Counter(key_of(text) for _, text in texts)
        self.places = {key_of(said.text): said.place for said in self.said}
        self.once = {key for key, count in counts.items() if count == 1}
        self._grams = {gram for p in passages for text in (*p.section, p.text) for gram in _grams(_plain(text))}
        self._sections: defaultdict[str, set[Section]] = defaultdict(set)
        for passage, text in texts:
            self._sections[key_of(text)].add(section_of(passage))
        by_section: defaultdict[Section, list[str]] = defaultdict(list)
        for passage in passages:
            by_section[section_of(passage)].append(passage.text)
        self._whole = {section: key_of("\n".join(texts)) for section, texts in by_section.items()}

    def without(self, other: "Edition", passages: Sequence[Passage]) -> list[Said]:
        """The sentences of some of its passages that the other edition does not have in the same section."""
        wanted = {id(passage) for passage in passages}
        return [s for s in self.said if id(s.passage) in wanted and not self._is_kept(s, other)]

    def _is_kept(self, said: Said, other: "Edition") -> bool:
        """Whether the other edition has it in its section, or in one of another name where neither name is in both."""
        own, found = section_of(said.passage), other._sections.get(key_of(said.text), set[Section]())
        return own in found or (own not in other._whole and any(section not in self._whole for section in found))

    def holds(self, passage: Passage) -> bool:
        """Whether the whole text of a passage of the other edition stands in its section, however it is cut there."""
        return key_of(passage.text) in self._whole.get(section_of(passage), "")

    def moved(self, said: Said, other: "Edition") -> bool:
        """Whether a sentence of its own that is not in the other's same section is in another; a label, only there."""
        key = key_of(said.text)
        return key in other.places and (not is_label(said.text) or key in self.once & other.once)

    def tells(self, sentence: str) -> bool:
        """Whether a sentence of the other edition is worth no word: a label, or words that are all there."""
        if is_label(sentence) or not any(letter.isalpha() for letter in sentence):  # a page number, a rule
            return True
        words = _plain(sentence)
        there = [False] * len(words)
        for place, gram in enumerate(_grams(words)):
            if gram in self._grams:
                there[place : place + _GRAM] = [True] * _GRAM
        turned = any(not found and is_bearing(fold(word)) for found, word in zip(there, words, strict=True))
        return not turned and sum(there) >= _COVERED * max(1, len(words))


def texts(said: Sequence[Said]) -> list[str]:
    """The texts alone."""
    return [one.text for one in said]


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + _GRAM]) for place in range(len(words) - _GRAM + 1)]


def sentences(passage: Passage) -> list[str]:
    """Its sentences, and what stands between them: a table's heads."""
    found, end = list[str](), 0
    for first, last in (*passage.sentences, (len(passage.text),) * 2):
        found += (passage.text[end:first], passage.text[first:last])
        end = max(end, last)
    return [normalised(text) for text in found if key_of(text)]


def section_of(passage: Passage) -> Section:
    """Its headings, as they are compared."""
    return tuple(map(key_of, passage.section))


def is_label(sentence: str) -> bool:
    """Whether it is three words or less without a number."""
    label = _ENTRY.sub("", sentence)
    return len(_plain(label)) <= _LABEL and not any(letter.isdigit() for letter in label)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", normalised(text).casefold())


@lru_cache(maxsize=100_000)
def key_of(text: str) -> str:
    """Letters, digits, signs: « border-color » at a line end is « bordercolor » for some. « 4,5 » is never « 45 »."""
    apart = re.sub(rf"(?<=\d)[^\w{SIGNS}]+(?=\d)", "·", normalised(text).casefold())
    return re.sub(rf"[^\w·{SIGNS}]+", "", apart)
