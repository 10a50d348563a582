"""What was asked before, as vectors: how like it a new question is, passage by passage, and what is left unanswered."""

import json
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.asked import AskedWords

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
ASKED, ROWS, SILENT, WORDS = "asked.npy", "asked.rows.npy", "silent.npy", "asked.json"
LEAST = 2.0  # standard deviations above the usual cosine, up to which a likeness says nothing
_COMPARED = 1024  # questions among which the usual cosine is taken


@dataclass(frozen=True)
class AskedVectors:
    """Unit vectors (questions, dimension) of what was asked, those of one passage together, and where each begins.

    `rows`: the passages that have some, in order; `silent`: of what is asked and no passage answers; `mean`, `std`: of
    the cosines between questions of two passages; `texts`: the questions themselves.
    """

    vectors: Floats
    rows: Rows
    starts: Rows
    silent: Floats
    mean: float
    std: float
    texts: tuple[str, ...] = ()

    @classmethod
    def open(cls, folder: Path) -> "AskedVectors":
        """Map the files of a version, if it has them. Raises OSError or ValueError on damage."""
        if not (folder / WORDS).is_file():
            return cls(_NOTHING, np.arange(0), np.arange(0), _NOTHING, 0.0, 1.0)
        described = json.loads((folder / WORDS).read_text("utf-8"))
        rows, starts = np.unique(np.load(folder / ROWS, allow_pickle=False), return_index=True)
        return cls(
            _mapped(folder / ASKED), rows, starts, _mapped(folder / SILENT),
            float(described["mean"]), float(described["std"]), tuple(chain.from_iterable(described["asked"])),
        )  # fmt: skip

    def cosines(self, vector: Floats) -> Floats:
        """Of all that was asked with a unit vector, shape (questions,)."""
        cosines: Floats = np.vecdot(self.vectors, vector) if len(self.rows) else np.empty(0, np.float32)
        return cosines

    def likeness(self, cosines: Floats) -> Floats:
        """By passage of `rows`, how like a question is to what was asked for it: 0 where no more than to others.

        Standard deviations of the best of its `cosines` above the usual one, less LEAST.
        """
        if not len(self.rows):
            return cosines
        best: Floats = np.maximum.reduceat(cosines, self.starts)
        likeness: Floats = np.maximum((best - self.mean) / self.std - LEAST, 0).astype(np.float32)
        return likeness

    def of(self, likeness: Floats, rows: Rows) -> Floats:
        """The likeness of these rows, 0 for those for which nothing was asked; shape (len(rows),)."""
        if not len(self.rows):
            return np.zeros(len(rows), np.float32)
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        found: Floats = np.where(self.rows[places] == rows, likeness[places], np.float32(0))
        return found

    def nearest(self, likeness: Floats, k: int, allowed: Bools | None) -> Rows:
        """The k rows that are most alike, of those allowed; none with a likeness of 0."""
        free = likeness > 0 if allowed is None else (likeness > 0) & allowed[self.rows]
        places = np.flatnonzero(free)
        return self.rows[places[np.argsort(-likeness[places], kind="stable")[:k]]]

    def closest(self, vector: Floats, k: int, least: float = 0.0) -> list[str]:
        """The k questions most like a unit vector, each of another passage, of a likeness of more than `least`."""
        if not len(self.rows):
            return []
        cosines = self.cosines(vector)
        likeness = self.likeness(cosines)
        ends = [*self.starts[1:].tolist(), len(cosines)]
        best = np.argsort(-likeness, kind="stable")[:k]
        spans = ((int(self.starts[place]), ends[place]) for place in best.tolist() if likeness[place] > least)
        return [self.texts[start + int(cosines[start:end].argmax())] for start, end in spans]

    def margin(self, vector: Floats, cosines: Floats) -> float | None:
        """How much more a unit vector is like what is answered (its `cosines`) than like what is not.

        In standard deviations; None where nobody has written both.
        """
        if not (len(cosines) and len(self.silent)):
            return None
        return float(cosines.max() - np.vecdot(self.silent, vector).max()) / self.std


def write_asked(folder: Path, vectors: Floats, words: AskedWords) -> None:
    """Write what was asked and the unit vectors of it, of all passages and then of the silences; nothing of nothing."""
    rows = np.repeat(np.arange(len(words.by_passage)), [len(asked) for asked in words.by_passage])
    if not len(vectors):
        return
    asked, silent = np.split(vectors, [len(rows)])
    mean, std = _usual(asked, rows)
    for name, values in ((ASKED, asked), (ROWS, rows), (SILENT, silent)):
        np.save(folder / name, values, allow_pickle=False)
    described = {"mean": mean, "std": std, "asked": words.by_passage, "silent": words.silent}
    (folder / WORDS).write_text(json.dumps(described, ensure_ascii=False), "utf-8")


def read_asked(folder: Path, size: int) -> AskedWords:
    """What was asked, of a version of `size` passages."""
    if not (folder / WORDS).is_file():
        return AskedWords(((),) * size)
    described = json.loads((folder / WORDS).read_text("utf-8"))
    return AskedWords(tuple(tuple(asked) for asked in described["asked"]), tuple(described["silent"]))


def _usual(vectors: Floats, rows: Rows) -> tuple[float, float]:
    drawn = np.sort(np.random.default_rng(0).permutation(len(rows))[:_COMPARED])
    cosines = (vectors[drawn] @ vectors[drawn].T)[rows[drawn][:, None] != rows[drawn][None, :]]
    if len(cosines) < 2:
        return 0.5, 0.1
    return round(float(cosines.mean()), 4), max(round(float(cosines.std()), 4), 1e-3)


def _mapped(path: Path) -> Floats:
    mapped: Floats = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return mapped


_NOTHING = np.empty((0, 0), np.float32)
