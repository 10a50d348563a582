"""Blind parts of the support set, each of passages drawn anew and looked at once, when a checker had been chosen.

`python -m evaluations.support.blind SHARED blind2 > drawn.jsonl` prints what a helper rewords into
`blind2-reworded.jsonl`. Part `blind` was looked at on 2026-11-26, and rules were then made from what it showed: it has
chosen since, like `held`, and `blind2` reports.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evaluations.support.anchors import anchor
from evaluations.support.draw import drawn
from evaluations.support.pairs import FOLDER, Half, Pair, all_pairs, kept, made_pairs
from evaluations.support.sources import SourcePassage, all_passages

SEEDS: dict[Half, int] = {"blind": 20261127, "blind2": 20261128}
PER_SOURCE = {"guide": 60, "piaf": 60, "french": 40}


def blind_pairs(shared: Path, part: Half) -> list[Pair]:
    """Every pair of a part. `shared` is the folder that holds data/ and pdfs/. Raises LostAnchor."""
    passages = all_passages(shared)
    made = [replace(pair, half=part) for pair in made_pairs(free(passages, shared, part), SEEDS[part])]
    return made + [pair for name in _kept_of(part) for pair in kept(name, passages)]


def free(passages: Sequence[SourcePassage], shared: Path, part: Half) -> list[SourcePassage]:
    """The passages that nothing was fitted or chosen by, for the first part; that nobody has reworded, for the second.

    The guide is too small for a third set of passages that no pair at all uses.
    """
    if part == "blind":
        used = {pair.passage.ref for pair in all_pairs(shared)}
    else:
        lines = [pair for name in ("reworded", "labelled", *_kept_of("blind")) for pair in kept(name, passages)]
        used = {pair.passage.ref for pair in lines}
    return [passage for passage in passages if passage.ref not in used]


def _kept_of(part: Half) -> list[str]:
    return [path.stem for path in sorted(FOLDER.glob(f"{part}-*.jsonl"))]


def described(passage: SourcePassage, passages: Sequence[SourcePassage]) -> dict[str, str]:
    """A passage as a line of the set names it, and its text for whoever reads it."""
    document = [other for other in passages if other.document == passage.document]
    return {"document": passage.document, "anchor": anchor(passage, document), "passage": passage.text}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", type=Path)
    cli.add_argument("part", choices=SEEDS)
    args = cli.parse_args()
    passages = all_passages(args.shared)
    for passage, sentence in drawn(free(passages, args.shared, args.part), PER_SOURCE, SEEDS[args.part]):
        line = {**described(passage, passages), "half": args.part, "sentence": sentence}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
