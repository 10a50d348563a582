"""The extractive generator: the sentences that answer, verbatim. It reads vectors made when the index was built."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Home
from assistant.completing import FEWEST_WORDS, Budget, gap, home, linked, sentence_text, shown
from assistant.leading import is_under, leading_section
from index import ScoredPassage, SearchResult, is_note

_PASSAGE = 3.0  # weight of the passage's score beside the sentence's own cosine
_LEADS = 0.5  # what a sentence of the leading section has over the others, beside its score
_RIVAL = 0.9  # of the leading section's best score, from which another section's best has its place whatever follows
_CLOSE = 0.5  # of that score, from which another sentence of the leading section is worth quoting
_CLOSE_ELSEWHERE = 0.6  # the same, of another section: what it says may be of another case

SentenceVectors = Callable[[int], np.ndarray]
FULL, SIDE, DEFINITION = Budget(paragraph=130), Budget(90, 2), Budget(70, 2, whole_lists=False, nearness=0.6)
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

    @property
    def text(self) -> str:
        return self.scored.passage.text[self.start : self.end]


@dataclass(frozen=True)
class RankedSentence:
    """Places of a passage in the evidence and of a sentence in it; `cosine`: its own, or its label's where nearer."""

    passage: int
    number: int
    score: float
    cosine: float


def extract(
    found: SearchResult, sentence_vectors: SentenceVectors, budget: Budget = FULL, before: Home | None = None
) -> list[Quote]:
    """Quotes that answer, those of the leading section and of what it introduces first.

    In a section its best passage comes first, then the others in reading order.

    `before`: the section that the turn before quoted first, of a follow-up.
    """
    evidence = found.results
    if not evidence:
        return []
    lead = leading_section(evidence, before)
    chosen, passages = _chosen(evidence, _ranked(found, sentence_vectors, lead, budget.nearness), budget)
    homes = [home(evidence[p]) for p in passages]
    best = {home(evidence[p]): p for p in reversed(passages)}.values()
    first = [is_under(scored.passage, lead) for scored in evidence]
    passages.sort(key=lambda p: (not first[p], homes.index(home(evidence[p])), p not in best, evidence[p].row))
    for one, next_one, wanted in linked(evidence, chosen, budget):
        chosen |= {(one, number) for number in wanted} | {(next_one, 0)}
        passages = _together(passages, one, next_one)
    return [quote for p in passages for quote in _runs(evidence[p], sorted(n for q, n in chosen if q == p))]


def _ranked(
    found: SearchResult, sentence_vectors: SentenceVectors, lead: Home, nearness: float
) -> list[RankedSentence]:
    """The sentences worth quoting: the leading section's best, the best of another that comes near it, the others."""
    sentences = scored_sentences(found, sentence_vectors)
    nearest = max((s.cosine for s in sentences), default=0.0)
    sentences = [s for s in sentences if s.cosine >= nearness * nearest]
    leads = [is_under(scored.passage, lead) for scored in found.results]
    most = max((s.score for s in sentences if leads[s.passage]), default=0.0)
    worth = [s for s in sentences if s.score >= most * (_CLOSE if leads[s.passage] else _CLOSE_ELSEWHERE)]
    worth.sort(key=lambda s: -(s.score + _LEADS * leads[s.passage]))
    rivals = (s for s in worth if not leads[s.passage] and s.score >= _RIVAL * most)
    rival = next(rivals, None)
    return worth if rival is None else sorted(worth, key=lambda s: (s is not worth[0], s is not rival))


def _chosen(
    evidence: Sequence[ScoredPassage], ranked: Sequence[RankedSentence], budget: Budget
) -> tuple[set[tuple[int, int]], list[int]]:
    """Places of passages and sentences, as many as the budget allows, and the passages in the order they came."""
    chosen: set[tuple[int, int]] = set()
    passages: list[int] = []
    words = 0
    for sentence in ranked:
        if words >= budget.words:
            break
        if sentence.passage not in passages:
            if len(passages) == budget.passages:
                continue
            passages.append(sentence.passage)
        for number in shown(evidence[sentence.passage], sentence.number, budget):
            if (sentence.passage, number) not in chosen:
                chosen.add((sentence.passage, number))
                words += len(sentence_text(evidence[sentence.passage], number).split())
    return chosen, passages


def whole(evidence: Sequence[ScoredPassage], most: int = WHOLE) -> list[Quote]:
    """Passages from the first, in reading order, as far as they can be read at once: about `most` words."""
    quotes: list[Quote] = []
    words = 0
    for scored in sorted(evidence, key=lambda scored: scored.row):
        if words >= most:
            break
        if is_note(scored.passage.text):
            continue
        quotes += _runs(scored, range(len(scored.passage.sentences)))
        words += len(scored.passage.text.split())
    return quotes


def _together(passages: Sequence[int], before: int, after: int) -> list[int]:
    """The two in reading order, at the place of the first of them that is shown."""
    place = min(passages.index(p) for p in (before, after) if p in passages)
    others = [p for p in passages if p not in {before, after}]
    return [*others[:place], before, after, *others[place:]]


def scored_sentences(found: SearchResult, sentence_vectors: SentenceVectors) -> list[RankedSentence]:
    sentences = []
    for index, scored in enumerate(found.results):
        cosines = sentence_vectors(scored.row) @ found.vector
        label = -1.0
        for number, cosine in enumerate(cosines.tolist()):
            if len(sentence_text(scored, number).split()) < FEWEST_WORDS:
                label = cosine
                continue
            sentences.append(RankedSentence(index, number, cosine + _PASSAGE * scored.score, max(cosine, label)))
            label = -1.0
    return sentences


def _runs(scored: ScoredPassage, numbers: Sequence[int]) -> list[Quote]:
    quotes: list[Quote] = []
    for number in numbers:
        if quotes and quotes[-1].last == number and not gap(scored, number):
            quotes[-1] = Quote(scored, quotes[-1].first, number + 1)
        else:
            quotes.append(Quote(scored, number, number + 1))
    return quotes
