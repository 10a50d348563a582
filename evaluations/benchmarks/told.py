"""Questions told in a first message, with who asks and why, against the same asked alone.

`python -m evaluations.benchmarks.told SET… [--index INDEX] [--lost]`. `--lost` names the questions that are answered
worse when told: refused, taken for a question that the guide leaves open, or answered from another page first.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import Answer, Question
from evaluations.benchmarks.followups import measures
from evaluations.benchmarks.opened import INDEX, open_assistant
from evaluations.questions import QuestionRecord, load_questions


def lost(records: Sequence[QuestionRecord], told: Sequence[Answer], alone: Sequence[Answer]) -> Iterator[str]:
    """A line for each question whose verdict or first page differs for the worse."""
    for record, long, short in zip(records, told, alone, strict=True):
        right = "answered" if record.answerable else "not_in_guide"
        if short.verdict == right and long.verdict != right:
            yield f"{record.id}: {short.verdict} -> {long.verdict}: {record.question!r}"
        elif record.answerable and _on_gold(record, short) and not _on_gold(record, long):
            yield f"{record.id}: another page first: {record.question!r}"


def _on_gold(record: QuestionRecord, answer: Answer) -> bool:
    pages = {(gold.publication, gold.page) for gold in record.gold}
    first = answer.citations[:1]
    return any((c.passage.publication, page) in pages for c in first for page in range(c.pages[0], c.pages[1] + 1))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("sets", type=Path, nargs="+")
    cli.add_argument("--index", type=Path, default=INDEX)
    cli.add_argument("--lost", action="store_true")
    args = cli.parse_args()
    records = [r for r in load_questions(args.sets) if r.standalone_question and not r.history]
    assistant = open_assistant(args.index)
    told = [assistant.ask(record.as_question()) for record in records]
    alone = [assistant.ask(Question(record.standalone_question or "")) for record in records]
    sys.stdout.write(f"told: {measures(records, told, assistant)}\n")
    sys.stdout.write(f"asked alone: {measures(records, alone, assistant)}\n")
    if args.lost:
        sys.stdout.writelines(f"{line}\n" for line in lost(records, told, alone))


if __name__ == "__main__":
    main()
