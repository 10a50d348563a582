"""Strings to unit vectors with a sentence-transformers model and its own prompts; a cache keeps those of passages."""

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.errors import IndexError_, ModelMissing
from index.model_catalogue import MODELS, installed_revision, model_folder

_FIELD = re.compile(r"\{(?:title|text)\}")

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ModelStamp:
    """What an index version must know of the model that made its vectors."""

    name: str
    revision: str
    dimension: int
    query_prompt: str
    passage_prompt: str
    passage_prompt_untitled: str


class Embedder(Protocol):
    """Anything that embeds: the real model, or a small deterministic one in tests."""

    @property
    def stamp(self) -> ModelStamp: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), of strings whose prompts are already in place."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model on the processor, in fp32."""

    def __init__(self, folder: Path, stamp: ModelStamp, batch_size: int = 32) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - two seconds to import

        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._batch_size = batch_size
        self.stamp = stamp

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(
            list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def load_embedder(name: str, home: Path, batch_size: int = 32) -> SentenceEmbedder:
    """The named model. Raises ModelMissing, with the command that installs it."""
    return SentenceEmbedder(model_folder(name, home), installed_stamp(name, home), batch_size)


def installed_stamp(name: str, home: Path) -> ModelStamp:
    """The stamp of an installed model, without loading it. Raises ModelMissing."""
    spec = MODELS.get(name)
    if spec is None:
        known = ", ".join(model.name for model in MODELS.values())
        raise ModelMissing(f"Le modèle « {name} » est inconnu.", f"Modèles connus : {known}.")
    revision = installed_revision(spec, home)
    if revision is None:
        raise ModelMissing(f"Le modèle « {name} » n’est pas installé.", f"Lancez « vigie models install {name} ».")
    prompts = (spec.query_prompt, spec.passage_prompt, spec.passage_prompt_untitled)
    return ModelStamp(spec.name, revision, spec.dimension, *prompts)


def query_string(stamp: ModelStamp, question: str) -> str:
    """A question with the model's query prompt."""
    return stamp.query_prompt.replace("{text}", question)


def passage_string(stamp: ModelStamp, text: str, title: str = "") -> str:
    """A text with the model's passage prompt, and its section's title where it has one."""
    prompt = stamp.passage_prompt if title else stamp.passage_prompt_untitled
    return _FIELD.sub(lambda field: title if field.group() == "{title}" else text, prompt)


class VectorCache:
    """Vectors by the exact string embedded and the model's revision, in one SQLite file."""

    def __init__(self, folder: Path, stamp: ModelStamp) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._stamp = stamp
        path = folder / "vectors.sqlite"
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError as error:
            raise IndexError_(
                f"{path} ne s’ouvre pas : {error}.", "Vérifiez les droits, ou attendez l’autre construction."
            ) from error
        except sqlite3.DatabaseError:  # a cache can always be made again
            path.replace(path.with_suffix(".damaged"))
            self._db = _opened(path)

    def close(self) -> None:
        self._db.close()

    def encode(
        self,
        texts: Sequence[str],
        embedder: Embedder,
        on_done: Callable[[int, int], None] | None = None,
        step: int = 64,
    ) -> Vectors:
        """Vectors of `texts`, in order; only those not yet known are computed, longest last."""
        keys = [self._key(text) for text in texts]
        known = self._known(keys)
        missing = sorted({k: t for k, t in zip(keys, texts, strict=True) if k not in known}.items(), key=_length)
        for start in range(0, len(missing), step):
            part = missing[start : start + step]
            vectors = embedder.encode([text for _, text in part])
            fresh = {key: vector for (key, _), vector in zip(part, vectors, strict=True)}
            with self._db:
                rows = [(key, vector.tobytes()) for key, vector in fresh.items()]
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            known |= fresh
            if on_done:
                on_done(min(start + step, len(missing)), len(missing))
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), self._stamp.dimension)

    def _key(self, text: str) -> bytes:
        stamp = self._stamp
        return hashlib.sha256(f"{stamp.name}\0{stamp.revision}\0fp32\0{text}".encode()).digest()

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        for key in set(keys):
            row = self._db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row and len(row[0]) == 4 * self._stamp.dimension:
                found[key] = np.frombuffer(row[0], dtype=np.float32)
        return found


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    try:
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        db.execute("SELECT count(*) FROM vectors").fetchone()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _length(item: tuple[bytes, str]) -> int:
    return len(item[1])
