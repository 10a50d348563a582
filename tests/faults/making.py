"""Two states of a corpus, the questions put to an index of either, and builds that die at a chosen instant."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, AssistantSettings, Question
from corpus import CorpusSettings, folder_catalogue
from index import VERSIONS, Embedder, IndexVersion, Searcher, build_index, check_files, read_manifest
from tests.corpus.forking import fork_workers
from tests.support import HashEmbedder, write_pdf

SUBJECTS = (
    "visiteurs", "brevets", "voyages", "salons", "stagiaires", "messagerie", "contrats", "prototypes", "fournisseurs",
    "normes", "concurrents", "laboratoires", "financeurs", "réputation", "rumeurs", "audits", "sauvegardes", "badges",
    "formations", "correspondants",
)  # fmt: skip
QUESTIONS = tuple(f"Que recommande le recueil pour les {subject} ?" for subject in SUBJECTS)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree", "sqlite3.connect"}
Answers = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Death:
    """When a build dies: before its n-th step of a kind (`file`, a write to the disk; `text`, a call of the model)."""

    kind: str
    at: int


def corpora(folder: Path) -> tuple[Path, Path]:
    """Three publications; then one of them changed, one withdrawn and one new."""
    before, after = folder / "before", folder / "after"
    for place in (before, after):
        place.mkdir(parents=True)
    for number in range(3):
        _chapter(before / f"chapitre-{number}.pdf", SUBJECTS[6 * number : 6 * number + 6], "prévoit")
    shutil.copy(before / "chapitre-0.pdf", after)
    _chapter(after / "chapitre-1.pdf", SUBJECTS[6:12], "recommande désormais")
    _chapter(after / "chapitre-3.pdf", SUBJECTS[16:], "conseille")
    return before, after


def _chapter(path: Path, subjects: tuple[str, ...], verb: str) -> None:
    write_pdf(path, [_page(subject, verb) for subject in subjects])


def _page(subject: str, verb: str) -> list[tuple[float, float, float, str]]:
    lines = (
        f"Pour les {subject}, le pôle {verb} une charte courte et lue de tous.",
        f"Un registre des {subject} est tenu à jour chaque trimestre par le correspondant.",
        f"Les incidents touchant aux {subject} se signalent le jour même à la direction.",
    )
    return [(60, 760, 18, subject.capitalize()), *((60, 700 - 40 * row, 11, line) for row, line in enumerate(lines))]


def build(corpus: Path, root: Path, embedder: Embedder | None = None) -> str:
    """Build and publish; the version's name."""
    report = build_index(folder_catalogue(corpus), root, embedder or HashEmbedder(), CorpusSettings())
    return report.manifest.name


def answers(root: Path, name: str | None = None, embedder: Embedder | None = None) -> Answers:
    """What a version answers to the twenty questions: verdicts, and quotes with their passages' ids."""
    version = IndexVersion(root, name)
    assistant = Assistant(Searcher(version, embedder or HashEmbedder()), AssistantSettings(least_confidence=0.0))
    asked = [assistant.ask(Question(question)) for question in QUESTIONS]
    return tuple((a.verdict, tuple((c.passage.id, c.quote) for c in a.citations)) for a in asked)


def verified(root: Path, name: str) -> None:
    """Read every file of a version against its checksum."""
    folder = root / VERSIONS / name
    check_files(folder, read_manifest(folder), thorough=True)


def differences(one: Path, other: Path) -> list[str]:
    """Files in which two versions differ: vectors by more than 1e-5, others at all; dates and names are ignored."""
    names = {str(p.relative_to(f)) for f in (one, other) for p in f.rglob("*") if p.is_file()}
    return sorted(name for name in names - {"manifest.json", "manifest.sha256"} if not _same(one / name, other / name))


def _same(one: Path, other: Path) -> bool:
    if not (one.is_file() and other.is_file()):
        return False
    if one.read_bytes() == other.read_bytes():
        return True
    if one.name not in {"sentences.npy", "tokens.npy", "dense.npy"}:
        return False
    a, b = np.load(one), np.load(other)
    return a.shape == b.shape and bool(np.abs(a.astype(np.float32) - b.astype(np.float32)).max(initial=0) <= 1e-5)


def dying_build(corpus: Path, root: Path, death: Death, address: str) -> None:
    """The build of a process that dies. To be run in one of its own; `address` is where its workers are forked."""
    fork_workers(address, pytest.MonkeyPatch())
    steps = _Steps(root, death)
    steps.listen()
    build(corpus, root, DyingEmbedder(steps))


class DyingEmbedder(HashEmbedder):
    """Tells each text it embeds."""

    def __init__(self, steps: "_Steps") -> None:
        super().__init__()
        self._steps = steps

    def encode(self, texts):
        for _ in texts:
            self._steps.tell("text")
        return super().encode(texts)


class _Steps:
    """Counts what a build does, and kills its process before the step it was told."""

    def __init__(self, root: Path, death: Death) -> None:
        self._root, self._death = str(root.resolve()), death
        self.counts = {"file": 0, "text": 0}

    def tell(self, kind: str) -> None:
        self.counts[kind] += 1
        if (kind, self.counts[kind]) == (self._death.kind, self._death.at):
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(self) -> None:
        """Hear of every write under the root: Python's audit events, and `fsync`, which has none."""
        sys.addaudithook(self._hear)
        synced = os.fsync

        def fsync(descriptor: int) -> None:
            self.tell("file")
            synced(descriptor)

        os.fsync = fsync

    def _hear(self, event: str, arguments: tuple) -> None:
        if event == "open":
            path, _, flags = arguments
            if flags & _WRITES and self._ours(path):
                self.tell("file")
        elif event in _STEPS and self._ours(arguments[0]):
            self.tell("file")

    def _ours(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self._root)


def counted_build(corpus: Path, root: Path, tell: Callable[[dict[str, int]], None]) -> None:
    """A build that lives, and says how many steps of each kind it took."""
    steps = _Steps(root, Death("none", 0))
    steps.listen()
    build(corpus, root, DyingEmbedder(steps))
    tell(steps.counts)
