"""Whether line-end hyphens are kept or joined as a reader judged them, on two drawn samples of six documents.

The rules were mended on the first sample; the second was judged after, and is blind.

python -m evaluations.reading.hyphens ../shared/pdfs/french
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from corpus import Block, CorpusSettings, origin_of, read_blocks

_HERE = Path(__file__).resolve().parent
SAMPLES = {name: _HERE / f"{name}.jsonl" for name in ("hyphens", "hyphens-blind")}


@dataclass(frozen=True)
class Judged:
    """A line-end hyphen: raw character `index` of a page (from 1) of a file, and whether a reader keeps it."""

    file: str
    page: int
    index: int
    verdict: str


@dataclass(frozen=True)
class Outcome:
    """What Vigie made of it: keep, join, or lost where the word was not read in one piece."""

    judged: Judged
    made: str
    context: str

    @property
    def right(self) -> bool:
        return self.made == self.judged.verdict


def load_judged(sample: Path) -> list[Judged]:
    """A sample, in order."""
    return [Judged(**json.loads(line)) for line in sample.read_text("utf-8").splitlines()]


def outcomes(folder: Path, sample: Path) -> list[Outcome]:
    """What the reader does with each hyphen of a sample."""
    by_file: dict[str, list[Judged]] = defaultdict(list)
    for judged in load_judged(sample):
        by_file[judged.file].append(judged)
    return [found for file, judged in by_file.items() for found in _of_file(folder / f"{file}.pdf", judged)]


def _of_file(path: Path, sample: list[Judged]) -> list[Outcome]:
    place: dict[int, tuple[int, int]] = {}
    blocks = read_blocks(path, CorpusSettings())
    for number, block in enumerate(blocks):
        for position, origin in enumerate(block.origins):
            place.setdefault(origin, (number, position))
    return [_outcome(judged, blocks, place) for judged in sample]


def _outcome(judged: Judged, blocks: Sequence[Block], place: Mapping[int, tuple[int, int]]) -> Outcome:
    """The letters before and after the hyphen must be neighbours, or have only the hyphen between them."""
    before = next((place[o] for k in (1, 2) if (o := origin_of(judged.page, judged.index - k)) in place), None)
    if before is None:
        return Outcome(judged, "lost", "")
    number, position = before
    text = blocks[number].text[max(0, position - 12) : position + 14]
    following = blocks[number].text[position + 1 : position + 3]
    kept = following[:1] in ("-", "\u2011") and following[1:2].isalpha()
    return Outcome(judged, "keep" if kept else "join" if following[:1].isalpha() else "lost", text)


def main() -> None:
    console = Console()
    for name, sample in SAMPLES.items():
        found = outcomes(Path(sys.argv[1]), sample)
        for o in found:
            if not o.right:
                console.print(f"{o.judged.file} p. {o.judged.page}: {o.judged.verdict}, made {o.made}: {o.context}")
        console.print(f"{name}: {sum(o.right for o in found)} of {len(found)} right")


if __name__ == "__main__":
    main()
