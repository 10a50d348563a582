"""Prompts, dimensions and the models that are not there."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import (
    MODELS,
    IndexMismatch,
    ModelMissing,
    check_model_setting,
    installed_stamp,
    load_embedder,
    passage_string,
    query_string,
    shortened,
)
from tests.support import HashEmbedder

ROOT = Path(__file__).resolve().parents[2]
STAMP = HashEmbedder().stamp


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


def test_an_unknown_model_is_named_with_those_known(tmp_path):
    with pytest.raises(ModelMissing, match="« gpt » est inconnu") as caught:
        load_embedder("gpt", tmp_path)
    assert all(name in caught.value.remedy for name in MODELS)


def test_a_model_not_installed_comes_with_its_command(tmp_path):
    with pytest.raises(ModelMissing, match="n’est pas installé") as caught:
        installed_stamp("multilingual-e5-small", tmp_path)
    assert "vigie models install multilingual-e5-small" in caught.value.remedy


@pytest.mark.parametrize("dimension", [1, 3, 8])
def test_a_shortened_vector_is_the_beginning_of_the_whole_one_at_unit_length(dimension):
    whole = np.random.default_rng(0).standard_normal((4, 8)).astype(np.float32)
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    cut = shortened(whole, dimension)
    assert cut.shape == (4, dimension)
    assert np.allclose(np.linalg.norm(cut, axis=1), 1)
    assert np.allclose(cut * np.linalg.norm(whole[:, :dimension], axis=1, keepdims=True), whole[:, :dimension])


def test_importing_the_room_does_not_import_the_model_libraries():
    heavy = ("sentence_transformers", "transformers", "torch", "openvino", "tokenizers")
    code = f"import sys, index; sys.exit(' '.join(name for name in {heavy} if name in sys.modules) or 0)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# The model of the settings, and that of a version


@pytest.fixture
def installed(monkeypatch):
    """The model that made the version is installed as it was."""
    monkeypatch.setattr("index.embedder.installed_stamp", lambda name, home: STAMP)


def test_a_version_of_the_settings_model_as_it_is_installed_can_be_answered_from(installed, tmp_path):
    check_model_setting(STAMP, STAMP.name, tmp_path)


def test_a_version_of_another_model_names_both_and_the_setting_to_put_back(tmp_path):
    with pytest.raises(IndexMismatch, match=r"« multilingual-e5-small » ; .* demande « autre »") as caught:
        check_model_setting(STAMP, "autre", tmp_path)
    assert "VIGIE_INDEX__MODEL=multilingual-e5-small" in caught.value.remedy


def test_a_version_of_an_earlier_revision_of_the_model_is_to_be_built_again(installed, tmp_path):
    with pytest.raises(IndexMismatch, match="autre révision de « multilingual-e5-small »") as caught:
        check_model_setting(replace(STAMP, revision="earlier"), STAMP.name, tmp_path)
    assert "vigie index build" in caught.value.remedy


def test_of_a_model_that_is_not_installed_no_version_can_be_answered_from(tmp_path):
    with pytest.raises(ModelMissing):
        check_model_setting(STAMP, STAMP.name, tmp_path)
