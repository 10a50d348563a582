"""Passages drawn for a helper to reword: `python -m evaluations.support.draw SHARED > drawn.jsonl`."""

import argparse
import json
import random
import re
import sys
from pathlib import Path

from evaluations.support.sources import SourcePassage, all_passages

SEED = 20261126
PER_SOURCE = {"guide": 60, "piaf": 60, "french": 40}


def is_statement(sentence: str) -> bool:
    """Whether a sentence says something by itself: 8 to 45 words, from a capital to a full stop."""
    words = sentence.split()
    return 8 <= len(words) <= 45 and bool(re.match(r"[A-ZÀ-ÝŒ«]", sentence)) and sentence.endswith(".")


def drawn(passages: list[SourcePassage], per_source: dict[str, int]) -> list[tuple[SourcePassage, str]]:
    """Pairs of a passage and one of its sentences, drawn by the seed."""
    picked = []
    for source, count in per_source.items():
        rng = random.Random(f"{SEED}:{source}")
        pool = [p for p in passages if p.ref.startswith(source + ":") and any(map(is_statement, p.texts))]
        for passage in rng.sample(pool, count):
            picked.append((passage, rng.choice([s for s in passage.texts if is_statement(s)])))
    return picked


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", type=Path)
    for passage, sentence in drawn(all_passages(cli.parse_args().shared), PER_SOURCE):
        line = {"ref": passage.ref, "sentence": sentence, "passage": passage.text}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
