"""Can what Vigie suggests be answered? `python -m evaluations.benchmarks.suggestions [INDEX]`.

The reference questions are asked, then every question suggested under an answer or an abstention, once. One is good
when it is answered and its first citation comes from the section that the suggestion names.
"""

import argparse
import re
import sys
from pathlib import Path

from assistant import Answer, Assistant, Question
from evaluations.benchmarks.opened import INDEX, open_assistant
from evaluations.questions import SHIPPED, load_questions

_QUOTED = re.compile(r"[«“]\s*(?P<title>.+?)\s*[»”]")
_NUMBERED = re.compile(r"\b(?:pratique|practice) (?P<number>n° \d+)|\bsection (?P<section>[IVX]+\.\d+)")


def suggested(assistant: Assistant) -> list[str]:
    """The questions suggested under the answers to the reference questions, each once."""
    asked = (Question(record.question) for record in load_questions([SHIPPED / "guide.jsonl"]) if not record.history)
    return list(dict.fromkeys(text for question in asked for text in assistant.ask(question).suggestions))


def names_its_section(question: str, answer: Answer) -> bool:
    """Whether the first citation stands under the heading that the question quotes, or whose number it gives."""
    named = _QUOTED.search(question) or _NUMBERED.search(question)
    if not named or not answer.citations:
        return False
    name = named[named.lastgroup or 0]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", part) for part in answer.citations[0].passage.section)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="?", type=Path, default=INDEX)
    assistant = open_assistant(parser.parse_args().index)
    asked = [(text, assistant.ask(Question(text))) for text in suggested(assistant)]
    answered = [(text, answer) for text, answer in asked if answer.verdict == "answered"]
    right = [text for text, answer in answered if names_its_section(text, answer)]
    write = sys.stdout.write
    write(f"{len(asked)} questions suggested; answered {len(answered)}, from the section they name {len(right)}\n")
    for text, answer in asked:
        if answer.verdict != "answered":
            write(f"- {answer.verdict}: {text}\n")


if __name__ == "__main__":
    main()
