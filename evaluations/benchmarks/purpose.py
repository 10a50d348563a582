"""Are requests outside Vigie's purpose declined, and those that look like them answered?

`python -m evaluations.benchmarks.purpose [INDEX] [--half tune|held]`. Each message is put to the assistant. One to
decline must not be answered; a question to the guide must not be refused, though the guide may be silent on it.
Messages with an odd number were there to make the rules with (`tune`), the others were not looked at (`held`).
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from assistant import Question
from evaluations.benchmarks.opened import INDEX, open_assistant

_FILE = Path(__file__).with_suffix(".jsonl")


def messages(half: str) -> list[dict[str, str]]:
    """Those of a half: objects with `id`, `message`, `expected` (decline or answer) and `kind`."""
    rows: list[dict[str, str]] = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
    return [row for row in rows if int(row["id"][1:]) % 2 == (half == "tune")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", type=Path, default=INDEX)
    parser.add_argument("--half", choices=("tune", "held"), default="held")
    parser.add_argument("--show", action="store_true", help="name the messages that were misread")
    args = parser.parse_args()
    assistant, right, asked = open_assistant(args.index), Counter[str](), Counter[str]()
    for row in messages(args.half):
        verdict = assistant.ask(Question(row["message"])).verdict
        is_right = verdict != "answered" if row["expected"] == "decline" else verdict != "refused"
        asked[row["kind"]] += 1
        right[row["kind"]] += is_right
        if args.show and not is_right:
            sys.stdout.write(f"{row['kind']}, {verdict}: {row['message']}\n")
    for kind in sorted(asked):
        sys.stdout.write(f"{kind:<12} {right[kind]} of {asked[kind]}\n")


if __name__ == "__main__":
    main()
