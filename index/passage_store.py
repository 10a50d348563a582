"""Passages on disk: JSON Lines, read by row through an offset table, without loading the whole."""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus import Passage, Span
from index.errors import IndexDamaged

_KEPT = 2_048  # passages read lately, about 10 MB
LINES, OFFSETS = "passages.jsonl", "passages.offsets.npy"


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write the lines and the byte offset of each (one more offset marks the end)."""
    offsets = [0]
    with (folder / LINES).open("wb") as file:
        for passage in passages:
            record = dataclasses.asdict(passage) | {"spans": [list(dataclasses.astuple(s)) for s in passage.spans]}
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            offsets.append(file.tell())
    np.save(folder / OFFSETS, np.array(offsets, dtype=np.int64), allow_pickle=False)


class PassageStore:
    """Random access to the passages of a version. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LINES
        # Plain arrays over the maps: slices of a memmap cost ten times as much.
        self._bytes = np.memmap(self._path, mode="r", dtype=np.uint8).view(np.ndarray)
        self._offsets = np.load(folder / OFFSETS, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        self._known = lru_cache(_KEPT)(partial(_read, self._path, self._bytes, self._offsets))  # without self: no cycle

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> Passage:
        return self._known(row)

    def rows(self, wanted: Sequence[int]) -> list[Passage]:
        """Several passages, in the order asked."""
        return [self[row] for row in wanted]


def _read(path: Path, content: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], row: int) -> Passage:
    line = content[offsets[row] : offsets[row + 1]].tobytes()
    try:
        return _decoded(json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"Le fichier {path} est endommagé (ligne {row + 1}).", "Relancez « vigie index build »."
        ) from error


def _decoded(record: dict[str, Any]) -> Passage:
    return Passage(
        text=record["text"],
        section=tuple(record["section"]),
        sentences=tuple((a, b) for a, b in record["sentences"]),
        spans=tuple(Span(*span) for span in record["spans"]),
        id=record["id"],
        publication=record["publication"],
        labels=tuple(record["labels"]),
        ocr=record.get("ocr"),
    )
