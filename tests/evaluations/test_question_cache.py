"""Encoded questions are kept from run to run, to the bit, and for one model only."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from evaluations import EvaluationError, QuestionCache
from tests.index.making import SpyEmbedder
from tests.support import HashEmbedder

QUESTION = "query: les brevets"


class Spy(SpyEmbedder):
    """An embedder with tokens that remembers the questions it encoded."""

    def __init__(self, name="multilingual-e5-small"):
        HashEmbedder.__init__(self, 64, name, tokens=8)
        self.calls = []


@pytest.fixture
def embedder():
    return Spy()


@pytest.fixture
def opened(embedder, tmp_path):
    """Open the cache's file with an embedder; all are closed in the end."""
    caches = []

    def open_(inner=embedder):
        caches.append(QuestionCache(inner, tmp_path / "runs" / "questions.sqlite"))
        return caches[-1]

    yield open_
    for cache in caches:
        cache.close()


def test_a_question_is_encoded_once(opened, embedder):
    cache = opened()
    cache.encode_question(QUESTION)
    cache.encode_question(QUESTION)
    assert embedder.strings == [QUESTION]


def test_a_question_encoded_in_an_earlier_run_is_not_encoded_again(opened, embedder):
    opened().encode_question(QUESTION)
    opened().encode_question(QUESTION)
    assert embedder.strings == [QUESTION]


def test_another_question_is_encoded(opened, embedder):
    cache = opened()
    cache.encode_question(QUESTION)
    cache.encode_question(QUESTION + " ?")
    assert embedder.strings == [QUESTION, QUESTION + " ?"]


def test_what_is_kept_is_what_was_encoded_to_the_bit(opened, embedder):
    opened().encode_question(QUESTION)
    vector, tokens = opened().encode_question(QUESTION)
    right, right_tokens = embedder.encode_question(QUESTION)
    assert vector.tobytes() == right.tobytes()
    assert vector.dtype == right.dtype
    assert tokens.vectors.tobytes() == right_tokens.vectors.tobytes()
    assert tokens.weights.tobytes() == right_tokens.weights.tobytes()


def test_a_model_without_tokens_has_none_kept(opened):
    inner = HashEmbedder()
    opened(inner).encode_question(QUESTION)
    assert opened(inner).encode_question(QUESTION)[1] is None


def test_another_model_does_not_take_its_questions(opened):
    opened().encode_question(QUESTION)
    other = Spy("another-model")
    opened(other).encode_question(QUESTION)
    assert other.strings == [QUESTION]


def test_it_is_the_model_that_it_keeps_questions_of(opened, embedder):
    assert opened().stamp == embedder.stamp


def test_other_strings_are_encoded_each_time(opened, embedder):
    cache = opened()
    assert np.array_equal(cache.encode(["a", "b"]), embedder.encode(["a", "b"]))
    assert len(cache.encode_passages(["a"])) == 1


# Times


def test_a_question_that_was_kept_is_counted(opened):
    cache = opened()
    cache.encode_question(QUESTION)
    with cache.watched() as seen:
        cache.encode_question(QUESTION)
    assert seen.hits == 1


def test_a_question_encoded_now_is_not(opened):
    with (cache := opened()).watched() as seen:
        cache.encode_question(QUESTION)
    assert seen.hits == 0


def test_what_is_taken_when_nobody_watches_is_not_counted(opened):
    cache = opened()
    with cache.watched() as seen:
        cache.encode_question(QUESTION)
    cache.encode_question(QUESTION)
    assert seen.hits == 0


def test_an_answer_that_failed_is_watched_no_more(opened):
    cache = opened()
    cache.encode_question(QUESTION)
    with pytest.raises(RuntimeError), cache.watched() as seen:
        raise RuntimeError
    cache.encode_question(QUESTION)
    assert seen.hits == 0


def test_another_thread_s_questions_are_not_counted(opened):
    cache = opened()
    cache.encode_question(QUESTION)
    with ThreadPoolExecutor(1) as pool, cache.watched() as seen:
        pool.submit(cache.encode_question, QUESTION).result()
    assert seen.hits == 0


def test_threads_share_what_is_kept(opened, embedder):
    cache = opened()
    cache.encode_question(QUESTION)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(cache.encode_question, [QUESTION] * 20))
    assert embedder.strings == [QUESTION]
    assert len({vector.tobytes() for vector, _ in found}) == 1


# A damaged file


def test_a_file_that_is_no_cache_is_named_with_what_to_do(opened, tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "questions.sqlite").write_bytes(b"\x07 no database" * 100)
    with pytest.raises(EvaluationError, match=r"questions\.sqlite") as caught:
        opened()
    assert "Supprimez-le" in caught.value.remedy


def test_a_file_that_is_damaged_farther_in_is_named_too(opened, embedder, tmp_path):
    cache = opened()
    cache.encode_question(QUESTION)
    cache.close()
    file = tmp_path / "runs" / "questions.sqlite"
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 8192)
    with pytest.raises(EvaluationError, match=r"questions\.sqlite"):
        opened().encode_question(QUESTION)


def test_a_question_whose_encoding_is_damaged_is_named_too(opened, tmp_path):
    opened().encode_question(QUESTION)
    with sqlite3.connect(tmp_path / "runs" / "questions.sqlite") as db:
        db.execute("UPDATE questions SET encoded = ?", (b"PK\x03\x04 torn",))
    db.close()
    with pytest.raises(EvaluationError, match=r"questions\.sqlite"):
        opened().encode_question(QUESTION)
