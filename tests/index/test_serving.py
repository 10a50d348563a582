"""What is served: the published version or, where it cannot be, the one before it, and why."""

import shutil

import pytest

from index import (
    IndexDamaged,
    IndexMismatch,
    IndexUnavailable,
    IndexUnreadable,
    Searcher,
    current_version,
    kept_versions,
    open_served,
    prune,
    publish,
    read_log,
    rollback,
    serving,
    set_aside,
)
from index.opened import IndexVersion
from tests.index.making import FILES, flip, version_folder
from tests.support import HashEmbedder

MODEL = HashEmbedder()


def usable(version):
    version.check_model(MODEL.stamp)


@pytest.fixture
def served_twice(shelf):
    """The first version was served, the second is."""
    publish(shelf.root, shelf.second)
    return shelf


def test_the_published_version_is_served(shelf):
    served = open_served(shelf.root, usable)
    assert (served.version.manifest.name, served.instead) == (shelf.first, None)


@pytest.mark.parametrize("name", [*FILES, "manifest.json", "manifest.sha256"])
def test_a_damaged_version_gives_way_to_the_one_before_and_its_file_is_named(served_twice, name):
    path = version_folder(served_twice.root) / name
    flip(path, path.stat().st_size // 2)
    served = open_served(served_twice.root, usable)
    assert served.version.manifest.name == served_twice.first
    assert isinstance(served.instead, IndexDamaged)
    assert str(path).replace(".sha256", ".json") in served.instead.message.replace(".sha256", ".json")


def test_a_damaged_version_is_set_aside_and_nothing_of_it_deleted(served_twice):
    folder = version_folder(served_twice.root)
    flip(folder / "facets.npy", 130)
    open_served(served_twice.root, usable)
    aside = kept_versions(served_twice.root)[1]
    assert (aside.name, aside.state) == (served_twice.second, "quarantined")
    assert str(folder / "facets.npy") in aside.reason
    assert sorted(str(p.relative_to(folder)) for p in folder.rglob("*.*")) == sorted(
        (*FILES, "manifest.json", "manifest.sha256")
    )


def test_the_next_opening_finds_the_version_before_published(served_twice):
    flip(version_folder(served_twice.root) / "facets.npy", 130)
    open_served(served_twice.root, usable)
    again = open_served(served_twice.root, usable)
    assert (again.version.manifest.name, again.instead) == (served_twice.first, None)


@pytest.mark.parametrize("name", ["passages.jsonl", "manifest.json"])
def test_a_file_that_is_gone_gives_way_too(served_twice, name):
    (version_folder(served_twice.root) / name).unlink()
    served = open_served(served_twice.root, usable)
    assert (served.version.manifest.name, type(served.instead)) == (served_twice.first, IndexDamaged)


def test_a_version_of_another_model_gives_way_and_is_not_set_aside(served_twice):
    def only_the_first(version):
        if version.manifest.name != served_twice.first:
            raise IndexMismatch("made by another model")

    served = open_served(served_twice.root, only_the_first)
    assert (served.version.manifest.name, type(served.instead)) == (served_twice.first, IndexMismatch)
    assert current_version(served_twice.root) == served_twice.second
    assert "quarantined" not in [e.event for e in read_log(served_twice.root)]


@pytest.mark.parametrize("pointer", [b"", b"20010101T000000Z", b"..", b"\xff\xfe"], ids=str)
def test_a_pointer_that_says_nothing_of_use_gives_way_to_the_last_version_served(served_twice, pointer):
    (served_twice.root / "CURRENT").write_bytes(pointer)
    served = open_served(served_twice.root, usable)
    assert (served.version.manifest.name, type(served.instead)) == (served_twice.second, IndexUnavailable)


def test_a_version_that_is_gone_gives_way(served_twice):
    shutil.rmtree(version_folder(served_twice.root))
    served = open_served(served_twice.root, usable)
    assert (served.version.manifest.name, type(served.instead)) == (served_twice.first, IndexUnavailable)


def test_a_version_only_staged_is_never_served_instead(shelf):
    flip(version_folder(shelf.root) / "facets.npy", 130)
    with pytest.raises(IndexDamaged, match=r"facets\.npy"):
        open_served(shelf.root, usable)
    assert current_version(shelf.root) == shelf.first


def test_the_published_version_s_own_error_is_raised_where_none_can_be_served(served_twice):
    flip(version_folder(served_twice.root) / "facets.npy", 130)
    flip(served_twice.root / "versions" / served_twice.first / "tokens.npy", 60)
    with pytest.raises(IndexDamaged, match=r"facets\.npy"):
        open_served(served_twice.root, usable)


def test_a_version_set_aside_is_not_served_instead(served_twice):
    set_aside(served_twice.root, served_twice.first, "disque défaillant")
    flip(version_folder(served_twice.root) / "facets.npy", 130)
    with pytest.raises(IndexDamaged):
        open_served(served_twice.root, usable)


def test_no_index_comes_with_the_command_that_makes_one(tmp_path):
    with pytest.raises(IndexUnavailable) as caught:
        open_served(tmp_path, usable)
    assert "vigie index build" in caught.value.remedy


def test_a_log_that_may_not_be_read_is_an_error_that_names_it(served_twice):
    (served_twice.root / "CURRENT").write_bytes(b"")
    (served_twice.root / "log.jsonl").unlink()
    (served_twice.root / "log.jsonl").mkdir()
    with pytest.raises(IndexUnreadable, match=r"log\.jsonl"):
        open_served(served_twice.root, usable)


def test_a_version_pruned_between_the_pointer_and_its_files_is_not_taken_for_damage(served_twice, monkeypatch):
    """Another process publishes the third and prunes the second just as it is being opened."""

    class Overtaken(IndexVersion):
        def __init__(self, root, name):
            if name == served_twice.second and current_version(root) == name:
                publish(root, served_twice.third)
                prune(root, keep=1)
            super().__init__(root, name)

    monkeypatch.setattr(serving, "IndexVersion", Overtaken)
    served = open_served(served_twice.root, usable)
    assert (served.version.manifest.name, served.instead) == (served_twice.third, None)


def test_readers_finish_on_the_version_they_opened(served_twice):
    reader = Searcher(open_served(served_twice.root, usable).version, MODEL)
    publish(served_twice.root, served_twice.third)
    rollback(served_twice.root)
    rollback(served_twice.root)
    found = reader.search("Qui signale la perte d’un ordinateur ?", 1)
    assert reader.version.manifest.name == served_twice.second
    assert found.results[0].passage.publication == "note"
