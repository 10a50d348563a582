"""The vectors that come with Vigie are all those of the guide it ships, and the model's own."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import (
    DeferredEmbedder,
    Embeddable,
    Embedder,
    IndexVersion,
    VectorCache,
    load_embedder,
    models_home,
    read_asked,
    version_folder,
)

DRAWN, SEED = 6, 2026  # strings of each kind that are encoded again
AGAIN = "run `make vectors`: the guide, its questions, or the model's graph have changed"


@pytest.fixture(scope="module")
def strings(real_home: Path) -> Embeddable:
    root = real_home / "index"
    version = IndexVersion(root)
    passages = [version.passages[row] for row in range(len(version.passages))]
    asked = read_asked(version_folder(root, version.manifest.name), len(passages))
    return Embeddable.of(version.manifest.model, passages, asked.questions)


@pytest.fixture(scope="module")
def embedder(real_home: Path) -> Embedder:
    return load_embedder(IndexVersion(real_home / "index").manifest.model.name, models_home())


def test_a_first_build_of_the_guide_computes_no_vector(strings, embedder, tmp_path):
    def load() -> Embedder:
        pytest.fail(AGAIN)

    none = DeferredEmbedder(embedder.stamp, load)
    with closing(VectorCache(tmp_path, embedder.stamp)) as cache:
        assert len(cache.encode_passages(strings.passages, none)) == len(strings.passages)
        assert len(cache.encode([*strings.sentences, *strings.questions], none)) > len(strings.passages)


def test_they_are_the_model_s_own(strings, embedder, tmp_path):
    passages, others = drawn(strings.passages), [*drawn(strings.sentences), *drawn(strings.questions)]
    with closing(VectorCache(tmp_path, embedder.stamp)) as cache:
        shipped, fresh = cache.encode_passages(passages, embedder), embedder.encode_passages(passages)
        near = np.vecdot(cache.encode(others, embedder), embedder.encode(others))
    assert near.min() > 0.9999, AGAIN
    for found, made in zip(shipped, fresh, strict=True):
        assert np.vecdot(found.vector, made.vector) > 0.9999, AGAIN
        assert np.abs(found.tokens.astype(int) - made.tokens).max() <= 1, AGAIN  # of 127


def drawn(texts: Sequence[str]) -> list[str]:
    return [texts[place] for place in np.random.default_rng(SEED).permutation(len(texts))[:DRAWN]]
