"""LlamaIndex: its PDF reader, its sentence splitter, its default vector store, fused with its BM25 retriever.

Choices and where they are recommended:
- chunks of 512 tokens overlapping by 50, and local BM25 beside the vectors: "Basic Strategies", Chunk Sizes and Hybrid
  Search, https://developers.llamaindex.ai/python/framework/optimizing/basic_strategies/basic_strategies/ (the default
  of 1024 tokens would be cut by an encoder that reads 512);
- the fusion (reciprocal rank, same k for all, asynchronous): "Reciprocal Rerank Fusion Retriever",
  https://developers.llamaindex.ai/python/framework/integrations/retrievers/reciprocal_rerank_fusion/
  with num_queries=1, its documented way to do without a generator of more queries;
- the stemmer and stop words of the corpus's language: "BM25 Retriever",
  https://developers.llamaindex.ai/python/framework/integrations/retrievers/bm25_retriever/
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import Stemmer
from llama_index.core import Settings as Defaults
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

if TYPE_CHECKING:
    from evaluations.benchmarks.peers.common import Found, Settings, Skipped, main, watch_encoder
else:
    from common import Found, Settings, Skipped, main, watch_encoder

PAGE = "physical_page"  # kept out of what is embedded: the reader only gives the printed label


def pages(pdf: Path) -> list[Any]:
    """One document for each page; an empty list where no page has text."""
    documents = SimpleDirectoryReader(input_files=[pdf], raise_on_error=True).load_data()
    for number, document in enumerate(documents, start=1):
        document.metadata[PAGE] = number
        document.excluded_embed_metadata_keys.append(PAGE)
        document.excluded_llm_metadata_keys.append(PAGE)
    return documents if any(document.text.strip() for document in documents) else []


class LlamaIndex:
    """The index in LlamaIndex's own files; BM25 is built again from its nodes when it is opened."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.meter, self.skipped = settings, watch_encoder(), Skipped()
        Defaults.embed_model = HuggingFaceEmbedding(
            model_name=str(settings.model),
            query_instruction=settings.query_prompt,
            text_instruction=settings.passage_prompt,
            device="cpu",
        )
        Defaults.llm = MockLLM()  # never asked: num_queries=1
        Defaults.chunk_size, Defaults.chunk_overlap = 512, 50
        self.fused: dict[int, Any] = {}

    def index(self, pdfs: Sequence[Path]) -> int:
        documents = [page for _, found in self.skipped.reading(pdfs, pages) for page in found]
        self.store = VectorStoreIndex.from_documents(documents)
        self._retriever(1)
        self.store.storage_context.persist(str(self.settings.work))
        return len(self.store.docstore.docs)

    def open(self) -> None:
        self.store = load_index_from_storage(StorageContext.from_defaults(persist_dir=str(self.settings.work)))

    def search(self, question: str, k: int) -> list[Found]:
        found = self._retriever(k).retrieve(question)
        return [
            Found(n.metadata["file_name"], n.metadata[PAGE], n.node.get_content(), float(n.score)) for n in found[:k]
        ]

    def close(self) -> None:
        """Nothing is held."""

    def _retriever(self, k: int) -> Any:
        if k not in self.fused:
            lexical = BM25Retriever.from_defaults(
                docstore=self.store.docstore, similarity_top_k=k, stemmer=Stemmer.Stemmer("french"), language="french"
            )
            both = [self.store.as_retriever(similarity_top_k=k), lexical]
            self.fused[k] = QueryFusionRetriever(
                both, similarity_top_k=k, num_queries=1, mode="reciprocal_rerank", use_async=True
            )
        return self.fused[k]


if __name__ == "__main__":
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    main("LlamaIndex", "llama-index-core", LlamaIndex)
