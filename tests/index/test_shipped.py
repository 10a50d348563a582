"""Vectors that come with Vigie: found by their key, and never taken from a file that is damaged or of another model."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index import Embedded, VectorCache, shipped_path, vector_cache, write_shipped
from index.shipped import ShippedVectors
from tests.index.making import BrokenEmbedder
from tests.support import HashEmbedder

PASSAGES, OTHERS = ["passage: Brevets. Un brevet se dépose", "passage: Salons. Un salon"], ["query: quel brevet ?"]
MAKER = HashEmbedder(tokens=16)


def with_tokens(embedder: type[HashEmbedder]) -> HashEmbedder:
    return embedder(tokens=16)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the vectors of two passages and a question."""
    with closing(VectorCache(tmp_path / "made", MAKER.stamp)) as cache:
        cache.encode_passages(PASSAGES, MAKER)
        cache.encode(OTHERS, MAKER)
        write_shipped(shipped_path("small", tmp_path), cache.kept(PASSAGES, OTHERS), MAKER.stamp.dimension)
    return shipped_path("small", tmp_path)


def embedded(
    folder: Path, shipped: Path, embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> tuple[Sequence[Embedded], np.ndarray]:
    """What a cache without anything gives where `shipped` is the file that comes with Vigie."""
    monkeypatch.setattr(vector_cache, "shipped_vectors", lambda _: ShippedVectors(shipped))
    with closing(VectorCache(folder, embedder.stamp)) as cache:
        return cache.encode_passages(PASSAGES, embedder), cache.encode(OTHERS, embedder)


def test_what_is_shipped_is_not_computed(path, tmp_path, monkeypatch):
    passages, others = embedded(tmp_path / "new", path, with_tokens(BrokenEmbedder), monkeypatch)
    for found, made in zip(passages, MAKER.encode_passages(PASSAGES), strict=True):
        assert np.allclose(found.vector, made.vector, atol=1e-3)
        assert np.array_equal(found.tokens, made.tokens)
    assert np.allclose(others, MAKER.encode(OTHERS), atol=1e-3)
    assert np.allclose(np.linalg.norm(others, axis=1), 1, atol=1e-6)


def test_another_model_finds_none_of_it(path, tmp_path, monkeypatch):
    other = BrokenEmbedder(dimension=32, tokens=16)
    with pytest.raises(RuntimeError):
        embedded(tmp_path / "new", path, other, monkeypatch)


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"no tensors" * 9)])
def test_without_a_readable_file_all_is_computed(path, tmp_path, monkeypatch, damage):
    damage(path)
    _, others = embedded(tmp_path / "new", path, MAKER, monkeypatch)
    assert np.array_equal(others, MAKER.encode(OTHERS))


@pytest.mark.parametrize("name", ["vectors", "tokens"])
def test_what_a_disk_has_altered_is_computed_again(path, tmp_path, monkeypatch, name):
    arrays = load_file(path)
    arrays[name] = arrays[name].copy()
    arrays[name].reshape(-1)[:] += 1
    save_file(arrays, path)
    passages, _ = embedded(tmp_path / "new", path, MAKER, monkeypatch)
    for found, made in zip(passages, MAKER.encode_passages(PASSAGES), strict=True):
        assert np.array_equal(found.vector, made.vector)
        assert np.array_equal(found.tokens, made.tokens)
