"""What the catalogue says: publications (one PDF each) and the guides they are chapters of."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Pillar:
    """A theme of a guide, with questions a reader may start from, in the guide's language and in English."""

    id: str
    title: str
    description: str = ""
    questions: tuple[str, ...] = ()
    questions_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Public:
    """A kind of reader that a guide addresses, the words by which it names them, and questions they may start from."""

    id: str
    title: str
    words: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    questions_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """What the page shows of the work being served: its name, status and pillars.

    A section says which publics it is for in a paragraph that starts with `public_label`.
    """

    id: str
    title: str
    issuer: str = ""
    edition: str = ""
    subtitle: str = ""
    notice: str = ""
    demonstration: bool = False
    pillars: tuple[Pillar, ...] = ()
    publics: tuple[Public, ...] = ()
    public_label: str = ""


@dataclass(frozen=True)
class Publication:
    """One PDF of the corpus. `path` is None while the file has not been fetched."""

    id: str
    title: str
    path: Path | None
    work: str
    guide: str = ""
    issuer: str = ""
    edition: str = ""
    language: str = "fr"
    licence: str = ""
    source: str = ""
    pillar: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The publications that are served, in order, and the guides they belong to."""

    publications: tuple[Publication, ...]
    guides: tuple[Guide, ...] = ()
    unfetched: tuple[Publication, ...] = ()
    withdrawn: tuple[Publication, ...] = ()
    _by_id: dict[str, Publication] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({p.id: p for p in self.publications})

    def find(self, publication_id: str) -> Publication | None:
        """The served publication of that id, or None."""
        return self._by_id.get(publication_id)

    @property
    def guide(self) -> Guide | None:
        """The guide in front: that of the first served publication, which may be a guide by itself."""
        if not self.publications:
            return None
        first = next((p for p in self.publications if p.guide or p.replaces), self.publications[0])
        declared = next((g for g in self.guides if g.id in (first.guide, first.id)), None)
        return declared or Guide(first.id, first.title, first.issuer, first.edition)
