"""The sentences nearest to the question among those quoted: a reader sees them first, in what stands around them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.extractive import Quote
from index import SearchResult, is_table

MOST = 3  # sentences; of twelve quoted on average they hold three quarters of the facts asked for
_SHARE = 3  # and about a third of those that could be
_FEWEST_WORDS = 6  # of a sentence: a label or the term defined answers nothing
_BAR = " | "  # between the cells of a table's row, which is no sentence, nor is the caption before one
_OWN = 0.75  # share of a follow-up's own words in what its sentences are compared with; the rest is all that it means
_PASSAGE = 1.0  # weight of the passage's score beside the sentence's own cosine

Place = tuple[str, int]  # a passage's id, and the number of one of its sentences
SentenceVectors = Callable[[int], npt.NDArray[np.float32]]


def nearest(
    quotes: Sequence[Quote],
    vector: npt.NDArray[np.float32],
    sentence_vectors: SentenceVectors,
    most: int = MOST,
    share: int = _SHARE,
) -> set[Place]:
    """At most `most` of the quoted sentences, and about one in `share` of those that are no label or row.

    `vector`: the question's, of unit length.
    Chosen on the guide's tuning questions (docs/measurements.md); late interaction sentence by sentence added nothing.
    """
    scores: dict[Place, float] = {}
    for quote in quotes:
        passage = quote.scored.passage
        if is_table(passage) and _BAR not in passage.text:
            continue
        cosines = sentence_vectors(quote.scored.row) @ vector
        texts = [passage.text[start:end] for start, end in passage.sentences]
        for number in range(quote.first, quote.last):
            if len(texts[number].split()) >= _FEWEST_WORDS and not any(_BAR in t for t in texts[number : number + 2]):
                scores[passage.id, number] = float(cosines[number]) + _PASSAGE * quote.scored.score
    return set(sorted(scores, key=lambda place: -scores[place])[: min(most, (len(scores) + 1) // share)])


def by_own_words(found: SearchResult) -> SearchResult:
    """The same evidence, whose sentences are compared with what a follow-up itself says more than with what it follows.

    The share was chosen on the tuning follow-ups (docs/measurements.md): the question before is answered already.
    """
    if found.beside_vector is None:
        return found
    both = (1 - _OWN) * found.vector + _OWN * found.beside_vector
    return replace(found, vector=both / np.linalg.norm(both))
