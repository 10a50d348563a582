"""What a graph was compiled to is kept, opened again as it was, and never in the way."""

from pathlib import Path

import numpy as np
import pytest

from index import compiled_graph
from index.compiled_graph import compiled
from index.openvino_runtime import openvino, opset13

GIVEN = np.linspace(-1, 1, 64, dtype=np.float32)[None]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A product with a matrix, and the stamp of a graph that is in place."""
    weights = np.random.default_rng(1).standard_normal((64, 32)).astype(np.float32)
    given = opset13.parameter([-1, 64], np.float32)
    product = openvino.Model([opset13.matmul(given, opset13.constant(weights), False, False)], [given], "product")
    path = tmp_path / "openvino" / "model.xml"
    path.parent.mkdir()
    openvino.save_model(product, str(path), compress_to_fp16=False)
    path.with_name("graph.json").write_text("{}")
    return path


@pytest.fixture
def never(monkeypatch):
    def made(*_: object) -> None:
        pytest.fail("compiled again")

    return lambda: monkeypatch.setattr(compiled_graph, "_made", made)


def value(graph: Path, streams: int | None = None) -> np.ndarray:
    return compiled(graph, streams)([GIVEN])[0].copy()


def kept(graph: Path) -> list[Path]:
    return sorted(path for path in graph.parent.iterdir() if path.name not in {"model.xml", "model.bin", "graph.json"})


def test_it_is_opened_again_and_gives_the_same_to_the_bit(graph, never):
    first = value(graph)
    assert len(kept(graph)) == 1
    never()
    assert np.array_equal(value(graph), first)


def test_the_weights_are_not_kept_twice(graph):
    value(graph)
    assert kept(graph)[0].stat().st_size < 64 * 32 * 4


def test_each_setting_and_each_graph_has_its_own(graph):
    value(graph), value(graph, 2)
    assert len(kept(graph)) == 2
    graph.with_name("graph.json").write_text('{"revision": "next"}')
    value(graph)
    assert len(kept(graph)) == 3


def test_another_processor_of_the_same_name_has_its_own(graph, monkeypatch):
    value(graph)
    monkeypatch.setattr(compiled_graph, "_instructions", lambda: "flags : avx512f")
    value(graph)
    assert len(kept(graph)) == 2


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1], lambda whole: b"", lambda whole: b"\0" + whole[1:]])
def test_what_is_damaged_is_made_again(graph, never, damage):
    first = value(graph)
    (path,) = kept(graph)
    path.write_bytes(damage(path.read_bytes()))
    assert np.array_equal(value(graph), first)
    never()
    assert np.array_equal(value(graph), first)


def test_what_openvino_refuses_is_made_again(graph):
    first = value(graph)
    (path,) = kept(graph)
    nonsense = b"no model"
    path.write_bytes(compiled_graph.hashlib.sha256(nonsense).digest() + nonsense)
    assert np.array_equal(value(graph), first)


def test_a_folder_that_cannot_be_written_stops_nothing(graph, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError("read only")

    monkeypatch.setattr(Path, "replace", refuse)
    assert value(graph).shape == (1, 32)
    assert kept(graph) == []


def test_nothing_is_kept_of_a_draft(graph):
    graph.with_name("graph.json").unlink()
    value(graph)
    assert kept(graph) == []
