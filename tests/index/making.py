"""Small corpora, and an embedder that remembers what it was asked."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus import Catalogue, CorpusSettings, folder_catalogue
from index import VERSIONS, BuildReport, build_index, current_version
from tests.support import HashEmbedder, write_pdf

VISITORS = (
    "Avant chaque visite, le pôle prévient ses adhérents et prépare un parcours.",
    "Les visiteurs portent un badge et ne restent jamais seuls dans les laboratoires.",
)
PATENTS = (
    "La veille sur les brevets repère les déposants nouveaux d’une filière.",
    "Une synthèse mensuelle présente les brevets utiles aux adhérents.",
)
TRAVEL = (
    "En déplacement, un ordinateur de prêt ne contient que les fichiers nécessaires.",
    "Les échanges confidentiels passent par une messagerie chiffrée.",
)
FILES = (
    "dense.faiss",
    "lexical/idf.npy",
    "lexical/rows.npy",
    "lexical/starts.npy",
    "lexical/vocabulary.json",
    "lexical/weights.npy",
    "passages.jsonl",
    "passages.offsets.npy",
    "sentences.npy",
    "sentences.offsets.npy",
)


def chapter(title: str, sentences: Sequence[str]) -> list[tuple[float, float, float, str]]:
    """A page with a large title, and a paragraph for each sentence."""
    return [(60, 760, 18, title), *((60, 700 - 40 * row, 11, text) for row, text in enumerate(sentences))]


def guide_pdf(path: Path) -> Path:
    """Three chapters of one page: visitors, patents, travel."""
    path.parent.mkdir(parents=True, exist_ok=True)
    chapters = (("Accueil des visiteurs", VISITORS), ("Veille sur les brevets", PATENTS), ("Déplacements", TRAVEL))
    return write_pdf(path, [chapter(title, sentences) for title, sentences in chapters])


def note_pdf(path: Path, text: str) -> Path:
    """One page with one paragraph."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_pdf(path, [text])


class SpyEmbedder(HashEmbedder):
    """Remembers every string it encoded, call by call."""

    def __init__(self, dimension: int = 64, name: str = "multilingual-e5-small") -> None:
        super().__init__(dimension, name)
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.calls.append(list(texts))
        return super().encode(texts)

    @property
    def strings(self) -> list[str]:
        return [text for call in self.calls for text in call]


class BrokenEmbedder(HashEmbedder):
    """Out of memory, the disk full: it fails on the first string."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        raise RuntimeError("no memory left")


def build(folder: Path, root: Path, embedder: HashEmbedder | None = None) -> BuildReport:
    """Index a folder of PDFs."""
    return build_catalogue(folder_catalogue(folder), root, embedder)


def build_catalogue(catalogue: Catalogue, root: Path, embedder: HashEmbedder | None = None) -> BuildReport:
    return build_index(catalogue, root, embedder or HashEmbedder(), CorpusSettings())


def version_folder(root: Path) -> Path:
    return root / VERSIONS / current_version(root)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
