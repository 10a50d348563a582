"""Which sentences are quoted, by the shape of the answer."""

from dataclasses import replace

from assistant.checking import is_verbatim
from assistant.checklist import checks, with_section
from assistant.defining import entry, scale
from assistant.extractive import DEFINITION, FULL, SIDE, WHOLE, Quote, beginning, extract, whole
from assistant.gist import gist
from assistant.parts import NamedParts
from assistant.places import said_in, saying
from assistant.premise import Premise, said_otherwise
from assistant.shapes import chosen_shape, compared
from assistant.turn import Turn
from index import Searcher, SearchResult

_FEW = 5  # passages among which the guide speaks of itself


def quotes_for(turn: Turn, found: SearchResult, searcher: Searcher, k: int) -> tuple[Quote, ...]:
    """Quotes that stand word for word in their passage."""
    return tuple(quote for quote in _chosen(turn, found, searcher, k) if is_verbatim(quote))


def _chosen(turn: Turn, found: SearchResult, searcher: Searcher, k: int) -> list[Quote]:
    vectors = searcher.version.sentence_vectors
    if turn.listed:
        return [Quote(scored, 0, 1) for scored in sorted(found.results, key=lambda scored: scored.row)]
    if turn.said and turn.shape == "where":
        return [said_in(scored, turn.standalone) for scored in found.results if scored.row in turn.said]
    if turn.shape == "checklist":
        filters = turn.question.filters
        broad = bool(filters.pillars or filters.publics)
        wide = found if broad else with_section(found, searcher.version)
        return checks(wide, vectors, broad=broad) or extract(found, vectors)
    if turn.shape == "short":
        return gist(_chosen(_at_length(turn), found, searcher, k), found.vector, vectors)
    if turn.parts and turn.read_out:
        return _read_out(turn.parts, found)
    if turn.shape == "comparison" and (sides := compared(turn.standalone)):
        return _both_sides(turn, found, searcher, sides, k)
    budget = DEFINITION if turn.shape == "definition" else FULL
    quotes = extract(found, vectors, budget, turn.question.follows)
    return saying(turn.standalone, quotes) if turn.shape == "where" else _defined(turn, found, quotes)


def _at_length(turn: Turn) -> Turn:
    """The same, to be answered in the shape that its question has."""
    asked = chosen_shape(turn.standalone)
    return replace(turn, shape=asked if asked in {"comparison", "definition"} else "answer")


def _defined(turn: Turn, found: SearchResult, quotes: list[Quote]) -> list[Quote]:
    """The same, led by the glossary's entry where the question asks for one, or by what the signs of a code mean."""
    own = entry(found, turn.standalone)
    first = scale(found, turn.question.text) if own is None else [own]
    return [*first, *(quote for quote in quotes if not any(_overlap(quote, one) for one in first))]


def _read_out(parts: NamedParts, found: SearchResult) -> list[Quote]:
    """Each part that is named, from its beginning; of an overview, how each of its sections begins."""
    by_row = {scored.row: scored for scored in found.results}
    each = [[by_row[row] for row in rows.tolist() if row in by_row] for rows in parts.read]
    if parts.overview:
        return [beginning(scored) for evidence in each for scored in evidence]
    return [quote for evidence in each for quote in whole(evidence, WHOLE // len(parts.each))]


def _both_sides(turn: Turn, found: SearchResult, searcher: Searcher, sides: tuple[str, str], k: int) -> list[Quote]:
    """What speaks of both things, then of each, nothing twice."""
    vectors = searcher.version.sentence_vectors
    quotes: list[Quote] = extract(found, vectors, SIDE)
    for side in sides:
        for quote in extract(searcher.search(side, k, turn.question.filters), vectors, DEFINITION):
            if not any(_overlap(quote, other) for other in quotes):
                quotes.append(quote)
    return quotes


def with_own_words(turn: Turn, premise: Premise, searcher: Searcher) -> Turn:
    """The same, led by the guide's own words against what the question takes for granted; unchanged without any."""
    guides = {p.id for p in searcher.version.manifest.publications if p.guide}
    own = said_otherwise(premise, searcher.search(premise.search, _FEW, turn.question.filters), guides.__contains__)
    if own is None or not is_verbatim(own):
        return turn
    others = tuple(quote for quote in turn.quotes if not _overlap(quote, own))
    return replace(turn, quotes=(own, *others), premise=premise.name, verdict="answered", unmet="")


def _overlap(quote: Quote, other: Quote) -> bool:
    same = quote.scored.passage.id == other.scored.passage.id
    return same and quote.first < other.last and other.first < quote.last


def near_sentences(found: SearchResult, searcher: Searcher) -> list[tuple[str, float]]:
    """The evidence's sentences, with their cosines to the question."""
    near: list[tuple[str, float]] = []
    for scored in found.results:
        cosines = (searcher.version.sentence_vectors(scored.row) @ found.vector).tolist()
        texts = [scored.passage.text[a:b] for a, b in scored.passage.sentences]
        near += zip(texts, cosines, strict=True)
    return near
