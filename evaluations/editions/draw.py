"""Lines of a comparison of two versions, drawn by a seed, to be checked by eye on the pages themselves.

    python -m evaluations.editions.draw INDEX BEFORE AFTER > lines.jsonl

prints a line for each sentence drawn: what is said of it (added, removed, reworded, moved), and where.
"""

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus import Passage
from index import IndexVersion, PassageChange, compare_versions

SEED, LINES = 20_268, 30  # 20_264 to 20_267 drew the samples on which the comparison was mended
KINDS = ("added", "removed", "reworded", "moved")


def lines_of(change: PassageChange) -> Iterator[tuple[str, dict[str, str]]]:
    """The kind of each line, and the sentences that it tells."""
    yield from (("added", {"after": text}) for text in change.added)
    yield from (("removed", {"before": text}) for text in change.removed)
    yield from (("reworded", {"before": old, "after": new}) for old, new in change.reworded)
    if change.kind == "moved" and change.before:
        yield "moved", {"before": change.before.text, "after": change.passage.text}


def draw(changes: list[PassageChange], count: int = LINES, seed: int = SEED) -> list[dict[str, Any]]:
    """As many lines of each kind as there are, in turn, in an order drawn by the seed."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        for kind, said in lines_of(change):
            places = {"from": _place(change.before), "to": _place(change.after)}
            found[kind].append({"kind": kind, **said, **places})
    drawn = random.Random(seed)
    for kind in KINDS:
        drawn.shuffle(found[kind])
    chosen: list[dict[str, Any]] = []
    while len(chosen) < count and any(found.values()):
        chosen += [found[kind].pop() for kind in KINDS if found[kind]]
    return [{"n": number, **line} for number, line in enumerate(chosen[:count], 1)]


def _place(passage: Passage | None) -> str:
    return (
        f"{passage.publication}, page {passage.pages[0]} (printed {passage.label(passage.pages[0])})" if passage else ""
    )


def main() -> None:
    root, before, after = sys.argv[1:4]
    found = compare_versions(IndexVersion(Path(root), before), IndexVersion(Path(root), after))
    changes = [change for work in found.works for change in work.changes]
    sys.stdout.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in draw(changes))


if __name__ == "__main__":
    main()
