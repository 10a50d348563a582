"""Old versions are put away; the published one, those set aside and those being read stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import IndexBusy, IndexVersion, current_version, prune, publish, read_log, set_aside, version_names
from index.history import log_event
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


@settings(max_examples=30, deadline=None)
@given(served=st.lists(st.integers(0, 9), min_size=1, unique=True), keep=st.integers(1, 12))
def test_as_many_served_ones_as_asked_stay_the_latest_served(tmp_path_factory, served, keep):
    root = tmp_path_factory.mktemp("prune")
    for name in range(10):
        (root / "versions" / f"v{name}").mkdir(parents=True)
    for name in served:
        log_event(root, "published", f"v{name}")
    (root / "CURRENT").write_text(f"v{served[-1]}", "utf-8")
    prune(root, keep)
    waiting = {name for name in range(served[-1] + 1, 10) if name not in served}
    assert set(version_names(root)) == {f"v{name}" for name in {*served[-keep:], *waiting}}


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
