"""The support set's pairs: true ones (verbatim, reworded by hand), wrong ones by kind, and some labelled by eye.

Pairs are split in two by their passage's ref: `tune` for fitting the checker, `held` for its report.
"""

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evaluations.support.draw import SEED, is_statement
from evaluations.support.mutate import KINDS
from evaluations.support.sources import SourcePassage, all_passages

FOLDER = Path(__file__).resolve().parent
SOURCES = ("guide", "piaf", "french")
PER_KIND = 20  # wrong statements of each kind from each source
VERBATIM = 50  # true statements from each source


@dataclass(frozen=True)
class Pair:
    """A statement, the passage it is said to come from, and whether it does. `kind` says how it was made."""

    statement: str
    passage: SourcePassage
    supported: bool
    kind: str

    @property
    def half(self) -> Literal["tune", "held"]:
        """Which half its passage belongs to."""
        return "tune" if hashlib.sha256(self.passage.ref.encode()).digest()[0] % 2 else "held"


def all_pairs(shared: Path) -> list[Pair]:
    """Every pair. `shared` is the folder that holds data/ and pdfs/."""
    passages = all_passages(shared)
    made = [pair for source in SOURCES for pair in _made(source, passages)]
    by_ref = {passage.ref: passage for passage in passages}
    return made + [pair for name in ("reworded", "labelled") for pair in _kept(name, by_ref)]


def _made(source: str, passages: Sequence[SourcePassage]) -> list[Pair]:
    pool = [p for p in passages if p.ref.startswith(source + ":") and any(map(is_statement, p.texts))]
    pairs: list[Pair] = []
    for kind, mutate in KINDS.items():
        rng = random.Random(f"{SEED}:{source}:{kind}")
        wrong: list[Pair] = []
        for passage in rng.sample(pool, len(pool)):
            said = [s for s in passage.texts if is_statement(s)]
            changed = next(filter(None, (mutate(s, passage, rng) for s in rng.sample(said, len(said)))), None)
            if changed and len(wrong) < PER_KIND:
                wrong.append(Pair(changed, passage, False, kind))
        pairs += wrong
    rng = random.Random(f"{SEED}:{source}:true")
    for passage in rng.sample(pool, VERBATIM):
        pairs.append(Pair(rng.choice([s for s in passage.texts if is_statement(s)]), passage, True, "verbatim"))
    return pairs + _elsewhere(source, pool)


def _elsewhere(source: str, pool: Sequence[SourcePassage]) -> list[Pair]:
    """A true sentence put on another passage: of the same article, or of another section of the same document."""
    rng = random.Random(f"{SEED}:{source}:section")
    pairs: list[Pair] = []
    for passage in rng.sample(pool, len(pool)):
        document = passage.ref.rsplit(":", 1)[0]
        others = [p for p in pool if p.ref.startswith(document + ":") and p.ref != passage.ref]
        others = [p for p in others if source == "piaf" or p.home != passage.home]
        if others and len(pairs) < PER_KIND:
            other = rng.choice(others)
            said = rng.choice([s for s in other.texts if is_statement(s)])
            if said not in passage.text:
                pairs.append(Pair(said, passage, False, "section"))
    return pairs


def _kept(name: str, by_ref: dict[str, SourcePassage]) -> list[Pair]:
    path = FOLDER / f"{name}.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []
    return [Pair(x["statement"], by_ref[x["ref"]], x.get("supported", True), x.get("distance", name)) for x in lines]
