"""The index as a LangChain retriever."""

import pytest
from langchain_core.documents import Document

from assistant import GuideRetriever

QUESTION = "veille sur les brevets"


@pytest.fixture(scope="module")
def documents(searcher) -> list[Document]:
    return GuideRetriever(searcher=searcher, k=2).invoke(QUESTION)


def test_k_documents_come_in_the_search_s_order(documents, searcher):
    assert [d.id for d in documents] == [s.passage.id for s in searcher.search(QUESTION, 2).results]


def test_a_document_is_the_passage_word_for_word(documents, searcher):
    assert documents[0].page_content == searcher.search(QUESTION, 1).results[0].passage.text


def test_metadata_say_where_the_passage_stands(documents, searcher):
    assert documents[0].metadata == {
        "publication": "recueil",
        "section": ["Veille sur les brevets"],
        "page": 2,
        "page_end": 2,
        "page_label": "2",
        "score": searcher.search(QUESTION, 1).results[0].score,
    }
