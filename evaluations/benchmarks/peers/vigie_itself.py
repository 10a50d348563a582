"""Vigie, as `vigie index build` and `vigie search` work, behind the same command line as its peers."""

import time
from collections.abc import Sequence
from pathlib import Path

from corpus import CorpusSettings, folder_catalogue
from evaluations.benchmarks.peers.common import Found, Meter, Settings, Skipped, disk_mb, main
from index import (
    VERSIONS,
    Embedded,
    IndexVersion,
    QuestionTokens,
    Searcher,
    SentenceEmbedder,
    Vectors,
    build_index,
    load_embedder,
    load_glossary,
    models_home,
)


class CountingEmbedder:
    """Seconds and tokens of passages in `meter`, of sentences apart."""

    def __init__(self, embedder: SentenceEmbedder, meter: Meter) -> None:
        self._embedder, self._meter = embedder, meter
        self.stamp = embedder.stamp
        meter.apart = {"sentence_seconds": 0.0, "sentence_tokens": 0}

    def encode(self, texts: Sequence[str]) -> Vectors:
        begin = time.perf_counter()
        vectors = self._embedder.encode(texts)
        self._meter.apart["sentence_seconds"] += time.perf_counter() - begin
        self._meter.apart["sentence_tokens"] += self._embedder.count_tokens(texts)
        return vectors

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        begin = time.perf_counter()
        found = self._embedder.encode_passages(texts)
        self._meter.seconds += time.perf_counter() - begin
        self._meter.tokens += self._embedder.count_tokens(texts)
        return found

    def encode_question(self, text: str) -> tuple[Vectors, QuestionTokens | None]:
        return self._embedder.encode_question(text)


class Vigie:
    """The prompts given are those of the model's own description, which is used instead."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.meter, self.skipped = settings, Meter(), Skipped()
        self.model = load_embedder(settings.model.name, models_home())
        self.embedder = CountingEmbedder(self.model, self.meter)
        self.root = settings.work / "index"
        self.searcher: Searcher | None = None

    def index(self, pdfs: Sequence[Path]) -> int:
        report = build_index(folder_catalogue(pdfs[0].parent), self.root, self.embedder, CorpusSettings())
        self.skipped.reasons |= {refused.path.name: refused.message for refused in report.refused}
        self.meter.apart["version_mb"] = disk_mb(self.root / VERSIONS)
        return report.manifest.passages

    def open(self) -> None:
        self.searcher = Searcher(IndexVersion(self.root), self.model, glossary=load_glossary())

    def search(self, question: str, k: int) -> list[Found]:
        if self.searcher is None:
            raise RuntimeError("open first")
        version, found = self.searcher.version, []
        for scored in self.searcher.search(question, k).results[:k]:
            first, last = scored.passage.pages
            name = Path(version.publication(scored.passage.publication).path).name
            found.append(Found(name, first, scored.passage.text, scored.score, last))
        return found

    def close(self) -> None:
        """Nothing is held."""


if __name__ == "__main__":
    main("vigie", "vigie", Vigie)
