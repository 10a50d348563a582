"""Vectors computed before, by the exact string embedded and what made them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import Embedded, IndexError_, VectorCache
from tests.index.making import BrokenEmbedder, SpyEmbedder
from tests.support import HashEmbedder

STAMP = HashEmbedder().stamp
TEXTS = ["passage: un brevet", "passage: un salon", "passage: un brevet"]


class TokenSpy(HashEmbedder):
    """Gives tokens, and remembers what passages it was asked."""

    def __init__(self, tokens: int = 16, head: str = "first") -> None:
        super().__init__(tokens=tokens)
        self.stamp = replace(self.stamp, head=head)
        self.asked: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        self.asked += texts
        return super().encode_passages(texts)


def encoded(folder: Path, texts: list[str], embedder: HashEmbedder) -> np.ndarray:
    with closing(VectorCache(folder, embedder.stamp)) as cache:
        return cache.encode(texts, embedder)


def test_the_cache_gives_the_embedder_s_own_vectors_in_order(tmp_path):
    assert np.array_equal(encoded(tmp_path, TEXTS, HashEmbedder()), HashEmbedder().encode(TEXTS))


def test_the_cache_remembers_from_one_process_to_the_next(tmp_path):
    first = encoded(tmp_path, TEXTS, HashEmbedder())
    assert np.array_equal(encoded(tmp_path, TEXTS, BrokenEmbedder()), first)


def test_a_text_met_twice_is_computed_once(tmp_path):
    spy = SpyEmbedder()
    encoded(tmp_path, TEXTS, spy)
    assert sorted(spy.strings) == sorted(set(TEXTS))


def test_only_missing_texts_are_computed(tmp_path):
    encoded(tmp_path, TEXTS[:1], HashEmbedder())
    spy = SpyEmbedder()
    encoded(tmp_path, TEXTS, spy)
    assert spy.strings == [TEXTS[1]]


@pytest.mark.parametrize(
    "change", [{"revision": "next"}, {"name": "embeddinggemma-300m"}, {"precision": "int8-0"}, {"dimension": 32}]
)
def test_another_model_revision_precision_or_dimension_misses(tmp_path, change):
    encoded(tmp_path, TEXTS, HashEmbedder())
    spy = SpyEmbedder(change.get("dimension", 64))
    spy.stamp = replace(spy.stamp, **change)
    assert encoded(tmp_path, TEXTS, spy).shape == (3, spy.stamp.dimension)
    assert sorted(spy.strings) == sorted(set(TEXTS))


def test_no_text_gives_no_vector_of_the_model_s_dimension(tmp_path):
    assert encoded(tmp_path, [], BrokenEmbedder()).shape == (0, STAMP.dimension)


def test_what_was_computed_before_a_failure_is_kept(tmp_path):
    class FailsLater(SpyEmbedder):
        def encode(self, texts):
            if self.calls:
                raise RuntimeError("no memory left")
            return super().encode(texts)

    with closing(VectorCache(tmp_path, STAMP)) as cache, pytest.raises(RuntimeError):
        cache.encode(["a", "bb"], FailsLater(), step=1)
    spy = SpyEmbedder()
    encoded(tmp_path, ["a", "bb"], spy)
    assert spy.strings == ["bb"]


def test_progress_counts_the_missing_texts(tmp_path):
    seen: list[tuple[int, int]] = []
    with closing(VectorCache(tmp_path, STAMP)) as cache:
        cache.encode(["a", "b", "c"], HashEmbedder(), lambda done, total: seen.append((done, total)), step=2)
    assert seen == [(2, 3), (3, 3)]


def test_a_damaged_cache_is_made_again(tmp_path):
    (tmp_path / "vectors.sqlite").write_bytes(b"not a database" * 100)
    assert encoded(tmp_path, TEXTS, HashEmbedder()).shape == (3, STAMP.dimension)


class NotFinite(HashEmbedder):
    """Gives for what speaks of patents a vector that is none."""

    def __init__(self, value: float = np.nan, tokens: int = 0) -> None:
        super().__init__(tokens=tokens)
        self.value = value

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = super().encode(texts).copy()
        vectors[["brevet" in text for text in texts], 3] = self.value
        return vectors


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("tokens", [0, 16])
def test_a_vector_that_is_not_finite_is_refused_with_its_text_and_not_kept(tmp_path, value, tokens):
    with pytest.raises(IndexError_, match="« passage: un brevet »") as caught:
        embedded(tmp_path, TEXTS, NotFinite(value, tokens))
    assert "vigie models install" in caught.value.remedy
    assert len(embedded(tmp_path, TEXTS, HashEmbedder(tokens=tokens))) == 3


def test_a_vector_kept_before_that_is_not_finite_is_computed_again(tmp_path, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(VectorCache, "_check", lambda *_: None)
        assert np.isnan(encoded(tmp_path, TEXTS, NotFinite())).any()
    spy = SpyEmbedder()
    assert np.array_equal(encoded(tmp_path, TEXTS, spy), HashEmbedder().encode(TEXTS))
    assert spy.strings == [TEXTS[0]]


# Passages with their tokens


def embedded(folder: Path, texts: list[str], embedder: HashEmbedder) -> list[Embedded]:
    with closing(VectorCache(folder, embedder.stamp)) as cache:
        return cache.encode_passages(texts, embedder)


def same(one: list[Embedded], other: list[Embedded]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(a.vector, b.vector) and np.array_equal(a.tokens, b.tokens) for a, b in pairs)


def test_passages_come_back_with_their_tokens_in_order(tmp_path):
    texts = ["passage: un brevet", "passage: un salon de la filière", "passage: un brevet"]
    expected = HashEmbedder(tokens=16).encode_passages(texts)
    assert same(embedded(tmp_path, texts, TokenSpy()), expected)
    again = TokenSpy()
    assert same(embedded(tmp_path, texts, again), expected)
    assert again.asked == []
    assert {e.tokens.dtype for e in expected} == {np.dtype(np.int8)}


@pytest.mark.parametrize("other", [TokenSpy(head="second"), TokenSpy(tokens=8, head="of 8")], ids=["head", "width"])
def test_another_head_misses(tmp_path, other):
    embedded(tmp_path, TEXTS, TokenSpy())
    found = embedded(tmp_path, TEXTS, other)
    assert sorted(other.asked) == sorted(set(TEXTS))
    assert {e.tokens.shape[1] for e in found} == {other.stamp.token_dimension}


@pytest.mark.parametrize("change", [{"precision": "int8-0"}, {"dimension": 32}, {"revision": "next"}])
def test_passages_of_another_precision_dimension_or_revision_miss(tmp_path, change):
    embedded(tmp_path, TEXTS, TokenSpy())
    other = TokenSpy()
    other.stamp = replace(other.stamp, **change)
    assert {len(e.vector) for e in embedded(tmp_path, TEXTS, other)} == {other.stamp.dimension}
    assert sorted(other.asked) == sorted(set(TEXTS))


def test_a_sentence_is_not_taken_for_a_passage_of_the_same_text(tmp_path):
    encoded(tmp_path, TEXTS, TokenSpy())
    spy = TokenSpy()
    assert all(len(e.tokens) for e in embedded(tmp_path, TEXTS, spy))
    assert sorted(spy.asked) == sorted(set(TEXTS))


def test_without_a_head_passages_share_the_vectors_of_sentences(tmp_path):
    vectors = encoded(tmp_path, TEXTS, HashEmbedder())
    found = embedded(tmp_path, TEXTS, BrokenEmbedder())
    assert np.array_equal(np.stack([e.vector for e in found]), vectors)
    assert {e.tokens.shape for e in found} == {(0, 0)}


def test_a_vector_cut_short_on_disk_is_computed_again(tmp_path):
    expected = embedded(tmp_path, TEXTS, TokenSpy())
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as db, db:
        db.execute("UPDATE vectors SET vector = substr(vector, 1, length(vector) - 1)")
    assert same(embedded(tmp_path, TEXTS, TokenSpy()), expected)


def test_a_vector_altered_on_the_disk_is_computed_again(tmp_path):
    embedder = SpyEmbedder()
    with closing(VectorCache(tmp_path, embedder.stamp)) as cache:
        first = cache.encode(["un", "deux"], embedder)
    with sqlite3.connect(tmp_path / "vectors.sqlite") as db:
        ((key, blob),) = db.execute("SELECT key, vector FROM vectors LIMIT 1").fetchall()
        db.execute("UPDATE vectors SET vector = ? WHERE key = ?", (bytes([blob[0] ^ 1]) + blob[1:], key))
    db.close()
    embedder.calls.clear()
    with closing(VectorCache(tmp_path, embedder.stamp)) as cache:
        again = cache.encode(["un", "deux"], embedder)
    assert len(embedder.strings) == 1
    assert np.array_equal(first, again)


def test_a_cache_from_before_the_checksums_is_kept(tmp_path):
    embedder = SpyEmbedder()
    with closing(VectorCache(tmp_path, embedder.stamp)) as cache:
        cache.encode(["un", "deux"], embedder)
    with sqlite3.connect(tmp_path / "vectors.sqlite") as db:
        db.execute("CREATE TABLE old (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        db.execute("INSERT INTO old SELECT key, vector FROM vectors")
        db.execute("DROP TABLE vectors")
        db.execute("ALTER TABLE old RENAME TO vectors")
    db.close()
    embedder.calls.clear()
    with closing(VectorCache(tmp_path, embedder.stamp)) as cache:
        cache.encode(["un", "deux"], embedder)
    assert embedder.strings == []
