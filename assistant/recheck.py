"""An old answer looked at again: which of its quotes still stand in the guide as it is served today."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.answer import Home, Shape
from corpus import Passage, VigieError, normalised
from index import Filters, IndexVersion, fold

Standing = Literal["stands", "moved", "changed", "gone"]
_LIKE = 0.5  # share of a quote's words and neighbouring words from which a passage says it in other words


class UnknownAnswer(VigieError):
    """A file that is not an answer of `vigie ask --json`."""


@dataclass(frozen=True)
class OldCitation:
    """What an answer's JSON keeps of a citation."""

    n: int
    passage_id: str
    publication: str
    quote: str
    page: int
    page_label: str
    section: tuple[str, ...]


@dataclass(frozen=True)
class OldAnswer:
    """What is needed of an old answer to check it and to make it again; `shape` is None where nothing tells it."""

    question: str
    standalone_question: str
    verdict: str
    shape: Shape | None
    index_version: str
    generator: str
    top_k: int
    filters: Filters
    citations: tuple[OldCitation, ...]
    follows: Home | None = None


@dataclass(frozen=True)
class Recheck:
    """What became of a citation. Its words, or what replaced them, stand today in `passage`, on `page`."""

    citation: OldCitation
    standing: Standing
    passage: Passage | None = None
    page: int = 0

    def as_json(self) -> dict[str, Any]:
        """One citation of `vigie recheck --json`."""
        now = self.passage
        where = (
            {"publication": now.publication, "page": self.page, "page_label": now.label(self.page),
             "section": list(now.section), "passage_id": now.id, "text": now.text}
            if now else None
        )  # fmt: skip
        old = self.citation
        return {
            "n": old.n, "standing": self.standing, "quote": old.quote, "now": where,
            "before": {"publication": old.publication, "page": old.page, "page_label": old.page_label},
        }  # fmt: skip


def old_answer(data: Any) -> OldAnswer:
    """From the JSON of `vigie ask --json`, of any version. Raises UnknownAnswer."""
    try:
        passport = data["passport"]
        return OldAnswer(
            str(data["question"]), str(data["standalone_question"]), str(data["verdict"]), _shape(data),
            str(passport["index_version"]), str(passport.get("generator", "extractive")),
            int(passport.get("top_k", 8)), _filters(passport), tuple(_citation(c) for c in data["citations"]),
            _follows(passport),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        why = f"« {error.args[0]} » manque" if isinstance(error, KeyError) else str(error)
        raise UnknownAnswer(
            f"Ce n’est pas une réponse de Vigie ({why}).", "Donnez un fichier écrit par « vigie ask --json »."
        ) from error


def _shape(data: dict[str, Any]) -> Shape | None:
    """Of an answer; whatever was asked for, an abstention or a refusal is told as a short answer."""
    shape: Shape | None = data.get("shape") if data["verdict"] == "answered" else None
    if shape is not None and shape not in get_args(Shape):
        raise ValueError(f"« shape » vaut « {shape} »")
    return shape


def _filters(passport: dict[str, Any]) -> Filters:
    return Filters(**{name: frozenset(map(str, values)) for name, values in passport.get("filters", {}).items()})


def _follows(passport: dict[str, Any]) -> Home | None:
    publication, *section = map(str, passport.get("follows") or [""])
    return (publication, tuple(section)) if publication else None


def _citation(data: dict[str, Any]) -> OldCitation:
    return OldCitation(
        int(data["n"]), str(data["passage_id"]), str(data["publication"]), str(data["quote"]), int(data["page"]),
        str(data.get("page_label", data["page"])), tuple(str(part) for part in data["section"]),
    )  # fmt: skip


def recheck(answer: OldAnswer, version: IndexVersion, own: IndexVersion | None) -> list[Recheck]:
    """What became of each citation in a version; `own` is the one that gave the answer, where it is kept.

    Whole sentences that stand in the same publication, on the same page and under the same headings stand; elsewhere in
    the same work they moved.
    """
    passages = [version.passages[row] for row in range(len(version.passages))] if answer.citations else []
    return [_rechecked(citation, _of_work(citation, passages, version, own)) for citation in answer.citations]


def _of_work(
    citation: OldCitation, passages: Sequence[Passage], version: IndexVersion, own: IndexVersion | None
) -> list[Passage]:
    """The passages of the citation's work; of a publication that nobody knows any more, none."""
    known = [*version.manifest.publications, *(own.manifest.publications if own else ())]
    work = next((p.work for p in known if p.id == citation.publication), citation.publication)
    same = {p.id for p in version.manifest.publications if p.work == work}
    return [passage for passage in passages if passage.publication in same]


def _rechecked(citation: OldCitation, passages: Sequence[Passage]) -> Recheck:
    quote = normalised(citation.quote)
    places = [(passage, page) for passage in passages for page in _pages(quote, passage)]
    before = citation.publication, citation.section, citation.page
    for passage, page in places:
        if (passage.publication, passage.section, page) == before:
            return Recheck(citation, "stands", passage, page)
    if places:
        same = next((place for place in places if place[0].id == citation.passage_id), places[0])
        return Recheck(citation, "moved", *same)
    likest = max(passages, key=lambda passage: _likeness(quote, passage.text), default=None)
    if likest and _likeness(quote, likest.text) >= _LIKE:
        return Recheck(citation, "changed", likest, likest.pages[0])
    return Recheck(citation, "gone")


def _pages(quote: str, passage: Passage) -> Iterator[int]:
    """Where a passage says a quote in whole sentences: words that go on in the same sentence may say the contrary."""
    if quote not in normalised(passage.text):
        return
    for (start, _), (_, end) in itertools.combinations_with_replacement(passage.sentences, 2):
        if normalised(passage.text[start:end]) == quote:
            yield passage.pages_of(start, end)[0]


def _likeness(quote: str, text: str) -> float:
    """Share of the quote's words, and of its pairs of neighbouring words, that a text has too: their mean."""
    asked, said = _words(quote), _words(text)
    if not asked:
        return 0.0
    alone = len(set(asked) & set(said)) / len(set(asked))
    pairs = set(itertools.pairwise(asked))
    together = len(pairs & set(itertools.pairwise(said))) / len(pairs) if pairs else alone
    return (alone + together) / 2


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text.casefold()))
