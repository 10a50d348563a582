"""What the disk refuses: the file and the remedy are told, what was published stays, and the next build works."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index import (
    DiskRefused,
    IndexVersion,
    check_files,
    current_version,
    open_served,
    prune,
    publish,
    read_manifest,
    rollback,
    set_aside,
    version_names,
)
from index.disk import reason_of, refused, writing
from tests.index.making import build, flip, guide_pdf, note_pdf, version_folder

ROOT = Path(__file__).resolve().parent.parent.parent
ADVICE = "Chaque adhérent signale aussitôt la perte d’un ordinateur ou d’un téléphone au référent."
CHILD = """
import json, sys
from pathlib import Path
from index import IndexError_, open_served
from tests.index.making import build
corpus, root = map(Path, sys.argv[1:3])
told = {"error": ""}
try:
    opened = build(corpus, root) if corpus.is_dir() else open_served(root, lambda _: None).version
except IndexError_ as error:
    told = {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}
else:
    told["served"] = opened.manifest.name
print(json.dumps(told))
"""
AS_ANYBODY = """
import ctypes, os, sys
for capability in (1, 2):  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root write and read any file
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""
LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The guide that is published, and a note that is not."""
    guide_pdf(tmp_path / "corpus" / "recueil.pdf")
    note_pdf(tmp_path / "corpus" / "note.pdf", ADVICE)
    return tmp_path / "corpus"


class SmallDisk:
    """A disk in memory, of a size that can be changed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()
        self.mounted = os.geteuid() == 0 and self._mount("-t", "tmpfs", "-o", "size=4m", "none", str(place))

    def _mount(self, *arguments: str) -> bool:
        return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0

    def leave(self, pages: int) -> None:
        """So many pages of 4 kB free."""
        size = self._used() + 4096 * pages
        assert self._mount("-o", f"remount,rw,size={size}", str(self.place))

    def read_only(self) -> None:
        assert self._mount("-o", "remount,ro", str(self.place))

    def _used(self) -> int:
        found = os.statvfs(self.place)
        return (found.f_blocks - found.f_bfree) * found.f_frsize

    def unmount(self) -> None:
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.place)], check=True)


@pytest.fixture
def disk(tmp_path):
    small = SmallDisk(tmp_path / "disk")
    if not small.mounted:
        pytest.skip("only root may mount a small disk")
    yield small
    small.unmount()


@pytest.fixture
def root_on_disk(disk, built) -> Path:
    return Path(shutil.copytree(built, disk.place / "index"))


def assert_served(root: Path, name: str) -> None:
    """The version published before is, opens and verifies; and no draft is left beside it."""
    assert current_version(root) == name
    IndexVersion(root)
    check_files(version_folder(root), read_manifest(version_folder(root)), thorough=True)
    assert sorted(p.name for p in (root / "versions").iterdir()) == version_names(root)


# A full disk


def test_wherever_the_disk_is_full_the_published_version_stays_and_the_next_build_works(folder, disk, root_on_disk):
    before, refusals = current_version(root_on_disk), 0
    for pages in range(60):  # a version takes 34 pages or so: each of its files is the one that does not fit
        disk.leave(pages)
        try:
            build(folder, root_on_disk)
        except DiskRefused as error:
            refusals += 1
            assert f"{root_on_disk}" in error.message and "n’a pas pu être écrit" in error.message
            assert error.remedy.startswith("Libérez de la place")
            assert_served(root_on_disk, before)
        else:
            break
    assert refusals > 20
    assert current_version(root_on_disk) == version_names(root_on_disk)[-1]
    IndexVersion(root_on_disk)


def test_a_first_build_on_a_full_disk_says_so_wherever_it_is_full(guide_folder, disk):
    for pages in range(1, 60, 3):
        disk.leave(pages)
        try:
            build(guide_folder, disk.place / "index")
        except DiskRefused as error:
            assert error.remedy.startswith("Libérez de la place")
            shutil.rmtree(disk.place / "index")
        else:
            break
    IndexVersion(disk.place / "index")


def test_a_rollback_on_a_full_disk_is_told_and_the_pointer_stays(disk, built_shelf):
    root = Path(shutil.copytree(built_shelf, disk.place / "index"))
    first, second, _ = version_names(root)
    publish(root, second)
    disk.leave(0)
    with pytest.raises(DiskRefused, match="n’a pas pu être écrit") as caught:
        rollback(root)
    assert "Libérez de la place" in caught.value.remedy
    assert_served_names(root, second, first)


def assert_served_names(root: Path, served: str, *kept: str) -> None:
    assert current_version(root) == served
    assert set(kept) <= set(version_names(root))
    IndexVersion(root)


# A disk that may only be read


@pytest.mark.parametrize("act", ["build", "publish", "rollback", "prune"])
def test_a_disk_mounted_for_reading_is_told_and_the_published_version_served(folder, disk, built_shelf, act):
    root = Path(shutil.copytree(built_shelf, disk.place / "index"))
    first, second, third = version_names(root)
    publish(root, second)
    disk.read_only()
    acts = {
        "build": lambda: build(folder, root),
        "publish": lambda: publish(root, third),
        "rollback": lambda: rollback(root),
        "prune": lambda: prune(root, keep=1),
    }
    with pytest.raises(DiskRefused, match="le disque est en lecture seule") as caught:
        acts[act]()
    assert str(root) in caught.value.message
    assert "lecture seule" in caught.value.remedy
    assert_served_names(root, second, first, third)


def test_a_damaged_version_on_a_disk_mounted_for_reading_gives_way_all_the_same(disk, built_shelf):
    root = Path(shutil.copytree(built_shelf, disk.place / "index"))
    first, second, _ = version_names(root)
    publish(root, second)
    flip(version_folder(root) / "facets.npy", 130)
    disk.read_only()
    served = open_served(root, lambda _: None)
    assert served.version.manifest.name == first
    assert "facets.npy" in served.instead.message


# Rights


def in_a_child(corpus: Path, root: Path, prelude: str = AS_ANYBODY) -> dict[str, str]:
    """What a process tells that builds, or that opens the version served where there is no corpus."""
    command = [sys.executable, "-c", prelude, sys.executable, "-c", CHILD, str(corpus), str(root)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert child.returncode == 0, child.stderr
    return json.loads(child.stdout)


@pytest.fixture
def closed():
    """Take the rights to files away, given back at the end."""
    before: dict[Path, int] = {}

    def close(path: Path, mode: int) -> None:
        before[path] = path.stat().st_mode
        path.chmod(mode)

    yield close
    for path, mode in before.items():
        path.chmod(mode)


@pytest.mark.parametrize("place", [".", "versions", "cache", "cache/documents", "cache/vectors.sqlite", "writer.lock"])
def test_a_place_without_the_right_to_write_is_named_and_the_published_version_stays(folder, root, closed, place):
    before = current_version(root)
    closed(root / place, 0o555 if (root / place).is_dir() else 0o444)
    told = in_a_child(folder, root)
    assert (told["error"], str(root / place) in told["message"]) == ("DiskRefused", True)
    assert "Rétablissez les droits" in told["remedy"]
    assert_served(root, before)


def test_the_next_build_works_once_the_right_is_back(folder, root, closed):
    closed(root / "versions", 0o555)
    assert in_a_child(folder, root)["error"]
    (root / "versions").chmod(0o755)
    report = build(folder, root)
    assert current_version(root) == report.manifest.name


def test_a_reader_needs_no_right_to_write(root, closed):
    for path in (*root.rglob("*"), root):
        closed(path, 0o555 if path.is_dir() else 0o444)
    assert in_a_child(Path("/none"), root) == {"error": "", "served": current_version(root)}


@pytest.mark.parametrize("name", ["passages.jsonl", "manifest.json", "lexical/idf.npy"])
def test_a_file_without_the_right_to_read_is_named_and_its_version_not_set_aside(root, closed, name):
    path = version_folder(root) / name
    closed(path, 0o000)
    told = in_a_child(Path("/none"), root)
    assert (told["error"], str(path) in told["message"]) == ("IndexUnreadable", True)
    assert "droits de lecture" in told["remedy"]
    assert "quarantined" not in (root / "log.jsonl").read_text("utf-8")


@pytest.mark.parametrize("name", ["CURRENT", "versions", "log.jsonl"])
def test_a_pointer_a_folder_or_a_log_without_the_right_to_read_is_named(shelf, closed, name):
    """The log is looked at only where the published version cannot be opened."""
    if name == "log.jsonl":
        (shelf.root / "CURRENT").write_bytes(b"")
    closed(shelf.root / name, 0o000)
    told = in_a_child(Path("/none"), shelf.root)
    assert told["error"] in ("IndexUnreadable", "IndexUnavailable")
    assert str(shelf.root / name) in told["message"]


# A limit on the size of files


@pytest.mark.parametrize("limit", [0, 50, 200, 700])
def test_a_limit_on_the_size_of_files_is_told_and_the_published_version_stays(folder, root, limit):
    before = current_version(root)
    told = in_a_child(folder, root, LIMITED.format(limit=limit))  # its own answer goes through a pipe
    assert (told["error"], str(root) in told["message"]) == ("DiskRefused", True)
    assert "ulimit" in told["remedy"]
    assert_served(root, before)


# What is said


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "Libérez"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "--index"),
        (errno.EACCES, "droits"),
        (errno.EIO, "Vérifiez"),
        (None, "Vérifiez"),
    ],
)
def test_each_refusal_has_its_remedy_and_says_that_the_index_stays(tmp_path, code, remedy):
    error = refused(tmp_path, code, tmp_path / "CURRENT")
    assert str(tmp_path / "CURRENT") in error.message
    assert remedy in error.remedy
    assert error.remedy.endswith("L’index publié reste en place.")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOENT, "introuvable"),
        (errno.EEXIST, "porte déjà ce nom"),
        (errno.EISDIR, "c’est un dossier"),
        (errno.ENOTDIR, "n’est pas un dossier"),
        (errno.EACCES, "accès refusé"),
        (None, "erreur du système"),
    ],
)
def test_a_reason_is_told_in_french(code, reason):
    assert reason in reason_of(code)


def test_a_rare_reason_is_told_in_the_system_s_words():
    assert reason_of(errno.ELOOP) == os.strerror(errno.ELOOP)


def test_a_cache_that_is_full_or_closed_is_named(tmp_path):
    db = sqlite3.connect(tmp_path / "vectors.sqlite", isolation_level=None)
    db.execute("PRAGMA max_page_count = 2")
    try:
        with pytest.raises(DiskRefused, match=r"vectors\.sqlite") as caught, writing(tmp_path):
            db.execute("CREATE TABLE a (b)")
            db.execute("INSERT INTO a VALUES (zeroblob(100000))")
    finally:
        db.close()
    assert caught.value.remedy.startswith("Libérez")


def test_a_damaged_cache_is_named_with_its_remedy(tmp_path):
    path = tmp_path / "vectors.sqlite"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE a (b)")
        db.executemany("INSERT INTO a VALUES (?)", [("x" * 3000,)] * 9)
    content = path.read_bytes()
    path.write_bytes(content[:8192] + bytes(len(content) - 8192))
    with (
        closing(sqlite3.connect(path)) as db,
        pytest.raises(DiskRefused, match="est endommagé") as caught,
        writing(tmp_path),
    ):
        db.execute("SELECT * FROM a").fetchall()
    assert "Supprimez-le" in caught.value.remedy


def test_an_error_that_sqlite_has_no_number_for_is_told(tmp_path):
    with pytest.raises(DiskRefused, match=r"vectors\.sqlite"), writing(tmp_path):
        raise sqlite3.OperationalError("Could not decode to UTF-8")


def test_another_error_is_left_as_it_is(tmp_path):
    with pytest.raises(RuntimeError, match="no memory left"), writing(tmp_path):
        raise RuntimeError("no memory left")


def test_set_aside_on_a_full_log_is_told_and_the_pointer_stays(shelf, monkeypatch):
    publish(shelf.root, shelf.second)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(DiskRefused):
        set_aside(shelf.root, shelf.second, "disque défaillant")
    assert current_version(shelf.root) == shelf.second
