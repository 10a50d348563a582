"""Does a question lean on the turns before? `python -m evaluations.tuning.dependence FOLLOW-UPS… --alone SET…`.

Follow-ups are to be written out, changes of subject among them left as they are. Questions of the sets `--alone` were
written to be asked first: each is put after another of them, drawn by a seed, and is to be left as it is.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import Message, standalone
from evaluations.benchmarks.opened import open_assistant
from evaluations.questions import QuestionRecord, load_questions

Asked = tuple[str, Sequence[Message]]
_SEED = 2026


def after_another(records: Sequence[QuestionRecord]) -> list[Asked]:
    """Each question after another one, as they follow each other in an order that is drawn."""
    drawn = list(records)
    random.Random(_SEED).shuffle(drawn)
    said = Message("assistant", "Voici ce qu’en dit le recueil.")
    pairs = zip(drawn, [drawn[-1], *drawn[:-1]], strict=True)
    return [(a.question, [Message("user", b.question), said]) for a, b in pairs]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("followups", type=Path, nargs="+")
    cli.add_argument("--alone", type=Path, nargs="+", default=[])
    cli.add_argument("--guide", action="store_true", help="ask the index of few words, as the assistant does")
    cli.add_argument("--show", action="store_true", help="the questions taken the wrong way")
    args = cli.parse_args()
    records = [r for r in load_questions(args.followups) if r.history and r.standalone_question]
    leaning: list[Asked] = [
        (r.question, r.as_question().history) for r in records if r.question != r.standalone_question
    ]
    changes: list[Asked] = [
        (r.question, r.as_question().history) for r in records if r.question == r.standalone_question
    ]
    alone = after_another([r for r in load_questions(args.alone) if not r.history]) if args.alone else []
    stands = open_assistant().stands_alone if args.guide else lambda _: True
    for name, asked, wanted in (("follow-ups written out", leaning, True), ("changes of subject left", changes, False),
                                ("questions asked first, left", alone, False)):  # fmt: skip
        wrong = [text for text, history in asked if (standalone(text, history, stands) != text) != wanted]
        sys.stdout.write(f"{name}: {len(asked) - len(wrong)} of {len(asked)}\n")
        sys.stdout.writelines(f"  {question}\n" for question in wrong if args.show)


if __name__ == "__main__":
    main()
