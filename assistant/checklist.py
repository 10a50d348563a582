"""A checklist: what the best practices say to do, line by line, with all the steps of the first, or of one chosen."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.answer import Home
from assistant.completing import FEWEST_WORDS, home, home_of, sentence_text
from assistant.composing import is_beside_the_subject
from assistant.extractive import Quote, RankedSentence, SentenceVectors, scored_sentences
from assistant.leading import leading_section
from assistant.modality import Modality, governed
from assistant.verbs import NOUNS
from corpus import Passage
from index import LIST_ITEM, IndexVersion, ScoredPassage, SearchResult, fold, is_note, is_table

_MOST, _SECTIONS = 12, 3  # lines, and sections they come from
_OF_EACH = 3  # lines of one section, where all of a pillar is asked for
_CLOSE = 0.65  # of the best line's score: a list strays to other subjects sooner than quotes do
_CLOSE_SECTION = 0.85  # of the best line's passage's score: another practice's steps would pass for this one's
_CLOSE_OF_FEW = 0.7  # the same, where the lines are few
_FEW = 3  # lines
_SECTION = 40  # passages of the leading section, on each side of the one that was found
_STEP, _FIRST_STEP = re.compile(r"\(?\d{1,2}[.)]\s"), re.compile(r"\(?1[.)]\s")

# A line that starts with a verb: an infinitive, or « Vérifiez ».
_VERB = re.compile(r"(?:Ne pas |S’|Se |N’)?(\w+(?:er|ir|dre|ire|ttre|ivre|aître|ez))\b", re.IGNORECASE)


_NOT_ADVICE = frozenset(
    {"écueils", "écueil", "indicateurs", "indicateur", "objectif", "objectifs", "pour qui", "pitfalls", "objective"}
)


def checks(found: SearchResult, sentence_vectors: SentenceVectors, *, broad: bool = False) -> list[Quote]:
    """Advice, duties and list items of the best passages, one by one, the best section first, in reading order.

    `broad`: for a whole pillar or public, what comes first in several practices, rather than one of them whole.
    """
    evidence = found.results
    ranked = sorted(scored_sentences(found, sentence_vectors), key=lambda s: -s.score)
    lines = [s for s in ranked if _tells_what_to_do(evidence[s.passage]) and _is_advised(evidence[s.passage], s.number)]
    if not lines:
        return []
    if broad:
        return _first_of_each(evidence, lines)
    near = [s for s in lines if s.score >= _CLOSE * lines[0].score]
    chosen = _of_few_sections(evidence, near)
    homes = list(dict.fromkeys(home(evidence[p]) for p, _ in chosen))
    quotes = [Quote(evidence[p], n, n + 1) for p, n in chosen]
    quotes.sort(key=lambda quote: (homes.index(home(quote.scored)), quote.scored.row, quote.first))
    return quotes[:_MOST]


def _of_few_sections(evidence: Sequence[ScoredPassage], lines: list[RankedSentence]) -> list[tuple[int, int]]:
    """Places of passages and sentences, the leading section's first: its lines and all its steps, a few others'."""
    lead, homes = leading_section(evidence), [home(scored) for scored in evidence]
    steps = [(p, n) for p, scored in enumerate(evidence) for n in _steps(scored)]
    stepped = {homes[p] for p, _ in steps}
    of_lead = any(homes[line.passage] == lead for line in lines)
    leads = of_lead and lead in stepped and homes[0] == lead and not _warned(evidence[0], 1)
    lines = _near(evidence, lines, stepped, lead if leads else None)
    found_in = dict.fromkeys([*([lead] * leads), *(homes[line.passage] for line in lines)])
    sections = sorted(found_in, key=lambda section: section != lead)[:_SECTIONS]
    chosen = [(line.passage, line.number) for line in lines if homes[line.passage] in sections]
    whole = {homes[p] for p, n in steps if (p, n) in chosen} | {sections[0]}
    chosen += [(p, n) for p, n in steps if homes[p] in whole]
    return sorted(dict.fromkeys(chosen), key=lambda place: sections.index(homes[place[0]]))


def with_section(found: SearchResult, version: IndexVersion) -> SearchResult:
    """The evidence with what else stands in its leading section: its steps may be like nothing in the question."""
    evidence = found.results
    if not evidence:
        return found
    passages, lead = version.passages, leading_section(evidence)
    known = {scored.row for scored in evidence}
    first = next(scored for scored in evidence if home(scored) == lead)
    sides = (range(first.row - 1, -1, -1)[:_SECTION], range(first.row + 1, len(passages))[:_SECTION])
    inside = (row for side in sides for row in takewhile(lambda row: home_of(passages[row]) == lead, side))
    others = [
        replace(first, passage=passages[row], row=row, score=0.0, also_in=(), completes=first.passage.id)
        for row in inside
        if row not in known and not _begins_with_the_first(passages[row])
    ]
    return replace(found, results=(*evidence, *others))


def _begins_with_the_first(passage: Passage) -> bool:
    """Whether its list stands under no label, as the notes of a page do, and not under « Étapes »."""
    return bool(_FIRST_STEP.match(passage.text))


def _near(
    evidence: Sequence[ScoredPassage], lines: list[RankedSentence], stepped: Collection[Home], lead: Home | None
) -> list[RankedSentence]:
    """Of the best lines those of passages nearly as near as the best line's; where they are few, of others with steps.

    Nearly as near as the best passage, where that stands in a section that has steps, `lead`, and the best line not.
    """
    elsewhere = lead is not None and home(evidence[lines[0].passage]) != lead
    best = evidence[0 if elsewhere else lines[0].passage].score
    own = {p for p, scored in enumerate(evidence) if home(scored) == lead}
    close = [s for s in lines if evidence[s.passage].score >= _CLOSE_SECTION * best or s.passage in own]
    if len(close) >= _FEW or lead is not None or any(home(evidence[s.passage]) in stepped for s in close):
        return close
    others = (s for s in lines if s not in close and home(evidence[s.passage]) in stepped)
    return [*close, *(s for s in others if evidence[s.passage].score >= _CLOSE_OF_FEW * best)]


def _first_of_each(evidence: Sequence[ScoredPassage], lines: Sequence[RankedSentence]) -> list[Quote]:
    """The best lines of the best sections, a few of each."""
    homes = list(dict.fromkeys(home(evidence[line.passage]) for line in lines))[: _MOST // _OF_EACH]
    quotes = []
    for section in homes:
        best = [line for line in lines if home(evidence[line.passage]) == section][:_OF_EACH]
        quotes += sorted(
            (Quote(evidence[line.passage], line.number, line.number + 1) for line in best),
            key=lambda quote: (quote.scored.row, quote.first),
        )
    return quotes


def _steps(scored: ScoredPassage) -> list[int]:
    """The numbered steps of a passage, but under « Écueils » and the like."""
    count = len(scored.passage.sentences)
    return [n for n in range(count) if _STEP.match(sentence_text(scored, n)) and not _warned(scored, n)]


def _tells_what_to_do(scored: ScoredPassage) -> bool:
    """Whether a passage may: no entry of a glossary, nothing of a preface, no note or table, which may seem to."""
    section = scored.passage.section
    return not (section and is_beside_the_subject(section[-1])) and not (
        is_table(scored.passage) or is_note(scored.passage.text)
    )


def _is_advised(scored: ScoredPassage, number: int) -> bool:
    """Whether a sentence is something to do, and does not stand under « Écueils », « Indicateurs » or « Objectif »."""
    return not _warned(scored, number) and _is_action(sentence_text(scored, number))


def _warned(scored: ScoredPassage, number: int) -> bool:
    above = (sentence_text(scored, n).rstrip(" .:").casefold() for n in range(number - 1, -1, -1))
    return next((text for text in above if len(text.split()) < FEWEST_WORDS), "") in _NOT_ADVICE


def _is_action(sentence: str) -> bool:
    """Whether a sentence says something to do, and not what goes wrong."""
    advised = governed(sentence).modalities & {Modality.ADVICE, Modality.DUTY}
    item = LIST_ITEM.match(sentence)
    first = _VERB.match(sentence, item.end() if item else 0)
    return " | " not in sentence and (bool(advised) or bool(first and fold(first[1].casefold()) not in NOUNS))
