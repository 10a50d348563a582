"""The index as a LangChain retriever, for chains other than ours."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index import Filters, ScoredPassage, Searcher


class GuideRetriever(BaseRetriever):
    """Passages of the guide as documents whose metadata hold publication, section, pages and score.

    `also_in`: where other publications say the same; `completes`: the id of the document before, which this one
    completes without counting among the k. `invoke(question, k=…, filters=…)` overrides either for one call.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 8
    filters: Filters | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it
        k: int | None = None,
        filters: Filters | None = None,
    ) -> list[Document]:
        found = self.searcher.search(query, self.k if k is None else k, self.filters if filters is None else filters)
        return [_document(scored) for scored in found.results]


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
        "also_in": [{"publication": twin.publication, "page": twin.pages[0]} for twin in scored.also_in],
        "completes": scored.completes,
    }
    return Document(passage.text, id=passage.id, metadata=metadata)
