"""The short answer: of what would be quoted, the few sentences nearest to the question, with what keeps their sense."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.completing import Budget, sentence_text, shown
from assistant.extractive import Quote, runs
from assistant.nearest import SentenceVectors, nearest
from index import ScoredPassage

# A step says by itself what it recommends; « • Publier un classement » may be a pitfall.
_STEP = re.compile(r"\(?\d{1,2}[.)]\s")
_MOST, _SHARE = 4, 2  # sentences at most, one in two; see « In short » in docs/measurements.md
_BOX = 130  # words of a box that is short enough
_ALONE, _LISTED = Budget(whole_lists=False), Budget()


def gist(quotes: Sequence[Quote], vector: npt.NDArray[np.float32], sentence_vectors: SentenceVectors) -> list[Quote]:
    """The nearest sentences of the quotes that are needed, in their order; all of them where they are few already.

    `vector`: the question's, of unit length. A step stands alone, any other line of a list comes with its whole list.
    """
    needed = [quote for quote in quotes if not quote.further]
    near = nearest(needed, vector, sentence_vectors, _MOST, _SHARE)
    passages = {quote.scored.passage.id: quote.scored for quote in needed}
    short = [
        quote
        for own, scored in passages.items()
        for quote in runs(scored, _completed(scored, [number for passage, number in near if passage == own]))
    ]
    return short or needed


def _completed(scored: ScoredPassage, numbers: Sequence[int]) -> list[int]:
    """The same sentences in order, each with what it must be quoted with; a box with a title of its own whole."""
    if numbers and _is_box(scored):
        return list(range(len(scored.passage.sentences)))
    return sorted({other for number in numbers for other in shown(scored, number, _budget(scored, number))})


def _is_box(scored: ScoredPassage) -> bool:
    """« Les premiers gestes devant un poste suspect », then what they are: the title alone says nothing."""
    title = sentence_text(scored, 0)
    is_title = len(title.split()) > 1 and title[-1:].isalpha() and "|" not in title
    return is_title and len(scored.passage.sentences) > 1 and len(scored.passage.text.split()) <= _BOX


def _budget(scored: ScoredPassage, number: int) -> Budget:
    return _ALONE if _STEP.match(sentence_text(scored, number)) else _LISTED
