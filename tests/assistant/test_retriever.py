"""The index as a LangChain retriever."""

from pathlib import Path

import pytest
from langchain_core.documents import Document

from assistant import GuideRetriever
from index import Filters, IndexError_, IndexVersion, Searcher
from tests.index.making import build, guide_pdf, note_pdf
from tests.support import HashEmbedder, write_pdf

QUESTION = "veille sur les brevets"


@pytest.fixture(scope="module")
def documents(searcher) -> list[Document]:
    return GuideRetriever(searcher=searcher, k=2).invoke(QUESTION)


@pytest.fixture(scope="module")
def editions(tmp_path_factory) -> Searcher:
    """Two editions of the guide that say the same, and a long list."""
    folder: Path = tmp_path_factory.mktemp("editions")
    for edition in ("2025", "2026"):
        guide_pdf(folder / f"recueil-{edition}.pdf")
        with (folder / f"recueil-{edition}.pdf").open("ab") as file:
            file.write(f"\n% {edition}\n".encode())
    items = [f"– point {n} : le dossier {n} réunit les devis, les plans et les contrats du lot {n}" for n in range(24)]
    pieces = [(60, 790, 18, "Dossiers"), *((60, 740 - 24 * row, 11, text) for row, text in enumerate(items))]
    write_pdf(folder / "liste.pdf", [pieces])
    note_pdf(folder / "note.pdf", "Le registre des brevets est tenu par le secrétariat.")
    build(folder, folder / "index")
    return Searcher(IndexVersion(folder / "index"), HashEmbedder())


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
        "also_in": [],
        "completes": "",
    }


def test_k_may_be_overridden_for_one_call(searcher):
    retriever = GuideRetriever(searcher=searcher, k=1)
    assert [len(retriever.invoke(QUESTION, None, k=k)) for k in (2, 3)] == [2, 3]
    assert len(retriever.invoke(QUESTION)) == 1


def test_the_same_text_in_another_edition_is_named_and_not_repeated(editions):
    (document,) = GuideRetriever(searcher=editions, k=1).invoke("Les visiteurs portent-ils un badge ?")
    assert document.metadata["publication"] == "recueil-2025"
    assert document.metadata["also_in"] == [{"publication": "recueil-2026", "page": 1}]


def test_a_document_that_completes_another_says_which(editions):
    first, *others = GuideRetriever(searcher=editions, k=1).invoke("point 23")
    assert first.metadata["completes"] == ""
    assert [other.metadata["completes"] for other in others] == [first.id] * len(others)
    assert others


def test_filters_hold_for_every_call_unless_one_brings_its_own(editions):
    retriever = GuideRetriever(searcher=editions, k=3, filters=Filters(publications=frozenset({"note"})))
    assert {d.metadata["publication"] for d in retriever.invoke(QUESTION)} == {"note"}
    of_2026 = Filters(publications=frozenset({"recueil-2026"}))
    assert {d.metadata["publication"] for d in retriever.invoke(QUESTION, filters=of_2026)} == {"recueil-2026"}
    assert len({d.metadata["publication"] for d in retriever.invoke(QUESTION, filters=Filters())}) > 1


def test_a_filter_that_the_index_does_not_know_is_said(editions):
    retriever = GuideRetriever(searcher=editions, filters=Filters(editions=frozenset({"1999"})))
    with pytest.raises(IndexError_, match="1999"):
        retriever.invoke(QUESTION)
