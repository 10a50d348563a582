"""The extractive generator: the sentences that answer, verbatim. It reads vectors made when the index was built."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index import LEAD_IN, LIST_ITEM, ScoredPassage, SearchResult

_MOST_WORDS = 170  # of quotes in one answer
_MOST_PASSAGES = 4
_FEWEST_WORDS = 4  # of a sentence worth choosing; a label is not
_PASSAGE = 6.0  # weight of the passage's score beside the sentence's own cosine
_CLOSE = 0.55  # of the best sentence's score, from which another is worth quoting

SentenceVectors = Callable[[int], np.ndarray]


@dataclass(frozen=True)
class Quote:
    """Consecutive sentences of one passage, first to last (exclusive)."""

    scored: ScoredPassage
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.scored.passage.sentences[self.first][0]

    @property
    def end(self) -> int:
        return self.scored.passage.sentences[self.last - 1][1]


@dataclass(frozen=True)
class _Sentence:
    passage: int
    number: int
    score: float


def extract(found: SearchResult, sentence_vectors: SentenceVectors) -> list[Quote]:
    """Quotes that answer, the best passage's section first, each passage's in reading order."""
    evidence = found.results
    ranked = sorted(_scored(found, sentence_vectors), key=lambda s: -s.score)
    if not ranked:
        return []
    chosen: set[tuple[int, int]] = set()
    passages: list[int] = []
    words = 0
    for sentence in ranked:
        if sentence.score < _CLOSE * ranked[0].score or words >= _MOST_WORDS:
            break
        if sentence.passage not in passages:
            if len(passages) == _MOST_PASSAGES:
                continue
            passages.append(sentence.passage)
        for number in _completed(evidence[sentence.passage], sentence.number):
            if (sentence.passage, number) not in chosen:
                chosen.add((sentence.passage, number))
                words += len(_text(evidence[sentence.passage], number).split())
    homes = [_home(evidence[p]) for p in passages]
    passages.sort(key=lambda p: homes.index(_home(evidence[p])))
    return [quote for p in passages for quote in _runs(evidence[p], sorted(n for q, n in chosen if q == p))]


def _home(scored: ScoredPassage) -> tuple[str, tuple[str, ...]]:
    """Where a passage stands: what comes from one section is read together."""
    return scored.passage.publication, scored.passage.section


def _scored(found: SearchResult, sentence_vectors: SentenceVectors) -> list[_Sentence]:
    sentences = []
    for index, scored in enumerate(found.results):
        cosines = sentence_vectors(scored.row) @ found.vector
        for number, cosine in enumerate(cosines.tolist()):
            if len(_text(scored, number).split()) < _FEWEST_WORDS:
                continue
            sentences.append(_Sentence(index, number, cosine + _PASSAGE * scored.score))
    return sentences


def _text(scored: ScoredPassage, number: int) -> str:
    start, end = scored.passage.sentences[number]
    return scored.passage.text[start:end]


def _completed(scored: ScoredPassage, number: int) -> Sequence[int]:
    """A list is quoted whole, and what bears a label (« Étapes », « Déport. ») with it: it would lose its sense."""
    count = len(scored.passage.sentences)
    items = [n for n in range(count) if LIST_ITEM.match(_text(scored, n))]
    if number in items and len(items) > 1:
        return range(_with_label(scored, min(items)), count)
    return range(_with_label(scored, number), count if LEAD_IN.search(_text(scored, number)) else number + 1)


def _with_label(scored: ScoredPassage, number: int) -> int:
    """The sentence before, where it is a label or an announcement, else the sentence itself."""
    if number == 0:
        return number
    before = _text(scored, number - 1)
    announces = bool(LEAD_IN.search(before)) or len(before.split()) < _FEWEST_WORDS
    return number - 1 if announces else number


def gap(scored: ScoredPassage, number: int) -> str:
    """What lies between a sentence and the one before, blanks apart: text that may not be quoted, or nothing."""
    sentences = scored.passage.sentences
    return scored.passage.text[sentences[number - 1][1] : sentences[number][0]].strip()


def _runs(scored: ScoredPassage, numbers: Sequence[int]) -> list[Quote]:
    quotes: list[Quote] = []
    for number in numbers:
        if quotes and quotes[-1].last == number and not gap(scored, number):
            quotes[-1] = Quote(scored, quotes[-1].first, number + 1)
        else:
            quotes.append(Quote(scored, number, number + 1))
    return quotes
