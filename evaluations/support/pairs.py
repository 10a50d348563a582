"""The support set's pairs: true ones (verbatim, reworded by hand), wrong ones by kind, and some labelled by eye.

Pairs are split by their passage: `tune` for fitting the checker, `held` for choosing its rules. Kept statements hold
their half; made ones take it from their passage's ref. The parts `blind` and `blind2` are made in `blind`.
"""

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from evaluations.support.anchors import anchored
from evaluations.support.draw import SEED, is_statement
from evaluations.support.mutate import KINDS
from evaluations.support.sources import SourcePassage, all_passages

FOLDER = Path(__file__).resolve().parent
Half = Literal["tune", "held", "blind", "blind2"]
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
    half: Half

    @classmethod
    def made(cls, statement: str, passage: SourcePassage, supported: bool, kind: str) -> Self:
        """A pair made by the script, in the half that its passage's ref falls in."""
        half: Half = "tune" if hashlib.sha256(passage.ref.encode()).digest()[0] % 2 else "held"
        return cls(statement, passage, supported, kind, half)


def all_pairs(shared: Path) -> list[Pair]:
    """Every pair. `shared` is the folder that holds data/ and pdfs/."""
    passages = all_passages(shared)
    made = made_pairs(passages, SEED)
    return made + [pair for name in ("reworded", "labelled") for pair in kept(name, passages)]


def made_pairs(passages: Sequence[SourcePassage], seed: int) -> list[Pair]:
    """Pairs that the script makes from these passages, drawn by a seed."""
    return [pair for source in SOURCES for pair in _made(source, passages, seed)]


def _made(source: str, passages: Sequence[SourcePassage], seed: int = SEED) -> list[Pair]:
    pool = [p for p in passages if p.ref.startswith(source + ":") and any(map(is_statement, p.texts))]
    pairs: list[Pair] = []
    for kind, mutate in KINDS.items():
        rng = random.Random(f"{seed}:{source}:{kind}")
        wrong: list[Pair] = []
        for passage in rng.sample(pool, len(pool)):
            said = [s for s in passage.texts if is_statement(s)]
            changed = next(filter(None, (mutate(s, passage, rng) for s in rng.sample(said, len(said)))), None)
            if changed and len(wrong) < PER_KIND:
                wrong.append(Pair.made(changed, passage, False, kind))
        pairs += wrong
    rng = random.Random(f"{seed}:{source}:true")
    for passage in rng.sample(pool, VERBATIM):
        pairs.append(Pair.made(rng.choice([s for s in passage.texts if is_statement(s)]), passage, True, "verbatim"))
    return pairs + _elsewhere(source, pool, seed)


def _elsewhere(source: str, pool: Sequence[SourcePassage], seed: int) -> list[Pair]:
    """A true sentence put on another passage: of the same article, or of another section of the same document."""
    rng = random.Random(f"{seed}:{source}:section")
    pairs: list[Pair] = []
    for passage in rng.sample(pool, len(pool)):
        others = [p for p in pool if p.document == passage.document and p.ref != passage.ref]
        others = [p for p in others if source == "piaf" or p.home != passage.home]
        if others and len(pairs) < PER_KIND:
            other = rng.choice(others)
            said = rng.choice([s for s in other.texts if is_statement(s)])
            if said not in passage.text:
                pairs.append(Pair.made(said, passage, False, "section"))
    return pairs


def kept(name: str, passages: Sequence[SourcePassage]) -> list[Pair]:
    """The pairs of `name`.jsonl whose documents are among these passages. Raises LostAnchor."""
    lines = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    documents = {passage.document for passage in passages}
    return [_pair(line, name, passages) for line in lines if line["document"] in documents]


def _pair(line: dict[str, Any], name: str, passages: Sequence[SourcePassage]) -> Pair:
    passage = anchored(line["document"], line["anchor"], passages)
    return Pair(line["statement"], passage, line.get("supported", True), line.get("distance", name), line["half"])
