"""A hundred answers drawn by a seed, to be read: `python -m evaluations.benchmarks.answers OUT.jsonl --french INDEX`.

Half are on the guide, half on the public French PDFs, whose index is given. Each line holds the question, what is
shown, and for each written sentence the quote it cites. Medians of time are printed, with what the sets can tell.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, AssistantSettings, Generator
from evaluations.benchmarks.followups import measures
from evaluations.benchmarks.opened import INDEX, local_generator, open_assistant, served_generator
from evaluations.questions import SHIPPED, QuestionRecord, load_questions

SEED = 20261126
GUIDE = ("guide", "guide-more", "guide-uncovered")
FRENCH = ("french-pdfs", "french-pdfs-more")


def drawn(names: Sequence[str], count: int, seed: int = SEED) -> list[QuestionRecord]:
    """Questions that stand alone, drawn by a seed."""
    records = [r for r in load_questions([SHIPPED / f"{name}.jsonl" for name in names]) if not r.history]
    return random.Random(seed).sample(records, min(count, len(records)))


def to_read(answer: Answer) -> dict[str, Any]:
    """What a reader needs to judge an answer."""
    quotes = {citation.n: citation.quote for citation in answer.citations}
    said = [{"text": s.text, "support": s.support, "quotes": [quotes[n] for n in s.citations]} for s in answer.summary]
    pages = [
        {
            "n": c.n,
            "title": c.title,
            "section": list(c.passage.section),
            "page": c.pages[0],
            "quote": c.quote,
            "further": c.further,
        }
        for c in answer.citations
    ]
    return {"id": answer.id, "question": answer.question, "verdict": answer.verdict, "shape": answer.shape,
            "introduction": answer.introduction or answer.text, "written": said, "quotes": pages,
            "notes": list(answer.notes), "drafted": answer.drafted,
            "timings_ms": {k: round(v) for k, v in answer.timings_ms.items()}}  # fmt: skip


def report(records: Sequence[QuestionRecord], answers: Sequence[Answer], assistant: Assistant) -> str:
    """Quality by the question set, and medians of time, in seconds."""
    times = {}
    for step in ("first", "first_sentence", "total"):
        known = [a.timings_ms[step] / 1000 for a in answers if step in a.timings_ms and a.verdict == "answered"]
        times[step] = f"{statistics.median(known):.2f}" if known else "–"
    written = sum(bool(answer.summary) for answer in answers)
    kept = sum(len(answer.summary) for answer in answers), sum(answer.drafted for answer in answers)
    return (
        f"{len(answers)} answers: {measures(records, answers, assistant)}\n"
        f"  seconds (median): quotes {times['first']}, first written sentence {times['first_sentence']} after them,"
        f" whole {times['total']}; {written} answers with written sentences, {kept[0]} kept of {kept[1]}\n"
    )


@contextmanager
def _generator(name: str) -> Iterator[Generator | None]:
    """`api` asks llama.cpp's own server for the default local model."""
    if name != "api":
        yield local_generator() if name == "local" else None
        return
    model = AssistantSettings().local_model
    with tempfile.TemporaryDirectory() as folder, served_generator(model, Path(folder)) as served:
        yield served


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("out", type=Path)
    cli.add_argument("--french", type=Path, help="an index of ../shared/pdfs/french")
    cli.add_argument("--generator", choices=("extractive", "local", "api"), default="local")
    cli.add_argument("--seed", type=int, default=SEED)
    cli.add_argument("--count", type=int, default=50, help="questions of each half")
    args = cli.parse_args()
    halves = [(GUIDE, INDEX), *([(FRENCH, args.french)] if args.french else [])]
    with args.out.open("w", encoding="utf-8") as out, _generator(args.generator) as generator:
        for names, root in halves:
            assistant = open_assistant(root, generator)
            records = drawn(names, args.count, args.seed)
            answers = []
            for record in records:
                answers.append(assistant.ask(record.as_question()))
                out.write(json.dumps(to_read(answers[-1]), ensure_ascii=False) + "\n")
                out.flush()
            sys.stdout.write(report(records, answers, assistant))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
