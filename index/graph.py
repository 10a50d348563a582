"""From a sentence-transformers folder to one int8 OpenVINO graph: token ids in, unit vectors of text and tokens out.

Made once, when a model is installed, and checked against the model itself. What it saves is in
docs/measurements.md: memory to a third, a question's encoding to less than half.
"""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus import sha256_of
from index.errors import ModelInstallError

FOLDER, GRAPH, STAMP = "openvino", "model.xml", "graph.json"
GRAPH_VERSION = "int8-3"  # raise it with any change of what the graph computes: vectors are made again
LEAST_COSINE = 0.99  # of a probe's vector to the model's own; int8 weights give .998 and more
_PROBES = (
    "Quels documents demander à un stagiaire ?",
    "What does the guide recommend before a business trip?",
    "Avant chaque visite, le pôle prévient ses adhérents et prépare un parcours. " * 6,
    "RGPD, article 33 : 72 h",
)


@dataclass(frozen=True)
class GraphStamp:
    """What a graph was made from, and how near it came: the least cosine of the probes' vectors to the model's."""

    version: str
    revision: str
    least_cosine: float
    files: dict[str, str]  # name -> SHA-256


def graph_path(model: Path) -> Path:
    """Where the graph of a model's folder lies, present or not."""
    return model / FOLDER / GRAPH


def has_graph(model: Path, revision: str) -> bool:
    """Whether the folder holds the graph of this revision, made by this code."""
    try:
        stamp = json.loads((model / FOLDER / STAMP).read_text("utf-8"))
        made = (stamp["version"], stamp["revision"]) == (GRAPH_VERSION, revision)
        return made and all((model / FOLDER / name).is_file() for name in stamp["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def make_graph(model: Path, revision: str) -> GraphStamp:
    """Export, compress, check and put in place. Raises ModelInstallError where the graph strays from the model."""
    if not (model / "tokenizer.json").is_file():
        message = f"Le modèle {model.name} n’a pas de tokenizer.json, que Vigie lit sans transformers."
        raise ModelInstallError(message, "Choisissez-en un autre, ou faites-le enregistrer avec un « fast tokenizer ».")
    from index.export import exported  # noqa: PLC0415 - needs torch, which answering does not

    draft = model / f".{FOLDER}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        plain = exported(model, draft / GRAPH, _PROBES)
        stamp = GraphStamp(GRAPH_VERSION, revision, _least_cosine(model, draft / GRAPH, plain), _digests(draft))
        if not stamp.least_cosine >= LEAST_COSINE:
            message = f"Le graphe compressé de {model.name} s’écarte du modèle (cosinus {stamp.least_cosine:.3f})."
            raise ModelInstallError(message, "Choisissez un autre modèle d’encodage : « vigie models list ».")
        (draft / STAMP).write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(model / FOLDER, ignore_errors=True)
        draft.rename(model / FOLDER)
    except OSError as error:
        raise ModelInstallError(f"Écriture impossible dans {model} : {error}.", "Libérez de la place.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return stamp


def _least_cosine(model: Path, graph: Path, plain: Any) -> float:
    from index.encoder import GraphEncoder  # noqa: PLC0415 - opens OpenVINO

    ours = GraphEncoder(model, graph).encode(_PROBES)
    return round(float((ours * np.asarray(plain)).sum(axis=1).min()), 6)


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir())}
