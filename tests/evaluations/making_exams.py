"""Questions on the small guide, and assistants that remember or fail."""

from typing import Any

from assistant import Answer, Assistant, Question
from evaluations import QuestionRecord
from tests.evaluations.making import record
from tests.index.making import PATENTS, TRAVEL, VISITORS

ASKED = {
    "visitors": ("Les visiteurs portent-ils un badge dans les laboratoires ?", 1, VISITORS[1]),
    "patents": ("Comment mener une veille sur les brevets ?", 2, PATENTS[0]),
    "travel": ("Que contient un ordinateur de prêt en déplacement ?", 3, TRAVEL[0]),
}
PIE = record(id="pie", question="Quelle est la recette de la tarte aux pommes ?", answerable=False)


def asked(name: str, publication: str = "recueil", **values: Any) -> QuestionRecord:
    """One of the questions above with its gold, or other values."""
    question, page, quote = ASKED[name]
    gold = [{"publication": publication, "page": page, "quote": quote}]
    return record(**{"id": name, "question": question, "gold": gold} | values)


COVERED = [asked("visitors"), asked("patents"), asked("travel")]
EXAM = [
    asked("patents", pillar="veille",
          required_facts=[{"fact": "Qui est repéré", "accepted": ["déposants nouveaux"]}]),
    PIE,
    asked("visitors", history=[{"role": "user", "content": "Bonjour"}]),
    asked("travel", forbidden_claims=["tous les fichiers"]),
]  # fmt: skip


class Interrupted(Exception):
    """Somebody stopped the run."""


class Watched(Assistant):
    """Remembers what it was asked, and is interrupted at one of the questions."""

    def __init__(self, assistant: Assistant, stops_at: str = "") -> None:
        super().__init__(assistant.searcher, assistant.settings)
        self.asked: list[str] = []
        self._stops_at = stops_at

    def ask(self, question: Question) -> Answer:
        if question.id == self._stops_at:
            raise Interrupted
        self.asked.append(question.id)
        return super().ask(question)
