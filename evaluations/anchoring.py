"""Gold found again by its words, in whatever version is evaluated: what re-chunking, or a new edition, did to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Passage, letters
from evaluations.citation_metrics import Page, PageText
from evaluations.questions import Gold, QuestionRecord
from index import IndexedPublication, IndexVersion, WordLikeness

Standing = Literal["unchanged", "moved", "reworded", "withdrawn"]
_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s*")
_LIKE_TITLES = 0.6  # likeness from which two titles are one
_LIKE = 0.4  # likeness from which a sentence took the place of a gold quote, which may be a part of its own sentence


@dataclass(frozen=True)
class Anchor:
    """What became of a gold quote: where it stands, or, where it is `reworded`, where what took its place does."""

    gold: Gold
    standing: Standing
    pages: frozenset[Page] = frozenset()
    text: str = ""


class Anchorage:
    """Finds gold in one version. Without the `earlier` one that it was written for, no quote is told as moved."""

    def __init__(self, version: IndexVersion, page_text: PageText, earlier: IndexVersion | None = None) -> None:
        self._version, self._earlier = version, earlier
        self._page_text = page_text
        self._passages = [version.passages[row] for row in range(len(version.passages))]
        self._titles = _Titles(self._passages)

    def pages(self, record: QuestionRecord) -> tuple[frozenset[Page], list[Anchor]]:
        """The gold pages of a question in this version, and the anchors of quotes that are no more there."""
        anchors = [self.anchor(gold) for gold in record.gold]
        standing = frozenset(p for a in anchors if a.standing in {"unchanged", "moved"} for p in a.pages)
        return standing, [a for a in anchors if a.standing in {"reworded", "withdrawn"}]

    def anchor(self, gold: Gold) -> Anchor:
        """Where a quote stands: on its own page first, then on any of the same work."""
        quote = letters(gold.quote)
        publications = self._of_work(gold.publication)
        own = next((p for p in publications if p.id == gold.publication), None)
        if own and gold.page <= own.pages and self._spans(own, gold.page, quote):
            return Anchor(gold, "unchanged", self._on(own, gold.page, quote), gold.quote)
        for publication in publications:
            for page in range(1, publication.pages + 1):
                if self._spans(publication, page, quote):
                    standing: Standing = "unchanged" if self._same_section(gold, publication, quote) else "moved"
                    return Anchor(gold, standing, self._on(publication, page, quote), gold.quote)
        return self._nearest(gold, {p.id for p in publications})

    def _of_work(self, publication_id: str) -> list[IndexedPublication]:
        everything = self._version.manifest.publications
        work = next((p.work for p in everything if p.id == publication_id), publication_id)
        return [p for p in everything if p.work == work]

    def _spans(self, publication: IndexedPublication, page: int, quote: str) -> bool:
        """Whether the quote stands on a page, or begins on it and ends on the next."""
        first = letters(self._page_text(publication.id, page))
        if quote in first:
            return True
        if page == publication.pages:
            return False
        joined = first + letters(self._page_text(publication.id, page + 1))
        return 0 <= joined.find(quote) < len(first)

    def _on(self, publication: IndexedPublication, page: int, quote: str) -> frozenset[Page]:
        whole = quote in letters(self._page_text(publication.id, page))
        return frozenset((publication.id, number) for number in ([page] if whole else [page, page + 1]))

    def _same_section(self, gold: Gold, publication: IndexedPublication, quote: str) -> bool:
        if self._earlier is None:
            return True
        passages = [self._earlier.passages[row] for row in range(len(self._earlier.passages))]
        before = _holding(passages, gold.publication, quote)
        after = _holding(self._passages, publication.id, quote)
        if not (before and after):
            return True
        return self._titles.are_alike(_Titles(passages), before, after)

    def _nearest(self, gold: Gold, publications: set[str]) -> Anchor:
        """The sentence of the work that says nearly the same."""
        told = [(p, p.text[a:b]) for p in self._passages if p.publication in publications for a, b in p.sentences]
        texts = [text for _, text in told]
        pairs = WordLikeness([gold.quote, *texts]).reworded([gold.quote], texts, _LIKE)
        if not pairs:
            return Anchor(gold, "withdrawn")
        passage, text = told[pairs[0].after]
        start = passage.text.index(text)
        first, last = passage.pages_of(start, start + len(text))
        pages = frozenset((passage.publication, page) for page in range(first, last + 1))
        return Anchor(gold, "reworded", pages, text)


def _holding(passages: Sequence[Passage], publication: str, quote: str) -> Passage | None:
    return next((p for p in passages if p.publication == publication and quote in letters(p.text)), None)


class _Titles:
    """The title of each passage's section: its deepest numbered heading, or else its last one.

    Where the number stands alone, as in « 7.5 », the title is what its section says first.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._first: dict[tuple[str, ...], str] = {}
        for passage in passages:
            for depth in range(len(passage.section)):
                self._first.setdefault(passage.section[: depth + 1], passage.text[slice(*passage.sentences[0])])
        self._passages = passages

    def of(self, passage: Passage) -> str:
        section = passage.section
        numbered = [depth for depth, heading in enumerate(section) if _NUMBER.match(heading)]
        path = section[: numbered[-1] + 1] if numbered else section
        title = _NUMBER.sub("", path[-1]) if path else ""
        return title or self._first.get(path, "")

    def are_alike(self, earlier: "_Titles", before: Passage, after: Passage) -> bool:
        """Whether two passages stand under the same title, words that all titles have counting little."""
        titles = {t.of(p) for t in (self, earlier) for p in t._passages}
        one, other = earlier.of(before), self.of(after)
        return one == other or bool(WordLikeness(sorted(titles)).reworded([one], [other], _LIKE_TITLES))
