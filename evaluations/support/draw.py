"""Passages and a sentence of each, drawn by a seed for a helper to reword."""

import random
import re

from evaluations.support.sources import SourcePassage

SEED = 20261126
PER_SOURCE = {"guide": 60, "piaf": 60, "french": 40}


def is_statement(sentence: str) -> bool:
    """Whether a sentence says something by itself: 8 to 45 words, from a capital to a full stop."""
    words = sentence.split()
    return 8 <= len(words) <= 45 and bool(re.match(r"[A-ZÀ-ÝŒ«]", sentence)) and sentence.endswith(".")


def drawn(
    passages: list[SourcePassage], per_source: dict[str, int], seed: int = SEED
) -> list[tuple[SourcePassage, str]]:
    """Pairs of a passage and one of its sentences, drawn by the seed."""
    picked = []
    for source, count in per_source.items():
        rng = random.Random(f"{seed}:{source}")
        pool = [p for p in passages if p.ref.startswith(source + ":") and any(map(is_statement, p.texts))]
        for passage in rng.sample(pool, count):
            picked.append((passage, rng.choice([s for s in passage.texts if is_statement(s)])))
    return picked
