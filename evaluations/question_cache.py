"""Encoded questions kept between runs: a question costs its encoding, and an evaluation asks the same ones again.

What is retrieved is not kept: it depends on the code that is being evaluated.
"""

import hashlib
import io
import sqlite3
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from evaluations.errors import EvaluationError
from index import Embedded, Embedder, ModelStamp, QuestionTokens, Vectors

Encoded = tuple[Vectors, QuestionTokens | None]


@dataclass
class Seen:
    """How many encodings came from the cache."""

    hits: int = 0


class QuestionCache:
    """An embedder that remembers the questions it encoded, in an SQLite file. Safe to share between threads."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self.stamp: ModelStamp = embedder.stamp
        self._embedder = embedder
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._named():
            self._db = sqlite3.connect(file, check_same_thread=False)
            self._db.execute("CREATE TABLE IF NOT EXISTS questions (key BLOB PRIMARY KEY, encoded BLOB) WITHOUT ROWID")
        self._lock, self._local = threading.Lock(), threading.local()

    @property
    def bare(self) -> Embedder:
        """The embedder without its memory."""
        return self._embedder

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def watched(self) -> Iterator[Seen]:
        """Counts what this thread takes from the cache: an answer's time is not to be reported then."""
        self._local.seen = seen = Seen()
        try:
            yield seen
        finally:
            self._local.seen = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        return self._embedder.encode_passages(texts)

    def encode_question(self, text: str) -> Encoded:
        key = hashlib.sha256(f"{sorted(asdict(self.stamp).items())}\0{text}".encode()).digest()
        with self._named(), self._lock:
            row = self._db.execute("SELECT encoded FROM questions WHERE key = ?", (key,)).fetchone()
            known = _unpacked(row[0]) if row else None
        if known:
            if seen := getattr(self._local, "seen", None):
                seen.hits += 1
            return known
        encoded = self._embedder.encode_question(text)
        with self._named(), self._lock, self._db:
            self._db.execute("INSERT OR REPLACE INTO questions VALUES (?, ?)", (key, _packed(encoded)))
        return encoded

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Raises EvaluationError naming the file where it is damaged, or cannot be read or written."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise EvaluationError(
                f"{self._file} ne peut pas être lu ou écrit ({error}).",
                "Vérifiez ce dossier et qu’aucune autre évaluation ne tourne, ou ajoutez --no-cache.",
            ) from error
        except (sqlite3.Error, zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
            raise EvaluationError(f"{self._file} est abîmé ({error}).", "Supprimez-le : il sera refait.") from error


def _packed(encoded: Encoded) -> bytes:
    vector, tokens = encoded
    arrays = {"vector": vector} | ({"tokens": tokens.vectors, "weights": tokens.weights} if tokens else {})
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def _unpacked(packed: bytes) -> Encoded:
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        tokens = QuestionTokens(arrays["tokens"], arrays["weights"]) if "tokens" in arrays else None
        return arrays["vector"], tokens
