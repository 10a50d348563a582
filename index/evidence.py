"""From ranked rows to evidence that reads well: twins of other editions put together, what was cut completed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus import Passage
from index.bearing import bearings
from index.embedder import Vectors
from index.layout import LEAD_IN, LIST_ITEM, goes_on_under_title, may_be_under_title, same_section
from index.notes import calling_sentence, is_note

Rows = npt.NDArray[np.int64]
_TWIN_COSINE = 0.95  # below it two passages are not compared word by word
_TWIN_WORDS = 0.85  # share of words in common (Jaccard) from which they say the same
_OPEN_END = re.compile(r"[\w,’'-]$")  # no sentence ends so
_SHOWN = ("dense", "lexical", "sentence", "token", "asked")  # signals told with a passage
_AROUND = 0.8  # share of the best passage's score that its neighbours get


@dataclass(frozen=True)
class ScoredPassage:
    """A passage found for a question, or one that completes the passage before it (`completes`: its id).

    `score` and `lexical_score` lie in [0, 1]; `dense_score`, `sentence_score` and `token_score` are cosines.
    `asked_score`: likeness to what was asked for it before, in standard deviations.
    `also_in`: the same text in other publications or editions.
    """

    passage: Passage
    row: int
    score: float
    dense_score: float
    lexical_score: float
    sentence_score: float = 0.0
    token_score: float = 0.0
    asked_score: float = 0.0
    also_in: tuple[Passage, ...] = ()
    completes: str = ""

    def as_json(self) -> dict[str, Any]:
        """The object of the command line's contract."""
        passage = self.passage
        page, page_end = passage.pages
        return {
            "passage_id": passage.id, "publication": passage.publication, "page": page, "page_end": page_end,
            "page_label": passage.label(page), "section": list(passage.section), "text": passage.text,
            "score": round(self.score, 4), "dense_score": round(self.dense_score, 4),
            "lexical_score": round(self.lexical_score, 4), "sentence_score": round(self.sentence_score, 4),
            "token_score": round(self.token_score, 4), "asked_score": round(self.asked_score, 4),
            "also_in": [{"publication": p.publication, "page": p.pages[0]} for p in self.also_in],
            **({"completes": self.completes} if self.completes else {}),
        }  # fmt: skip


@dataclass(frozen=True)
class Ranked:
    """Rows, best first, with their scores and their signals by name: arrays of one length."""

    rows: Rows
    scores: Vectors
    signals: Mapping[str, Vectors]

    def scored(self, place: int, passage: Passage, also_in: tuple[Passage, ...] = ()) -> ScoredPassage:
        """The passage read at a place, with what it was found by."""
        dense, lexical, sentence, token, asked = (
            float(self.signals[name][place]) if name in self.signals else 0.0 for name in _SHOWN
        )
        row, score = int(self.rows[place]), float(self.scores[place])
        return ScoredPassage(passage, row, score, dense, lexical, sentence, token, asked, also_in)


def without_twins(ranked: Ranked, vectors: Vectors, read: Callable[[int], Passage], k: int) -> list[ScoredPassage]:
    """The k best of `ranked`, whose texts in other publications' words too stand beside them and take no place.

    `read` reads a passage by its row, only where it is needed; `vectors`: unit vectors, in the order of `ranked`.
    """
    kept: dict[int, list[Passage]] = {}  # by place, the passage and its twins
    alike = (vectors @ vectors.T >= _TWIN_COSINE).tolist()
    for place, row in enumerate(ranked.rows.tolist()):
        near = [other for other in kept if alike[place][other]]
        if not near and len(kept) == k:
            continue
        passage = read(row)
        twin = next((other for other in near if is_twin(kept[other][0], passage)), None)
        if twin is not None:
            kept[twin].append(passage)
        elif len(kept) < k:
            kept[place] = [passage]
    return [ranked.scored(place, first, tuple(twins)) for place, (first, *twins) in kept.items()]


def is_twin(first: Passage, second: Passage) -> bool:
    """Whether two publications say the same: most of their words are common, and all that would turn the meaning.

    « sous 48 heures » and « sous 4 heures », « peut » and « ne peut » stay apart: each is shown under its own edition.
    """
    if first.publication == second.publication:
        return False
    a, b = (set(re.findall(r"\w+", passage.text.casefold())) for passage in (first, second))
    alike = bool(a and b) and len(a & b) / len(a | b) >= _TWIN_WORDS
    return alike and bearings(first.text) == bearings(second.text)


def completed(found: Sequence[ScoredPassage], read: Callable[[int], Passage], size: int) -> list[ScoredPassage]:
    """The same, each followed by the neighbours that a cut list or sentence goes on with, a footnote by the text that
    calls it, in its own section."""
    shown = {scored.row for scored in found}
    result: list[ScoredPassage] = []
    for scored in found:
        result.append(scored)
        own = scored.passage
        for row, may in ((scored.row - 1, _may_go_on(own)), (scored.row + 1, _may_be_cut(own))):
            if not may or not 0 <= row < size or row in shown:
                continue
            neighbour = read(row)
            before, after = (neighbour, own) if row < scored.row else (own, neighbour)
            explained = row < scored.row and calling_sentence(before, after) is not None  # a note, by what calls it
            if same_section(before, after) and (explained or goes_on(before, after)):
                shown.add(row)
                result.append(replace(scored, passage=neighbour, row=row, also_in=(), completes=own.id))
    return result


def with_neighbours(found: Sequence[ScoredPassage], read: Callable[[int], Passage], size: int) -> list[ScoredPassage]:
    """The same, best first, with what stands on both sides of the best one, in its section: at a part of its score.

    And each paragraph of a box with the one that bears the box's title.
    """
    best = found[0]
    found = [*found, *_titles(found, read)]
    shown = {scored.row for scored in found}
    rows = [row for row in (best.row - 1, best.row + 1) if 0 <= row < size and row not in shown]
    sides = [(row, passage) for row in rows if same_section(passage := read(row), best.passage)]
    near = replace(best, score=_AROUND * best.score, also_in=(), completes=best.passage.id)
    return sorted(
        (*found, *(replace(near, passage=passage, row=row) for row, passage in sides)), key=lambda one: -one.score
    )


def _titles(found: Sequence[ScoredPassage], read: Callable[[int], Passage]) -> Iterator[ScoredPassage]:
    """What stands before a passage of `found` and bears its title."""
    shown = {scored.row for scored in found}
    for scored in found:
        if scored.row > 0 and scored.row - 1 not in shown and may_be_under_title(scored.passage):
            before = read(scored.row - 1)
            if goes_on_under_title(before, scored.passage):
                yield replace(scored, passage=before, row=scored.row - 1, also_in=(), completes=scored.passage.id)


def goes_on(before: Passage, after: Passage) -> bool:
    """Whether two neighbours are one list, an announcement and what it announces, or one sentence torn in two."""
    if not before.sentences:
        return False
    last = _last(before)
    listed = bool(LIST_ITEM.match(after.text)) and bool(LEAD_IN.search(last) or LIST_ITEM.match(last))
    return listed or is_torn(before, after)


def is_torn(before: Passage, after: Passage) -> bool:
    """Whether a sentence that one passage begins ends in the next: at the foot of a column, of a page."""
    return after.text[:1].islower() and not LIST_ITEM.match(after.text) and bool(_OPEN_END.search(before.text))


def _may_go_on(passage: Passage) -> bool:
    return bool(LIST_ITEM.match(passage.text)) or passage.text[:1].islower() or is_note(passage.text)


def _may_be_cut(passage: Passage) -> bool:
    if not passage.sentences:
        return False
    last = _last(passage)
    return bool(LEAD_IN.search(last) or LIST_ITEM.match(last) or _OPEN_END.search(last))


def _last(passage: Passage) -> str:
    start, end = passage.sentences[-1]
    return passage.text[start:end]
