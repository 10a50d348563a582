"""`vigie models install`: which model, from where, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import AssistantSettings
from index import MODELS, IndexSettings, ModelInstallError
from index.graph import GRAPH_VERSION
from ui.cli.app import main

SHIPPED = MODELS["multilingual-e5-small"]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def models(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("VIGIE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    return tmp_path / "models"


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """What a sentence-transformers folder has, without weights that mean anything."""
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "modules.json").write_text('[{"path": ""}]')
    (folder / "config.json").write_text('{"hidden_size": 32}')
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


@pytest.fixture
def run(models: Path, monkeypatch, capfd) -> Run:
    """Run `vigie models install …`: its exit code and messages."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["vigie", "models", "install", *map(str, arguments)])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        return code, " ".join(capfd.readouterr().err.split())

    return run


@pytest.fixture
def graphs(monkeypatch) -> list[str]:
    """Stands in for the graphs, which need real weights; names the folders they were asked for."""
    made: list[str] = []

    def make_graph(model: Path, revision: str) -> None:
        made.append(model.name)
        (model / "openvino").mkdir()
        stamp = {"version": GRAPH_VERSION, "revision": revision, "files": {}}
        (model / "openvino" / "graph.json").write_text(json.dumps(stamp))

    monkeypatch.setattr("index.graph.make_graph", make_graph)
    return made


def test_a_folder_is_installed_under_the_name_given_with_its_graph(run, models, brought, graphs):
    code, said = run("maison", "--from", brought)
    assert (code, graphs) == (0, ["maison"])
    assert "licence : inconnue" in said
    assert str(models / "maison") in said.replace(" ", "")


def test_a_hub_s_model_is_installed_under_both_its_names(run, models, brought, graphs, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr("ui.cli.models.fetch_from_hub", lambda name, _: asked.append(name) or brought)
    assert run("acme/tiny", "--dimension", "16")[0] == 0
    assert (asked, graphs) == (["acme/tiny"], ["acme--tiny"])
    marker = json.loads((models / "acme--tiny" / "vigie-model.json").read_text("utf-8"))
    assert marker["model"]["dimension"] == 16


def test_a_ready_model_is_not_fetched_or_made_again(run, brought, graphs, monkeypatch):
    monkeypatch.setattr("ui.cli.models.fetch_from_hub", lambda *_: brought)
    assert run("acme/tiny")[0] == 0
    monkeypatch.setattr("ui.cli.models.fetch_from_hub", lambda *_: pytest.fail("fetched again"))
    code, said = run("acme/tiny")
    assert (code, len(graphs)) == (0, 1)
    assert "déjà installé" in said


def test_a_model_whose_graph_is_of_older_code_gets_a_new_one_from_its_weights(run, models, brought, graphs):
    run("maison", "--from", brought)
    stamp = models / "maison" / "openvino" / "graph.json"
    stamp.unlink()
    stamp.parent.rmdir()
    assert run("maison")[0] == 0
    assert graphs == ["maison", "maison"]


def test_a_folder_given_again_takes_the_place_of_the_one_before(run, models, brought, graphs):
    run("maison", "--from", brought)
    (brought / "model.safetensors").write_bytes(b"others!")
    assert run("maison", "--from", brought)[0] == 0
    assert (models / "maison" / "model.safetensors").read_bytes() == b"others!"
    assert graphs == ["maison", "maison"]


def test_another_model_under_the_same_name_is_described_again(run, models, brought, graphs):
    run("maison", "--from", brought)
    (brought / "config.json").write_text('{"hidden_size": 16}')
    (brought / "config_sentence_transformers.json").write_text('{"prompts": {"query": "search_query: "}}')
    (brought / "README.md").write_text("---\nlicense: mit\n---\n")
    code, said = run("maison", "--from", brought)
    model = json.loads((models / "maison" / "vigie-model.json").read_text("utf-8"))["model"]
    assert (model["dimension"], model["query_prompt"], model["licence"]) == (16, "search_query: {text}", "mit")
    assert (code, "licence : mit" in said) == (0, True)


def test_another_cut_of_the_same_model_may_be_asked_for(run, models, brought, graphs):
    run("maison", "--from", brought)
    assert run("maison", "--from", brought, "--dimension", "16")[0] == 0
    assert json.loads((models / "maison" / "vigie-model.json").read_text("utf-8"))["model"]["dimension"] == 16


def test_a_catalogue_s_model_from_a_folder_keeps_the_catalogue_s_description(run, models, brought, graphs):
    assert run(SHIPPED.name, "--from", brought)[0] == 0
    assert "model" not in json.loads((models / SHIPPED.name / "vigie-model.json").read_text("utf-8"))


def test_weights_that_write_are_known_again_from_the_folder_where_vigie_put_them(run, models, tmp_path):
    weights = tmp_path / "tiny.gguf"
    weights.write_bytes(b"GGUF and more")
    run("plume", "--from", weights)
    (models / "plume").rename(tmp_path / "copy")
    for _ in range(2):
        assert run("plume", "--from", tmp_path / "copy")[0] == 0
    assert (models / "plume" / "model.gguf").read_bytes() == b"GGUF and more"


def test_a_damaged_model_of_an_admin_is_asked_for_again(run, models, brought, graphs):
    """Vigie has no wheels for it: the admin must bring it again."""
    run("maison", "--from", brought)
    (models / "maison" / "model.safetensors").write_bytes(b"cut")
    code, said = run("maison")
    assert code == 1
    assert "--from" in said


@pytest.mark.parametrize(
    ("writer", "names"),
    [("extractive", [IndexSettings().model]), ("local", [IndexSettings().model, AssistantSettings().local_model])],
)
def test_without_a_name_the_models_of_the_settings_are_installed(run, monkeypatch, writer, names):
    installed: list[str] = []
    monkeypatch.setattr("ui.cli.models._install", lambda spec, folder, home: installed.append(spec.name))
    monkeypatch.setenv("VIGIE_ASSISTANT__GENERATOR", writer)
    assert run()[0] == 0
    assert installed == names


def test_a_named_model_comes_alone(run, monkeypatch):
    installed: list[str] = []
    monkeypatch.setattr("ui.cli.models._install", lambda spec, folder, home: installed.append(spec.name))
    monkeypatch.setenv("VIGIE_ASSISTANT__GENERATOR", "local")
    assert run(SHIPPED.name)[0] == 0
    assert installed == [SHIPPED.name]


def test_an_unknown_name_comes_with_those_known(run):
    code, said = run("gpt")
    assert code == 1
    assert all(name in said for name in MODELS)


@pytest.mark.parametrize(
    "arguments",
    [("maison", "--dimension", "16"), (SHIPPED.name, "--dimension", "16"), ("maison", "--dimension", "0")],
    ids=" ".join,
)
def test_a_cut_is_only_for_a_new_model(run, arguments):
    assert run(*arguments)[0] == 2


def test_a_cut_too_wide_is_refused_before_anything_is_copied(run, models, brought):
    code, said = run("maison", "--from", brought, "--dimension", "33")
    assert code == 1
    assert "1 à 32" in said
    assert not (models / "maison").exists()


@pytest.mark.parametrize("name", ["../maison", ".maison", "mai son", "/maison", "acme/../../maison", "-x/y", ".."])
def test_a_name_that_is_no_folder_s_is_refused(run, models, brought, graphs, name):
    assert run("--from", brought, "--", name)[0] != 0
    assert graphs == []
    assert not list(models.parent.rglob("vigie-model.json"))


def test_a_model_that_cannot_be_exported_is_not_ready(run, brought, monkeypatch, models):
    def fails(*_: object) -> None:
        raise ModelInstallError("Le modèle ne se laisse pas exporter.", "Choisissez-en un autre.")

    monkeypatch.setattr("index.graph.make_graph", fails)
    code, said = run("maison", "--from", brought)
    assert (code, "exporter" in said) == (1, True)
