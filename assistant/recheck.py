"""An old answer looked at again: which of its quotes still stand in the guide as it is served today."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus import Passage, VigieError, normalised
from index import IndexVersion, fold

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
    """What is needed of an old answer to check it and to make it again."""

    question: str
    standalone_question: str
    verdict: str
    shape: str
    index_version: str
    generator: str
    top_k: int
    filters: dict[str, list[str]]
    citations: tuple[OldCitation, ...]


@dataclass(frozen=True)
class Recheck:
    """What became of a citation. `passage` is where its words, or what replaced them, stand today."""

    citation: OldCitation
    standing: Standing
    passage: Passage | None = None

    def as_json(self) -> dict[str, Any]:
        """One citation of `vigie recheck --json`."""
        now = self.passage
        where = (
            {"publication": now.publication, "page": now.pages[0], "page_label": now.label(now.pages[0]),
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
            str(data["question"]), str(data["standalone_question"]), str(data["verdict"]),
            str(data.get("shape", "answer")), str(passport["index_version"]),
            str(passport.get("generator", "extractive")), int(passport.get("top_k", 8)),
            {str(name): [str(v) for v in values] for name, values in dict(passport.get("filters", {})).items()},
            tuple(_citation(c) for c in data["citations"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnknownAnswer(
            f"Ce n’est pas une réponse de Vigie ({error}).", "Donnez un fichier écrit par « vigie ask --json »."
        ) from error


def _citation(data: dict[str, Any]) -> OldCitation:
    return OldCitation(
        int(data["n"]), str(data["passage_id"]), str(data["publication"]), str(data["quote"]), int(data["page"]),
        str(data.get("page_label", data["page"])), tuple(str(part) for part in data["section"]),
    )  # fmt: skip


def recheck(answer: OldAnswer, version: IndexVersion, own: IndexVersion | None) -> list[Recheck]:
    """What became of each citation in a version; `own` is the one that gave the answer, where it is kept.

    Words that stand in the same publication, on the same page and under the same headings stand; elsewhere in the same
    work they moved.
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
    holding = [passage for passage in passages if quote in normalised(passage.text)]
    for passage in holding:
        first, last = passage.pages
        here = passage.publication == citation.publication and first <= citation.page <= last
        if here and passage.section == citation.section:
            return Recheck(citation, "stands", passage)
    if holding:
        same = next((passage for passage in holding if passage.id == citation.passage_id), holding[0])
        return Recheck(citation, "moved", same)
    likest = max(passages, key=lambda passage: _likeness(quote, passage.text), default=None)
    if likest and _likeness(quote, likest.text) >= _LIKE:
        return Recheck(citation, "changed", likest)
    return Recheck(citation, "gone")


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
