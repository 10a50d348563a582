"""Dense and lexical scores of every (question, paragraph) pair of a SQuAD set, for fitting on piaf/tune."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.squad import read_squad
from index import Embedder, LexicalIndex, VectorCache, build_lexical, passage_string, query_string

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class PairScores:
    """`dense` holds cosines and `lexical` normalised BM25, shape (questions, paragraphs); `gold[i]` is a column."""

    questions: tuple[str, ...]
    gold: npt.NDArray[np.int64]
    articles: npt.NDArray[np.int64]
    dense: Floats
    lexical: Floats
    index: LexicalIndex


def pair_scores(path: Path, embedder: Embedder, cache_folder: Path, most: int, seed: int = 2026) -> PairScores:
    """Scores for at most `most` questions drawn by `seed`. Vectors are cached in `cache_folder`."""
    data = read_squad(path)
    drawn = random.Random(seed).sample(data.questions, min(most, len(data.questions)))
    cache = VectorCache(cache_folder, embedder.stamp)
    paragraphs = cache.encode([passage_string(embedder.stamp, p) for p in data.paragraphs], embedder)
    questions = cache.encode([query_string(embedder.stamp, q) for q, _ in drawn], embedder)
    cache.close()
    lexical = build_lexical(data.paragraphs)
    return PairScores(
        tuple(q for q, _ in drawn),
        np.array([row for _, row in drawn]),
        np.array(data.articles),
        questions @ paragraphs.T,
        np.stack([lexical.scores(q) for q, _ in drawn]),
        lexical,
    )
