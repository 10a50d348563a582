"""Passages that statements are drawn from: piaf/test, the shipped guide, and the public French PDFs.

None of the public text is kept in the project but a few words that name a passage (`anchors`); the text is read again.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import CorpusSettings, UnreadablePdf, read_in_process, split_sentences

GUIDE = Path(__file__).resolve().parents[2] / "corpus" / "guide"


@dataclass(frozen=True)
class SourcePassage:
    """A passage and the offsets of its sentences. `home` is its section.

    `ref` is « source:document:number », of this reading only: another reader cuts and numbers otherwise.
    """

    ref: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    home: str

    @property
    def document(self) -> str:
        """« source:document »."""
        return self.ref.rsplit(":", 1)[0]

    @property
    def texts(self) -> list[str]:
        """The sentences' texts."""
        return [self.text[start:end] for start, end in self.sentences]


def all_passages(shared: Path) -> list[SourcePassage]:
    """Passages of the three sources, in a fixed order. `shared` is the folder that holds data/ and pdfs/."""
    french = sorted((shared / "pdfs" / "french").glob("*.pdf"))
    guide = sorted(GUIDE.glob("*.pdf"))
    return [*_piaf(shared / "data" / "piaf" / "test.json"), *_pdfs("guide", guide), *_pdfs("french", french)]


def _piaf(path: Path) -> Iterator[SourcePassage]:
    for article, entry in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        for number, paragraph in enumerate(entry["paragraphs"]):
            text = paragraph["context"]
            yield SourcePassage(f"piaf:{article}:{number}", text, tuple(split_sentences(text)), f"piaf:{article}")


def _pdfs(source: str, paths: Sequence[Path]) -> Iterator[SourcePassage]:
    for path in paths:
        try:
            passages = read_in_process(path, CorpusSettings()).passages
        except UnreadablePdf:
            continue
        for number, passage in enumerate(passages):
            home = f"{source}:{path.stem}:{' > '.join(passage.section)}"
            yield SourcePassage(f"{source}:{path.stem}:{number}", passage.text, passage.sentences, home)
