"""`vigie ask` and `vigie search`."""

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from assistant import Answer, Question, Shape
from index import Correction, Expansion, SearchResult
from ui.chat.text import told_apart
from ui.chat.wording import labels
from ui.cli.batch import check_batch, run_batch
from ui.cli.options import (
    AsJson,
    Editions,
    IndexDir,
    IndexVersionName,
    Pillars,
    Publications,
    Publics,
    Written,
    chosen_filters,
)
from ui.cli.output import emit, messages, results, warn_instead
from ui.opening import open_assistant
from ui.settings import load_settings
from ui.understood import reading_notes

Batch = Annotated[Path | None, typer.Option("--batch", help="JSON Lines of questions.", metavar="FILE.jsonl")]
QuestionText = Annotated[str | None, typer.Argument(help="The question.", metavar="QUESTION")]


def ask(
    question: QuestionText = None,
    batch: Batch = None,
    as_json: AsJson = False,
    generator: Annotated[Written | None, typer.Option(help="What writes the answer.")] = None,
    shape: Annotated[Shape | None, typer.Option(help="The shape of the answer; else the question tells.")] = None,
    top_k: Annotated[int | None, typer.Option("--top-k", min=1, max=50, help="Passages retrieved.")] = None,
    publication: Publications = None,
    edition: Editions = None,
    pillar: Pillars = None,
    public: Publics = None,
    index: IndexDir = None,
    index_version: IndexVersionName = "",
) -> None:
    """Answer a question from the guide, with the quotes and pages that support it."""
    _one_of(question, batch, as_json)
    chosen = {name: value for name, value in (("generator", generator), ("top_k", top_k)) if value is not None}
    settings = load_settings()
    settings = settings.model_copy(update={"assistant": settings.assistant.model_copy(update=chosen)})
    assistant = open_assistant(settings, index, version=index_version, on_instead=warn_instead)
    filters = chosen_filters(publication, edition, pillar, public)
    if batch:
        raise typer.Exit(run_batch(batch, lambda q: assistant.ask(replace(q, filters=filters, shape=shape)).as_json()))
    answer = assistant.ask(Question(question or "", filters=filters, shape=shape))
    if as_json:
        emit(answer.as_json())
    else:
        _show(answer)


def search(
    question: QuestionText = None,
    batch: Batch = None,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    publication: Publications = None,
    edition: Editions = None,
    pillar: Pillars = None,
    public: Publics = None,
    index: IndexDir = None,
    index_version: IndexVersionName = "",
) -> None:
    """Retrieve passages without answering."""
    _one_of(question, batch, as_json)
    searcher = open_assistant(load_settings(), index, version=index_version, on_instead=warn_instead).searcher
    filters = chosen_filters(publication, edition, pillar, public)
    if batch:
        raise typer.Exit(run_batch(batch, lambda q: search_json(q, searcher.search(q.text, k, filters))))
    found = searcher.search(question or "", k, filters)
    if as_json:
        emit(search_json(Question(question or ""), found))
        return
    _show_reading(found.corrections, found.expansions)
    for rank, scored in enumerate(found.results, 1):
        passage = scored.passage
        where = f"{passage.publication}, p. {passage.label(passage.pages[0])} (PDF {passage.pages[0]})"
        results.print(f"[bold]{rank}. {scored.score:.2f}[/] {escape(where)} · {escape(' › '.join(passage.section))}")
        results.print(escape(passage.text), soft_wrap=True)


def search_json(question: Question, found: SearchResult) -> dict[str, Any]:
    """The object of the contract for `vigie search --json`."""
    return {
        "id": question.id, "question": question.text, "results": [scored.as_json() for scored in found.results],
        "corrections": [dataclasses.asdict(c) for c in found.corrections],
        "expansions": [dataclasses.asdict(e) for e in found.expansions],
        "timings_ms": {step: round(ms, 3) for step, ms in found.timings_ms.items()},
    }  # fmt: skip


def _one_of(question: str | None, batch: Path | None, as_json: bool) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE.jsonl")
    if batch and not as_json:
        raise typer.BadParameter("--batch needs --json", param_hint="--batch")
    if batch:
        check_batch(batch)


def _show_reading(corrections: Sequence[Correction], expansions: Sequence[Expansion]) -> None:
    """How the question was read, where that differs from what was typed; on standard error."""
    for note in reading_notes(labels("fr"), corrections, expansions):
        messages.print(escape(note))


def _stressed(answer: Answer) -> Text:
    """The answer, what is nearest to the question in bold."""
    near = [sentence for citation in answer.citations for sentence in citation.nearest_sentences]
    return Text.assemble(*((piece, "bold" if apart else "") for piece, apart in told_apart(answer.text, near)))


def _show(answer: Answer) -> None:
    _show_reading(answer.reading.corrections, answer.reading.expansions)
    if answer.standalone_question != answer.question:
        messages.print(f"Question comprise : {escape(answer.standalone_question)}")
    for note in answer.notes:
        messages.print(escape(note))
    results.print(_stressed(answer), soft_wrap=True)
    if answer.citations:
        results.print()
    for citation in answer.citations:
        page, _ = citation.pages
        where = f"{citation.title}, p. {citation.passage.label(page)} (page {page} du PDF)"
        results.print(f"[{citation.n}] {escape(where)}".replace("[", "\\[", 1), soft_wrap=True)
    if answer.suggestions:
        results.print()
    for suggestion in answer.suggestions:
        results.print(f"→ {escape(suggestion)}", soft_wrap=True)
