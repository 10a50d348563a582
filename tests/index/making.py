"""Small corpora, an embedder that remembers what it was asked, and damage."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus import Catalogue, CorpusSettings, Passage, Span, folder_catalogue
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
_TABLES = [f"{table}{part}" for table in ("terms", "words", "written") for part in ("", ".checksums", ".offsets")]
_POSTINGS = ["frequency", "idf", "rows", "saturations", "signatures", "starts", "word_terms"]
_LEXICAL = [*_POSTINGS, "sentence_starts", "sentences", "sentences.offsets", *_TABLES]
FILES = (  # sorted
    "dense.faiss",
    "dense.json",
    "facets.npy",
    *sorted(f"lexical/{name}.npy" for name in _LEXICAL),
    "passages.jsonl",
    "passages.offsets.npy",
    "sentences.npy",
    "sentences.offsets.npy",
    "tokens.npy",
    "tokens.offsets.npy",
)


STAMP_SETTINGS = HashEmbedder().stamp, CorpusSettings()


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


def passage(text: str, publication: str = "recueil", section: tuple[str, ...] = ("Salons",), page: int = 1) -> Passage:
    """A passage whose lines are its sentences."""
    starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]
    sentences = tuple((start, start + len(line)) for start, line in zip(starts, text.split("\n"), strict=True))
    spans = (Span(0, page, 0, len(text)),)
    return Passage(text, section, sentences, spans, f"{publication}: {text}", publication, (str(page),))


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


def build(folder: Path, root: Path, embedder: HashEmbedder | None = None, **options: Any) -> BuildReport:
    """Index a folder of PDFs."""
    return build_catalogue(folder_catalogue(folder), root, embedder, **options)


def build_catalogue(
    catalogue: Catalogue, root: Path, embedder: HashEmbedder | None = None, **options: Any
) -> BuildReport:
    return build_index(catalogue, root, embedder or HashEmbedder(), CorpusSettings(), **options)


def version_folder(root: Path) -> Path:
    return root / VERSIONS / current_version(root)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Shelf(NamedTuple):
    """An index of three versions: the first published, the two others staged, of different corpora."""

    root: Path
    first: str
    second: str
    third: str


def flip(path: Path, position: int) -> None:
    """Change one bit of a file, where it lies."""
    with path.open("r+b") as file:
        file.seek(position)
        (byte,) = file.read(1)
        file.seek(position)
        file.write(bytes([byte ^ 0x01]))


def sampled(size: int, most: int = 12) -> list[int]:
    """First, last and other positions, the same at every run."""
    return sorted({0, size - 1, *random.Random(2026).sample(range(size), min(size, most))})
