"""Vectors computed before, by the exact string embedded and what made them: in one SQLite file, or shipped."""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from index.disk import sqlite_code
from index.embedder import Embedded, Embedder, ModelStamp, Vectors
from index.errors import IndexError_
from index.shipped import shipped_vectors

_LONGEST_SHOWN = 60  # characters of a text that an error names
Progress = Callable[[int, int], None]


class VectorCache:
    """Vectors of sentences, and of passages with their tokens."""

    def __init__(self, folder: Path, stamp: ModelStamp) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._stamp = stamp
        self._shipped = shipped_vectors(stamp.name)
        path = folder / "vectors.sqlite"
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError as error:
            if sqlite_code(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                raise  # of the disk, which whoever builds tells (index.disk)
            raise IndexError_(
                f"{path} ne s’ouvre pas : {error}.", "Vérifiez les droits, ou attendez l’autre construction."
            ) from error
        except sqlite3.DatabaseError:  # a cache can always be made again
            path.replace(path.with_suffix(".damaged"))
            self._db = _opened(path)

    def close(self) -> None:
        self._db.close()

    def encode(
        self, texts: Sequence[str], embedder: Embedder, on_done: Progress | None = None, step: int = 64
    ) -> Vectors:
        """Unit vectors of `texts`, in order, shape (len(texts), dimension); only those not yet known are computed."""
        blobs = self._filled("", texts, lambda part: [v.tobytes() for v in embedder.encode(part)], on_done, step)
        vectors = [np.frombuffer(blob, dtype=np.float32) for blob in blobs]
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self._stamp.dimension)

    def encode_passages(
        self, texts: Sequence[str], embedder: Embedder, on_done: Progress | None = None, step: int = 64
    ) -> list[Embedded]:
        """Vectors of passages with those of their tokens, in order; only those not yet known are computed."""
        if not self._stamp.token_dimension:
            none = np.empty((0, 0), dtype=np.int8)
            return [Embedded(vector, none) for vector in self.encode(texts, embedder, on_done, step)]

        def computed(part: Sequence[str]) -> list[bytes]:
            return [e.vector.tobytes() + e.tokens.tobytes() for e in embedder.encode_passages(part)]

        return [self._embedded(blob) for blob in self._filled(self._stamp.head, texts, computed, on_done, step)]

    def kept(self, passages: Sequence[str], others: Sequence[str]) -> dict[bytes, bytes]:
        """By key, what is kept of passages, with the vectors of their tokens, and of other strings."""
        return self._known([self._key(self._stamp.head, p) for p in passages] + [self._key("", o) for o in others])

    def _embedded(self, blob: bytes) -> Embedded:
        end = 4 * self._stamp.dimension
        tokens = np.frombuffer(blob, dtype=np.int8, offset=end).reshape(-1, self._stamp.token_dimension)
        return Embedded(np.frombuffer(blob[:end], dtype=np.float32), tokens)

    def _filled(
        self,
        kind: str,
        texts: Sequence[str],
        compute: Callable[[Sequence[str]], list[bytes]],
        on_done: Progress | None,
        step: int,
    ) -> list[bytes]:
        keys = [self._key(kind, text) for text in texts]
        known = self._known(keys)
        missing = sorted({k: t for k, t in zip(keys, texts, strict=True) if k not in known}.items(), key=_length)
        for start in range(0, len(missing), step):
            part = missing[start : start + step]
            fresh = dict(zip((key for key, _ in part), compute([text for _, text in part]), strict=True))
            self._check(part, fresh)
            with self._db:
                rows = ((key, blob, _checksum(key, blob)) for key, blob in fresh.items())
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            known |= fresh
            if on_done:
                on_done(min(start + step, len(missing)), len(missing))
        return [known[key] for key in keys]

    def _check(self, part: Sequence[tuple[bytes, str]], fresh: Mapping[bytes, bytes]) -> None:
        """Raises IndexError_ for a vector that is not finite: it would be above or below every other, unseen."""
        wrong = next((text for key, text in part if not self._is_finite(fresh[key])), None)
        if wrong is not None:
            raise IndexError_(
                f"Le modèle « {self._stamp.name} » n’a pas rendu de vecteur pour « {_shown(wrong)} » : "
                "ses valeurs ne sont pas des nombres finis.",
                "Relancez ; si cela se reproduit, supprimez le dossier de ce modèle, puis lancez "
                f"« vigie models install {self._stamp.name} ».",
            )

    def _is_finite(self, blob: bytes) -> bool:
        return bool(np.isfinite(np.frombuffer(blob, dtype=np.float32, count=self._stamp.dimension)).all())

    def _key(self, kind: str, text: str) -> bytes:
        stamp = self._stamp
        made = f"{stamp.name}\0{stamp.revision}\0{stamp.precision}\0{stamp.dimension}\0{kind}"
        return hashlib.sha256(f"{made}\0{text}".encode()).digest()

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those that were written here, or come with Vigie: a finite vector, and whole tokens after it."""
        found = {key: blob for key in set(keys) if (blob := self._written(key))}
        found |= self._shipped.found(set(keys) - found.keys())
        return {key: blob for key, blob in found.items() if self._is_whole(blob) and self._is_finite(blob)}

    def _written(self, key: bytes) -> bytes | None:
        """What was written here, where it still is that."""
        row = self._db.execute("SELECT vector, checksum FROM vectors WHERE key = ?", (key,)).fetchone()
        return row[0] if row and row[1] == _checksum(key, row[0]) else None

    def _is_whole(self, blob: bytes) -> bool:
        rest = len(blob) - 4 * self._stamp.dimension
        return rest >= 0 and rest % max(1, self._stamp.token_dimension) == 0


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    try:
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB, checksum) WITHOUT ROWID")
        if len(db.execute("PRAGMA table_info(vectors)").fetchall()) == 2:
            _add_checksums(db)
        db.execute("SELECT count(*) FROM vectors").fetchone()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _length(item: tuple[bytes, str]) -> int:
    return len(item[1])


def _add_checksums(db: sqlite3.Connection) -> None:
    """Of a cache from before 2026-11-26, whose rows are taken as they are, once."""
    db.create_function("checksum", 2, _checksum, deterministic=True)
    with db:
        db.execute("ALTER TABLE vectors ADD COLUMN checksum")
        db.execute("UPDATE vectors SET checksum = checksum(key, vector)")


def _checksum(key: bytes, blob: bytes) -> int:
    """CRC-32: a vector that a disk has altered would be sealed into an index, and nothing would tell."""
    return crc32(blob, crc32(key))
