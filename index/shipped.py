"""Vectors that come with Vigie: of the guide it ships, so that a first build need not compute them.

They are found by the key that the cache of vectors gives a string and what made it: a string that changes, another
model or another graph is computed as ever. `make vectors` writes them again, in half precision.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

SHIPPED = Path(__file__).resolve().parent / "shipped"
KEY = 32  # bytes

Arrays = dict[str, npt.NDArray[Any]]


class ShippedVectors:
    """What one file holds: for each key a unit vector and, of a passage, the vectors of its tokens."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def found(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Of these keys those that are there, each with its vector (float32) and tokens (int8), one after the other."""
        rows = {key: row for key in keys if (row := self._rows.get(key)) is not None}
        return {key: blob for key, row in rows.items() if (blob := self._blob(key, row))}

    def _blob(self, key: bytes, row: int) -> bytes:
        """Nothing where a disk has altered it."""
        half = self._arrays["vectors"][row]
        start, end = self._arrays["offsets"][row : row + 2].tolist()
        tokens = self._arrays["tokens"][start:end]
        if _checksum(key, half, tokens) != int(self._arrays["checksums"][row]):
            return b""
        vector: npt.NDArray[np.float32] = half.astype(np.float32)
        unit: bytes = (vector / np.linalg.norm(vector)).tobytes()
        return unit + tokens.tobytes()

    @cached_property
    def _arrays(self) -> Arrays:
        """Empty where there is no such file, or none that can be read: vectors can always be computed."""
        try:
            arrays: Arrays = load_file(self._path)
        except (OSError, SafetensorError):
            return {}
        return arrays

    @cached_property
    def _rows(self) -> dict[bytes, int]:
        keys = self._arrays["keys"] if self._arrays else np.empty((0, KEY), np.uint8)
        return {key.tobytes(): row for row, key in enumerate(keys)}


@lru_cache
def shipped_vectors(model: str) -> ShippedVectors:
    """Those that come with Vigie for a model; none for most."""
    return ShippedVectors(shipped_path(model))


def shipped_path(model: str, folder: Path = SHIPPED) -> Path:
    """Their file, present or not."""
    return folder / f"{model}.safetensors"


def write_shipped(path: Path, blobs: Mapping[bytes, bytes], dimension: int) -> None:
    """Write what a cache holds: by key a vector of `dimension` float32, then int8 of its tokens."""
    keys = sorted(blobs)
    halves = [np.frombuffer(blobs[key], np.float32, dimension).astype(np.float16) for key in keys]
    tokens = [np.frombuffer(blobs[key], np.int8, offset=4 * dimension) for key in keys]
    checksums = [_checksum(*each) for each in zip(keys, halves, tokens, strict=True)]
    arrays: Arrays = {
        "keys": np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY),
        "vectors": np.stack(halves),
        "tokens": np.concatenate(tokens),
        "offsets": np.cumsum([0, *map(len, tokens)], dtype=np.int64),
        "checksums": np.array(checksums, dtype=np.uint32),
    }
    path.parent.mkdir(exist_ok=True)
    save_file(arrays, path)
    path.chmod(0o644)  # safetensors writes 0600


def _checksum(key: bytes, half: npt.NDArray[Any], tokens: npt.NDArray[Any]) -> int:
    return crc32(tokens.tobytes(), crc32(half.tobytes(), crc32(key)))
