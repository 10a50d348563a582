"""The extractive generator: the sentences that answer, verbatim. It reads vectors made when the index was built."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.antecedent import points_back
from corpus import Passage
from index import LEAD_IN, LIST_ITEM, ScoredPassage, SearchResult, is_torn, same_section

FEWEST_WORDS = 4  # of a sentence worth choosing; a label is not
_PASSAGE = 3.0  # weight of the passage's score beside the sentence's own cosine
_BACK = 2  # sentences before that are read for what one points at
_CLOSE = 0.5  # of the best sentence's score, from which another is worth quoting

SentenceVectors = Callable[[int], np.ndarray]


@dataclass(frozen=True)
class Budget:
    """How much one answer quotes, and whether a list is quoted whole."""

    words: int = 220
    passages: int = 5
    whole_lists: bool = True
    paragraph: int = 0  # words of a passage up to which it is quoted whole


FULL, SIDE, DEFINITION = Budget(paragraph=90), Budget(90, 2), Budget(70, 2, whole_lists=False)
_FOOTNOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+\.?\s")
WHOLE = 350  # words of a part that is asked for by its number


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
class RankedSentence:
    passage: int
    number: int
    score: float


def extract(found: SearchResult, sentence_vectors: SentenceVectors, budget: Budget = FULL) -> list[Quote]:
    """Quotes that answer, the best passage's section first; in a section its best passage, then in reading order."""
    evidence = found.results
    ranked = sorted(scored_sentences(found, sentence_vectors), key=lambda s: -s.score)
    if not ranked:
        return []
    chosen: set[tuple[int, int]] = set()
    passages: list[int] = []
    words = 0
    for sentence in ranked:
        if sentence.score < _CLOSE * ranked[0].score or words >= budget.words:
            break
        if sentence.passage not in passages:
            if len(passages) == budget.passages:
                continue
            passages.append(sentence.passage)
        for number in _shown(evidence[sentence.passage], sentence.number, budget):
            if (sentence.passage, number) not in chosen:
                chosen.add((sentence.passage, number))
                words += len(sentence_text(evidence[sentence.passage], number).split())
    linked = _linked(evidence, chosen)
    homes = [home(evidence[p]) for p in passages]
    best = {home(evidence[p]): p for p in reversed(passages)}.values()
    passages.sort(key=lambda p: (homes.index(home(evidence[p])), p not in best, evidence[p].row))
    for before, after in linked:
        chosen |= {(before, len(evidence[before].passage.sentences) - 1), (after, 0)}
        passages = _together(passages, before, after)
    return [quote for p in passages for quote in _runs(evidence[p], sorted(n for q, n in chosen if q == p))]


def whole(evidence: Sequence[ScoredPassage], most: int = WHOLE) -> list[Quote]:
    """Passages from the first, in reading order, as far as they can be read at once: about `most` words."""
    quotes: list[Quote] = []
    words = 0
    for scored in sorted(evidence, key=lambda scored: scored.row):
        if words >= most:
            break
        if is_footnote(scored.passage):
            continue
        quotes += _runs(scored, range(len(scored.passage.sentences)))
        words += len(scored.passage.text.split())
    return quotes


def is_footnote(passage: Passage) -> bool:
    """Whether a passage is a note, which says little without the text that calls it."""
    return bool(_FOOTNOTE.match(passage.text))


def _together(passages: Sequence[int], before: int, after: int) -> list[int]:
    """The two in reading order, at the place of the first of them that is shown."""
    place = min(passages.index(p) for p in (before, after) if p in passages)
    others = [p for p in passages if p not in {before, after}]
    return [*others[:place], before, after, *others[place:]]


def _linked(evidence: Sequence[ScoredPassage], chosen: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours of which one's quote wants the other's: a sentence torn in two, or one that points at the last."""
    places = {scored.row: place for place, scored in enumerate(evidence)}
    links = []
    for before, scored in enumerate(evidence):
        after = places.get(scored.row + 1)
        if after is None or not same_section(scored.passage, evidence[after].passage) or not scored.passage.sentences:
            continue
        last = (before, len(scored.passage.sentences) - 1)
        torn = is_torn(scored.passage, evidence[after].passage) and (last in chosen or (after, 0) in chosen)
        if torn or ((after, 0) in chosen and points_back(sentence_text(evidence[after], 0))):
            links.append((before, after))
    return links


def home(scored: ScoredPassage) -> tuple[str, tuple[str, ...]]:
    """Where a passage stands: what comes from one section is read together."""
    return scored.passage.publication, scored.passage.section


def scored_sentences(found: SearchResult, sentence_vectors: SentenceVectors) -> list[RankedSentence]:
    sentences = []
    for index, scored in enumerate(found.results):
        cosines = sentence_vectors(scored.row) @ found.vector
        for number, cosine in enumerate(cosines.tolist()):
            if len(sentence_text(scored, number).split()) < FEWEST_WORDS:
                continue
            sentences.append(RankedSentence(index, number, cosine + _PASSAGE * scored.score))
    return sentences


def sentence_text(scored: ScoredPassage, number: int) -> str:
    start, end = scored.passage.sentences[number]
    return scored.passage.text[start:end]


def _shown(scored: ScoredPassage, number: int, budget: Budget) -> Sequence[int]:
    """A short paragraph whole, lest a condition or exception is cut off; of a longer one the sentence, completed."""
    count = len(scored.passage.sentences)
    words = len(scored.passage.text.split())
    if budget.paragraph >= words and not any(gap(scored, n) for n in range(1, count)):
        return range(count)
    return _completed(scored, number, budget.whole_lists)


def _completed(scored: ScoredPassage, number: int, whole_lists: bool) -> Sequence[int]:
    """A list is quoted whole, and what bears a label (« Étapes », « Déport. ») with it: it would lose its sense."""
    count = len(scored.passage.sentences)
    items = [n for n in range(count) if LIST_ITEM.match(sentence_text(scored, n))]
    if number in items and not whole_lists:
        return (number,)
    if number in items and len(items) > 1:
        return range(_with_label(scored, min(items)), count)
    return range(_with_label(scored, number), count if LEAD_IN.search(sentence_text(scored, number)) else number + 1)


def _with_label(scored: ScoredPassage, number: int) -> int:
    """The sentence before, where it is a label or an announcement, or says what this one points at; else itself."""
    for _ in range(_BACK):
        if number == 0 or not points_back(sentence_text(scored, number)) or gap(scored, number):
            break
        number -= 1
    if number == 0:
        return number
    before = sentence_text(scored, number - 1)
    announces = bool(LEAD_IN.search(before)) or len(before.split()) < FEWEST_WORDS
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
