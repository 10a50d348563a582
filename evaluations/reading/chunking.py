"""Ways of cutting passages, compared on retrieval: the same questions, documents, model and fusion for all.

python -m evaluations.reading.chunking ../shared/pdfs/french MODEL QUESTIONS.jsonl…

A passage is relevant where it holds at least half of the words of a gold quote and touches its page. Since longer
passages hold more, the fair figure is recall within a budget of words read.
"""

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from corpus import CorpusSettings, Passage, ReadingCache, folder_catalogue, load_catalogue
from evaluations.questions import Gold, QuestionRecord, load_questions
from evaluations.reading.agreement import words
from index import (
    BuildProgress,
    Calibration,
    Embedder,
    Fusion,
    VectorCache,
    build_lexical,
    load_embedder,
    models_home,
    passage_string,
    query_string,
    read_publications,
)

Vectors = npt.NDArray[np.float32]
BUDGET = 400  # words read
_HELD = 0.5  # share of a quote's words
_NEAR = 50  # passages ranked


@dataclass(frozen=True)
class Variant:
    """One way: how passages are cut, and what is put before them when they are embedded."""

    name: str
    settings: CorpusSettings
    headings: bool = True
    overlap: bool = False


def _cut(**changes: int) -> CorpusSettings:
    return CorpusSettings().model_copy(update=changes)


VARIANTS = (
    Variant("at most 130 words, short blocks gathered", _cut(passage_words=130, short_block_words=25)),
    Variant("at most 60 words", _cut(passage_words=60, short_block_words=25)),
    Variant("at most 220 words", _cut(passage_words=220, short_block_words=25)),
    Variant("at most 350 words", _cut(passage_words=350, short_block_words=25)),
    Variant("no block gathered", _cut(passage_words=130, short_block_words=0)),
    Variant("blocks under 60 words gathered", _cut(passage_words=130, short_block_words=60)),
    Variant("all blocks gathered up to 220 words", _cut(passage_words=220, short_block_words=220)),
    Variant("without headings", _cut(passage_words=130, short_block_words=25), headings=False),
    Variant("with the sentence before", _cut(passage_words=130, short_block_words=25), overlap=True),
)


@dataclass(frozen=True)
class Outcome:
    """Means over the questions, in [0, 1], and the size of the index."""

    passages: int
    success_at_1: float
    recall_at_5: float
    within_budget: float


def outcome(
    variant: Variant,
    passages: Sequence[Passage],
    questions: Sequence[QuestionRecord],
    encode: Callable[[Sequence[str]], Vectors],
    embedder: Embedder,
) -> Outcome:
    """Rank the passages for each question and look where the gold stands."""
    embedded = [passage_string(embedder.stamp, text, _title(variant, p)) for text, p in _texts(variant, passages)]
    vectors = encode(embedded)
    lexical = build_lexical("\n".join((_title(variant, p), text)) for text, p in _texts(variant, passages))
    fusion = Fusion.of(embedder.stamp.name, Calibration.of(vectors), bool(embedder.stamp.token_dimension))
    asked = encode([query_string(embedder.stamp, q.question) for q in questions])
    first, five, budget = [], [], []
    for question, vector in zip(questions, asked, strict=True):
        scores = fusion.candidates(vectors @ vector, lexical.scores(question.question))
        ranked = [passages[i] for i in np.argsort(-scores, kind="stable")[:_NEAR]]
        found = [_is_relevant(p, question.gold) for p in ranked]
        first.append(found[0])
        five.append(any(found[:5]))
        budget.append(any(found[: _within(ranked)]))
    return Outcome(len(passages), float(np.mean(first)), float(np.mean(five)), float(np.mean(budget)))


def _within(ranked: Sequence[Passage]) -> int:
    """How many of the first passages fit into the budget, at least one."""
    sizes = np.cumsum([len(p.text.split()) for p in ranked])
    return max(1, int((sizes <= BUDGET).sum()))


def _texts(variant: Variant, passages: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    before: Passage | None = None
    for p in passages:
        goes_on = variant.overlap and before and before.sentences and before.section == p.section
        last = before.text[slice(*before.sentences[-1])] if goes_on and before else ""
        yield f"{last} {p.text}".strip(), p
        before = p


def _title(variant: Variant, passage: Passage) -> str:
    return " – ".join(passage.section[-2:]) if variant.headings else ""


def _is_relevant(passage: Passage, gold: Sequence[Gold]) -> bool:
    held = set(words(passage.text.casefold()))
    return any(
        unicodedata.normalize("NFC", g.publication) == passage.publication
        and passage.pages[0] <= g.page <= passage.pages[1]
        and _share(words(g.quote.casefold()), held) >= _HELD
        for g in gold
    )


def _share(quote: Sequence[str], held: set[str]) -> float:
    return sum(word in held for word in quote) / max(1, len(quote))


def main() -> None:
    folder, model, *files = sys.argv[1:]
    embedder = load_embedder(model, models_home())
    cache = VectorCache(Path(gettempdir()) / "vigie-chunking", embedder.stamp)
    console, log = Console(width=140), Console(stderr=True)
    questions = [q for q in load_questions([Path(f) for f in files]) if q.answerable and not q.history]
    table = Table("passages", "number", "success@1", "recall@5", f"gold within {BUDGET} words")
    for variant in VARIANTS:
        log.print(variant.name)
        passages = list(_passages(Path(folder), variant.settings))
        found = outcome(variant, passages, questions, lambda texts: cache.encode(texts, embedder), embedder)
        figures = (found.success_at_1, found.recall_at_5, found.within_budget)
        table.add_row(variant.name, str(found.passages), *(f"{figure:.3f}" for figure in figures))
    console.print(f"{len(questions)} questions, {model}")
    console.print(table)


def _passages(folder: Path, settings: CorpusSettings) -> Iterator[Passage]:
    publications = [*load_catalogue(folder / "nothing").publications, *folder_catalogue(folder).publications]
    documents = ReadingCache(Path(gettempdir()) / "vigie-chunking" / "documents")
    readings, _ = read_publications(publications, settings, documents, _quiet)
    for reading in readings:
        labels = reading.document.labels
        for number, p in enumerate(reading.document.passages):
            first, last = p.pages
            name = reading.publication.id
            yield Passage(p.text, p.section, p.sentences, p.spans, f"{name}-{number}", name, labels[first - 1 : last])


def _quiet(progress: BuildProgress) -> None:
    """No report."""


if __name__ == "__main__":
    main()
