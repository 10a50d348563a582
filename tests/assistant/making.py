"""A two-language embedder, an assistant on an index, and the contract of `vigie ask --json`."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant, AssistantSettings, Generator, GeneratorFailed, WritingTask
from index import IndexVersion, Searcher
from tests.support import HashEmbedder

LEXICON = {"patents": "brevets", "monitoring": "veille", "visitors": "visiteurs", "badge": "badge"}

ANSWER = {
    "id": str, "question": str, "standalone_question": str, "verdict": str, "language": str, "answer": str,
    "statements": list, "citations": list, "evidence": list, "confidence": float, "suggestions": list,
    "reading": dict, "shape": str, "notes": list, "passport": dict, "timings_ms": dict,
}  # fmt: skip
STATEMENT = {"text": str, "support": str, "citations": list}
CITATION = {
    "n": int, "passage_id": str, "publication": str, "title": str, "section": list, "quote": str, "score": float,
    "page": int, "page_label": str, "page_end": int, "page_label_end": str, "also_in": list,
}  # fmt: skip
SOMETIMES = {"completes": str, "nearest": list, "further": bool}
EVIDENCE = {  # and of `vigie search --json`; a passage that completes another has its id in "completes"
    "passage_id": str, "publication": str, "page": int, "page_end": int, "page_label": str, "section": list,
    "text": str, "score": float, "dense_score": float, "lexical_score": float, "sentence_score": float,
    "token_score": float, "asked_score": float, "also_in": list,
}  # fmt: skip
PASSPORT = {
    "index_version": str, "embedding_model": str, "embedding_revision": str, "generator": str, "generator_model": str,
    "generator_revision": str, "prompt_sha256": str, "top_k": int, "filters": dict, "follows": list,
}  # fmt: skip
VERDICTS = {"answered", "not_in_guide", "about_vigie", "refused"}


def guide_catalogue(*chapters: tuple[str, str]) -> str:
    """A catalogue of one guide. `chapters`: each one's id, which names its file, and its title."""
    each = (f'[[publication]]\nid = "{id_}"\nguide = "guide"\ntitle = "{title}"\nfile = "{id_}.pdf"\n'
            for id_, title in chapters)  # fmt: skip
    return "".join(('[[guide]]\nid = "guide"\ntitle = "Recueil"\n', *each))


class Bilingual(HashEmbedder):
    """Gives a few English words the place of their French translation, as a multilingual model does."""

    def __init__(self) -> None:
        super().__init__(dimension=512, name="embeddinggemma-300m")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return super().encode([re.sub(r"\w+", lambda m: LEXICON.get(m[0].casefold(), m[0]), text) for text in texts])


class Scripted:
    """A generator that writes what it was told, and remembers its tasks and how far it came."""

    name, model, revision = "scripted", "script", "1"

    def __init__(self, *pieces: str, fails: bool = False) -> None:
        self.pieces = pieces
        self.fails = fails
        self.tasks: list[WritingTask] = []
        self.written = 0
        self.closed = False

    def write(self, task: WritingTask) -> Iterator[str]:
        self.tasks.append(task)
        try:
            for piece in self.pieces:
                self.written += 1
                yield piece
            if self.fails:
                raise GeneratorFailed("Le modèle s’est arrêté.")
        finally:
            self.closed = True

    def warm_up(self) -> None:
        pass


def assistant_on(root: Path, generator: Generator | None = None, **settings: Any) -> Assistant:
    return Assistant(Searcher(IndexVersion(root), Bilingual()), AssistantSettings(**settings), generator)


def as_read(answer: dict[str, Any]) -> dict[str, Any]:
    """The JSON object as its reader gets it, through UTF-8."""
    return json.loads(json.dumps(answer, ensure_ascii=False).encode("utf-8"))


def assert_contract(answer: dict[str, Any]) -> None:
    """The keys and types of `vigie ask --json` in the design, and what it says of unanswered questions."""
    assert_shape(answer, ANSWER)
    for key, shape in (("statements", STATEMENT), ("citations", CITATION), ("evidence", EVIDENCE)):
        for item in answer[key]:
            assert_shape(item, shape | {name: kind for name, kind in SOMETIMES.items() if name in item})
    assert_shape(answer["passport"], PASSPORT)
    assert_reading(answer["reading"])
    assert answer["verdict"] in VERDICTS
    assert answer["language"] in {"fr", "en"}
    assert 0 <= answer["confidence"] <= 1
    assert all(isinstance(suggestion, str) for suggestion in answer["suggestions"])
    assert all(isinstance(ms, float) and ms >= 0 for ms in answer["timings_ms"].values())
    assert "total" in answer["timings_ms"]
    assert answer["id"]
    assert answer["answer"]
    assert bool(answer["citations"]) == bool(answer["statements"]) == (answer["verdict"] == "answered")


def assert_reading(reading: dict[str, Any]) -> None:
    """How the question was read: words taken for others, words looked for besides."""
    assert set(reading) == {"corrections", "expansions"}
    for correction in reading["corrections"]:
        assert_shape(correction, {"typed": str, "read_as": str})
    for expansion in reading["expansions"]:
        assert_shape(expansion, {"term": str, "added": str})


def assert_shape(value: dict[str, Any], shape: dict[str, type]) -> None:
    assert {key: type(item) for key, item in value.items()} == shape
