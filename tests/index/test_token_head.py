"""Late interaction: each token of the question finds its like in the passage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index import QuestionTokens, TokenHead, token_scores

WIDTH, DIMENSION = 24, 16
ROUNDING = DIMENSION**0.5 / 254  # half a step of 1/127 in each of the 16 components
SEEDS = st.integers(0, 2**32 - 1)


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def drawn(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def head(seed: int = 0) -> TokenHead:
    return TokenHead(drawn(seed, WIDTH, DIMENSION), drawn(seed + 1, WIDTH))


def slowly(question: QuestionTokens, passages: list[np.ndarray]) -> list[float]:
    """Token by token."""
    found = []
    for tokens in passages:
        best = [max(float(q @ (t / np.float32(127))) for t in tokens) for q in question.vectors]
        found.append(sum(w * b for w, b in zip(question.weights, best, strict=True)))
    return found


@given(seed=SEEDS, asked=st.integers(1, 8), others=st.integers(0, 8))
def test_a_passage_that_holds_all_the_question_s_tokens_scores_1(seed, asked, others):
    tokens = unit(drawn(seed, asked + others, WIDTH))
    question = head().question(tokens[:asked])
    shuffled = head().project(np.random.default_rng(seed).permutation(tokens))
    assert token_scores(question, shuffled, [asked + others]) == pytest.approx([1], abs=ROUNDING)


@given(seed=SEEDS, lengths=st.lists(st.integers(1, 6), min_size=1, max_size=6), asked=st.integers(1, 5))
def test_scores_are_those_of_a_loop_over_tokens(seed, lengths, asked):
    together = head().project(unit(drawn(seed, sum(lengths), WIDTH)))
    question = head().question(unit(drawn(seed + 1, asked, WIDTH)))
    passages = np.split(together, np.cumsum(lengths)[:-1])
    assert token_scores(question, together, lengths) == pytest.approx(slowly(question, passages), abs=1e-5)


@given(arrays(np.float32, (5, WIDTH), elements=st.floats(-3, 3, width=32)))
def test_weights_of_a_question_add_up_to_1_and_its_vectors_are_unit(tokens):
    question = head().question(tokens)
    assert question.weights.sum() == pytest.approx(1, abs=1e-5)
    assert (question.weights >= 0).all()
    lengths = np.linalg.norm(question.vectors, axis=1)
    assert np.allclose(lengths[np.abs(tokens @ head().projection).max(axis=1) > 1e-3], 1, atol=1e-4)


def test_a_token_of_more_importance_weighs_more():
    told = TokenHead(np.eye(2, dtype=np.float32), np.array([4.0, -4.0], dtype=np.float32))
    weights = told.question(np.eye(2, dtype=np.float32)).weights
    # logistic(4) = 0.982, logistic(-4) = 0.018
    assert weights == pytest.approx([0.982, 0.018], abs=1e-3)


def test_a_head_is_saved_in_half_precision_and_read_back(tmp_path):
    head().save(tmp_path / "tiny.safetensors")
    read = TokenHead.of("tiny", tmp_path)
    assert read is not None
    assert read.dimension == DIMENSION
    assert np.array_equal(read.projection, head().projection.astype(np.float16).astype(np.float32))
    assert np.array_equal(read.importance, head().importance.astype(np.float16).astype(np.float32))


def test_its_revision_follows_its_weights():
    assert head().revision == head().revision
    assert head().revision != head(seed=5).revision


def test_a_model_without_a_head_has_none(tmp_path):
    assert TokenHead.of("tiny", tmp_path) is None
