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

SEED, LINES = 20_269, 30  # 20_264 to 20_268 drew the samples on which the comparison was mended
KINDS = ("added", "removed", "reworded", "moved")


def lines_of(change: PassageChange) -> Iterator[dict[str, str]]:
    """Each line: its kind, the sentences that it tells, and where they stand."""
    to = {"to": _place(change.after)}
    for text in change.added:
        yield {"kind": "added", "after": text, "from": "", **to}
    for text, origin in zip(change.removed, change.removed_from, strict=True):
        yield {"kind": "removed", "before": text, "from": _place(origin), **to}
    for (old, new), origin in zip(change.reworded, change.reworded_from, strict=True):
        yield {"kind": "reworded", "before": old, "after": new, "from": _place(origin), **to}
    if change.kind == "moved" and change.before:
        said = {"before": change.before.text, "after": change.passage.text}
        yield {"kind": "moved", **said, "from": _place(change.before), **to}


def draw(changes: list[PassageChange], count: int = LINES, seed: int = SEED) -> list[dict[str, Any]]:
    """As many lines of each kind as there are, in turn, in an order drawn by the seed."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for change in changes:
        for line in lines_of(change):
            found[line["kind"]].append(line)
    drawn = random.Random(seed)
    for kind in KINDS:
        drawn.shuffle(found[kind])
    chosen: list[dict[str, str]] = []
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
