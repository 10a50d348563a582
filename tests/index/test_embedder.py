"""Prompts, and the cache of vectors."""

import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import (
    MODELS,
    ModelMissing,
    VectorCache,
    installed_stamp,
    load_embedder,
    passage_string,
    query_string,
)
from tests.index.making import BrokenEmbedder, SpyEmbedder
from tests.support import HashEmbedder

ROOT = Path(__file__).resolve().parents[2]
STAMP = HashEmbedder().stamp
TEXTS = ["passage: un brevet", "passage: un salon", "passage: un brevet"]


def encoded(folder: Path, texts: list[str], embedder: HashEmbedder) -> np.ndarray:
    with closing(VectorCache(folder, embedder.stamp)) as cache:
        return cache.encode(texts, embedder)


def test_a_question_gets_the_query_prompt():
    assert query_string(STAMP, "Quels risques ?") == "query: Quels risques ?"


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Salons", "passage: Salons. Un stand."), ("", "passage: Un stand.")],
)
def test_a_passage_gets_the_passage_prompt_and_its_title_where_it_has_one(title, expected):
    assert passage_string(STAMP, "Un stand.", title) == expected


def test_braces_in_a_text_are_not_a_prompt():
    assert passage_string(STAMP, "{title} {text} {0}", "A") == "passage: A. {title} {text} {0}"


def test_braces_in_a_title_are_not_a_prompt():
    assert passage_string(STAMP, "Un stand.", "Le champ {text}") == "passage: Le champ {text}. Un stand."


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


@pytest.mark.parametrize("change", [{"revision": "next"}, {"name": "embeddinggemma-300m"}])
def test_another_model_or_revision_misses(tmp_path, change):
    encoded(tmp_path, TEXTS, HashEmbedder())
    spy = SpyEmbedder()
    spy.stamp = replace(spy.stamp, **change)
    encoded(tmp_path, TEXTS, spy)
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


def test_an_unknown_model_is_named_with_those_known(tmp_path):
    with pytest.raises(ModelMissing, match="« gpt » est inconnu") as caught:
        load_embedder("gpt", tmp_path)
    assert all(name in caught.value.remedy for name in MODELS)


def test_a_model_not_installed_comes_with_its_command(tmp_path):
    with pytest.raises(ModelMissing, match="n’est pas installé") as caught:
        installed_stamp("multilingual-e5-small", tmp_path)
    assert "vigie models install multilingual-e5-small" in caught.value.remedy


def test_importing_the_room_does_not_import_the_model_libraries():
    code = "import sys, index; sys.exit('sentence_transformers' in sys.modules or 'torch' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
