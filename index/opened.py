"""An open index version: its files, mapped and not read."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.asked_vectors import AskedVectors
from index.dense import DenseIndex
from index.embedder import ModelStamp, Vectors
from index.errors import IndexDamaged, IndexMismatch
from index.facets import Facets
from index.groups import gathered, greatest
from index.lexical import LexicalIndex
from index.manifest import REBUILD, IndexedPublication, Manifest, read_manifest
from index.passage_store import PassageStore
from index.products import half_products
from index.token_head import TokenVectors
from index.traits import sampled
from index.version import check_files, current_version, version_folder
from index.watch import Watch

Rows = npt.NDArray[np.int64]
LEXICAL = "lexical"
SENTENCES, SENTENCE_OFFSETS = "sentences.npy", "sentences.offsets.npy"
TOKENS, TOKEN_OFFSETS = "tokens.npy", "tokens.offsets.npy"


class IndexVersion:
    """The files of one version, opened together. Readers keep it for as long as they need it."""

    def __init__(self, root: Path, name: str | None = None) -> None:
        """Open the published version, or another by name. Raises IndexUnavailable, -Damaged or -Mismatch."""
        folder = version_folder(root, name or current_version(root))
        self.manifest: Manifest = read_manifest(folder)
        self.watch = Watch(folder, self.manifest)
        check_files(folder, self.manifest)
        try:
            self.passages = PassageStore(folder)
            self.dense = DenseIndex.open(folder, len(self.passages))
            self.lexical = LexicalIndex.load(folder / LEXICAL, len(self.passages))
            self.facets = Facets(folder, self.manifest.publications, self.manifest.guide)
            self.asked = AskedVectors.open(folder)
            self._sentences, self._sentence_offsets = _mapped(folder, SENTENCES), _mapped(folder, SENTENCE_OFFSETS)
            self._tokens, self._token_offsets = _mapped(folder, TOKENS), _mapped(folder, TOKEN_OFFSETS)
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            raise IndexDamaged(f"La version {folder} est endommagée : {error}.", REBUILD) from error
        self._publications = {p.id: p for p in self.manifest.publications}

    def check_model(self, stamp: ModelStamp) -> None:
        """Raises IndexMismatch, naming both, where the version was made by another model."""
        made = self.manifest.model
        if made != stamp:
            raise IndexMismatch(
                f"L’index {self.manifest.name} a été construit avec « {made.name} » (révision {made.revision}), "
                f"et le modèle chargé est « {stamp.name} » (révision {stamp.revision}).",
                "Relancez « vigie index build », ou choisissez le modèle de l’index avec VIGIE_INDEX__MODEL.",
            )

    def publication(self, publication_id: str) -> IndexedPublication:
        """What the version knows of one of its publications."""
        return self._publications[publication_id]

    @cached_property
    def asked_publications(self) -> frozenset[str]:
        """The publications whose members' words are known."""
        ends = np.cumsum([p.passages for p in self.manifest.publications])  # rows follow the publications' order
        owners = np.unique(np.searchsorted(ends, self.asked.rows, side="right"))
        return frozenset(self.manifest.publications[owner].id for owner in owners.tolist())

    @cached_property
    def _sample(self) -> Vectors:
        return self.dense.vectors(sampled(len(self.passages)))

    def typical(self, vector: Vectors) -> float:
        """Median cosine of the corpus, or of a sample of it, to a unit vector."""
        cosines = np.sort(np.vecdot(self._sample, vector))  # np.median takes four times as long
        middle = len(cosines) // 2
        return float(cosines[~middle] + cosines[middle]) / 2 if len(cosines) else 0.0

    def sentence_vectors(self, row: int) -> Vectors:
        """Unit vectors of a passage's sentences, shape (sentences, dimension)."""
        start, end = self._sentence_offsets[row], self._sentence_offsets[row + 1]
        return np.asarray(self._sentences[start:end], dtype=np.float32)

    def best_sentences(self, vector: Vectors, rows: Rows) -> Vectors:
        """By passage, the best cosine of its sentences to a unit vector; shape (len(rows),)."""
        vectors, lengths = _slices(self._sentences, self._sentence_offsets, rows)
        return greatest(half_products(vector, vectors), lengths)

    def tokens(self, rows: Rows) -> tuple[TokenVectors, Rows]:
        """Passages' token vectors end to end, and how many each has."""
        return _slices(self._tokens, self._token_offsets, rows)


def _mapped(folder: Path, name: str) -> npt.NDArray[Any]:
    # A plain array over the map: slices of a memmap cost ten times as much.
    mapped: npt.NDArray[Any] = np.load(folder / name, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return mapped


def _slices(values: npt.NDArray[Any], offsets: Rows, rows: Rows) -> tuple[npt.NDArray[Any], Rows]:
    firsts, lasts = offsets[rows], offsets[rows + 1]
    return gathered(values, firsts, lasts), lasts - firsts
