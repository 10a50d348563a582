"""Measures of a ranking of passages against gold pages, by ir_measures.

A page is a document. A passage stands, at its rank, for the first of its gold pages that no passage before it touched,
or else for a document of its own: a second passage of the same page neither helps nor harms twice.
"""

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from evaluations.citation_metrics import Page

_MEASURES = {
    "retrieval_success_at_1": Success @ 1,
    "retrieval_success_at_5": Success @ 5,
    "retrieval_recall_at_5": R @ 5,
    "retrieval_recall_at_10": R @ 10,
    "retrieval_ndcg_at_10": nDCG @ 10,
    "retrieval_rr": RR @ 10,
}
_QUERY = "q"


def retrieval_scores(ranking: Sequence[frozenset[Page]], gold: frozenset[Page]) -> dict[str, float]:
    """The measures of the family « retrieval » of passages, best first, each given by the pages it stands on."""
    documents = _documents(ranking, gold)
    run = {_QUERY: {document: float(len(documents) - rank) for rank, document in enumerate(documents)}}
    relevant = {_QUERY: {_name(page): 1 for page in gold}}
    if not documents:
        return dict.fromkeys(_MEASURES, 0.0)
    found = {str(m.measure): float(m.value) for m in ir_measures.iter_calc([*_MEASURES.values()], relevant, run)}
    return {name: found[str(measure)] for name, measure in _MEASURES.items()}


def _documents(ranking: Sequence[frozenset[Page]], gold: frozenset[Page]) -> list[str]:
    seen: set[Page] = set()
    documents: list[str] = []
    for rank, pages in enumerate(ranking):
        new = sorted((pages & gold) - seen)
        seen |= set(new[:1])
        documents.append(_name(new[0]) if new else f"rank {rank}")
    return documents


def _name(page: Page) -> str:
    return f"{page[0]} {page[1]}"
