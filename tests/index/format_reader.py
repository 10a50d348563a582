"""An independent reader of the index, written from docs/index-format.md alone."""

import hashlib
import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import faiss
import numpy as np

FORMAT = 2
EVENTS = {"built", "staged", "judged", "forced", "published", "rolled back", "quarantined", "released", "pruned"}
SUPERSCRIPTS = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Damaged(ValueError):
    """The files are not what the page describes."""


class ReadPassage(NamedTuple):
    """A row of passages.jsonl."""

    id: str
    publication: str
    text: str
    section: list[str]
    sentences: list[str]
    pages: list[int]
    labels: list[str]


def published(root: Path) -> Path:
    """The folder of the version that CURRENT names."""
    name = (root / "CURRENT").read_text("utf-8").strip()
    if not re.fullmatch(r"\w[\w-]*", name):
        raise Damaged(f"not a name of version: {name!r}")
    return root / "versions" / name


def checked_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, once its seal and every file have been compared with it."""
    content = (folder / "manifest.json").read_bytes()
    manifest: dict[str, Any] = json.loads(content)
    if manifest.get("format") != FORMAT:
        raise Damaged(f"format {manifest.get('format')}")
    if _sha256(content) != (folder / "manifest.sha256").read_text("utf-8"):
        raise Damaged("manifest.sha256")
    for name, expected in manifest["files"].items():
        _check_file(folder / name, expected)
    return manifest


def normalised(text: str) -> str:
    """The text that a passage's id is made of."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(SUPERSCRIPTS)).strip()


def passage_id(work: str, text: str, occurrence: int = 1) -> str:
    """The id of the n-th passage of a publication with that text."""
    return _sha256(f"{work}\0{normalised(text)}\0{occurrence}".encode())[:16]


def events(root: Path) -> list[dict[str, Any]]:
    """The known events of log.jsonl, without a last line that was cut."""
    lines = (root / "log.jsonl").read_bytes().split(b"\n")
    return [event for line in lines if (event := _event(line)).get("event") in EVENTS]


def set_aside(log: Iterable[dict[str, Any]]) -> set[str]:
    """The versions that were quarantined and not released since."""
    last = {event["version"]: event["event"] for event in log if event["event"] in ("quarantined", "released")}
    return {version for version, event in last.items() if event == "quarantined"}


class Version:
    """A version opened after all its files were checked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = checked_manifest(folder)
        self.publications = {publication["id"]: publication for publication in self.manifest["publications"]}

    def passage(self, row: int) -> ReadPassage:
        """A passage, its sentences cut and its pages listed."""
        record = self._record(row)
        return ReadPassage(
            record["id"],
            record["publication"],
            record["text"],
            record["section"],
            [record["text"][start:end] for start, end in record["sentences"]],
            list(range(record["spans"][0][1], record["spans"][-1][1] + 1)),
            record["labels"],
        )

    def computed_id(self, row: int) -> str:
        """The id of a passage, from its text, its publication's work and the rows before it."""
        publication, text = self.passage(row).publication, normalised(self.passage(row).text)
        before = [self.passage(earlier) for earlier in range(row)]
        twins = sum(normalised(passage.text) == text for passage in before if passage.publication == publication)
        return passage_id(self.publications[publication]["work"], text, twins + 1)

    def sentence_vectors(self, row: int) -> np.ndarray:
        """The vectors of a passage's sentences, in their order."""
        start, end = self._array("sentences.offsets")[row : row + 2]
        return np.asarray(self._array("sentences")[start:end])

    def asked(self) -> tuple[list[list[str]], list[str]]:
        """What is asked for each row, and what is left open."""
        told = json.loads((self.folder / "asked.json").read_text("utf-8"))
        return told["asked"], told["silent"]

    def likeness(self, vector: np.ndarray) -> dict[int, float]:
        """By row for which something is asked, how like it a question's vector is."""
        told = json.loads((self.folder / "asked.json").read_text("utf-8"))
        rows, cosines = self._array("asked.rows"), self._array("asked") @ vector
        best = {int(row): float(cosines[rows == row].max()) for row in set(rows.tolist())}
        return {row: max(0.0, (cosine - told["mean"]) / told["std"] - 2) for row, cosine in best.items()}

    def dense_search(self, vector: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """The nearest rows and their cosines, best first."""
        if json.loads((self.folder / "dense.json").read_text("utf-8"))["factory"] != "Flat":
            raise NotImplementedError("only flat indexes")
        index = faiss.read_index(str(self.folder / "dense.faiss"))
        cosines, rows = index.search(np.asarray(vector, np.float32).reshape(1, -1), min(count, index.ntotal))
        return rows[0], cosines[0]

    def place(self, string: str, table: str = "terms") -> int | None:
        """The place of a string in a lexical table, by bisection of the checksums."""
        content, checksums = string.encode(), self._array(f"lexical/{table}.checksums")
        checksum = np.uint32(zlib.crc32(content))
        first, last = (int(np.searchsorted(checksums, checksum, side)) for side in ("left", "right"))
        return next((at for at in range(first, last) if self.string(at, table).encode() == content), None)

    def string(self, place: int, table: str = "terms") -> str:
        """The string at a place of a lexical table."""
        start, end = self._array(f"lexical/{table}.offsets")[place : place + 2]
        return self._array(f"lexical/{table}")[start:end].tobytes().decode("utf-8")

    def postings(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """The rows that hold a term, and its saturation (0 to 1) in each."""
        if (place := self.place(term)) is None:
            return np.empty(0, np.int32), np.empty(0)
        start, end = self._array("lexical/starts")[place : place + 2]
        rows, saturations = self._array("lexical/rows"), self._array("lexical/saturations")
        return np.asarray(rows[start:end]), saturations[start:end] / 255

    def idf(self, term: str) -> float:
        """The weight of a term, as of one that no passage holds when the table has it not."""
        if (place := self.place(term)) is None:
            return math.log(1 + (self.manifest["passages"] + 0.5) / 0.5)
        return float(self._array("lexical/idf")[place])

    def score(self, row: int, terms: Iterable[str]) -> float:
        """BM25 of a passage for the distinct terms of a question."""
        weights = {term: self.idf(term) for term in terms}
        return sum(weights[term] * self._saturation(row, term) for term in weights) / (sum(weights.values()) or 1)

    def facets(self, row: int) -> tuple[str, list[int]]:
        """The publication of a passage, and the places of its publics (none: it is for all)."""
        publication, publics = self._array("facets")[["publication", "publics"]][row]
        bits = [bit for bit in range(64) if int(publics) >> bit & 1]
        return self.manifest["publications"][int(publication)]["id"], bits

    def _saturation(self, row: int, term: str) -> float:
        rows, saturations = self.postings(term)
        return float(saturations[rows == row].sum())

    def _record(self, row: int) -> dict[str, Any]:
        start, end = map(int, self._array("passages.offsets")[row : row + 2])
        with (self.folder / "passages.jsonl").open("rb") as file:
            file.seek(start)
            record: dict[str, Any] = json.loads(file.read(end - start))
        return record

    def _array(self, name: str) -> np.ndarray:
        array: np.ndarray = np.load(self.folder / f"{name}.npy", allow_pickle=False)
        return array


def _event(line: bytes) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _check_file(path: Path, expected: dict[str, Any]) -> None:
    content = path.read_bytes() if path.is_file() else b""
    if len(content) != expected["size"] or _sha256(content) != expected["sha256"]:
        raise Damaged(str(path))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
