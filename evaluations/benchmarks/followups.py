"""Follow-ups as asked, against the same written out in full: `python -m evaluations.benchmarks.followups SET…`.

Also how many changes of subject were left as they are, and how many of the others were written out.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant import Answer, Assistant, Question
from corpus import page_text
from evaluations.benchmarks.opened import open_assistant
from evaluations.questions import QuestionRecord, load_questions
from evaluations.scoring import score_case, summarise


def measures(records: Sequence[QuestionRecord], answers: Sequence[Answer], assistant: Assistant) -> str:
    """Success at the first citation, gold page cited, facts and false abstention, in one line."""
    version = assistant.searcher.version

    def text(publication: str, page: int) -> str:
        return page_text(Path(version.publication(publication).path), page)

    found = summarise([score_case(record, answer, text) for record, answer in zip(records, answers, strict=True)])
    shown = {name: f"{value:.3f}" for name, value in found.items() if value is not None}
    return ", ".join(f"{name} {value}" for name, value in shown.items())


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("sets", type=Path, nargs="+")
    records = [r for r in load_questions(cli.parse_args().sets) if r.history and r.standalone_question]
    assistant = open_assistant()
    asked = [assistant.ask(record.as_question()) for record in records]
    whole = [assistant.ask(Question(record.standalone_question or "")) for record in records]
    sys.stdout.write(f"as asked: {measures(records, asked, assistant)}\n")
    sys.stdout.write(f"written out in full: {measures(records, whole, assistant)}\n")
    plain = [assistant.ask(replace(record.as_question(), history=())) for record in records]
    sys.stdout.write(f"without the turns before: {measures(records, plain, assistant)}\n")
    same = [record.question == record.standalone_question for record in records]
    left = [answer.standalone_question == answer.question for answer in asked]
    kept = sum(a and b for a, b in zip(same, left, strict=True))
    written = sum(not a and not b for a, b in zip(same, left, strict=True))
    sys.stdout.write(f"changes of subject left as they are: {kept} of {sum(same)}; ")
    sys.stdout.write(f"others written out: {written} of {len(same) - sum(same)}\n")


if __name__ == "__main__":
    main()
