"""Every signal of every (question, paragraph) pair of a SQuAD set, for fitting on piaf/tune and for reports.

An article's title stands where a passage's section does, in the passage prompt and in the lexical text.
"""

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus import split_sentences
from evaluations.squad import SquadSet
from index import (
    Embedded,
    LexicalIndex,
    QuestionTokens,
    SentenceEmbedder,
    VectorCache,
    build_lexical,
    passage_string,
    query_string,
    token_scores,
    weakest_words,
)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class PairScores:
    """Arrays of shape (questions, paragraphs), by signal; `gold[i]` is the column of question i, `articles` of columns.

    `dense`: cosine; `sentence`: best cosine of a sentence; `lexical`: normalised BM25; `coverage`: share of the
    question's weight in one sentence; `token`: late interaction (zeros without a head).
    """

    questions: tuple[str, ...]
    gold: npt.NDArray[np.int64]
    articles: npt.NDArray[np.int64]
    signals: dict[str, Floats]
    asked: tuple[QuestionTokens | None, ...] = ()
    passages: tuple[Embedded, ...] = ()

    def weakest(self, question: int, paragraph: int) -> float:
        """How well a paragraph says the question's least matched words; 0 without a head."""
        tokens = self.asked[question]
        return 0.0 if tokens is None else weakest_words(tokens, self.passages[paragraph].tokens)

    @property
    def dense(self) -> Floats:
        return self.signals["dense"]

    @property
    def lexical(self) -> Floats:
        return self.signals["lexical"]

    def only(self, rows: npt.NDArray[np.bool_]) -> "PairScores":
        """The same for some of the questions."""
        questions = tuple(q for q, kept in zip(self.questions, rows, strict=True) if kept)
        signals = {name: values[rows] for name, values in self.signals.items()}
        asked = tuple(tokens for tokens, kept in zip(self.asked, rows, strict=True) if kept)
        return PairScores(questions, self.gold[rows], self.articles, signals, asked, self.passages)


@dataclass(frozen=True)
class Texts:
    """What is embedded of a set: whole passages, and sentences with the row of their passage."""

    passages: tuple[str, ...]
    lexical: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]


def pair_scores(
    data: SquadSet, embedder: SentenceEmbedder, cache_folder: Path, most: int | None = None, seed: int = 2026
) -> PairScores:
    """Scores for all questions, or `most` drawn by `seed`. Vectors are cached in `cache_folder`."""
    texts = set_texts(data, embedder)
    drawn = list(data.questions)
    if most is not None and most < len(drawn):
        drawn = random.Random(seed).sample(drawn, most)
    lexical = build_lexical(texts.lexical, texts.sentences)
    questions = [q for q, _ in drawn]
    with closing(VectorCache(cache_folder, embedder.stamp)) as cache:
        passages = cache.encode_passages(texts.passages, embedder)
        asked = embedder.encode_questions([query_string(embedder.stamp, q) for q in questions])
        signals = _dense_signals(texts, passages, asked, embedder, cache) | _lexical_signals(lexical, questions)
    gold, articles = np.array([row for _, row in drawn]), np.array(data.articles)
    tokens = tuple(found for _, found in asked)
    return PairScores(tuple(questions), gold, articles, signals, tokens, tuple(passages))


def set_texts(data: SquadSet, embedder: SentenceEmbedder) -> Texts:
    """A set's strings with their prompts in place."""
    pairs = list(zip(data.titles, data.paragraphs, strict=True))
    sentences = tuple(tuple(p[a:b] for a, b in split_sentences(p)) for p in data.paragraphs)
    passages = tuple(passage_string(embedder.stamp, p, t) for t, p in pairs)
    return Texts(passages, tuple(f"{t}\n{p}" for t, p in pairs), sentences)


def _dense_signals(
    texts: Texts,
    passages: Sequence[Embedded],
    asked: Sequence[tuple[Floats, QuestionTokens | None]],
    embedder: SentenceEmbedder,
    cache: VectorCache,
) -> dict[str, Floats]:
    flat = [passage_string(embedder.stamp, s) for sentences in texts.sentences for s in sentences]
    sentences = cache.encode(flat, embedder)
    vectors = np.stack([vector for vector, _ in asked])
    starts = np.concatenate([[0], np.cumsum([len(s) for s in texts.sentences])[:-1]])
    return {
        "dense": vectors @ np.stack([p.vector for p in passages]).T,
        "sentence": np.maximum.reduceat(vectors @ sentences.T, starts, axis=1),
        "token": _token_signal([tokens for _, tokens in asked], passages),
    }


def _token_signal(asked: Sequence[QuestionTokens | None], passages: Sequence[Embedded]) -> Floats:
    lengths = [len(passage.tokens) for passage in passages]
    if not all(lengths) or asked[0] is None:
        return np.zeros((len(asked), len(passages)), dtype=np.float32)
    together = np.concatenate([passage.tokens for passage in passages]).astype(np.float32)
    return np.stack([token_scores(question, together, lengths) for question in asked if question])


def _lexical_signals(lexical: LexicalIndex, questions: Sequence[str]) -> dict[str, Floats]:
    queries = [lexical.query(question) for question in questions]
    every = np.arange(lexical.size)
    return {
        "lexical": np.stack([lexical.scores(query) for query in queries]),
        "coverage": np.stack([lexical.sentence_coverage(query, every) for query in queries]),
    }
