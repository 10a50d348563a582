"""What a sentence must be quoted with, lest it lose its sense: its list, its label, what it points at, its call."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answer import Home
from assistant.antecedent import measure_of_a_case, points_back
from corpus import Passage
from index import (
    LEAD_IN,
    LIST_ITEM,
    ScoredPassage,
    calling_sentence,
    goes_on_under_title,
    is_note,
    is_table,
    is_torn,
    list_goes_on,
    same_section,
)

FEWEST_WORDS = 4  # of a sentence worth choosing; a label is not
# What a footnote may say of the reader's own case: an amount, a share, a delay, an exception, a ban.
_OF_A_CASE = re.compile(
    r"\d\s?%|€|\b(?:euros?|jours?|mois|semaines?|heures?|years?|months?|days?|hours?|ans|exceptions?|sauf|unless|except"
    r"|sous réserve|à condition|prohibée?s?|interdit\w*|délit|forbidden)\b"
)
_ROWS = 2  # lines of a table before its rows: its caption and the names of its columns
_BACK = 2  # sentences before that are read for what one points at


@dataclass(frozen=True)
class Link:
    """Places of two neighbours that are quoted together, and the sentences wanted of each.

    `one_way`: whether only the second wants the first, as a footnote wants the text that calls it.
    """

    first: int
    second: int
    of_first: Sequence[int]
    of_second: Sequence[int] = (0,)
    one_way: bool = False


@dataclass(frozen=True)
class Budget:
    """How much one answer quotes, and whether a list is quoted whole.

    `nearness`: of the best sentence's cosine, what a sentence or its label must have: of a glossary one entry is quoted
    and not those around it.
    """

    words: int = 300
    passages: int = 6
    whole_lists: bool = True
    paragraph: int = 0  # words of a passage up to which it is quoted whole
    nearness: float = 0.0
    tells_further: bool = False  # whether what a reader could do without comes last, told apart


def sentence_text(scored: ScoredPassage, number: int) -> str:
    start, end = scored.passage.sentences[number]
    return scored.passage.text[start:end]


def shown(scored: ScoredPassage, number: int, budget: Budget) -> Sequence[int]:
    """A short paragraph whole, lest a condition or exception is cut off; of a longer one the sentence, completed."""
    count = len(scored.passage.sentences)
    words = len(scored.passage.text.split())
    if budget.paragraph >= words and not any(gap(scored, n) for n in range(1, count)):
        return range(count)
    return _completed(scored, number, budget.whole_lists)


def _completed(scored: ScoredPassage, number: int, whole_lists: bool) -> Sequence[int]:
    """A list is quoted whole, and what bears a label (« Étapes », « Déport. ») with it: it would lose its sense.

    So does a table's caption without its rows, or a row without what stands over its cells.
    """
    count = len(scored.passage.sentences)
    if is_table(scored.passage):
        return range(count) if whole_lists or number < _ROWS else (*range(_ROWS), number)
    items = [n for n in range(count) if LIST_ITEM.match(sentence_text(scored, n))]
    announced = bool(items) and items[0] > 0 and bool(LEAD_IN.search(sentence_text(scored, items[0] - 1)))
    if number in items and not whole_lists and not announced:
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


def linked(evidence: Sequence[ScoredPassage], chosen: Collection[tuple[int, int]], budget: Budget) -> list[Link]:
    """Neighbours of which one's quote wants the other's, and the sentences it wants of both.

    A sentence torn in two, one that points at the last, a footnote and what calls it, a box's paragraph and its title,
    the end of a list quoted up to its cut; the footnote that may say otherwise of a case of what is quoted.
    """
    places = {scored.row: place for place, scored in enumerate(evidence)}
    links: list[Link] = []
    for before, scored in enumerate(evidence):
        after = places.get(scored.row + 1)
        if after is None or not same_section(scored.passage, evidence[after].passage) or not scored.passage.sentences:
            continue
        last = len(scored.passage.sentences) - 1
        torn = is_torn(scored.passage, evidence[after].passage) and ((before, last) in chosen or (after, 0) in chosen)
        wanted = calling_sentence(scored.passage, evidence[after].passage)
        if wanted is None and goes_on_under_title(scored.passage, evidence[after].passage):
            wanted = 0
        if wanted is None and (after, 0) in chosen:
            wanted = _general_case(scored, sentence_text(evidence[after], 0))
        if torn or ((after, 0) in chosen and points_back(sentence_text(evidence[after], 0))):
            links.append(Link(before, after, (last,)))
        elif any(place == after for place, _ in chosen):
            if wanted is not None:
                note = is_note(evidence[after].passage.text)
                links.append(Link(before, after, shown(scored, wanted, budget), one_way=note))
        elif wanted is not None and (before, wanted) in chosen and _may_be_of_a_case(evidence[after].passage):
            links.append(Link(before, after, (wanted,), range(len(evidence[after].passage.sentences))))
        elif budget.whole_lists and (before, last) in chosen and list_goes_on(scored.passage, evidence[after].passage):
            links.append(Link(before, after, (last,), shown(evidence[after], 0, budget)))
    return links


def _may_be_of_a_case(passage: Passage) -> bool:
    """Whether a footnote gives a figure, or what is excepted or forbidden: it may be of the reader's case."""
    return is_note(passage.text) and bool(_OF_A_CASE.search(passage.text))


def _general_case(scored: ScoredPassage, sentence: str) -> int | None:
    """The last sentence of a passage that gives in general what the next gives for one case: a threshold, a delay."""
    measure = measure_of_a_case(sentence)
    if not measure:
        return None
    word = re.compile(rf"\b{measure}s?\b", re.IGNORECASE)
    numbers = reversed(range(len(scored.passage.sentences)))
    return next((n for n in numbers if word.search(sentence_text(scored, n))), None)


def home(scored: ScoredPassage) -> Home:
    """Publication and section that a passage stands in: what comes from one section is read together."""
    return home_of(scored.passage)


def home_of(passage: Passage) -> Home:
    """The same of a passage."""
    return passage.publication, passage.section
