"""An open index version, and search in it: dense and lexical scores fused by a convex combination."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from corpus import Passage
from index.build import DENSE, LEXICAL, SENTENCE_OFFSETS, SENTENCES
from index.embedder import Embedder, Vectors, query_string
from index.errors import IndexDamaged, IndexMismatch
from index.fusion import FusionWeights, fused
from index.lexical import LexicalIndex
from index.passage_store import PassageStore
from index.version import (
    VERSIONS,
    IndexedPublication,
    Manifest,
    check_files,
    current_version,
    read_manifest,
)


@dataclass(frozen=True)
class ScoredPassage:
    """A passage found for a question. `score` and `lexical_score` lie in [0, 1], `dense_score` is a cosine."""

    passage: Passage
    row: int
    score: float
    dense_score: float
    lexical_score: float


@dataclass(frozen=True)
class SearchResult:
    """Passages, best first, the question's vector (dimension,), and milliseconds by step."""

    results: tuple[ScoredPassage, ...]
    vector: Vectors
    timings_ms: dict[str, float]


class IndexVersion:
    """The files of one version, opened together. Readers keep it for as long as they need it."""

    def __init__(self, root: Path, name: str | None = None) -> None:
        """Open the published version, or another by name. Raises IndexUnavailable, -Damaged or -Mismatch."""
        folder = root / VERSIONS / (name or current_version(root))
        self.manifest: Manifest = read_manifest(folder)
        check_files(folder, self.manifest)
        try:
            self.passages = PassageStore(folder)
            self.dense = faiss.read_index(str(folder / DENSE), faiss.IO_FLAG_MMAP)
            self.lexical = LexicalIndex.load(folder / LEXICAL, len(self.passages))
            self._sentences = np.load(folder / SENTENCES, mmap_mode="r", allow_pickle=False)
            self._sentence_offsets = np.load(folder / SENTENCE_OFFSETS, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexDamaged(
                f"La version {folder} est endommagée : {error}.", "Relancez « vigie index build »."
            ) from error
        self._publications = {p.id: p for p in self.manifest.publications}

    def publication(self, publication_id: str) -> IndexedPublication:
        """What the version knows of one of its publications."""
        return self._publications[publication_id]

    def sentence_vectors(self, row: int) -> Vectors:
        """Unit vectors of a passage's sentences, shape (sentences, dimension)."""
        start, end = self._sentence_offsets[row], self._sentence_offsets[row + 1]
        return np.asarray(self._sentences[start:end], dtype=np.float32)


class Searcher:
    """Retrieval on one version with one model. Raises IndexMismatch when they do not belong together."""

    def __init__(self, version: IndexVersion, embedder: Embedder, candidates: int = 200) -> None:
        stamp = version.manifest.model
        if stamp != embedder.stamp:
            raise IndexMismatch(
                f"L’index {version.manifest.name} a été construit avec « {stamp.name} » (révision {stamp.revision}), "
                f"et le modèle chargé est « {embedder.stamp.name} » (révision {embedder.stamp.revision}).",
                "Relancez « vigie index build », ou choisissez le modèle de l’index avec VIGIE_INDEX__MODEL.",
            )
        self.version = version
        self.embedder = embedder
        self._candidates = candidates
        self._weights = FusionWeights.of(stamp.name)

    def search(self, question: str, k: int) -> SearchResult:
        """The k best passages. The question is the only text encoded."""
        timings: dict[str, float] = {}
        begin = time.perf_counter()
        with _timed(timings, "encode"):
            vector = self.embedder.encode([query_string(self.embedder.stamp, question)])[0]
        size = len(self.version.passages)
        wanted = min(size, max(k, self._candidates))
        with _timed(timings, "dense"):
            cosines, near = self.version.dense.search(vector[None, :], wanted)
        with _timed(timings, "lexical"):
            lexical = self.version.lexical.scores(question)
            best = np.argpartition(-lexical, wanted - 1)[:wanted]
        with _timed(timings, "fuse"):
            dense = dict(zip(near[0].tolist(), cosines[0].tolist(), strict=True))
            for row in best.tolist():
                if row not in dense and lexical[row] > 0:
                    dense[row] = float(self.version.dense.reconstruct(row) @ vector)
            rows = np.array(list(dense), dtype=np.int64)
            similarity = np.array(list(dense.values()), dtype=np.float32)
            scores = fused(similarity, lexical[rows], self._weights)
            order = np.lexsort((rows, -scores))[:k]
            results = tuple(
                ScoredPassage(
                    self.version.passages[int(rows[i])], int(rows[i]), float(scores[i]),
                    float(similarity[i]), float(lexical[rows[i]]),
                )
                for i in order
            )  # fmt: skip
        timings["total"] = (time.perf_counter() - begin) * 1000
        return SearchResult(results, vector, timings)


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    timings[step] = (time.perf_counter() - begin) * 1000
