"""Whole conversations played as they come: `python -m evaluations.benchmarks.conversations FILE…`.

Each turn is asked after the answers really given before, then written out in full by a reader, then without the turns
before. Right: the first citation stands under a heading of the gold; where the guide is silent, Vigie says so.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant import Answer, Assistant, Message, Question
from evaluations.benchmarks.opened import INDEX, open_assistant

_OTHER = "other"  # thanks and the like, which no passage answers


class Turn(BaseModel):
    """What was typed, the same in full where it leans on what was said before, and the headings that answer it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    asked: str
    in_full: str | None
    kind: str
    gold: tuple[str, ...]
    fact: str

    @property
    def group(self) -> str:
        """Of the turns that are counted together; the first of a conversation stand alone too."""
        if not self.gold:
            return "the guide is silent"
        return "another form" if self.kind == "form" else "follow-up" if self.in_full else "stands alone"


def load_conversations(path: Path) -> list[list[Turn]]:
    """The turns of each conversation of a file."""
    lines = path.read_text("utf-8").splitlines()
    return [[Turn.model_validate(turn) for turn in json.loads(line)["turns"]] for line in lines]


def is_right(answer: Answer, turn: Turn) -> bool:
    """Whether the first citation stands where the turn's answer does; where there is none, whether none is given."""
    if not turn.gold:
        return answer.verdict != "answered"
    return bool(answer.citations) and any(_is_under(answer.citations[0].section, heading) for heading in turn.gold)


def cites(answer: Answer, turn: Turn) -> bool:
    """Whether any citation does."""
    return any(_is_under(citation.section, heading) for citation in answer.citations for heading in turn.gold)


def _is_under(section: Sequence[str], heading: str) -> bool:
    """Whether a section's headings hold one that begins so: « Pratique n° 1 » does not begin « Pratique n° 15 »."""
    return any(f"{part} ".startswith(f"{heading} ") for part in section)


def played(assistant: Assistant, turns: Sequence[Turn]) -> Iterator[tuple[Turn, Answer]]:
    """Each turn with its answer, after those that were given before."""
    history: tuple[Message, ...] = ()
    for turn in turns:
        answer = assistant.ask(Question(turn.asked, history))
        yield turn, answer
        history += (Message("user", turn.asked), Message("assistant", answer.text))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("files", type=Path, nargs="+")
    cli.add_argument("--index", type=Path, default=INDEX)
    cli.add_argument("--show", action="store_true", help="the turns that were answered wrong, and how they were read")
    args = cli.parse_args()
    assistant = open_assistant(args.index)
    talks = [talk for path in args.files for talk in load_conversations(path)]
    rows = [pair for talk in talks for pair in played(assistant, talk) if pair[0].kind != _OTHER]
    for group in ("stands alone", "follow-up", "another form", "the guide is silent"):
        own = [(turn, answer) for turn, answer in rows if turn.group == group]
        whole = [(turn, assistant.ask(Question(turn.in_full)) if turn.in_full else answer) for turn, answer in own]
        alone = [(turn, assistant.ask(Question(turn.asked))) for turn, _ in own]
        counts = (sum(is_right(answer, turn) for turn, answer in pairs) for pairs in (own, whole, alone))
        asked, full, without = counts
        sys.stdout.write(f"{group}: {len(own)} turns; right as asked {asked}, in full {full}, alone {without}; ")
        sys.stdout.write(f"cited anywhere {sum(cites(answer, turn) for turn, answer in own)}\n")
    if args.show:
        for turn, answer in rows:
            if not is_right(answer, turn):
                sys.stdout.write(f"{turn.group}: {turn.asked}\n  read as: {answer.standalone_question}\n")


if __name__ == "__main__":
    main()
