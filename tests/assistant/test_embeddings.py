"""The index's model as LangChain embeddings."""

import numpy as np

from assistant import GuideEmbeddings
from tests.index.making import SpyEmbedder
from tests.support import HashEmbedder

TEXTS = ["Un brevet.", "Un badge."]


def test_documents_get_the_passage_prompt_and_questions_the_query_s():
    spy = SpyEmbedder()
    GuideEmbeddings(spy).embed_documents(TEXTS)
    GuideEmbeddings(spy).embed_query("Quels brevets ?")
    assert spy.calls == [["passage: Un brevet.", "passage: Un badge."], ["query: Quels brevets ?"]]


def test_vectors_are_the_index_s_own_to_the_last_digit():
    expected = HashEmbedder().encode([f"passage: {text}" for text in TEXTS])
    found = GuideEmbeddings(HashEmbedder()).embed_documents(TEXTS)
    assert np.array_equal(np.array(found, dtype=np.float32), expected)


def test_no_document_gives_no_vector():
    assert GuideEmbeddings(HashEmbedder()).embed_documents([]) == []
