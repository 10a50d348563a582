"""An assistant that answers from a list, for the tests of the chat page."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from types import SimpleNamespace

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from assistant import Answer, Citation, GeneratorFailed, Passport, Question, Statement
from assistant.answer import Support
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
            manifest=manifest,
            passages=Passages([self.passage]),
            publication=lambda _: self.publication,
            watch=SimpleNamespace(check=lambda: None, verify_later=lambda: None),
        )
        self.searcher = SimpleNamespace(version=version)
        self.replies: dict[str, Answer | VigieError] = {}
        self.asked: list[Question] = []
        self.generator: Pen | None = None

    def stream(self, question: Question) -> Iterator[Answer]:
        """The reply to the question, then what its pen adds to it."""
        self.asked.append(question)
        reply = self.replies.get(question.text) or answer(question.text, citations=(self.cite(0, len(FIRST)),))
        if isinstance(reply, VigieError):
            raise reply
        yield (first := replace(reply, shape=question.shape or reply.shape))
        if self.generator and first.verdict == "answered":
            yield from self.generator.snapshots(first)

    def cite(self, start: int, end: int, n: int = 1) -> Citation:
        return Citation(n, self.passage, self.publication.title, start, end, 0.9)


class Pen:
    """A generator whose sentences come when a test says so."""

    name, model, revision = "local", "pen", "1"

    def __init__(self) -> None:
        self._changes: SimpleQueue[Change | Exception | None] = SimpleQueue()
        self.closed, self.warmed = Event(), Event()

    def warm_up(self) -> None:
        self.warmed.set()
        raise GeneratorFailed("Elle n’a plus d’encre.")

    def says(self, text: str, support: Support = "paraphrased", n: int = 1) -> None:
        """One more sentence of the answer."""
        said = Statement(text, support, (n,))
        self._changes.put(lambda answer: replace(answer, summary=(*answer.summary, said)))

    def changes(self, change: "Change") -> None:
        """The answer becomes another."""
        self._changes.put(change)

    def breaks(self) -> None:
        """The stream fails, in a way that nobody foresaw."""
        self._changes.put(RuntimeError("cassé"))

    def ends(self) -> None:
        """All is said."""
        self._changes.put(None)

    def snapshots(self, answer: Answer) -> Iterator[Answer]:
        try:
            while (change := self._changes.get(timeout=20)) is not None:
                if isinstance(change, Exception):
                    raise change
                yield (answer := change(answer))
        finally:
            self.closed.set()


Change = Callable[[Answer], Answer]


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


def shown(page: AppTest) -> str:
    """All the HTML that the page shows: not its style sheet, the texts that buttons copy, the quotes over markers."""
    assert not page.exception
    bodies = "\n".join(e.proto.body for e in page.get("html") if not e.proto.body.startswith("<style>"))
    bodies = re.sub(r'(?s)<div [^>]*class="vigie-copied" hidden>.*?</div>', "", bodies)
    return re.sub(r'(?s)<span class="vigie-tip".*?</b></span>', "", bodies)


def visit(page: AppTest, address: str) -> AppTest:
    """Go to another page of the site; AppTest only knows pages that are files."""
    (page._page_hash,) = (h for h, info in page._registered_pages.items() if info.get("url_pathname") == address)
    return page.run()


def ask(page: AppTest, question: str) -> AppTest:
    return page.run().chat_input[0].set_value(question).run()


def act_meanwhile() -> None:
    """Its reader does something: Streamlit leaves this run of the page at its next use of `st`, for another."""
    context = get_script_run_ctx()
    context.script_requests.request_rerun(RerunData(page_script_hash=context.page_script_hash))


def keys(page: AppTest, start: str) -> list[str]:
    return [button.key for button in page.button if button.key.startswith(start)]
