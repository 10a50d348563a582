"""What the evidence as a whole says of a question, on scales that mean the same from one question to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.evidence import ScoredPassage
from index.token_head import QuestionTokens, TokenVectors

Floats = npt.NDArray[np.float32]

SAMPLE = 512  # passages at most that stand for the corpus
_LEAD = 4  # places behind the first
_BYTES = np.float32(127)


@dataclass(frozen=True)
class Traits:
    """Of a question and its evidence. Without any evidence all are 0.

    `dense`, `sentence`: best cosines of a passage and of a sentence; `typical`: median cosine of the corpus, so how
    near the question is to its subject; `weakest`: how well the first passage says the question's least matched words
    (mean of the lowest third, late interaction; 0 without a head); `lead`: log-odds between the first passage and the
    fifth; `score`: the first passage's, in [0, 1]; `margin`: how much more the question is like those that the first
    passage's publication answers than like those that it leaves open, in standard deviations, where both are known.
    """

    dense: float = 0.0
    sentence: float = 0.0
    typical: float = 0.0
    weakest: float = 0.0
    lead: float = 0.0
    score: float = 0.0
    margin: float | None = None

    @classmethod
    def of(
        cls, found: Sequence[ScoredPassage], totals: Floats, typical: float, weakest: float, margin: float | None = None
    ) -> "Traits":
        """From the evidence, and the candidates' fused log-odds in descending order."""
        if not found:
            return cls()
        return cls(
            max(scored.dense_score for scored in found),
            max(scored.sentence_score for scored in found),
            typical,
            weakest,
            float(totals[0] - totals[min(_LEAD, len(totals) - 1)]),
            max(scored.score for scored in found),
            margin,
        )


def weakest_words(question: QuestionTokens, passage: TokenVectors | Floats) -> float:
    """Mean, over the least matched third of a question's weighty tokens, of their best cosine in a passage.

    `passage`: (tokens, dimension), where 127 stands for 1. A token is weighty from half of the mean weight.
    """
    weighty = question.weights >= 0.5 / len(question.weights)
    best = np.sort(((question.vectors[weighty] / _BYTES) @ np.asarray(passage, dtype=np.float32).T).max(axis=1))
    return float(best[: max(1, len(best) // 3)].mean())


def sampled(count: int) -> npt.NDArray[np.int64]:
    """Rows that stand for `count` passages: at most SAMPLE of them, evenly spread."""
    return np.unique(np.linspace(0, max(0, count - 1), min(count, SAMPLE)).astype(np.int64))
