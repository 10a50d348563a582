"""What passages can be filtered by: publication, edition, pillar, and the public that a practice names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus import Guide, Passage, Public
from index.errors import IndexError_
from index.french import fold
from index.manifest import IndexedPublication

FILE = "facets.npy"
_EVERYBODY = np.uint64(0)  # a passage that names no public is for all
_PERSON = r"toute personne|tout (?:le monde|membre|adherent|salarie|agent|collaborateur|visiteur)|chacune?|quiconque"
# Who acts, at the beginning of a clause, or whom it is for: « suivent toutes les étapes » is neither.
_ALL = re.compile(
    rf"(?:^|[.;:,–—(]|\bet\b)\s*(?:{_PERSON}|tous|toutes|l'ensemble des)\b"
    rf"|\b(?:pour|concernent?|adresse(?:nt)? a|applique(?:nt)? a)\s+"
    rf"(?:{_PERSON}|(?:tous|toutes)(?! (?:[cl]es|leurs)\b))\b"
)
_OF = r"(?:(?:de |d')?(?:les |la |le |l'|ces )|des |du |de |d'|un |une )"
_NO_COUNCIL = r"(?<!conseil d')(?<!conseils d')"  # « conseil d’administration » names no administration

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Filters:
    """Passages kept: of any of these values in each filter that is not empty."""

    publications: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    publics: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))

    def as_json(self) -> dict[str, list[str]]:
        """The filters that keep less than all, by name."""
        return {f.name: sorted(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name)}


class Facets:
    """By row, the number of its publication and the publics its practice names (a bit each)."""

    def __init__(self, folder: Path, publications: Sequence[IndexedPublication], guide: Guide | None) -> None:
        self._rows = np.load(folder / FILE, mmap_mode="r", allow_pickle=False)
        self._publications = publications
        self._publics = tuple(p.id for p in guide.publics) if guide else ()
        self._masks: dict[Filters, Bools] = {}

    def allowed(self, filters: Filters) -> Bools | None:
        """A mask over the rows; None when all are kept. Raises IndexError_ for a value this index does not have."""
        if not filters:
            return None
        known = self._masks.get(filters)
        if known is None:
            self._check(filters)
            known = self._mask(filters)
            self._masks = {**dict(list(self._masks.items())[-15:]), filters: known}
        return known

    def values(self) -> dict[str, tuple[str, ...]]:
        """What each filter may ask for."""
        every = self._publications
        return {
            "publications": tuple(p.id for p in every),
            "editions": tuple(sorted({p.edition for p in every if p.edition})),
            "pillars": tuple(dict.fromkeys(p.pillar for p in every if p.pillar)),
            "publics": self._publics,
        }

    def _check(self, filters: Filters) -> None:
        for name, known in self.values().items():
            for value in sorted(getattr(filters, name) - set(known)):
                listed = ", ".join(known) or "aucune"
                raise IndexError_(f"L’index ne connaît pas « {value} ».", f"Valeurs possibles : {listed}.")

    def _mask(self, filters: Filters) -> Bools:
        kept = np.array([_keeps(filters, p) for p in self._publications], dtype=bool)
        mask: Bools = kept[self._rows["publication"]]
        if filters.publics:
            bits = sum(1 << self._publics.index(public) for public in filters.publics)
            named = self._rows["publics"]
            mask &= (named == _EVERYBODY) | ((named & np.uint64(bits)) != 0)
        return mask


def write_facets(folder: Path, passages: Sequence[Passage], order: Sequence[str], guide: Guide | None) -> None:
    """Write the facets of passages, in rows; `order` lists the publications' ids as the manifest does."""
    numbers = {publication: number for number, publication in enumerate(order)}
    rows = np.zeros(len(passages), dtype=[("publication", np.int32), ("publics", np.uint64)])
    rows["publication"] = [numbers[p.publication] for p in passages]
    rows["publics"] = _publics(passages, guide)
    np.save(folder / FILE, rows, allow_pickle=False)


def _publics(passages: Sequence[Passage], guide: Guide | None) -> list[int]:
    """For each passage the publics that its section says it is for, by the guide's own label (« Pour qui. »)."""
    if guide is None or not guide.publics or not guide.public_label:
        return [0] * len(passages)
    label = re.compile(rf"^{re.escape(guide.public_label)}.*", re.MULTILINE)
    named: dict[tuple[str, tuple[str, ...]], int] = {}
    for passage in passages:
        if found := label.search(passage.text):
            named[passage.publication, passage.section] = _named(found[0], guide.publics)
    return [named.get((p.publication, p.section), 0) for p in passages]


def _named(text: str, publics: Sequence[Public]) -> int:
    """The publics that a paragraph names, a bit each; none where it addresses everybody, whoever else it tells of."""
    folded = _plain(text)
    words = ["|".join(re.escape(_plain(word)) for word in public.words) for public in publics]
    if any(not _of_some(folded[all_.end() :], words) for all_ in _ALL.finditer(folded)):
        return int(_EVERYBODY)
    return sum(bool(own and re.search(rf"{_NO_COUNCIL}\b(?:{own})\b", folded)) << bit for bit, own in enumerate(words))


def _of_some(rest: str, words: Sequence[str]) -> bool:
    """Whether « tous » is of one public alone, by what follows it: « les PME », « les membres de l’équipe »."""
    every = "|".join(own for own in words if own)
    return bool(every and re.match(rf"\s*(?:{_OF})?(?:\w+\s+{_OF})?{_NO_COUNCIL}(?:{every})\b", rest))


def _plain(text: str) -> str:
    return fold(text.casefold()).replace("’", "'")


def _keeps(filters: Filters, publication: IndexedPublication) -> bool:
    pairs = (
        (filters.publications, publication.id),
        (filters.editions, publication.edition),
        (filters.pillars, publication.pillar),
    )
    return all(not wanted or value in wanted for wanted, value in pairs)
