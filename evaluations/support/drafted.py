"""Sentences that the small local model drafts, unchecked, for a helper to label: `blind-drafted.jsonl`.

`python -m evaluations.support.drafted SHARED > drafted.jsonl`
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant import Extract, Generator, LocalGenerator, WritingTask, draft_sentences
from evaluations.support.blind import SEEDS, described, free
from evaluations.support.draw import drawn
from evaluations.support.sources import SourcePassage, all_passages
from index import models_home

PER_SOURCE = {"guide": 30, "french": 30}
_MODEL = "qwen2.5-coder-1.5b-instruct"


def drafted(passage: SourcePassage, generator: Generator) -> Iterator[str]:
    """What a generator says of one passage when asked about the title of its section."""
    title = passage.home.rsplit(" > ", 1)[-1].rsplit(":", 1)[-1]
    task = WritingTask(f"Que dit le texte à propos de « {title} » ?", "fr", (Extract(title, passage.text),))
    return draft_sentences(generator.write(task))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", type=Path)
    shared = cli.parse_args().shared
    passages = all_passages(shared)
    generator = LocalGenerator(_MODEL, models_home())
    for passage, _ in drawn(free(passages, shared, "blind"), PER_SOURCE, SEEDS["blind"] + 1):
        for statement in drafted(passage, generator):
            line = {**described(passage, passages), "half": "blind", "statement": statement}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
