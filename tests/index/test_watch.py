"""A file cut or changed under an open version is an error before it is read, never a dead process."""

import errno
import os
import shutil
import threading
from pathlib import Path

import pytest

from index import IndexDamaged, IndexVersion, Searcher, current_version, watch
from index import version as version_module
from tests.index.making import FILES, flip, version_folder
from tests.support import HashEmbedder


@pytest.fixture
def reader(root):
    return IndexVersion(root)


@pytest.fixture
def verified(monkeypatch):
    """Threads of `verify_later` run to their end before it returns."""

    class AtOnce(threading.Thread):
        def start(self):
            super().start()
            self.join()

    monkeypatch.setattr(watch.threading, "Thread", AtOnce)


def truncate(path: Path, size: int) -> None:
    """Cut a file where it lies: those who mapped it lose its end."""
    with path.open("r+b") as file:
        file.truncate(size)


def replace(path: Path, content: bytes) -> None:
    """Put another file in a file's place: those who mapped it keep the old one."""
    path.with_suffix(".new").write_bytes(content)
    path.with_suffix(".new").replace(path)


def later(path: Path) -> None:
    """What a copy or a backup does to a file's date."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 10**9))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("cut", ["empty", "last byte"])
def test_a_file_cut_where_it_lies_is_named(root, reader, name, cut):
    path = version_folder(root) / name
    truncate(path, 0 if cut == "empty" else path.stat().st_size - 1)
    with pytest.raises(IndexDamaged) as caught:
        reader.watch.check()
    assert str(path) in caught.value.message
    assert "vigie index build" in caught.value.remedy


@pytest.mark.parametrize("name", FILES)
def test_a_file_changed_where_it_lies_is_named(root, reader, name):
    path = version_folder(root) / name
    flip(path, path.stat().st_size // 2)
    later(path)
    with pytest.raises(IndexDamaged) as caught:
        reader.watch.check()
    assert str(path) in caught.value.message


def test_a_search_on_a_file_cut_under_it_is_an_error(root):
    searcher = Searcher(IndexVersion(root), HashEmbedder())
    truncate(version_folder(root) / "passages.jsonl", 0)
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        searcher.search("Les visiteurs portent-ils un badge ?", 3)


def test_a_file_that_was_only_touched_is_no_damage(root, reader):
    for name in FILES:
        later(version_folder(root) / name)
    reader.watch.check()


def test_a_touched_file_is_hashed_once(root, reader, monkeypatch):
    later(version_folder(root) / "passages.jsonl")
    reader.watch.check()
    monkeypatch.setattr(watch, "check_file", None)
    reader.watch.check()


def test_a_file_touched_then_changed_is_named(root, reader):
    path = version_folder(root) / "passages.jsonl"
    later(path)
    reader.watch.check()
    flip(path, 40)
    later(path)
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        reader.watch.check()


def test_once_damaged_always_damaged(root, reader):
    """What was read in between may be anything."""
    path = version_folder(root) / "passages.jsonl"
    content = path.read_bytes()
    truncate(path, 10)
    with pytest.raises(IndexDamaged):
        reader.watch.check()
    path.write_bytes(content)
    with pytest.raises(IndexDamaged):
        reader.watch.check()


def test_a_file_that_is_gone_or_replaced_is_still_there_for_those_who_opened_it(root, reader):
    before = reader.passages[0]
    folder = version_folder(root)
    (folder / "facets.npy").unlink()
    replace(folder / "passages.jsonl", b"something else")
    reader.watch.check()
    assert reader.passages[0] == before


def test_a_version_that_was_pruned_is_no_damage(root, reader, verified):
    shutil.rmtree(version_folder(root))
    reader.watch.verify_later()
    reader.watch.check()


# Hashed beside the rest of the program


def test_an_intact_version_verifies(reader, verified):
    reader.watch.verify_later()
    reader.watch.check()


def test_a_flip_in_a_file_too_large_to_be_hashed_at_opening_is_found_later(root, monkeypatch, verified):
    monkeypatch.setattr(version_module, "_HASHED_AT_OPENING", 0)
    flip(version_folder(root) / "dense.faiss", 100)
    reader = IndexVersion(root)
    reader.watch.check()
    reader.watch.verify_later()
    with pytest.raises(IndexDamaged, match=r"dense\.faiss"):
        reader.watch.check()


def unhashable(monkeypatch, code):
    def refuse(path):
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(version_module, "sha256_of", refuse)


def test_a_file_that_was_closed_since_stops_no_reader(reader, verified, monkeypatch):
    unhashable(monkeypatch, errno.EACCES)
    reader.watch.verify_later()
    reader.watch.check()


def test_a_file_that_the_disk_does_not_give_back_is_named(reader, verified, monkeypatch):
    """To read its map would kill the process."""
    unhashable(monkeypatch, errno.EIO)
    reader.watch.verify_later()
    with pytest.raises(IndexDamaged, match="ne peut pas être lu"):
        reader.watch.check()


def test_two_versions_have_each_their_own_guard(shelf):
    first, second = IndexVersion(shelf.root), IndexVersion(shelf.root, shelf.second)
    truncate(version_folder(shelf.root) / "passages.jsonl", 0)
    second.watch.check()
    with pytest.raises(IndexDamaged, match=current_version(shelf.root)):
        first.watch.check()
