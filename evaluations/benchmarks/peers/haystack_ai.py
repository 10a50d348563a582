"""Haystack: its pypdf converter, cleaner and word splitter, its in-memory store, embeddings joined with BM25.

Choices and where they are recommended:
- converter, cleaner, splitter by 150 words overlapping by 50, embedder, writer: the tutorial for PDFs, "Preprocessing
  Different File Types", https://haystack.deepset.ai/tutorials/30_file_type_preprocessing_index_pipeline (the 512 words
  of the next tutorial would be cut by an encoder that reads 512 tokens, as it warns itself);
- BM25 and embedding retrievers joined: "Creating a Hybrid Retrieval Pipeline",
  https://haystack.deepset.ai/tutorials/33_hybrid_retrieval, without its cross-encoder, whose weights no machine without
  a hub has; hence joined by reciprocal rank fusion, as "DocumentJoiner" says for hybrid retrieval without a ranker,
  https://docs.haystack.deepset.ai/docs/documentjoiner
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haystack import Pipeline
from haystack.components.converters import PyPDFToDocument
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

if TYPE_CHECKING:
    from evaluations.benchmarks.peers.common import Found, Settings, Skipped, main, watch_encoder
else:
    from common import Found, Settings, Skipped, main, watch_encoder


def chain(**components: Any) -> Any:
    """A pipeline in which each component feeds the next."""
    pipeline = Pipeline()
    for name, component in components.items():
        pipeline.add_component(name, component)
    for before, after in zip(components, list(components)[1:], strict=False):
        pipeline.connect(before, after)
    return pipeline


class Haystack:
    """The store, in memory, saved as its own JSON."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.meter, self.skipped = settings, watch_encoder(), Skipped()
        model = {"model": str(settings.model), "device": ComponentDevice.from_str("cpu"), "progress_bar": False}
        self.passages = SentenceTransformersDocumentEmbedder(prefix=settings.passage_prompt, **model)
        self.questions = SentenceTransformersTextEmbedder(prefix=settings.query_prompt, **model)
        self.converter, self.file = PyPDFToDocument(), str(settings.work / "store.json")
        self.passages.warm_up()
        self.questions.warm_up()

    def index(self, pdfs: Sequence[Path]) -> int:
        store = InMemoryDocumentStore()
        steps = chain(
            cleaner=DocumentCleaner(),
            splitter=DocumentSplitter(split_by="word", split_length=150, split_overlap=50),
            embedder=self.passages,
            writer=DocumentWriter(store, policy=DuplicatePolicy.OVERWRITE),
        )
        documents = [document for _, found in self.skipped.reading(pdfs, self._read) for document in found]
        steps.run({"cleaner": {"documents": documents}})
        store.save_to_disk(self.file)
        return int(store.count_documents())

    def open(self) -> None:
        store = InMemoryDocumentStore.load_from_disk(self.file)
        self.pipeline = chain(embedder=self.questions, dense=InMemoryEmbeddingRetriever(store))
        self.pipeline.add_component("lexical", InMemoryBM25Retriever(store))
        self.pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self.pipeline.connect("lexical", "joiner")
        self.pipeline.connect("dense", "joiner")

    def search(self, question: str, k: int) -> list[Found]:
        asked = {"embedder": {"text": question}, "dense": {"top_k": k}, "lexical": {"query": question, "top_k": k}}
        found = self.pipeline.run(asked | {"joiner": {"top_k": k}})["joiner"]["documents"]
        return [_found(document) for document in found]

    def close(self) -> None:
        """Nothing is held."""

    def _read(self, pdf: Path) -> list[Any]:
        """The file as one document, pages apart by form feeds; an empty list where it has no text."""
        documents = self.converter.run(sources=[pdf])["documents"]
        return [document for document in documents if (document.content or "").strip()]


def _found(document: Any) -> Found:
    """Form feeds in a passage tell how many more pages it reaches."""
    page, text = document.meta["page_number"], document.content
    return Found(document.meta["file_path"], page, text, float(document.score), page + text.rstrip("\f").count("\f"))


if __name__ == "__main__":
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    main("Haystack", "haystack-ai", Haystack)
