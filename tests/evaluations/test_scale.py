"""The benchmark of dense search at scale, on a few made vectors."""

import json

import numpy as np
import pytest

from evaluations.benchmarks import scale

WIDTH = 8


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def files(tmp_path):
    """Two files of 300 texts and 20 questions; the second's `whole` repeats the first's: 900 distinct texts."""
    rng = np.random.default_rng(1)
    whole = unit(rng.standard_normal((300, WIDTH)))
    for number in (1, 2):
        sep, asked = unit(rng.standard_normal((300, WIDTH))), unit(rng.standard_normal((20, WIDTH)))
        np.savez(tmp_path / f"{number}.npz", whole=whole, sep=sep, q=asked, offs=np.arange(3))
    return [tmp_path / "1.npz", tmp_path / "2.npz"]


@pytest.fixture
def in_one_process(monkeypatch):
    monkeypatch.setattr(scale, "_alone", lambda call, *arguments: call(*arguments))


def test_times_are_the_median_and_the_95th_percentile(monkeypatch):
    # 20 calls of 1, 2, … 20 ms after 5 unmeasured ones: median 10.5; 95th at index .95 × 19 = 18.05, so 19.05
    clock = iter(t for n in range(1, 21) for t in (0.0, n / 1000))
    monkeypatch.setattr(scale.time, "perf_counter", lambda: next(clock))
    asked = []
    assert scale.timed(asked.append, list(range(20))) == (10.5, 19.05)
    assert asked == [*range(5), *range(20)]


def test_texts_of_all_files_count_once(files):
    assert scale.distinct_texts(files).shape == (900, WIDTH)


def test_questions_are_no_texts(files):
    assert scale.question_vectors(files, 30).shape == (30, WIDTH)
    assert scale.question_vectors(files, 99).shape == (40, WIDTH)


def test_a_collection_grows_from_the_texts_by_moved_copies(files, monkeypatch):
    monkeypatch.setattr(scale, "_BLOCK", 400)
    texts = scale.distinct_texts(files)
    blocks = list(scale.grown(texts, 1_000))
    grown = np.concatenate(blocks)
    assert [len(b) for b in blocks] == [400, 400, 200]
    assert grown[:900] == pytest.approx(texts, abs=1e-6)
    moved = (grown[900:] * texts[:100]).sum(axis=1)
    assert moved.mean() == pytest.approx(0.9, abs=0.03)  # noise of half a vector: 1 / √1.25 = .894
    assert np.linalg.norm(grown, axis=1) == pytest.approx(np.ones(1_000), abs=1e-5)


def test_the_nearest_are_those_of_a_plain_product(files, monkeypatch):
    monkeypatch.setattr(scale, "_BLOCK", 400)
    texts, questions, allowed = scale.distinct_texts(files), scale.question_vectors(files, 5), scale.mask(900, 0.5)
    best = np.argsort(-np.where(allowed, questions @ texts.T, -2), axis=1)[:, :10]
    assert scale.nearest(scale.grown(texts, 900), questions, allowed).tolist() == best.tolist()


def test_tables_have_a_line_for_each_size_and_one_for_all_texts_in_codes(files, in_one_process, capsys):
    scale.main(["--vectors", *map(str, files), "--sizes", "100,1000", "--dimension", str(WIDTH), "--questions", "10"])
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in capsys.readouterr().out.split("\n") if line]
    assert [line[0] for line in lines] == [
        "vectors", "---", "100 real", "1,000 grown", "900 real",
        "vectors", "---", "100 real", "1,000 grown", "900 real",
    ]  # fmt: skip
    assert [line[1] for line in lines[2:5]] == ["Flat", "Flat", "IVF14,PQ4x4fs"]  # 900 // 64, 8 / 2


def test_json_holds_what_the_tables_hold(files, in_one_process, capsys):
    scale.main(
        ["--vectors", *map(str, files), "--sizes", "100", "--dimension", str(WIDTH), "--questions", "10", "--json"]
    )
    flat, coded = json.loads(capsys.readouterr().out)
    assert flat["reading"]["recall"] == {"1.0": 1.0, "0.5": 1.0, "0.01": 1.0}
    assert coded["size"] == 900
    assert coded["reading"]["recall"]["0.5"] >= 0.9
    assert flat["building"]["disk_mb"] >= 0


def test_vectors_of_another_dimension_are_wrong_usage(files, capsys):
    with pytest.raises(SystemExit, match="2"):
        scale.main(["--vectors", *map(str, files)])
    assert "8 dimensions, not 768" in capsys.readouterr().err
