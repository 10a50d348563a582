"""LangChain's own tests of embeddings and retrievers, on ours."""

from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests.embeddings import EmbeddingsIntegrationTests
from langchain_tests.integration_tests.retrievers import RetrieversIntegrationTests
from langchain_tests.unit_tests.embeddings import EmbeddingsUnitTests

from assistant import GuideEmbeddings, GuideRetriever
from index import Searcher
from tests.support import HashEmbedder

pytestmark = pytest.mark.anyio  # runs their coroutines


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


class OfOurEmbedder:
    """What both suites of embeddings are run on."""

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return GuideEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"embedder": HashEmbedder()}


class TestEmbeddings(OfOurEmbedder, EmbeddingsUnitTests):
    pass


class TestEmbeddingsIntegration(OfOurEmbedder, EmbeddingsIntegrationTests):
    pass


class TestRetriever(RetrieversIntegrationTests):
    _searcher: Searcher

    @pytest.fixture(autouse=True)
    def _on_the_guide(self, searcher: Searcher) -> None:
        type(self)._searcher = searcher

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return GuideRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"searcher": self._searcher}

    @property
    def retriever_query_example(self) -> str:
        return "veille sur les brevets"
