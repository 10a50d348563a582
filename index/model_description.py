"""The description of a sentence-transformers model that Vigie does not ship one of, read from its own folder."""

import json
import re
from pathlib import Path
from typing import Any

from index.errors import ModelInstallError
from index.model_catalogue import LOCAL, ModelSpec

_QUERY_NAMES, _PASSAGE_NAMES = ("query", "Retrieval-query"), ("document", "passage", "Retrieval-document")
_LICENCE = re.compile(r"^licen[cs]e:\s*[\"']?([\w .+-]+)", re.MULTILINE | re.IGNORECASE)
_UNKNOWN_LICENCE = "inconnue"


def described(folder: Path, name: str, dimension: int | None = None) -> ModelSpec:
    """Prompts, dimension and licence as the model's files give them. Raises ModelInstallError.

    `dimension` cuts the vectors of a model trained for it (Matryoshka); the model's own `truncate_dim` does too.
    """
    settings = _json(folder / "config_sentence_transformers.json")
    prompts = settings.get("prompts") or {}
    whole = _dimension(folder)
    wanted = dimension or settings.get("truncate_dim") or whole
    if not 0 < wanted <= whole:
        message = f"Le modèle {name} donne des vecteurs de {whole} nombres, et {wanted} sont demandés."
        raise ModelInstallError(message, f"Donnez --dimension de 1 à {whole}.")
    query, passage = _prompt(prompts, _QUERY_NAMES), _prompt(prompts, _PASSAGE_NAMES)
    licence = _licence(folder)
    return ModelSpec(
        name=name, kind="embedding", title=name, licence=licence, licence_note=_note(licence), revision=LOCAL,
        dimension=wanted, query_prompt=f"{query}{{text}}", passage_prompt=f"{passage}{{title}}. {{text}}",
        passage_prompt_untitled=f"{passage}{{text}}",
    )  # fmt: skip


def described_weights(name: str) -> ModelSpec:
    """The description of a GGUF file that an admin brought: nothing in it says more than its name."""
    return ModelSpec(
        name=name, kind="generator", title=name, licence=_UNKNOWN_LICENCE, licence_note=_note(_UNKNOWN_LICENCE),
        revision=LOCAL,
    )  # fmt: skip


def _dimension(folder: Path) -> int:
    """Of the last module that says one."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        found = [_json(folder / module["path"] / "config.json") for module in modules]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"« {folder} » n’est pas un modèle au format sentence-transformers."
        raise ModelInstallError(message, "Donnez le dossier qui contient modules.json.") from error
    keys = ("out_features", "word_embedding_dimension", "hidden_size")
    sizes = [config[key] for config in found for key in keys if isinstance(config.get(key), int)]
    if not sizes:
        raise ModelInstallError(f"Le modèle de « {folder} » ne dit pas sa dimension.", "Choisissez-en un autre.")
    return int(sizes[-1])


def _prompt(prompts: dict[str, str], names: tuple[str, ...]) -> str:
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _licence(folder: Path) -> str:
    card = folder / "README.md"
    found = _LICENCE.search(card.read_text("utf-8", errors="replace")) if card.is_file() else None
    return found[1].strip() if found else _UNKNOWN_LICENCE


def _note(licence: str) -> str:
    if licence == _UNKNOWN_LICENCE:
        return "Le dossier du modèle ne nomme pas sa licence : vérifiez-la avant de l’utiliser."
    return "Licence lue dans la fiche du modèle : à vous de vérifier qu’elle permet votre usage."


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
