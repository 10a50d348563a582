"""From a sentence-transformers folder to a graph that gives the model's own vectors."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import (
    ModelInstallError,
    ModelMissing,
    ModelStamp,
    SentenceEmbedder,
    export,
    graph,
    install_from_folder,
    is_ready,
    load_embedder,
)
from index.encoder import GraphEncoder
from index.graph import GRAPH_VERSION, GraphStamp, graph_path, has_graph, make_graph
from index.model_catalogue import find_model, installed_revision
from index.model_description import described
from index.model_install import ensure_graph
from tests.index.tiny_model import LONGEST, WIDTH, rewrite, tiny_model

TEXTS = [
    "Un brevet protège une invention pendant vingt ans.",
    "Avant chaque visite, le pôle prévient ses adhérents.",
    "a",
    "",
    "RGPD, article 33 : 72 h",
    "Les visiteurs portent un badge. " * 20,
    "What does the guide recommend?",
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> tuple[Path, GraphStamp]:
    """The tiny model with its graph, whose matrices are compressed although they are small."""
    folder = tiny_model(tmp_path_factory.mktemp("models") / "tiny")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "_LEAST_WEIGHTS", 1_000)
        return folder, make_graph(folder, "first")


@pytest.fixture(scope="module")
def model(exported) -> Path:
    """To be read, never changed."""
    return exported[0]


@pytest.fixture
def copy(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "tiny"))


@pytest.fixture(scope="module")
def encoder(model) -> GraphEncoder:
    return GraphEncoder(model, graph_path(model))


@pytest.fixture
def quick(monkeypatch, model) -> Callable[[float], None]:
    """Stands in for torch: the graph made before, and vectors of the model at some cosine from the graph's."""

    def stand_in(cosine: float) -> None:
        def exported(_: Path, target: Path, probes: tuple[str, ...]) -> np.ndarray:
            for name in ("model.xml", "model.bin"):
                shutil.copyfile(model / "openvino" / name, target.with_name(name))
            return GraphEncoder(model, graph_path(model)).encode(probes) * np.float32(cosine)

        monkeypatch.setattr(export, "exported", exported)

    return stand_in


# The vectors


def test_vectors_are_those_of_sentence_transformers(model, encoder):
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(model), device="cpu", local_files_only=True).encode(TEXTS)
    ours = encoder.encode(TEXTS)
    assert ours.shape == (len(TEXTS), WIDTH)
    assert ours.dtype == np.float32
    assert np.vecdot(ours, theirs).min() >= 0.99
    assert (theirs @ theirs.T).min() < 0.8  # the texts lie apart: .99 says something


def test_a_graph_that_is_opened_again_gives_the_same_vectors_to_the_bit(model, encoder):
    """One string at a time and on all cores."""
    assert list((model / "openvino").glob("*.compiled"))
    again = GraphEncoder(model, graph_path(model))
    for texts in (TEXTS[:1], TEXTS):
        assert np.array_equal(again.encode(texts), encoder.encode(texts))


def test_the_stamp_says_how_near_the_graph_came(exported):
    model, stamp = exported
    assert stamp.least_cosine >= 0.99
    assert json.loads((model / "openvino" / "graph.json").read_text("utf-8"))["least_cosine"] == stamp.least_cosine
    assert (stamp.version, stamp.revision, set(stamp.files)) == (GRAPH_VERSION, "first", {"model.xml", "model.bin"})


def test_large_matrices_are_stored_as_bytes(model):
    """12 matrices of 1,024 or 2,048 weights and the words' of 3,328, a byte each: not the four of a float."""
    assert 20_000 < (model / "openvino" / "model.bin").stat().st_size < 40_000


def test_vectors_have_unit_length(encoder):
    assert np.allclose(np.linalg.norm(encoder.encode(TEXTS), axis=1), 1, atol=1e-6)


def test_a_vector_does_not_depend_on_those_beside_it(encoder):
    together = encoder.encode(TEXTS)  # a request on each core
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, backwards)


def test_a_text_s_tokens_come_with_it(encoder):
    counts = [encoder.count_tokens([text]) for text in TEXTS]
    pairs = encoder.encode_with(np.copy, TEXTS)
    assert np.array_equal(np.stack([vector for vector, _ in pairs]), encoder.encode(TEXTS))
    for (_, tokens), count in zip(pairs, counts, strict=True):
        assert tokens.shape == (count, WIDTH)
        assert np.allclose(np.linalg.norm(tokens, axis=1), 1, atol=1e-5)
        assert len(np.unique(tokens.round(4), axis=0)) > 1 or count < 3


def test_a_long_text_is_cut_at_the_model_s_length(encoder):
    assert encoder.count_tokens(["a " * 1000]) == LONGEST
    assert np.array_equal(encoder.encode(["b " * 1000]), encoder.encode(["b " * 46]))  # and its two ends: 48
    assert not np.array_equal(encoder.encode(["b " * 46]), encoder.encode(["b " * 45]))


def test_the_length_is_the_tokenizer_s_where_sentence_transformers_6_writes_no_other(copy):
    """It saves `max_seq_length` as tokenizer_config.json's `model_max_length`. XLM-R's 514 positions hold 512."""
    rewrite(copy, "config.json", max_position_embeddings=LONGEST + 2)
    (copy / "sentence_bert_config.json").write_text(json.dumps({"transformer_task": "feature-extraction"}))
    rewrite(copy, "tokenizer_config.json", model_max_length=LONGEST - 8)
    assert GraphEncoder(copy, graph_path(copy)).count_tokens(["a " * 1000]) == LONGEST - 8


def test_half_a_pair_of_surrogates_is_read_as_a_replacement_character(encoder):
    halves, replaced = (
        ["un \ud83d brevet", "\udfff"],
        ["un \N{REPLACEMENT CHARACTER} brevet", "\N{REPLACEMENT CHARACTER}"],
    )
    assert np.array_equal(encoder.encode(halves), encoder.encode(replaced))
    assert encoder.count_tokens(halves) == encoder.count_tokens(replaced)


# Made whole or not at all


def test_a_graph_belongs_to_a_revision_and_to_this_code(copy, monkeypatch):
    assert has_graph(copy, "first")
    assert not has_graph(copy, "second")
    monkeypatch.setattr(graph, "GRAPH_VERSION", "int8-0")
    assert not has_graph(copy, "first")


@pytest.mark.parametrize("name", ["model.bin", "model.xml", "graph.json"])
def test_a_graph_that_lost_a_file_is_none(copy, name):
    (copy / "openvino" / name).unlink()
    assert not has_graph(copy, "first")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": "int8-3"}', "null"])
def test_a_graph_with_an_unreadable_stamp_is_none(copy, content):
    (copy / "openvino" / "graph.json").write_text(content)
    assert not has_graph(copy, "first")


def test_a_graph_that_strays_from_its_model_is_refused_and_the_one_before_stays(copy, quick, monkeypatch):
    quick(cosine=1.0)
    monkeypatch.setattr(graph, "LEAST_COSINE", 1.01)
    with pytest.raises(ModelInstallError, match=r"tiny s’écarte du modèle \(cosinus 1\.000\)") as caught:
        make_graph(copy, "second")
    assert "vigie models list" in caught.value.remedy
    assert has_graph(copy, "first")
    assert not (copy / ".openvino").exists()


@pytest.mark.parametrize("cosine", [0.9, float("nan")])
def test_far_vectors_and_no_vectors_at_all_are_straying(copy, quick, cosine):
    quick(cosine)
    with pytest.raises(ModelInstallError, match="s’écarte du modèle"):
        make_graph(copy, "second")


def test_a_new_graph_takes_the_place_of_the_one_before(copy, quick):
    quick(cosine=1.0)
    (copy / ".openvino").mkdir()
    (copy / ".openvino" / "left by a killed process").touch()
    make_graph(copy, "second")
    assert has_graph(copy, "second")
    assert {path.name for path in (copy / "openvino").iterdir()} == {"graph.json", "model.bin", "model.xml"}


def test_a_network_that_cannot_be_followed_is_a_clear_refusal(copy, monkeypatch):
    def fails(_: object) -> None:
        raise RuntimeError("data-dependent branch\nat line 3")

    monkeypatch.setattr(export, "_traced", fails)
    with pytest.raises(ModelInstallError, match=r"tiny ne se laisse pas exporter \(data-dependent branch\)"):
        make_graph(copy, "second")
    assert has_graph(copy, "first")


def test_a_full_disk_is_said(copy, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "exported", fails)
    with pytest.raises(ModelInstallError, match="No space left"):
        make_graph(copy, "second")
    assert has_graph(copy, "first")


def test_a_folder_without_a_fast_tokenizer_is_refused_with_its_reason(copy, quick):
    quick(cosine=1.0)
    (copy / "tokenizer.json").unlink()
    with pytest.raises(ModelInstallError, match=r"tokenizer\.json"):
        make_graph(copy, "second")


def test_what_sentence_transformers_adds_by_itself_does_not_make_the_graph_stray(copy):
    """Our prompts and our cut are made outside the graph: the model it is compared with must not make its own."""
    rewrite(copy, "config_sentence_transformers.json", default_prompt_name="query", truncate_dim=16)
    assert make_graph(copy, "second").least_cosine >= 0.99


# Installed from a folder


def installed(source: Path, home: Path, **changes: int) -> str:
    """Install the tiny model, with the graph it has; returns its name."""
    spec = described(source, "tiny", **changes)
    folder = install_from_folder(spec, source, home)
    revision = installed_revision(spec, home)
    shutil.copytree(source / "openvino", folder / "openvino")
    stamp = json.loads((folder / "openvino" / "graph.json").read_text("utf-8"))
    (folder / "openvino" / "graph.json").write_text(json.dumps(stamp | {"revision": revision}))
    return spec.name


def test_a_matryoshka_cut_gives_unit_vectors_that_begin_the_whole_ones(model, encoder, tmp_path):
    embedder = load_embedder(installed(model, tmp_path, dimension=16), tmp_path)
    vectors, whole = embedder.encode(TEXTS), encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.stamp.dimension) == (len(TEXTS), 16)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    cosines = np.vecdot(vectors, whole[:, :16]) / np.linalg.norm(whole[:, :16], axis=1)
    assert np.allclose(cosines, 1, atol=1e-6)
    assert embedder.encode([]).shape == (0, 16)
    question, tokens = embedder.encode_question(TEXTS[0])
    assert np.array_equal(question, vectors[0])
    assert tokens is None  # no head is fitted for it
    assert np.array_equal(np.stack([e.vector for e in embedder.encode_passages(TEXTS)]), vectors)


def test_an_installed_folder_is_ready_once_its_graph_is_made(model, quick, tmp_path):
    quick(cosine=1.0)
    spec = described(model, "tiny")
    install_from_folder(spec, model, tmp_path)
    found = find_model("tiny", tmp_path)
    assert found is not None
    assert not is_ready(found, tmp_path)
    steps: list[tuple[int, int]] = []
    ensure_graph(found, tmp_path, lambda progress: steps.append((progress.done, progress.total)))
    assert is_ready(found, tmp_path)
    ensure_graph(found, tmp_path, lambda _: pytest.fail("a graph is made once"))
    assert steps == [(0, 1), (1, 1)]


def test_other_weights_of_the_same_name_need_a_graph_of_their_own(model, copy, tmp_path):
    name = installed(model, tmp_path / "home")
    assert is_ready(find_model(name, tmp_path / "home"), tmp_path / "home")
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(weights)
    install_from_folder(described(copy, name), copy, tmp_path / "home")
    assert not is_ready(find_model(name, tmp_path / "home"), tmp_path / "home")


def test_a_graph_cut_short_is_named_with_what_to_do(tmp_path):
    stamp = ModelStamp("maison", "1", 32, "{text}", "{title} {text}", "{text}")
    (tmp_path / "openvino").mkdir()
    (tmp_path / "openvino" / "model.xml").write_text("<net")
    words = {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}
    (tmp_path / "tokenizer.json").write_text(json.dumps({"version": "1.0", "model": words}))
    with pytest.raises(ModelMissing, match="endommagé") as caught:
        SentenceEmbedder(tmp_path, stamp)
    assert str(tmp_path / "openvino") in caught.value.remedy
