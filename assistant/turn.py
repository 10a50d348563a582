"""A question on its way to an answer; each step of the chain fills what it knows."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Language, Question, Shape, Verdict
from assistant.extractive import Quote
from assistant.nearest import Place
from assistant.parts import NamedParts
from assistant.premise import PremiseName
from assistant.purpose import Kind
from index import SearchResult, is_note


@dataclass(frozen=True)
class Turn:
    """`standalone` is the question as it is searched; `kind`, what it is where it is none for the guide.

    `parts`: the numbered parts it names; `unmet`: what it asks for and the evidence does not hold; `absent`: its
    acronyms that no publication holds; `near`: the sentences of the quotes to tell apart; `premise`: what it
    takes for granted, where the quotes begin with the guide's own words against it; `listed`: whether the parts are
    the beginnings of headings that it asks to be listed; `told`: all that a long message says, where only what it asks
    is `standalone`; `said`: the rows of all that say the words of which it asks where they stand; `situation`: whether
    it only tells what happened, and what to do was added.
    """

    question: Question
    standalone: str
    language: Language = "fr"
    shape: Shape = "answer"
    kind: Kind | None = None
    verdict: Verdict | None = None
    text: str = ""
    found: SearchResult | None = None
    parts: NamedParts | None = None
    listed: bool = False
    confidence: float = 0.0
    unmet: str = ""
    absent: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    near: frozenset[Place] = frozenset()
    premise: PremiseName | None = None
    said: tuple[int, ...] = ()
    told: str = ""
    situation: bool = False
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def is_written_out(self) -> bool:
        """Whether it is a follow-up, put in other words than its reader's."""
        return self.standalone != self.question.text and not self.told and not self.situation

    @property
    def asked(self) -> str:
        """What its reader asks, in the reader's words."""
        return self.standalone if self.told else self.question.text

    @property
    def read_out(self) -> bool:
        """Whether it asks for a part, and nothing but what the part says."""
        return self.parts is not None and self.parts.whole and self.shape not in {"checklist", "where"}

    @property
    def cut(self) -> bool:
        """Whether a part that is read out says more than the quotes, and nothing else tells so."""
        if self.parts is None or not self.read_out:
            return False
        most = self.parts.most
        if self.parts.told:
            return not self.parts.overview or any(len(rows) > most for rows in self.parts.told)
        shown = {quote.scored.row for quote in self.quotes}
        found = self.found.results if self.found else ()
        text = {scored.row for scored in found if not is_note(scored.passage.text)}
        return any(len(rows) > most or _ends_before(shown, text, rows.tolist()) for rows in self.parts.each)

    def timed(self, step: str, begin: float) -> "Turn":
        """The same, with the milliseconds since `begin` under the step's name."""
        return replace(self, timings_ms=self.timings_ms | {step: since(begin)})


def _ends_before(shown: set[int], text: set[int], rows: Sequence[int]) -> bool:
    """Whether what is shown of some rows ends before their text does."""
    return max(text.intersection(rows), default=-1) > max(shown.intersection(rows), default=-1)


def since(begin: float) -> float:
    """Milliseconds since a reading of `time.perf_counter`."""
    return (time.perf_counter() - begin) * 1000
