"""The words of the passages and their terms, read through memory maps so that opening costs nothing."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.french import fold, term

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
_ARRAYS = ("word_terms", "frequency", "signatures")
_TABLES = ("terms", "words", "written")


class StringTable(Sequence[str]):
    """Strings in one UTF-8 blob: blob[offsets[i]:offsets[i+1]] is the i-th. `find` wants `table_order`."""

    def __init__(self, blob: npt.NDArray[np.uint8], offsets: Longs, checksums: npt.NDArray[np.uint32]) -> None:
        self.blob, self.offsets, self.checksums = blob, offsets, checksums
        # A memory view answers ten times faster than a numpy array when asked for one value.
        self._blob, self._offsets, self._checksums = _view(blob), _view(offsets), _view(checksums)

    @classmethod
    def of(cls, strings: Iterable[str]) -> "StringTable":
        """A table of these strings, in their order."""
        encoded = [string.encode() for string in strings]
        offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        checksums = np.array([crc32(string) for string in encoded], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets, checksums)

    def __len__(self) -> int:
        return len(self._checksums)

    def __getitem__(self, number: int) -> str:  # type: ignore[override]  # no slices
        return self._raw(number).decode()

    def _raw(self, number: int) -> bytes:
        return bytes(self._blob[self._offsets[number] : self._offsets[number + 1]])

    def find(self, string: str) -> int:
        """The number of a string, or -1."""
        wanted = string.encode()
        checksum = crc32(wanted)
        number = bisect_left(self._checksums, checksum)
        while number < len(self) and self._checksums[number] == checksum:
            if self._raw(number) == wanted:
                return number
            number += 1
        return -1

    def save(self, stem: Path) -> None:
        """Write three files beside each other, `stem`.npy, `stem`.offsets.npy and `stem`.checksums.npy."""
        for suffix, array in (("", self.blob), (".offsets", self.offsets), (".checksums", self.checksums)):
            np.save(f"{stem}{suffix}.npy", array, allow_pickle=False)

    @classmethod
    def load(cls, stem: Path) -> "StringTable":
        """Open a saved table without reading it."""
        return cls(*(mapped(Path(f"{stem}{suffix}.npy")) for suffix in ("", ".offsets", ".checksums")))


def table_order(strings: Iterable[str]) -> list[str]:
    """The order that `find` wants, by CRC-32: to compare whole numbers is ten times faster than to compare strings."""
    return sorted(strings, key=lambda string: (crc32(string.encode()), string))


@dataclass(frozen=True)
class Vocabulary:
    """`terms` are what is searched. `words` are the spellings in a-z met in the passages, without accents.

    By word: how the passages most often write it, its term's number (-1 for a stop word), how often they write it
    so, and the bits of its letters (see `index.spelling`).
    """

    terms: StringTable
    words: StringTable
    written: StringTable
    word_terms: Ints
    frequency: Ints
    signatures: npt.NDArray[np.uint64]

    def number(self, word: str) -> int:
        """The number of a word's term, or -1 when no passage holds it. Known spellings need no stemming."""
        known = self.words.find(fold(word))
        found = int(self.word_terms[known]) if known >= 0 else -1
        return found if found >= 0 else self.terms.find(term(word))

    def save(self, folder: Path) -> None:
        """Write its files into an existing folder."""
        for table in _TABLES:
            getattr(self, table).save(folder / table)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Vocabulary":
        """Open a saved vocabulary without reading it."""
        terms, words, written = (StringTable.load(folder / table) for table in _TABLES)
        return cls(terms, words, written, *(mapped(folder / f"{name}.npy") for name in _ARRAYS))


def mapped(path: Path) -> npt.NDArray[Any]:
    """An array read where it lies; an empty one cannot be mapped and is read."""
    try:
        # A plain array over the map: slices of a memmap cost ten times as much.
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except ValueError:
        array = np.load(path, allow_pickle=False)
    return array


def _view(array: npt.NDArray[Any]) -> memoryview:
    return memoryview(np.ascontiguousarray(array).data)
