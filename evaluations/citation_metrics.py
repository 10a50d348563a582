"""Measures of an answer's citations against its question's gold pages, and of quotes against the printed page."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant import Answer, Citation
from corpus import letters

PageText = Callable[[str, int], str]  # (publication, page) -> the page's text, read afresh
Page = tuple[str, int]  # a publication's id and a physical page of it
_MARKER = re.compile(r"\[(\d{1,3})\]")


def citation_scores(answer: Answer, gold: frozenset[Page], page_text: PageText) -> dict[str, float | None]:
    """The measures of the family « citations »; those against gold are None where the question has none."""
    touched = [pages_of(citation) & gold for citation in answer.citations]
    answered = answer.verdict == "answered"
    valid = [is_valid(citation, page_text) for citation in answer.citations]
    scores: dict[str, float | None] = {
        "marker_validity": marker_validity(answer) if answered and answer.shape != "where" else None,
        "quote_validity": (sum(valid) / len(valid) if valid else 0.0) if answered else None,
    }
    if not gold:
        return scores
    precision = sum(map(bool, touched)) / max(1, len(touched) + len(lost_markers(answer)))
    recall = len(frozenset().union(*touched)) / len(gold)
    return scores | {
        "success_at_1": float(bool(touched) and bool(touched[0])),
        "cites_gold_page": float(any(touched)),
        "page_precision": precision,
        "page_recall": recall,
        "page_f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "page_average_precision": average_precision(touched, len(gold)),
    }


def pages_of(citation: Citation) -> frozenset[Page]:
    """The pages that a quote stands on."""
    first, last = citation.pages
    return frozenset((citation.passage.publication, page) for page in range(first, last + 1))


def average_precision(touched: Sequence[frozenset[Page]], gold: int) -> float:
    """Mean over gold pages of the precision at the citation that first touches each; 0 for those never touched."""
    seen: set[Page] = set()
    hits, total = 0, 0.0
    for rank, pages in enumerate(touched, 1):
        hits += bool(pages)
        total += len(pages - seen) * hits / rank
        seen |= pages
    return total / gold


def lost_markers(answer: Answer) -> list[int]:
    """The markers of the text that no citation answers to."""
    known = {citation.n for citation in answer.citations}
    return [n for n in markers(answer) if n not in known]


def markers(answer: Answer) -> list[int]:
    """The markers of the text, in order; a publication's own « [3] », inside a quote, is none."""
    own = answer.text
    for citation in answer.citations:
        own = own.replace(citation.quote, "")
    return list(map(int, _MARKER.findall(own)))


def marker_validity(answer: Answer) -> float:
    """Markers that resolve / markers; 0 for an answer without any."""
    found = markers(answer)
    return 1 - len(lost_markers(answer)) / len(found) if found else 0.0


def is_valid(citation: Citation, page_text: PageText) -> bool:
    """Whether the letters and digits of each sentence of a quote stand together on the pages it names."""
    first, last = citation.pages
    passage = citation.passage
    printed = "".join(letters(page_text(passage.publication, page)) for page in range(first, last + 1))
    placed = {i for s in passage.spans for i in range(s.start, s.start + s.length)}
    placed &= {i for start, end in passage.sentences for i in range(start, end)}
    if any(passage.text[i].isalnum() and i not in placed for i in range(citation.start, citation.end)):
        return False
    for start, end in passage.sentences:
        a, b = max(start, citation.start), min(end, citation.end)
        for page in range(first, last + 1):
            piece = letters("".join(passage.text[a:b][i] for i in _offsets_on(citation, a, b, page)))
            if piece and piece not in printed:
                return False
    return True


def _offsets_on(citation: Citation, start: int, end: int, page: int) -> Iterable[int]:
    for span in citation.passage.spans:
        if span.page == page:
            yield from range(max(start, span.start) - start, min(end, span.start + span.length) - start)
