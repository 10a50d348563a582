"""The floor: pypdf's text, windows of 200 words, the encoder, an exact inner-product search. Nothing lexical."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

if TYPE_CHECKING:
    from evaluations.benchmarks.peers.common import Found, Settings, Skipped, main, watch_encoder
else:
    from common import Found, Settings, Skipped, main, watch_encoder

WINDOW = 200  # words, without overlap; one may begin on a page and end on the next


def windows(pdf: Path) -> list[tuple[int, int, str]]:
    """The pages where each window begins and ends, and its text."""
    words = [
        (number, word)
        for number, page in enumerate(PdfReader(pdf).pages, start=1)
        for word in page.extract_text().split()
    ]
    pieces = (words[i : i + WINDOW] for i in range(0, len(words), WINDOW))
    return [(piece[0][0], piece[-1][0], " ".join(word for _, word in piece)) for piece in pieces]


class Floor:
    """Passages in a JSON file, their vectors in a FAISS file, rows aligned."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.meter, self.skipped = settings, watch_encoder(), Skipped()
        self.model = SentenceTransformer(str(settings.model), device="cpu")
        self.passages: list[dict[str, Any]] = []
        self.store: Any = None

    def index(self, pdfs: Sequence[Path]) -> int:
        for pdf, pieces in self.skipped.reading(pdfs, windows):
            for page, end, text in pieces:
                self.passages.append({"file": pdf.name, "page": page, "page_end": end, "text": text})
        texts = [passage["text"] for passage in self.passages]
        vectors = self.model.encode(texts, prompt=self.settings.passage_prompt, normalize_embeddings=True)
        self.store = faiss.IndexFlatIP(vectors.shape[1])
        self.store.add(vectors)
        faiss.write_index(self.store, str(self.settings.work / "vectors.faiss"))
        (self.settings.work / "passages.json").write_text(json.dumps(self.passages), "utf-8")
        return len(self.passages)

    def open(self) -> None:
        self.store = faiss.read_index(str(self.settings.work / "vectors.faiss"))
        self.passages = json.loads((self.settings.work / "passages.json").read_text("utf-8"))

    def search(self, question: str, k: int) -> list[Found]:
        vector = self.model.encode([question], prompt=self.settings.query_prompt, normalize_embeddings=True)
        scores, rows = self.store.search(vector, min(k, len(self.passages)))
        return [Found(**self.passages[row], score=float(score)) for score, row in zip(scores[0], rows[0], strict=True)]

    def close(self) -> None:
        """Nothing is held."""


if __name__ == "__main__":
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    main("floor", "faiss-cpu", Floor)
