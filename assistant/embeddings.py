"""The index's model as LangChain embeddings, for vector stores other than ours."""

from langchain_core.embeddings import Embeddings

from index import Embedder, passage_string, query_string


class GuideEmbeddings(Embeddings):
    """Unit vectors, with the model's own prompts: one for documents, another for questions."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        stamp = self.embedder.stamp
        vectors: list[list[float]] = self.embedder.encode([passage_string(stamp, text) for text in texts]).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.embedder.encode([query_string(self.embedder.stamp, text)])[0].tolist()
        return vector
