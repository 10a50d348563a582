"""A model's prompts, dimension and licence, as its own folder gives them."""

import json
from pathlib import Path

import pytest

from index import ModelInstallError, described

MODULES = [{"path": ""}, {"path": "1_Pooling"}, {"path": "2_Dense"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of 384 values, without prompts or card."""
    for name in ("1_Pooling", "2_Dense"):
        (tmp_path / name).mkdir()
    write(tmp_path, "modules.json", MODULES)
    write(tmp_path, "config.json", {"hidden_size": 384})
    return tmp_path


def write(folder: Path, name: str, content: object) -> None:
    (folder / name).write_text(json.dumps(content), "utf-8")


def settings(folder: Path, **content: object) -> None:
    write(folder, "config_sentence_transformers.json", content)


def test_a_model_without_prompts_reads_texts_as_they_are(folder):
    spec = described(folder, "tiny")
    assert (spec.query_prompt, spec.passage_prompt, spec.passage_prompt_untitled) == (
        "{text}", "{title}. {text}", "{text}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("prompts", "query", "passage"),
    [
        ({"query": "query: ", "document": "passage: "}, "query: ", "passage: "),
        ({"query": "query: ", "passage": "passage: "}, "query: ", "passage: "),
        ({"Retrieval-query": "Q: ", "Retrieval-document": "D: ", "Clustering": "C: "}, "Q: ", "D: "),
        ({"query": "Instruct: find\nQuery: ", "document": ""}, "Instruct: find\nQuery: ", ""),
        ({}, "", ""),
        (None, "", ""),
    ],
    ids=str,
)
def test_prompts_are_those_of_questions_and_of_passages(folder, prompts, query, passage):
    settings(folder, prompts=prompts)
    spec = described(folder, "tiny")
    assert spec.query_prompt == query + "{text}"
    assert (spec.passage_prompt, spec.passage_prompt_untitled) == (passage + "{title}. {text}", passage + "{text}")


@pytest.mark.parametrize(
    ("configs", "dimension"),
    [
        ({}, 384),
        ({"1_Pooling": {"word_embedding_dimension": 256}}, 256),
        ({"2_Dense": {"in_features": 384, "out_features": 128}}, 128),
        ({"1_Pooling": {"word_embedding_dimension": 384}, "2_Dense": {"out_features": 1024}}, 1024),
    ],
    ids=str,
)
def test_the_dimension_is_that_of_the_last_module_that_says_one(folder, configs, dimension):
    for name, content in configs.items():
        write(folder / name, "config.json", content)
    assert described(folder, "tiny").dimension == dimension


@pytest.mark.parametrize(
    ("own", "asked", "expected"), [(None, 64, 64), (128, None, 128), (128, 64, 64), (None, 384, 384)]
)
def test_a_cut_is_the_one_asked_or_the_model_s_own(folder, own, asked, expected):
    settings(folder, truncate_dim=own)
    assert described(folder, "tiny", asked).dimension == expected


@pytest.mark.parametrize("asked", [385, -1])
def test_a_cut_beyond_the_model_is_refused_with_its_size(folder, asked):
    with pytest.raises(ModelInstallError, match="vecteurs de 384 nombres") as caught:
        described(folder, "tiny", asked)
    assert "1 à 384" in caught.value.remedy


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: apache-2.0\nlanguage: fr\n---\n", "apache-2.0"),
        ("---\ntags: []\nLicence: MIT\n---\n", "MIT"),
        ('---\nlicense: "cc-by-nc-4.0"\n---\n', "cc-by-nc-4.0"),
    ],
)
def test_the_licence_is_the_card_s_and_left_to_the_admin_to_check(folder, card, licence):
    (folder / "README.md").write_text(card, "utf-8")
    spec = described(folder, "tiny")
    assert spec.licence == licence
    assert "vérifier qu’elle permet votre usage" in spec.licence_note


@pytest.mark.parametrize("card", [None, "# A model\n"])
def test_a_licence_that_is_not_named_is_unknown(folder, card):
    if card:
        (folder / "README.md").write_text(card, "utf-8")
    spec = described(folder, "tiny")
    assert spec.licence == "inconnue"
    assert "ne nomme pas sa licence" in spec.licence_note


@pytest.mark.parametrize("modules", [None, "{", "7", '[{"name": "0"}]'])
def test_another_folder_is_refused_with_what_is_expected(folder, modules):
    (folder / "modules.json").unlink()
    if modules:
        (folder / "modules.json").write_text(modules)
    with pytest.raises(ModelInstallError, match="n’est pas un modèle") as caught:
        described(folder, "tiny")
    assert "modules.json" in caught.value.remedy


def test_a_model_that_says_no_dimension_is_refused(folder):
    write(folder, "config.json", {})
    with pytest.raises(ModelInstallError, match="ne dit pas sa dimension"):
        described(folder, "tiny")
