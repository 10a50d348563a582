"""A version that is not what its manifest says is an error that names the file, never an answer."""

import errno
import json
import os

import pytest

from index import (
    IndexDamaged,
    IndexError_,
    IndexMismatch,
    IndexUnavailable,
    IndexUnreadable,
    IndexVersion,
    ModelStamp,
    Searcher,
    check_files,
    current_version,
    read_manifest,
    version_names,
)
from index import version as version_module
from tests.index.making import FILES, flip, sampled, version_folder
from tests.support import HashEmbedder


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_byte_anywhere_in_a_file_is_detected_at_opening(root, name):
    path = version_folder(root) / name
    for position in sampled(path.stat().st_size):
        flip(path, position)
        with pytest.raises(IndexDamaged, match="modifié ou endommagé") as caught:
            IndexVersion(root)
        assert str(path) in caught.value.message
        flip(path, position)
    IndexVersion(root)


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256"])
def test_a_flipped_byte_anywhere_in_the_manifest_or_its_seal_is_detected_at_opening(root, name):
    path = version_folder(root) / name
    unseen = []
    for position in sampled(path.stat().st_size, most=60):
        flip(path, position)
        try:
            IndexVersion(root)
            unseen.append(position)
        except IndexError_:
            pass
        flip(path, position)
    assert unseen == []


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_byte_anywhere_in_a_file_is_detected_by_a_thorough_check_whatever_its_size(root, name, monkeypatch):
    monkeypatch.setattr(version_module, "_HASHED_AT_OPENING", 0)
    folder, manifest = version_folder(root), read_manifest(version_folder(root))
    for position in sampled(manifest.files[name].size):
        flip(folder / name, position)
        with pytest.raises(IndexDamaged) as caught:
            check_files(folder, manifest, thorough=True)
        assert str(folder / name) in caught.value.message
        flip(folder / name, position)
    check_files(folder, manifest, thorough=True)


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256"])
def test_every_bit_of_a_byte_of_the_manifest_or_its_seal_counts(root, name):
    path = version_folder(root) / name
    content = path.read_bytes()
    for position in sampled(len(content), most=6):
        for bit in range(8):
            path.write_bytes(content[:position] + bytes([content[position] ^ 1 << bit]) + content[position + 1 :])
            with pytest.raises(IndexError_, match="manifest"):
                read_manifest(path.parent)


@pytest.mark.parametrize(
    ("code", "error", "reason"),
    [
        (errno.EACCES, IndexUnreadable, "accès refusé"),
        (errno.EIO, IndexDamaged, "le disque ne répond pas"),
        (errno.EISDIR, IndexDamaged, "c’est un dossier"),
    ],
    ids=["forbidden", "bad disk", "folder"],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(root, monkeypatch, code, error, reason):
    def refuse(path):
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(version_module, "sha256_of", refuse)
    smallest = r"dense\.json"  # is read first
    with pytest.raises(error, match=f"{smallest} ne peut pas être lu : {reason}") as caught:
        IndexVersion(root)
    assert caught.value.remedy


def test_the_smallest_files_are_hashed_at_opening_up_to_a_budget(root, monkeypatch):
    folder = version_folder(root)
    manifest = read_manifest(folder)
    smallest, *_, largest = sorted(manifest.files, key=lambda name: manifest.files[name].size)
    monkeypatch.setattr(version_module, "_HASHED_AT_OPENING", manifest.files[smallest].size)
    flip(folder / largest, 100)
    check_files(folder, manifest)
    flip(folder / smallest, 1)
    with pytest.raises(IndexDamaged, match=smallest):
        check_files(folder, manifest)


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_named(root, name):
    path = version_folder(root) / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match="modifié ou endommagé") as caught:
        IndexVersion(root)
    assert str(path) in caught.value.message


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(root, name):
    path = version_folder(root) / name
    path.unlink()
    with pytest.raises(IndexDamaged, match="manque") as caught:
        IndexVersion(root)
    assert str(path) in caught.value.message


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"null", b'"x"', b"\xff\xfe", b'{"format": 2}'])
def test_an_unreadable_manifest_is_named(root, content):
    path = version_folder(root) / "manifest.json"
    path.write_bytes(content)
    with pytest.raises(IndexDamaged) as caught:
        read_manifest(path.parent)
    assert str(path) in caught.value.message
    assert "vigie index build" in caught.value.remedy


@pytest.mark.parametrize("field", ["guide", "publications", "files", "model"])
@pytest.mark.parametrize("value", [7, "x", [1], {"x": 1}], ids=str)
def test_a_manifest_with_a_field_of_another_shape_is_damaged(root, field, value):
    path = version_folder(root) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {field: value}), "utf-8")
    with pytest.raises(IndexDamaged) as caught:
        IndexVersion(root)
    assert str(path) in caught.value.message


def test_a_missing_manifest_is_named(root):
    (version_folder(root) / "manifest.json").unlink()
    with pytest.raises(IndexDamaged, match=r"manifest\.json"):
        IndexVersion(root)


def test_a_missing_seal_is_damage(root):
    (version_folder(root) / "manifest.sha256").unlink()
    with pytest.raises(IndexDamaged, match="manifest"):
        IndexVersion(root)


def test_another_format_is_a_mismatch_that_names_both_formats(root):
    path = version_folder(root) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": 99}), "utf-8")
    with pytest.raises(IndexMismatch, match=r"manifest\.json est au format 99 .* lit le 2") as caught:
        IndexVersion(root)
    assert "vigie index build" in caught.value.remedy


@pytest.mark.parametrize("change", ["name", "revision", "dimension"])
def test_another_model_is_a_mismatch_that_names_both(built, change):
    embedder = HashEmbedder(
        dimension=32 if change == "dimension" else 64,
        name="embeddinggemma-300m" if change == "name" else "multilingual-e5-small",
    )
    if change == "revision":
        embedder.stamp = ModelStamp(**{**vars(embedder.stamp), "revision": "next"})
    with pytest.raises(IndexMismatch, match="a été construit avec « multilingual-e5-small »") as caught:
        Searcher(IndexVersion(built), embedder)
    assert embedder.stamp.name in caught.value.message
    assert embedder.stamp.revision in caught.value.message


def test_a_large_version_is_opened_by_sizes_and_hashed_by_verify(root, monkeypatch):
    monkeypatch.setattr(version_module, "_HASHED_AT_OPENING", 0)
    flip(version_folder(root) / "dense.faiss", 100)
    IndexVersion(root)
    folder = version_folder(root)
    with pytest.raises(IndexDamaged, match=r"dense\.faiss"):
        check_files(folder, read_manifest(folder), thorough=True)


def test_no_published_version_comes_with_the_command_that_makes_one(tmp_path):
    with pytest.raises(IndexUnavailable, match="Aucun index") as caught:
        current_version(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert "vigie index build" in caught.value.remedy


@pytest.mark.parametrize("pointer", [b"", b"20010101T000000", b"../versions", b"..", b"/", b"\xff\xfe", b"a\0b"])
def test_a_pointer_to_no_version_is_unavailable(root, pointer):
    (root / "CURRENT").write_bytes(pointer)
    with pytest.raises(IndexUnavailable, match="CURRENT"):
        current_version(root)


def test_a_folder_in_the_pointer_s_place_is_told(tmp_path):
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(IndexUnreadable, match=r"CURRENT ne peut pas être lu : c’est un dossier"):
        current_version(tmp_path)


def test_versions_are_listed_oldest_first(root):
    name = current_version(root)
    later = root / "versions" / "99991231T235959000000Z"
    later.mkdir()
    (later / "manifest.json").write_bytes((version_folder(root) / "manifest.json").read_bytes())
    assert version_names(root) == [name, later.name]


def test_a_version_can_be_opened_by_name(root):
    name = current_version(root)
    (root / "CURRENT").unlink()
    assert IndexVersion(root, name).manifest.name == name


def test_opening_an_unknown_version_is_an_error_that_names_it(built):
    with pytest.raises(IndexError_, match="20010101T000000"):
        IndexVersion(built, "20010101T000000")
