"""Faults of a question-answering system, each put into answers or into the system that gives them."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant import Answer, Assistant, AssistantSettings, Citation, Generator, Question, Statement
from corpus import Passage
from evaluations.examination import Asked
from index import Embedded, Embedder, Filters, ModelStamp, QuestionTokens, Searcher, Vectors

Change = Callable[[Answer], Answer]


@dataclass(frozen=True)
class Fault:
    """A fault, and the measures any of which tells it. `change` alters an answer; `system`, the whole assistant."""

    name: str
    tells: frozenset[str]
    change: Change | None = None
    system: Callable[[Assistant], Asked] | None = None


class Faulty:
    """An assistant some of whose answers are altered: a share of the questions, drawn by their text."""

    def __init__(self, assistant: Assistant, change: Change, share: float = 1.0) -> None:
        self._assistant, self._change, self._share = assistant, change, share

    @property
    def searcher(self) -> Searcher:
        return self._assistant.searcher

    @property
    def settings(self) -> AssistantSettings:
        return self._assistant.settings

    @property
    def generator(self) -> Generator | None:
        return self._assistant.generator

    def ask(self, question: Question) -> Answer:
        answer = self._assistant.ask(question)
        return self._change(answer) if random.Random(question.text).random() < self._share else answer


class WithoutChapter(Faulty):
    """As if a chapter had been lost while indexing."""

    def ask(self, question: Question) -> Answer:
        everything = [p.id for p in self.searcher.version.manifest.publications]
        largest = max(self.searcher.version.manifest.publications, key=lambda p: p.passages).id
        return self._assistant.ask(replace(question, filters=Filters(frozenset(everything) - {largest})))


class WrongPrompt:
    """An embedder that gives questions no prompt."""

    def __init__(self, embedder: Embedder) -> None:
        self.stamp: ModelStamp = embedder.stamp
        self._embedder = embedder

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        return self._embedder.encode_passages(texts)

    def encode_question(self, text: str) -> tuple[Vectors, QuestionTokens | None]:
        start, _, end = self.stamp.query_prompt.partition("{text}")
        return self._embedder.encode_question(text.removeprefix(start).removesuffix(end))


def shuffled(answer: Answer) -> Answer:
    """Each statement cites another citation than its own."""
    numbers = [citation.n for citation in answer.citations]
    after = dict(zip(numbers, [*numbers[1:], *numbers[:1]], strict=True))
    statements = tuple(replace(s, citations=tuple(after.get(n, n) for n in s.citations)) for s in answer.statements)
    return replace(answer, statements=statements)


def next_page(answer: Answer) -> Answer:
    """Each citation names the page after its own."""
    return replace(answer, citations=tuple(replace(c, passage=_moved(c.passage)) for c in answer.citations))


def _moved(passage: Passage) -> Passage:
    return replace(passage, spans=tuple(replace(span, page=span.page + 1) for span in passage.spans))


def always_answers(answer: Answer) -> Answer:
    """Where Vigie was silent, it quotes what it had found."""
    if answer.verdict != "not_in_guide" or not answer.evidence:
        return answer
    passage = answer.evidence[0].passage
    start, end = passage.sentences[0]
    citation = Citation(1, passage, passage.publication, start, end, 0.9)
    statement = Statement(citation.quote, "quoted", (1,))
    return replace(
        answer, verdict="answered", text=f"{citation.quote} [1]", citations=(citation,), statements=(statement,)
    )


def always_abstains(answer: Answer) -> Answer:
    """Vigie is silent about everything."""
    return replace(answer, verdict="not_in_guide", citations=(), statements=(), text=answer.introduction)


def invented_number(answer: Answer) -> Answer:
    """A number that no passage has."""
    if not answer.statements:
        return answer
    first, *others = answer.statements
    return replace(answer, statements=(replace(first, text=f"{first.text} Comptez 7 391 euros."), *others))


def in_english(answer: Answer) -> Answer:
    """Vigie's own words are English, whatever the question's language."""
    said = "Here is what the guide says about it, with the page for every quote:"
    return replace(answer, introduction=said, text=answer.text.replace(answer.introduction, said))


def stronger(answer: Answer) -> Answer:
    """Advice becomes a duty."""
    made = tuple(
        replace(s, text="Il faut impérativement : " + s.text, support="paraphrased") for s in answer.statements
    )
    return replace(answer, statements=made)


def dead_markers(answer: Answer) -> Answer:
    """A marker of the text answers to no citation."""
    return replace(answer, text=re.sub(r"\[1\]", "[99]", answer.text))


FAULTS = (
    Fault("wrong prompt prefix", frozenset({"retrieval_success_at_1", "retrieval_recall_at_5", "retrieval_ndcg_at_10",
          "success_at_1", "cites_gold_page", "false_abstention_rate", "required_fact_recall", "abstention_recall"}),
          system=lambda a: a.with_embedder(WrongPrompt(a.searcher.embedder))),
    Fault("shuffled citations", frozenset({"statement_support", "numbers_supported", "modality_kept"}), shuffled),
    Fault("off-by-one page", frozenset({"quote_validity", "page_precision", "cites_gold_page"}), next_page),
    Fault("dropped chapter", frozenset({"cites_gold_page", "success_at_1", "false_abstention_rate", "page_precision"}),
          system=lambda a: WithoutChapter(a, lambda answer: answer)),
    Fault("always answering", frozenset({"abstention_recall"}), always_answers),
    Fault("always abstaining", frozenset({"false_abstention_rate", "cites_gold_page"}), always_abstains),
    Fault("invented numbers", frozenset({"numbers_supported", "statement_support"}), invented_number),
    Fault("English answers to French questions", frozenset({"right_language"}), in_english),
    Fault("advice made a duty", frozenset({"modality_kept"}), stronger),
    Fault("dead markers", frozenset({"marker_validity"}), dead_markers),
)  # fmt: skip
