"""The dense index, flat and coded, on vectors made in clusters, against a plain product."""

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dense import DENSE, PLAN, VECTORS, DenseIndex, DensePlan
from index.dense_writing import plan_for, write_dense

SIZE, WIDTH = 6_000, 16


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def made(size=SIZE, width=WIDTH):
    """Unit vectors in about 50 clusters; rows 10, 500 and 5000 are the same."""
    rng = np.random.default_rng(3)
    vectors = unit(rng.standard_normal((50, width))[rng.integers(50, size=size)] + rng.standard_normal((size, width)))
    vectors[[r for r in (500, 5000) if r < size]] = vectors[10]
    return vectors


VECTORS_MADE = made()
QUESTIONS = unit(VECTORS_MADE[::200] + np.random.default_rng(4).standard_normal((30, WIDTH)) / 8)


def nearest(question, k, allowed=None):
    rows = np.arange(SIZE) if allowed is None else np.flatnonzero(allowed)
    return rows[np.lexsort((rows, -(VECTORS_MADE[rows] @ question)))][:k]


def recall(index, k=10, allowed=None):
    return np.mean([np.isin(index.search(q, k, allowed)[0], nearest(q, k, allowed)).mean() for q in QUESTIONS])


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    made_in = {name: tmp_path_factory.mktemp(name) for name in ("flat", "coded")}
    write_dense(made_in["flat"], VECTORS_MADE, plan_for(SIZE, WIDTH))
    write_dense(made_in["coded"], np.array_split(VECTORS_MADE, 7), plan_for(SIZE, WIDTH, flat_floats=0))
    return made_in


@pytest.fixture(scope="module", params=["flat", "coded"])
def index(request, folders):
    return DenseIndex.open(folders[request.param], SIZE)


@pytest.mark.parametrize(
    ("size", "dimension", "factory"),
    [
        (1_000, 768, "Flat"),
        (19_531, 768, "Flat"),  # 19,531 × 768 = 14,999,808
        (19_532, 768, "IVF256,PQ192x4fs"),  # 15,000,576; 768 / 4 codes
        (1_000_000, 384, "IVF256,PQ192x4fs"),  # 384 / 2
        (1_000_000, 1026, "IVF256,PQ513x4fs"),  # 4 does not divide 1026
    ],
)
def test_the_plan_follows_how_many_numbers_there_are(size, dimension, factory):
    assert plan_for(size, dimension).factory == factory


def test_a_flat_index_finds_what_a_plain_product_finds(folders):
    assert recall(DenseIndex.open(folders["flat"], SIZE)) == 1


@pytest.mark.parametrize("kept", [None, 0.5, 0.1, 0.01])
def test_a_coded_index_finds_nearly_all_of_it(folders, kept):
    allowed = None if kept is None else np.random.default_rng(5).random(SIZE) < kept
    assert recall(DenseIndex.open(folders["coded"], SIZE), 10, allowed) >= 0.98


def test_cosines_are_those_of_the_vectors(index):
    rows, cosines = index.search(QUESTIONS[0], 20)
    assert cosines == pytest.approx(VECTORS_MADE[rows] @ QUESTIONS[0], abs=1e-3)  # halves keep 11 bits
    assert cosines.tolist() == index.cosines(QUESTIONS[0], rows).tolist()
    assert index.vectors(rows) == pytest.approx(VECTORS_MADE[rows], abs=1e-3)


def test_rows_come_best_first_and_equal_vectors_by_row(index):
    rows, cosines = index.search(VECTORS_MADE[10], 20)
    assert rows[:3].tolist() == [10, 500, 5000]
    assert (np.diff(cosines) <= 0).all()


def test_types_are_as_promised(index):
    rows, cosines = index.search(QUESTIONS[0], 3)
    assert (rows.dtype, cosines.dtype, index.vectors(rows).dtype) == (np.int64, np.float32, np.float32)


@given(
    seed=st.integers(0, 9), kept=st.sampled_from([0, 1, 3, 300, 4_500, SIZE]), k=st.sampled_from([0, 1, 10, SIZE + 1])
)
@settings(max_examples=40, deadline=None, database=None)
def test_as_many_rows_as_asked_and_allowed(folders, seed, kept, k):
    allowed = np.zeros(SIZE, dtype=np.bool_)
    allowed[np.random.default_rng(seed).choice(SIZE, kept, replace=False)] = True
    for folder in folders.values():
        rows, _ = DenseIndex.open(folder, SIZE).search(QUESTIONS[seed], k, allowed)
        assert len(set(rows.tolist())) == len(rows) == min(k, kept)
        assert allowed[rows].all()


def test_a_filter_far_from_the_question_still_fills_the_answer(folders):
    """It keeps 75 % of the rows, the farthest, none of which are in the one list visited first."""
    index = DenseIndex.open(folders["coded"], SIZE)
    index.plan = dataclasses.replace(index.plan, probes=1)
    allowed = np.ones(SIZE, dtype=np.bool_)
    allowed[nearest(QUESTIONS[0], SIZE // 4)] = False
    assert len(index.search(QUESTIONS[0], 200, allowed)[0]) == 200


def test_no_rows_have_no_vectors(index):
    none = np.arange(0)
    assert index.vectors(none).shape == (0, WIDTH)
    assert index.cosines(QUESTIONS[0], none).shape == (0,)


def test_readers_in_parallel_find_what_one_finds(index):
    alone = [index.search(q, 50)[0].tolist() for q in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda q: index.search(q, 50)[0].tolist(), list(QUESTIONS) * 5))
    assert together == alone * 5


def test_a_search_leaves_the_number_of_threads_as_it_was(index):
    before = faiss.omp_get_max_threads()
    index.search(QUESTIONS[0], 1)
    assert faiss.omp_get_max_threads() == before


def test_a_build_is_the_same_twice(folders, tmp_path):
    write_dense(tmp_path, VECTORS_MADE, plan_for(SIZE, WIDTH, flat_floats=0))
    for name in (DENSE, VECTORS, PLAN):
        assert (tmp_path / name).read_bytes() == (folders["coded"] / name).read_bytes()


def test_the_plan_keeps_the_recall_measured(folders):
    plan = DensePlan(**json.loads((folders["coded"] / PLAN).read_text("utf-8")))
    assert plan.recall >= 0.99
    assert plan.lists / 2 <= plan.probes <= plan.lists == 93  # 6000 // 64
    assert not (folders["flat"] / VECTORS).exists()


@pytest.mark.parametrize(
    "vectors",
    [VECTORS_MADE[1:], np.vstack([VECTORS_MADE, VECTORS_MADE[:1]]), VECTORS_MADE[:, 1:], iter([])],
    ids=["one less", "one more", "narrower", "none"],
)
@pytest.mark.parametrize("flat_floats", [0, SIZE * WIDTH])
def test_other_vectors_than_planned_are_an_error(tmp_path, vectors, flat_floats):
    with pytest.raises(ValueError, match="planned"):
        write_dense(tmp_path, vectors, plan_for(SIZE, WIDTH, flat_floats))


@pytest.mark.parametrize("name", [DENSE, VECTORS, PLAN])
@pytest.mark.parametrize("left", [None, 0, 20, 0.5, -1])
def test_a_missing_or_cut_file_is_an_error(folders, tmp_path, name, left):
    for file in folders["coded"].iterdir():
        content = file.read_bytes()
        cut = int(left * len(content)) if left == 0.5 else left
        if file.name != name or left is not None:
            (tmp_path / file.name).write_bytes(content[:cut] if file.name == name else content)
    with pytest.raises((OSError, ValueError, RuntimeError)):
        DenseIndex.open(tmp_path, SIZE)


@pytest.mark.parametrize("plan", ["[]", "{}", '{"size": 6000, "dimension": 8}', '{"size": 6000, "other": 16}'])
def test_a_plan_of_something_else_is_an_error(folders, tmp_path, plan):
    (tmp_path / DENSE).write_bytes((folders["flat"] / DENSE).read_bytes())
    (tmp_path / PLAN).write_text(plan, "utf-8")
    with pytest.raises(ValueError, match=r"dense\."):
        DenseIndex.open(tmp_path, SIZE)


def test_another_number_of_passages_is_an_error(folders):
    with pytest.raises(ValueError, match="6001 vectors expected"):
        DenseIndex.open(folders["flat"], SIZE + 1)


@pytest.mark.parametrize(
    "wrong", [{"vector": QUESTIONS[0][1:]}, {"allowed": np.ones(3, bool)}, {"allowed": np.ones(SIZE)}]
)
def test_another_shape_is_an_error(index, wrong):
    with pytest.raises(ValueError, match="expected"):
        index.search(**({"vector": QUESTIONS[0], "k": 3} | wrong))


@pytest.mark.parametrize("row", [-1, SIZE])
def test_a_row_that_is_not_there_is_refused_and_not_read(index, row):
    with pytest.raises(IndexError, match=str(row)):
        index.cosines(QUESTIONS[0], np.array([0, row]))
