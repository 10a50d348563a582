"""The index as a LangChain retriever, for chains other than ours."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index import ScoredPassage, Searcher


class GuideRetriever(BaseRetriever):
    """Passages of the guide as documents whose metadata hold publication, section, pages and scores."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 8

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002 - LangChain passes it
        return [_document(scored) for scored in self.searcher.search(query, self.k).results]


def _document(scored: ScoredPassage) -> Document:
    passage = scored.passage
    page, page_end = passage.pages
    metadata = {
        "publication": passage.publication,
        "section": list(passage.section),
        "page": page,
        "page_end": page_end,
        "page_label": passage.label(page),
        "score": scored.score,
    }
    return Document(passage.text, id=passage.id, metadata=metadata)
