"""How much of what was asked for stands in the highlighted sentences.

    python -m evaluations.benchmarks.highlights SET.jsonl… [--index INDEX] [--follow-ups]

Of the required facts that an answer quotes, the share that its highlighted sentences hold, and the words of both; sure
answers, where sentences are highlighted, apart from the others. Then the facts that answers asked for in short hold.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import Answer
from evaluations.answer_metrics import plain, says
from evaluations.benchmarks.opened import INDEX, open_assistant
from evaluations.questions import Fact, QuestionRecord, load_questions


@dataclass(frozen=True)
class Highlights:
    """Sums over answers: facts quoted, facts highlighted, words quoted, words highlighted."""

    answers: int
    quoted: int
    highlighted: int
    words: int
    highlighted_words: int

    @classmethod
    def of(cls, records: Sequence[QuestionRecord], answers: Sequence[Answer]) -> "Highlights":
        """Of answers with citations, in the order of their questions."""
        quoted = highlighted = words = near_words = 0
        for record, answer in zip(records, answers, strict=True):
            whole = plain(" ".join(citation.quote for citation in answer.citations))
            near = plain(" ".join(text for citation in answer.citations for text in citation.nearest_sentences))
            facts = [fact for fact in record.required_facts if _holds(whole, fact)]
            quoted, highlighted = quoted + len(facts), highlighted + sum(_holds(near, fact) for fact in facts)
            words, near_words = words + len(whole.split()), near_words + len(near.split())
        return cls(len(answers), quoted, highlighted, words, near_words)

    def __str__(self) -> str:
        share = self.highlighted / self.quoted if self.quoted else 0.0
        return (
            f"{self.answers} answers, {self.highlighted} of {self.quoted} facts ({share:.2f}), "
            f"{self.highlighted_words / max(self.answers, 1):.0f} of {self.words / max(self.answers, 1):.0f} words"
        )


def _holds(text: str, fact: Fact) -> bool:
    return any(says(text, wording) for wording in fact.accepted)


def held(records: Sequence[QuestionRecord], answers: Sequence[Answer]) -> str:
    """Of the facts asked for, the share that the answers quote, and their words."""
    facts = kept = words = 0
    for record, answer in zip(records, answers, strict=True):
        whole = plain(" ".join(citation.quote for citation in answer.citations))
        facts, kept = facts + len(record.required_facts), kept + sum(_holds(whole, f) for f in record.required_facts)
        words += len(whole.split())
    share, mean = kept / max(facts, 1), words / max(len(answers), 1)
    return f"{len(answers)} answers, {kept} of {facts} facts ({share:.2f}), {mean:.0f} words"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("sets", type=Path, nargs="+")
    cli.add_argument("--index", type=Path, default=INDEX)
    cli.add_argument("--follow-ups", action="store_true", help="those that follow something, instead of the others")
    args = cli.parse_args()
    assistant = open_assistant(args.index)
    records = [r for r in load_questions(args.sets) if r.answerable and bool(r.history) == args.follow_ups]
    asked = [(record, assistant.ask(record.as_question())) for record in records]
    cited = [(r, a) for r, a in asked if a.citations and a.shape not in {"where", "checklist"}]
    for name, sure in (("highlighted", True), ("not sure, nothing highlighted", False)):
        some = [(r, a) for r, a in cited if any(c.nearest for c in a.citations) == sure]
        sys.stdout.write(f"{name}: {Highlights.of([r for r, _ in some], [a for _, a in some])}\n")
    whole = [(r, a) for r, a in asked if a.shape == "answer"]
    short = [assistant.ask(replace(record.as_question(), shape="short")) for record, _ in whole]
    for name, answers in (("whole", [answer for _, answer in whole]), ("in short", short)):
        sys.stdout.write(f"{name}: {held([record for record, _ in whole], answers)}\n")


if __name__ == "__main__":
    main()
