"""The extractive generator: the sentences that answer, verbatim. It reads vectors made when the index was built."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from assistant.answer import Home
from assistant.completing import FEWEST_WORDS, Budget, Link, gap, home, linked, sentence_text, shown
from assistant.leading import is_under, leading_section
from assistant.usefulness import QuoteTraits, traits_of
from index import ScoredPassage, SearchResult, is_note, list_goes_on

_PASSAGE = 3.0  # weight of the passage's score beside the sentence's own cosine
_LEADS = 0.5  # what a sentence of the leading section has over the others, beside its score
_RIVAL = 0.9  # of the leading section's best score, from which another section's best has its place whatever follows
_CLOSE = 0.5  # of that score, from which another sentence of the leading section is worth quoting
_CLOSE_ELSEWHERE = 0.6  # the same, of another section: what it says may be of another case

SentenceVectors = Callable[[int], np.ndarray]
FULL, SIDE, DEFINITION = (
    Budget(paragraph=130, tells_further=True),
    Budget(90, 2),
    Budget(70, 2, whole_lists=False, nearness=0.6),
)
_NAMES = re.compile(r"(?:sigles|acronymes|abr[ée]viations|acronyms)\b")
WHOLE = 350  # words of a part that is asked for by its number
_REST = 60  # words of the end of a list that is read beyond them
_BEGINNING = 15  # words that say what a passage is about


@dataclass(frozen=True)
class Quote:
    """Consecutive sentences of one passage, first to last (exclusive). `further`: a reader could do without it."""

    scored: ScoredPassage
    first: int
    last: int
    further: bool = False

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

    In a section its best passage comes first, then the others in reading order. Those that a reader could do without
    come last, where the budget tells them apart.

    `before`: the section that the turn before quoted first, of a follow-up.
    """
    evidence = found.results
    if not evidence:
        return []
    lead = leading_section(evidence, before, explains=not budget.tells_further)
    sentences = scored_sentences(found, sentence_vectors)
    told = [s for s in sentences if not _is_acronym_table(evidence[s.passage])] if budget.tells_further else []
    sentences = told or sentences
    chosen, passages = _chosen(evidence, _ranked(evidence, sentences, lead, budget.nearness), budget)
    passages = _in_reading_order(evidence, passages, lead)
    links = linked(evidence, chosen, budget)
    for link in links:
        chosen |= {(link.first, n) for n in link.of_first} | {(link.second, n) for n in link.of_second}
        passages = _together(passages, link.first, link.second)
    traits = _traits(evidence, sentences, lead) if budget.tells_further else []
    further = _further(traits, passages, links)
    passages.sort(key=further.__contains__)
    each = ((p, runs(evidence[p], sorted(n for q, n in chosen if q == p))) for p in passages)
    return [replace(quote, further=p in further) for p, quotes in each for quote in quotes]


def _is_acronym_table(scored: ScoredPassage) -> bool:
    """Whether a passage is a glossary's table of names: it shares a question's acronyms and answers nothing else."""
    section, text = scored.passage.section, scored.passage.text
    rows = [line for line in text.split("\n") if " | " in line]
    return bool(section) and bool(_NAMES.match(section[-1].casefold())) and 2 * len(rows) > text.count("\n") + 1


def _in_reading_order(evidence: Sequence[ScoredPassage], passages: Sequence[int], lead: Home) -> list[int]:
    homes = [home(evidence[p]) for p in passages]
    best = {home(evidence[p]): p for p in reversed(passages)}.values()
    first = [is_under(scored.passage, lead) for scored in evidence]
    return sorted(
        passages, key=lambda p: (not first[p], homes.index(home(evidence[p])), p not in best, evidence[p].row)
    )


def quote_traits(found: SearchResult, sentence_vectors: SentenceVectors) -> list[QuoteTraits]:
    """Of each passage of the evidence, what tells whether a quote of it is needed."""
    evidence = found.results
    return _traits(evidence, scored_sentences(found, sentence_vectors), leading_section(evidence)) if evidence else []


def _traits(evidence: Sequence[ScoredPassage], sentences: Sequence[RankedSentence], lead: Home) -> list[QuoteTraits]:
    return traits_of(evidence, [(s.passage, s.score) for s in sentences], lead)


def _further(traits: Sequence[QuoteTraits], passages: Sequence[int], links: Sequence[Link]) -> set[int]:
    """Of the passages quoted, those that a reader could do without: none where nothing tells.

    What is linked stays together, but for what only the second of the two wants.
    """
    if not (traits and passages):
        return set()
    needed = {p for p in passages if traits[p].is_needed} | {passages[0]}
    for link in (*links, *reversed(links)):
        if link.second in needed or (link.first in needed and not link.one_way):
            needed |= {link.first, link.second}
    return set(passages) - needed


def _ranked(
    evidence: Sequence[ScoredPassage], sentences: Sequence[RankedSentence], lead: Home, nearness: float
) -> list[RankedSentence]:
    """The sentences worth quoting: the leading section's best, the best of another that comes near it, the others."""
    nearest = max((s.cosine for s in sentences), default=0.0)
    sentences = [s for s in sentences if s.cosine >= nearness * nearest]
    leads = [is_under(scored.passage, lead) for scored in evidence]
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
    """Passages from the first, in reading order, as far as they can be read at once: about `most` words.

    A list that was begun is read on while its next lines are few, and so is the part where hardly anything is left.
    """
    quotes: list[Quote] = []
    words = 0
    told = [one for one in sorted(evidence, key=lambda one: one.row) if not is_note(one.passage.text)]
    left = sum(len(scored.passage.text.split()) for scored in told)
    for scored in told:
        own = len(scored.passage.text.split())
        ends_a_list = bool(quotes) and own <= _REST and list_goes_on(quotes[-1].scored.passage, scored.passage)
        if left > _REST and (words >= most + _REST or (words >= most and not ends_a_list)):
            break
        left -= own
        quotes += runs(scored, range(len(scored.passage.sentences)))
        words += own
    return quotes


def beginning(scored: ScoredPassage) -> Quote:
    """The first sentences of a passage, about `_BEGINNING` words of them."""
    words = accumulate(len(sentence_text(scored, n).split()) for n in range(len(scored.passage.sentences)))
    last = next((n for n, said in enumerate(words, 1) if said >= _BEGINNING), len(scored.passage.sentences))
    return Quote(scored, 0, last)


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


def runs(scored: ScoredPassage, numbers: Sequence[int]) -> list[Quote]:
    """Sentences of a passage, ascending, as quotes: those that follow each other in one."""
    quotes: list[Quote] = []
    for number in numbers:
        if quotes and quotes[-1].last == number and not gap(scored, number):
            quotes[-1] = Quote(scored, quotes[-1].first, number + 1)
        else:
            quotes.append(Quote(scored, number, number + 1))
    return quotes
