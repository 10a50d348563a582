"""Whether line-end hyphens are kept or joined as a reader judged them, on the drawn sample of two documents.

python -m evaluations.reading.hyphens ../shared/pdfs/french
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from corpus import CorpusSettings, origin_of, read_blocks

JUDGED = Path(__file__).resolve().parent / "hyphens.jsonl"


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


def load_judged() -> list[Judged]:
    """The sample, in order."""
    return [Judged(**json.loads(line)) for line in JUDGED.read_text("utf-8").splitlines()]


def outcomes(folder: Path) -> list[Outcome]:
    """What the reader does with each hyphen of the sample."""
    by_file: dict[str, list[Judged]] = defaultdict(list)
    for judged in load_judged():
        by_file[judged.file].append(judged)
    return [found for file, sample in by_file.items() for found in _of_file(folder / f"{file}.pdf", sample)]


def _of_file(path: Path, sample: list[Judged]) -> list[Outcome]:
    place = {}
    blocks = read_blocks(path, CorpusSettings())
    for number, block in enumerate(blocks):
        for position, origin in enumerate(block.origins):
            place.setdefault(origin, (number, position))
    return [_outcome(judged, blocks, place) for judged in sample]


def _outcome(judged: Judged, blocks: list, place: dict) -> Outcome:
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
    found = outcomes(Path(sys.argv[1]))
    console = Console()
    for outcome in found:
        if not outcome.right:
            console.print(
                f"{outcome.judged.file} p. {outcome.judged.page}: {outcome.judged.verdict}, made {outcome.made}"
            )
    console.print(f"{sum(o.right for o in found)} of {len(found)} right")


if __name__ == "__main__":
    main()
