"""A question as the lexical index understands it, and how much of it a passage or a sentence says.

A question is a list of concepts. A concept weighs the rarity (idf) of its words, and may be said by other words:
an acronym by its expansion, « cyber attaque » by « cyberattaque ». The best way of saying it counts, so that the
weights of a question add up to 1 and no score passes 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Places: TypeAlias = npt.NDArray[np.integer]
Column: TypeAlias = Callable[[int], tuple[Places, Floats]]  # term -> ascending places that hold it, and how much each


@dataclass(frozen=True)
class Correction:
    """A word read as another: « brevt » as « brevet »."""

    typed: str
    read_as: str


@dataclass(frozen=True)
class Expansion:
    """Words looked for besides the question's own: for « PME », « petite et moyenne entreprise »."""

    term: str
    added: str


@dataclass(frozen=True)
class Wording:
    """Terms by number, with their weights. As a substitute it counts only where all its terms stand together."""

    terms: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Concept:
    """`own`: the question's words, that count one by one; `substitutes`: other ways to say them."""

    own: Wording
    substitutes: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class LexicalQuery:
    """Weights are shares of `total`, the question's whole idf, terms that no passage holds included.

    `unknown`: words, in lower case, that no passage holds and for which nothing else was looked for.
    """

    concepts: tuple[Concept, ...]
    total: float
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    unknown: tuple[str, ...] = ()


def said(query: LexicalQuery, column: Column, size: int) -> Floats:
    """How much of the question each of `size` places says, in [0, 1]."""
    total = np.zeros(size, dtype=np.float32)
    for concept in query.concepts:
        if not concept.substitutes:
            _add(total, concept.own, column)
            continue
        best = np.zeros(size, dtype=np.float32)
        _add(best, concept.own, column)
        for substitute in concept.substitutes:
            places, amount = _together(substitute, column)
            best[places] = np.maximum(best[places], amount)
        total += best
    return np.minimum(total, np.float32(1), out=total)


def _add(total: Floats, wording: Wording, column: Column) -> None:
    for term, weight in zip(wording.terms, wording.weights, strict=True):
        places, amount = column(term)
        np.add.at(total, places, amount * np.float32(weight))  # three times faster than total[places] += …


def _together(wording: Wording, column: Column) -> tuple[Places, Floats]:
    """Places that hold every term, and the weighted sum of what they hold."""
    first, *others = (column(term) for term in wording.terms)
    places, total = first[0], first[1] * np.float32(wording.weights[0])
    for (holding, amount), weight in zip(others, wording.weights[1:], strict=True):
        both, at = shared(places, holding)
        places, total = places[both], total[both] + amount[at] * np.float32(weight)
    return places, total


def shared(wanted: Places, ascending: Places) -> tuple[Places, Places]:
    """Indices in `wanted` of the places that `ascending` holds too, and where it holds them."""
    at = np.searchsorted(ascending, wanted)
    at[at == len(ascending)] = 0
    found = np.flatnonzero(ascending[at] == wanted) if len(ascending) else np.zeros(0, dtype=np.int64)
    return found, at[found]


def weighted(terms: Sequence[int], idf: Sequence[float], scale: float) -> Wording:
    """A wording whose weights are its terms' idf, brought to the sum `scale`."""
    total = sum(idf)
    return Wording(tuple(terms), tuple(scale * value / total for value in idf))
