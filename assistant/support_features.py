"""What a statement shares with the passage it is said to come from, and what it says besides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.figures import missing_figures, unit_of
from assistant.modality import Governed, Modality, bounds, governed, opposed
from assistant.names import names, names_missing, names_split
from assistant.numbers import numbers
from index import analyse

Floats = npt.NDArray[np.float32]

_NEED = re.compile(r"\b(?:nécess|impliqu|suppos|besoin|need)", re.IGNORECASE)  # what a duty may reword
_QUESTION = re.compile(r"\?[\s»”\"]*$")
_NEAR = 3  # words apart, at most, for two neighbours of a statement to be neighbours in the source too
_ACTORS = frozenset(
    analyse(
        """pôle PME laboratoire financeur administration direction directeur président tuteur animateur bureau groupe
        référent équipe correspondant utilisateur agent ministère région prestataire entreprise adhérent stagiaire
        doctorant visiteur salarié collaborateur dirigeant banque préfet élu juge client fournisseur partenaire
        chercheur comité responsable employeur auteur développeur éditeur"""
    )
)


@dataclass(frozen=True)
class Source:
    """A passage as the checker reads it. `context`: its section and publication, whose names may be used.

    `sentence_vectors` (sentences, dimension) are unit vectors, `tokens` (tokens, width) its late-interaction vectors.
    """

    text: str
    sentences: Sequence[tuple[int, int]]
    context: str = ""
    sentence_vectors: Floats | None = None
    tokens: Floats | None = None


@dataclass(frozen=True)
class Encoded:
    """A statement's unit vector and late-interaction vectors."""

    vector: Floats
    tokens: Floats


@dataclass(frozen=True)
class Shared:
    """Counts and shares, each named; `window` is the part of the source that says most of the statement."""

    coverage: float  # of the statement's stems, in the window
    pairs: float  # share of neighbouring stems that are neighbours in the passage
    numbers: int  # missing from the passage, or with another unit
    names: int  # missing from the passage and its context
    window_names: (
        int  # missing from the window, where it has one that the statement has not: a pronoun may stand for a name
    )
    split_names: int  # names side by side that stand apart in the passage
    actors: int  # who acts, missing from the window
    negation: int  # stems denied on one side only
    denials: bool  # whether one side denies more often
    one_sided: bool  # whether one side denies nothing at all
    modality: int  # a modality the source does not give, or gives to other words
    new_duty: bool  # whether that is a duty
    other_modality: bool = False  # whether each side has modalities, and none is the other's
    bounds: int = 0  # bounds that the window puts the other way round: « au plus » for « au moins »
    unbounded: bool = False  # whether one side has a kind of bound that the other has not
    other_figures: bool = False  # whether the statement has figures, and not those of the window in their order
    bare: bool = False  # whether the window advises, allows or imposes, and the statement tells a fact
    swapped: bool = False  # whether the window has an actor whom the statement has not, and the other way round
    asked: bool = False  # whether the window asks what the statement says
    cosine: float = 0.0  # with the nearest sentence
    weakest: float = 0.0  # mean of the least aligned third of the statement's tokens
    window: tuple[int, int] = field(default=(0, 0))


def shared(statement: str, source: Source, encoded: Encoded | None = None) -> Shared:
    """Compare a statement with a passage."""
    said = list(analyse(statement))
    window = _window(set(said), source)
    near = source.text[window[0] : window[1]]
    whole = f"{source.context}\n{source.text}"
    close, everywhere = set(analyse(near)), list(analyse(whole))
    mine, theirs = governed(statement), governed(near)
    bounded, limits = bounds(statement), bounds(near)
    needed = Modality.DUTY in mine.modal and bool(_NEED.search(near))
    return Shared(
        coverage=_share(said, close),
        pairs=_pairs(said, everywhere),
        numbers=len(missing_figures(statement, source.text)),
        names=names_missing(statement, whole),
        window_names=names_missing(statement, f"{source.context}\n{near}") if names(near) - names(statement) else 0,
        split_names=names_split(statement, whole),
        actors=len((set(said) & _ACTORS) - close),
        negation=len(set(said) & close & (mine.negated ^ theirs.negated)),
        denials=mine.denials != theirs.denials,
        one_sided=bool(mine.negated) != bool(theirs.negated),
        modality=_modality(mine, theirs, close) if not needed else 0,
        new_duty=Modality.DUTY in mine.modal and Modality.DUTY not in theirs.modal and not needed,
        other_modality=_other_modality(mine, theirs) and not needed,
        bounds=opposed(bounded, limits),
        unbounded={bound for bound, _ in bounded} != {bound for bound, _ in limits},
        other_figures=_other_figures(statement, near),
        bare=bool(theirs.modal) and not mine.modal,
        swapped=bool((set(said) & _ACTORS) - close and (close & _ACTORS) - set(said)),
        asked=bool(_QUESTION.search(near)) and not _QUESTION.search(statement),
        cosine=_cosine(encoded, source),
        weakest=_weakest(encoded, source),
        window=window,
    )


def _window(said: set[str], source: Source) -> tuple[int, int]:
    """The sentence that shares most with the statement, and the next or the one before where it adds to that."""
    stems = [set(analyse(source.text[a:b])) & said for a, b in source.sentences]
    best = max(range(len(stems)), key=lambda i: len(stems[i]))
    first = last = best
    for other in (best - 1, best + 1):
        if 0 <= other < len(stems) and len(stems[other] - stems[best]) >= 2:
            first, last = min(first, other), max(last, other)
    return source.sentences[first][0], source.sentences[last][1]


def _share(said: Sequence[str], held: set[str]) -> float:
    return sum(stem in held for stem in said) / len(said) if said else 0.0


def _pairs(said: Sequence[str], everywhere: Sequence[str]) -> float:
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(everywhere):
        places.setdefault(stem, []).append(place)
    neighbours = list(pairwise(said))
    if not neighbours:
        return 0.0
    kept = sum(any(abs(a - b) <= _NEAR for a in places.get(x, ()) for b in places.get(y, ())) for x, y in neighbours)
    return kept / len(neighbours)


def _modality(statement: Governed, source: Governed, close: set[str]) -> int:
    """Modalities of the statement that the source does not give to the same words."""
    wrong = 0
    for modality, stems in statement.modal.items():
        if modality in source.modal and (not stems or stems & source.modal[modality] or not stems & close):
            continue
        others = [held for other, held in source.modal.items() if other != modality]
        contradicted = any(stems & held for held in others)
        wrong += 2 if contradicted else modality is not Modality.ADVICE and modality not in source.modal
    return wrong


def _other_modality(statement: Governed, source: Governed) -> bool:
    return bool(statement.modal and source.modal) and not statement.modalities & source.modalities


def _other_figures(statement: str, near: str) -> bool:
    """« trois jours » of « moins de cent adhérents, deux jours ; au-delà, trois jours » may be of the other case."""
    said, held = ([(n.value, unit) for n in numbers(text) if (unit := unit_of(n))] for text in (statement, near))
    return bool(said) and said != held


def _cosine(encoded: Encoded | None, source: Source) -> float:
    if encoded is None or source.sentence_vectors is None:
        return 0.0
    return float((source.sentence_vectors @ encoded.vector).max())


def _weakest(encoded: Encoded | None, source: Source) -> float:
    if encoded is None or source.tokens is None or not len(encoded.tokens):
        return 0.0
    best = np.sort((encoded.tokens @ source.tokens.T).max(axis=1))
    return float(best[: max(1, len(best) // 3)].mean())
