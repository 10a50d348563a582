"""Health checks: each says what it saw and what to do, and none hides the others."""

import json
import os
import shutil
from pathlib import Path

import pytest

from assistant import AssistantSettings
from corpus import CorpusSettings, load_catalogue
from index import MODELS, IndexSettings, build_index, installed_stamp
from index.graph import GRAPH_VERSION
from tests.index.making import build, note_pdf, version_folder
from tests.support import HashEmbedder
from ui.health import Finding, run_checks

SPEC = MODELS[IndexSettings().model]
OTHER = next(name for name in MODELS if name != SPEC.name)
NAMES = [
    "Python", "catalogue", "modèle", "générateur", "index", "versions", "publications", "conversations", "serveur",
    "disque",
]  # fmt: skip


@pytest.fixture(scope="module")
def healthy_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the shipped guide indexed, and the mark of an installed model."""
    folder = tmp_path_factory.mktemp("health")
    model = folder / "models" / SPEC.name
    model.mkdir(parents=True)
    marker = {"name": SPEC.name, "revision": SPEC.revision, "files": {}}
    (model / "vigie-model.json").write_text(json.dumps(marker))
    mark_graph(model, SPEC.revision)
    embedder = HashEmbedder(SPEC.dimension)
    embedder.stamp = installed_stamp(SPEC.name, folder / "models")
    build_index(load_catalogue(folder / "home"), folder / "home" / "index", embedder, CorpusSettings())
    return folder


def mark_graph(model: Path, revision: str) -> None:
    """The mark of a graph made for a revision of the weights."""
    (model / "openvino").mkdir(exist_ok=True)
    stamp = {"version": GRAPH_VERSION, "revision": revision, "least_cosine": 1.0, "files": {}}
    (model / "openvino" / "graph.json").write_text(json.dumps(stamp))


@pytest.fixture
def home(healthy_home: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy to damage, which the environment points to."""
    for name in os.environ:
        if name.startswith("VIGIE_"):
            monkeypatch.delenv(name)
    shutil.copytree(healthy_home, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VIGIE_MODELS", str(tmp_path / "models"))
    return tmp_path


def findings() -> dict[str, Finding]:
    return {finding.name: finding for finding in run_checks()}


def sick() -> dict[str, str]:
    """Severity of what is not well, by name; the disk of the machine is not ours to judge."""
    return {f.name: f.severity for f in run_checks() if f.severity != "ok" and f.name != "disque"}


def test_all_is_well_in_a_healthy_home(home):
    assert list(findings()) == NAMES
    assert sick() == {}


def test_without_an_index_the_remedy_is_its_command(home):
    shutil.rmtree(home / "home" / "index")
    assert sick() == {"index": "error", "publications": "error"}
    assert "vigie index build" in findings()["index"].remedy


def test_without_the_model_the_remedy_is_its_command(home):
    shutil.rmtree(home / "models")
    assert sick() == {"modèle": "error"}
    assert "vigie models install" in findings()["modèle"].remedy


@pytest.mark.parametrize("revision", [None, "another"], ids=["no graph", "of other weights"])
def test_without_the_model_s_graph_the_remedy_is_the_same_command(home, revision):
    model = home / "models" / SPEC.name
    shutil.rmtree(model / "openvino")
    if revision:
        mark_graph(model, revision)
    assert sick() == {"modèle": "error"}
    assert "vigie models install" in findings()["modèle"].remedy


def test_a_damaged_file_of_the_index_is_named_even_where_opening_compares_sizes_only(home, monkeypatch):
    monkeypatch.setattr("index.version._HASHED_AT_OPENING", 0)
    with (version_folder(home / "home" / "index") / "dense.faiss").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))
    assert sick() == {"index": "error"}
    assert "dense.faiss" in findings()["index"].message


def test_an_index_of_another_model_is_an_error(home, monkeypatch):
    monkeypatch.setenv("VIGIE_INDEX__MODEL", OTHER)
    assert findings()["index"].severity == "error"
    assert SPEC.name in findings()["index"].message


def test_an_index_of_another_revision_of_the_model_is_an_error(home):
    marker = home / "models" / SPEC.name / "vigie-model.json"
    marker.write_text(json.dumps({"name": SPEC.name, "revision": "local-0123456789ab", "files": {}}))
    mark_graph(marker.parent, "local-0123456789ab")
    assert findings()["index"].severity == "error"


def test_an_unknown_model_comes_with_those_known(home, monkeypatch):
    monkeypatch.setenv("VIGIE_INDEX__MODEL", "gpt")
    assert findings()["modèle"].severity == "error"
    assert all(name in findings()["modèle"].remedy for name in MODELS)


@pytest.mark.parametrize(
    ("writer", "remedy"),
    [("local", f"vigie models install {AssistantSettings().local_model}"), ("api", "VIGIE_ASSISTANT__API_URL")],
)
def test_a_generator_that_cannot_write_is_an_error_with_its_remedy(home, monkeypatch, writer, remedy):
    monkeypatch.setenv("VIGIE_ASSISTANT__GENERATOR", writer)
    assert sick() == {"générateur": "error"}
    assert remedy in findings()["générateur"].remedy


def test_the_generator_is_named_and_a_server_outside_too(home, monkeypatch):
    assert findings()["générateur"].message.startswith("extractive")
    monkeypatch.setenv("VIGIE_ASSISTANT__GENERATOR", "api")
    monkeypatch.setenv("VIGIE_ASSISTANT__API_URL", "https://llm.pole.example/v1")
    monkeypatch.setenv("VIGIE_ASSISTANT__API_MODEL", "m")
    assert sick() == {}
    assert "https://llm.pole.example/v1" in findings()["générateur"].message


def test_a_publication_whose_file_is_gone_is_a_warning_that_names_it(home):
    path = note_pdf(home / "corpus" / "note.pdf", "Chaque adhérent signale aussitôt la perte d’un téléphone.")
    build(home / "corpus", home / "home" / "index")
    path.unlink()
    assert findings()["publications"].severity == "warning"
    assert "note" in findings()["publications"].message


def test_a_broken_catalogue_does_not_hide_the_other_checks(home):
    (home / "home" / "catalogue.toml").write_text("publication = 3")
    assert list(findings()) == NAMES
    assert sick() == {"catalogue": "error"}


def test_a_wrong_setting_is_a_finding_with_its_remedy(home, monkeypatch):
    monkeypatch.setenv("VIGIE_HOEM", "x")
    assert "VIGIE_HOME" in findings()["réglages"].remedy


def test_without_settings_the_other_checks_are_listed_as_not_made(home):
    (home / "vigie.toml").mkdir()
    assert list(findings()) == ["Python", "réglages", *NAMES[1:]]
    assert "vigie.toml" in findings()["réglages"].message
    assert sick() == {"réglages": "error"} | {name: "warning" for name in NAMES[1:] if name != "disque"}


def test_what_is_not_well_always_comes_with_a_remedy(home):
    shutil.rmtree(home / "home")
    shutil.rmtree(home / "models")
    assert all(finding.remedy for finding in run_checks() if finding.severity != "ok")


@pytest.mark.parametrize(("damage", "code"), [(lambda home: None, 0), (lambda home: shutil.rmtree(home / "home"), 1)])
def test_the_doctor_gives_a_line_a_check_and_fails_on_an_error(home, damage, code, monkeypatch, capfd):
    from ui.cli.app import main

    damage(home)
    monkeypatch.setattr("sys.argv", ["vigie", "doctor", "--json"])
    try:
        main()
        done = 0
    except SystemExit as stop:
        done = stop.code or 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert done == code
    assert [line["name"] for line in lines] == NAMES
    assert all(set(line) == {"name", "severity", "message", "remedy"} for line in lines)
