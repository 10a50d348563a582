"""What the assistant gives back: an answer, its statements and citations, and its passport."""

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus import Passage
from index import Correction, Expansion, Filters, ScoredPassage, has_own_title

Verdict = Literal["answered", "not_in_guide", "about_vigie", "refused"]
Support = Literal["quoted", "paraphrased", "unsupported"]
Language = Literal["fr", "en"]
Shape = Literal["answer", "short", "checklist", "comparison", "definition", "where"]
Home = tuple[str, tuple[str, ...]]  # a publication and one of its sections


@dataclass(frozen=True)
class Message:
    """A turn of the conversation before the question."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Question:
    """What was asked, after which turns, of which part of the corpus, and in which shape (read from it when None).

    Of a follow-up, found in the history when absent: `written_out`, so that it stands alone; `follows`, the section
    that the turn before quoted first.
    """

    text: str
    history: tuple[Message, ...] = ()
    id: str = ""
    filters: Filters = field(default_factory=Filters)
    shape: Shape | None = None
    written_out: str = ""
    follows: Home | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether filters or a shape say what is wanted beside its words."""
        return self.shape is not None or self.filters != Filters()


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer; `citations` are the numbers of those that support it."""

    text: str
    support: Support
    citations: tuple[int, ...]


_KIND = re.compile(r"(?:Ce qu[e’']|À vérifier|En pratique|What )", re.IGNORECASE)


@dataclass(frozen=True)
class Citation:
    """A quote and where it stands. `start` and `end` are its offsets in the passage's text.

    `nearest`: offsets of those of its sentences that come nearest to the question, where they are told apart;
    `further`: it comes near, and a reader could do without.
    """

    n: int
    passage: Passage
    title: str
    start: int
    end: int
    score: float
    also_in: tuple[Passage, ...] = ()
    nearest: tuple[tuple[int, int], ...] = ()
    further: bool = False

    @property
    def nearest_sentences(self) -> tuple[str, ...]:
        """The texts of `nearest`."""
        return tuple(self.passage.text[start:end] for start, end in self.nearest)

    @property
    def section(self) -> tuple[str, ...]:
        """The headings to show over the quote: those of its passage, but for one that says what kind of thing stands
        under it (« Ce que le recueil recommande ») where the passage has a title of its own, as a box has."""
        headings = self.passage.section
        kind = len(headings) > 1 and bool(_KIND.match(headings[-1]))
        return headings[:-1] if kind and has_own_title(self.passage) else headings

    @property
    def quote(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def pages(self) -> tuple[int, int]:
        """First and last physical page of the quote."""
        return self.passage.pages_of(self.start, self.end)

    def as_json(self) -> dict[str, Any]:
        """The object of the command line's contract."""
        page, page_end = self.pages
        return {
            "n": self.n,
            "passage_id": self.passage.id,
            "publication": self.passage.publication,
            "title": self.title,
            "section": list(self.passage.section),
            "quote": self.quote,
            "score": round(self.score, 4),
            "page": page,
            "page_label": self.passage.label(page),
            "page_end": page_end,
            "page_label_end": self.passage.label(page_end),
            "also_in": [{"publication": p.publication, "page": p.pages[0]} for p in self.also_in],
            **({} if self.passage.ocr is None else {"ocr_confidence": round(self.passage.ocr, 2)}),
            **({"nearest": list(self.nearest_sentences)} if self.nearest else {}),
            **({"further": True} if self.further else {}),
        }


@dataclass(frozen=True)
class Passport:
    """What made the answer, so that it can be made again."""

    index_version: str
    embedding_model: str
    embedding_revision: str
    generator: str
    generator_model: str
    generator_revision: str
    prompt_sha256: str
    top_k: int
    filters: dict[str, list[str]] = field(default_factory=dict)
    follows: list[str] = field(default_factory=list)  # publication and headings of the section before, of a follow-up


@dataclass(frozen=True)
class Reading:
    """How the lexical search read the question: slips corrected, acronyms and synonyms added."""

    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclass(frozen=True)
class Answer:
    """An answer. `introduction` is the part of `text` that Vigie says in its own name.

    `summary` holds the statements a generator wrote, `drafted` how many sentences it wrote in all; `statements` are
    those of the summary, then those of the quotes. `notes` tell the reader what went otherwise than usual. `read_out`:
    the quotes are a part of a publication, asked for by its number, in reading order.
    """

    id: str
    question: str
    standalone_question: str
    verdict: Verdict
    language: Language
    text: str
    confidence: float
    passport: Passport
    introduction: str = ""
    shape: Shape = "answer"
    summary: tuple[Statement, ...] = ()
    drafted: int = 0
    notes: tuple[str, ...] = ()
    read_out: bool = False
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    evidence: tuple[ScoredPassage, ...] = ()
    suggestions: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)
    timings_ms: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object of the command line's contract."""
        return {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "verdict": self.verdict,
            "language": self.language,
            "answer": self.text,
            "shape": self.shape,
            "notes": list(self.notes),
            "statements": [dataclasses.asdict(s) for s in self.statements],
            "citations": [citation.as_json() for citation in self.citations],
            "evidence": [scored.as_json() for scored in self.evidence],
            "confidence": round(self.confidence, 4),
            "suggestions": list(self.suggestions),
            "reading": self.reading.as_json(),
            "passport": dataclasses.asdict(self.passport),
            "timings_ms": {step: round(ms, 3) for step, ms in self.timings_ms.items()},
        }
