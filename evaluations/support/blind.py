"""The blind half of the support set: passages that no other pair uses, for one report of a checker already chosen.

`python -m evaluations.support.blind SHARED > drawn.jsonl` prints what a helper rewords into `blind-reworded.jsonl`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evaluations.support.anchors import anchor
from evaluations.support.draw import drawn
from evaluations.support.pairs import Pair, all_pairs, kept, made_pairs
from evaluations.support.sources import SourcePassage, all_passages

SEED = 20261127
PER_SOURCE = {"guide": 60, "piaf": 60, "french": 40}


def blind_pairs(shared: Path) -> list[Pair]:
    """Every pair of the blind half. `shared` is the folder that holds data/ and pdfs/. Raises LostAnchor."""
    passages = all_passages(shared)
    made = [replace(pair, half="blind") for pair in made_pairs(free(passages, all_pairs(shared)), SEED)]
    return made + [pair for name in ("blind-reworded", "blind-drafted") for pair in kept(name, passages)]


def free(passages: Sequence[SourcePassage], pairs: Sequence[Pair]) -> list[SourcePassage]:
    """The passages that none of the pairs is about."""
    used = {pair.passage.ref for pair in pairs}
    return [passage for passage in passages if passage.ref not in used]


def described(passage: SourcePassage, passages: Sequence[SourcePassage]) -> dict[str, str]:
    """A passage as a line of the set names it, and its text for whoever reads it."""
    document = [other for other in passages if other.document == passage.document]
    return {"document": passage.document, "anchor": anchor(passage, document), "passage": passage.text}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", type=Path)
    shared = cli.parse_args().shared
    passages = all_passages(shared)
    for passage, sentence in drawn(free(passages, all_pairs(shared)), PER_SOURCE, SEED):
        line = {**described(passage, passages), "half": "blind", "sentence": sentence}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
