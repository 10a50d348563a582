"""Old versions are put away; the published one, those set aside and those being read stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import IndexBusy, IndexVersion, current_version, prune, publish, read_log, set_aside, version_names
from index.history import log_event, served_before
from index.locks import only_writer
from tests.index.making import SpyEmbedder, build, flip, guide_pdf


def documents(root):
    return {p.name.split("-")[0] for p in (root / "cache" / "documents").iterdir()}


@pytest.fixture
def served(shelf):
    """The shelf once all its versions have been served, the third one last."""
    publish(shelf.root, shelf.second)
    publish(shelf.root, shelf.third)
    return shelf


def test_the_published_version_is_one_of_those_kept(served):
    assert prune(served.root, keep=1) == [served.first, served.second]


def test_the_version_to_go_back_to_is_the_next_one_kept(served):
    assert prune(served.root, keep=2) == [served.first]
    assert version_names(served.root) == [served.second, served.third]


def test_versions_that_wait_to_be_published_stay_and_do_not_count(shelf):
    assert prune(shelf.root, keep=1) == []
    assert len(version_names(shelf.root)) == 3


def test_a_version_never_served_and_older_than_the_published_one_goes(shelf):
    publish(shelf.root, shelf.third)
    assert prune(shelf.root, keep=2) == [shelf.second]


@pytest.mark.parametrize("keep", [3, 4, 1000])
def test_nothing_is_deleted_where_no_more_are_kept(shelf, keep):
    assert prune(shelf.root, keep) == []
    assert len(version_names(shelf.root)) == 3


@pytest.mark.parametrize("keep", [0, -1])
def test_to_keep_none_is_refused(shelf, keep):
    with pytest.raises(ValueError, match="at least one"):
        prune(shelf.root, keep)
    assert len(version_names(shelf.root)) == 3


def test_what_was_deleted_is_in_the_history(served):
    prune(served.root, keep=2)
    assert [(e.event, e.version) for e in read_log(served.root)][-1] == ("pruned", served.first)


def test_no_hidden_folder_is_left(served):
    prune(served.root, keep=2)
    assert sorted(p.name for p in (served.root / "versions").iterdir()) == [served.second, served.third]


def test_versions_set_aside_stay_and_do_not_count(shelf):
    set_aside(shelf.root, shelf.third, "disque défaillant")
    assert prune(shelf.root, keep=1) == []
    assert len(version_names(shelf.root)) == 3


def test_versions_set_aside_are_deleted_when_asked(shelf):
    set_aside(shelf.root, shelf.third, "disque défaillant")
    assert prune(shelf.root, keep=1, quarantine=True) == [shelf.third]


def test_the_published_version_stays_even_set_aside(shelf):
    set_aside(shelf.root, shelf.first, "disque défaillant")
    prune(shelf.root, keep=1, quarantine=True)
    assert current_version(shelf.root) == shelf.first
    IndexVersion(shelf.root)


def test_a_reader_finishes_on_a_version_that_is_pruned(served):
    reader = IndexVersion(served.root, served.second)
    assert served.second in prune(served.root, keep=1)
    reader.watch.check()
    assert len(reader.passages.rows(range(4))) == 4
    assert reader.sentence_vectors(0).shape == (1, 64)  # the note has one sentence


def test_nothing_is_deleted_while_a_version_is_being_built(shelf):
    with only_writer(shelf.root), pytest.raises(IndexBusy):
        prune(shelf.root, keep=1)
    assert len(version_names(shelf.root)) == 3


def logged(root, versions, moves):
    """An index of empty versions v0, v1, …, to which this happened; the last one moved to is published."""
    for name in range(versions):
        (root / "versions" / f"v{name}").mkdir(parents=True)
    for event, name in moves:
        log_event(root, event, f"v{name}")
    (root / "CURRENT").write_text(f"v{moves[-1][1]}", "utf-8")
    return root


def test_versions_that_a_rollback_left_behind_were_served_too(tmp_path):
    moves = [("published", 1), ("published", 2), ("published", 3), ("rolled back", 1), ("published", 4)]
    root = logged(tmp_path, 5, moves)  # v0 was never served
    assert prune(root, keep=5) == ["v0"]
    assert prune(root, keep=3) == ["v2"]  # left: v3, v1 again, v4


def test_a_version_repaired_after_it_was_set_aside_was_served_too(tmp_path):
    moves = [("published", 0), ("published", 1), ("quarantined", 1), ("rolled back", 0), ("released", 1)]
    assert prune(logged(tmp_path, 3, [*moves, ("published", 2)]), keep=3) == []


MOVES = st.lists(st.tuples(st.sampled_from(["published", "rolled back"]), st.integers(0, 9)), min_size=1, max_size=20)


@settings(max_examples=30, deadline=None)
@given(moves=MOVES, keep=st.integers(1, 12))
def test_as_many_served_ones_as_asked_stay_with_those_to_go_back_to(tmp_path_factory, moves, keep):
    root = logged(tmp_path_factory.mktemp("prune"), 10, moves)
    served, published = {f"v{name}" for _, name in moves}, f"v{moves[-1][1]}"
    stack = [*served_before(read_log(root), published), published]
    prune(root, keep)
    left = set(version_names(root))
    assert len(left & served) == min(keep, len(served))
    assert left >= set(stack[-keep:])
    assert left - served == {f"v{name}" for name in range(moves[-1][1] + 1, 10)} - served


def test_the_version_that_a_rollback_would_serve_stays_before_the_one_it_left(tmp_path):
    moves = [("published", 0), ("published", 1), ("published", 2), ("rolled back", 1)]
    assert prune(logged(tmp_path, 3, moves), keep=2) == ["v2"]


# What was read for them


def test_documents_of_versions_kept_stay_in_the_cache(shelf):
    publish(shelf.root, shelf.third)
    before = documents(shelf.root)
    prune(shelf.root, keep=1)  # third has the guide and both notes
    assert documents(shelf.root) == before
    assert len(before) == 3


def test_documents_of_no_version_kept_leave_the_cache(shelf):
    set_aside(shelf.root, shelf.third, "disque défaillant")
    prune(shelf.root, keep=1, quarantine=True)
    assert len(documents(shelf.root)) == 2  # first has the guide, second a note more, third had another


def test_no_document_is_dropped_while_a_version_cannot_be_read(shelf):
    before = documents(shelf.root)
    flip(shelf.root / "versions" / shelf.first / "manifest.json", 40)
    set_aside(shelf.root, shelf.third, "disque défaillant")
    prune(shelf.root, keep=1, quarantine=True)
    assert documents(shelf.root) == before


def test_a_build_after_pruning_computes_no_vector_again(shelf, tmp_path):
    prune(shelf.root, keep=1)
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    spy = SpyEmbedder()
    build(tmp_path / "corpus", shelf.root, spy)
    assert spy.strings == []
