"""An assistant that answers from a list, for the tests of the chat page."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from assistant import Answer, Citation, Passport, Question
from corpus import Guide, Passage, Pillar, Span, VigieError, page_text
from index import IndexedPublication
from tests.support import write_pdf

FIRST, SECOND = "Il convient de marquer chaque document", "et de compter les copies remises"
PILLARS = (Pillar("securite", "Sécurité", "Protéger", ("Comment protéger nos plans ?",)),)
DEMONSTRATION = Guide("g", "Le guide d’essai", "Pôle", "2026", "Recueil", "Ceci est une démonstration.", True, PILLARS)
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) $a$ :material/home: **gras**"


class Passages(list[Passage]):
    """Passages by row, as a version gives them."""

    def rows(self, wanted: Sequence[int]) -> list[Passage]:
        return [self[row] for row in wanted]


class FakeAssistant:
    """Answers what it was given to answer, and remembers what it was asked."""

    def __init__(self, folder: Path, guide: Guide | None = DEMONSTRATION) -> None:
        self.pdf = write_pdf(folder / "essai.pdf", [FIRST, SECOND])
        digest = hashlib.sha256(self.pdf.read_bytes()).hexdigest()
        self.publication = IndexedPublication(
            "essai", "I. Sécurité", str(self.pdf), digest, 2, ("iv", "1"), (), 1, "essai"
        )
        self.passage = two_page_passage(self.pdf)
        manifest = SimpleNamespace(guide=guide)
        version = SimpleNamespace(
            manifest=manifest, passages=Passages([self.passage]), publication=lambda _: self.publication
        )
        self.searcher = SimpleNamespace(version=version)
        self.replies: dict[str, Answer | VigieError] = {}
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        reply = self.replies.get(question.text) or answer(question.text, citations=(self.cite(0, len(FIRST)),))
        if isinstance(reply, VigieError):
            raise reply
        return reply

    def cite(self, start: int, end: int) -> Citation:
        return Citation(1, self.passage, self.publication.title, start, end, 0.9)


def two_page_passage(pdf: Path) -> Passage:
    """A sentence that starts on page 1, labelled iv, and ends on page 2, labelled 1."""
    spans = (
        Span(0, 1, page_text(pdf, 1).index(FIRST), len(FIRST)),
        Span(len(FIRST) + 1, 2, page_text(pdf, 2).index(SECOND), len(SECOND)),
    )
    text = f"{FIRST} {SECOND}"
    return Passage(text, ("Sécurité", "Pratique n° 1"), ((0, len(text)),), spans, "0" * 16, "essai", ("iv", "1"))


def answer(question: str, verdict="answered", text="Voici :", citations=(), suggestions=(), language="fr") -> Answer:
    return Answer(
        "id", question, question, verdict, language, text, 0.9, Passport("v1", "m", "r", "extractive", "", "", "", 8),
        introduction="Voici ce qu’en dit le recueil de démonstration :", citations=citations, suggestions=suggestions,
    )  # fmt: skip
