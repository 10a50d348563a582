"""One writer at a time, who is told who writes; the pointer may be swung meanwhile."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from index import (
    BuildProgress,
    DiskRefused,
    IndexBusy,
    IndexError_,
    current_version,
    locks,
    publish,
    rollback,
    set_aside,
    upgrade_version,
)
from index.locks import only_writer, swinging
from tests.index.making import build, guide_pdf
from tests.support import HashEmbedder

ROOT = Path(__file__).resolve().parent.parent.parent
WRITER = """
import sys
from pathlib import Path
from index.locks import only_writer
with only_writer(Path(sys.argv[1])):
    print("writing", flush=True)
    sys.stdin.read()
"""


def upgrade(_folder, root):
    upgrade_version(root, current_version(root), HashEmbedder())


def test_a_second_writer_is_told_who_writes_since_when_and_what_to_do(tmp_path):
    with only_writer(tmp_path), pytest.raises(IndexBusy) as caught, only_writer(tmp_path):
        pass
    assert f"@{socket.gethostname()} (processus {os.getpid()}) depuis 20" in caught.value.message
    assert str(tmp_path) in caught.value.message
    assert f"kill {os.getpid()}" in caught.value.remedy
    assert "Attendez la fin" in caught.value.remedy


@pytest.mark.parametrize("owner", [None, b"", b"{", b"[]", b"null", b"{}", b"\xff"], ids=str)
def test_a_writer_that_has_not_given_its_name_yet_is_a_writer(tmp_path, owner):
    with only_writer(tmp_path):
        (tmp_path / "writer.json").unlink()
        if owner is not None:
            (tmp_path / "writer.json").write_bytes(owner)
        with pytest.raises(IndexBusy, match="en cours de construction") as caught, only_writer(tmp_path):
            pass
    assert "Attendez" in caught.value.remedy


def test_the_next_writer_may_write_and_no_name_is_left(tmp_path):
    for _ in range(2):
        with only_writer(tmp_path):
            assert json.loads((tmp_path / "writer.json").read_text("utf-8"))["pid"] == os.getpid()
    assert not (tmp_path / "writer.json").exists()


def test_a_writer_that_fails_lets_the_next_one_in(tmp_path):
    with pytest.raises(RuntimeError), only_writer(tmp_path):
        raise RuntimeError("no memory left")
    with only_writer(tmp_path):
        pass


@pytest.fixture
def other_writer(tmp_path):
    """Another process, which is writing."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout.readline() == b"writing\n"
        yield child
        child.kill()


def test_a_writer_in_another_process_is_told_by_its_number(tmp_path, other_writer):
    with pytest.raises(IndexBusy, match=re.escape(f"(processus {other_writer.pid})")), only_writer(tmp_path):
        pass


def test_a_killed_writer_leaves_no_lock(tmp_path, other_writer):
    other_writer.kill()
    other_writer.wait()
    assert (tmp_path / "writer.json").exists()
    with only_writer(tmp_path):
        assert json.loads((tmp_path / "writer.json").read_text("utf-8"))["pid"] == os.getpid()


@pytest.mark.parametrize("write", [build, upgrade], ids=["build", "upgrade"])
def test_nothing_is_made_while_another_writes(shelf, guide_folder, write):
    versions = sorted((shelf.root / "versions").iterdir())
    with only_writer(shelf.root), pytest.raises(IndexBusy):
        write(guide_folder, shelf.root)
    assert sorted((shelf.root / "versions").iterdir()) == versions


def test_the_pointer_can_be_swung_while_a_version_is_being_built(shelf, tmp_path):
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    served = []

    def on_progress(progress: BuildProgress) -> None:
        if progress.step == "terms" and not progress.done:
            for move in (publish, lambda root, name: rollback(root), lambda root, name: set_aside(root, name, "essai")):
                move(shelf.root, shelf.second)
                served.append(current_version(shelf.root))

    build(tmp_path / "corpus", shelf.root, report=on_progress)
    assert served == [shelf.second, shelf.first, shelf.first]


def test_two_publications_at_once_are_one_after_the_other(shelf, monkeypatch):
    monkeypatch.setattr(locks, "_POINTER_WAIT", 0)
    with swinging(shelf.root), pytest.raises(IndexBusy, match="Une autre publication") as caught:
        publish(shelf.root, shelf.second)
    assert "Relancez" in caught.value.remedy
    assert current_version(shelf.root) == shelf.first


def test_a_file_in_the_folder_s_place_is_an_error_that_names_it(tmp_path):
    (tmp_path / "index").write_text("not a folder", "utf-8")
    with pytest.raises(IndexError_, match="ne peut pas servir de dossier") as caught, only_writer(tmp_path / "index"):
        pass
    assert str(tmp_path / "index") in caught.value.message
    assert "un fichier porte déjà ce nom" in caught.value.message


def test_a_folder_inside_a_file_is_an_error_that_says_so(tmp_path):
    (tmp_path / "index").write_text("not a folder", "utf-8")
    with pytest.raises(IndexError_, match="une partie de ce chemin n’est pas un dossier"):
        only_writer(tmp_path / "index" / "inside").__enter__()


@pytest.mark.parametrize(("lock", "hold"), [("writer.lock", only_writer), ("pointer.lock", swinging)])
def test_a_lock_that_cannot_be_opened_is_an_error_that_names_it(tmp_path, lock, hold):
    (tmp_path / lock).mkdir()
    with pytest.raises(DiskRefused, match=lock), hold(tmp_path):
        pass
