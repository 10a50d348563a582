"""Strings to unit vectors with an installed model and its own prompts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import IndexMismatch, ModelMissing
from index.graph import GRAPH_VERSION, graph_path, has_graph
from index.model_catalogue import find_model, installed_revision, known_models, model_folder
from index.token_head import QuestionTokens, TokenHead, TokenVectors

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
    precision: str = "fp32"
    token_dimension: int = 0  # 0: no late interaction
    head: str = ""


class Embedded(NamedTuple):
    """A passage's unit vector, shape (dimension,), and its tokens', shape (tokens, token_dimension)."""

    vector: Vectors
    tokens: TokenVectors


class Embedder(Protocol):
    """Anything that embeds: the real model, or a small deterministic one in tests."""

    @property
    def stamp(self) -> ModelStamp: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), of strings whose prompts are already in place."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        """Vectors of passages, and of their tokens where the stamp says so."""
        ...

    def encode_question(self, text: str) -> tuple[Vectors, QuestionTokens | None]:
        """The vector of a question, shape (dimension,), and its tokens where the stamp says so."""
        ...


class SentenceEmbedder:
    """An installed model on the processor, through its int8 graph. Safe to share between threads."""

    def __init__(self, folder: Path, stamp: ModelStamp) -> None:
        from index.encoder import GraphEncoder  # noqa: PLC0415 - opens OpenVINO

        try:
            self._encoder = GraphEncoder(folder, graph_path(folder))
        except RuntimeError as error:  # OpenVINO's, for a file cut short or changed
            remedy = (
                f"Supprimez le dossier {graph_path(folder).parent}, puis lancez « vigie models install {stamp.name} »."
            )
            raise ModelMissing(f"Le graphe de « {stamp.name} » est endommagé.", remedy) from error
        self._head = TokenHead.of(stamp.name)
        self.stamp = stamp

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.stamp.dimension), dtype=np.float32)
        return shortened(self._encoder.encode(texts), self.stamp.dimension)

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        if self._head is None:
            none = np.empty((0, 0), dtype=np.int8)
            return [Embedded(vector, none) for vector in self.encode(texts)]
        found = self._encoder.encode_with(self._head.project, texts)
        return [Embedded(shortened(vector[None], self.stamp.dimension)[0], tokens) for vector, tokens in found]

    def encode_question(self, text: str) -> tuple[Vectors, QuestionTokens | None]:
        return self.encode_questions([text])[0]

    def encode_questions(self, texts: Sequence[str]) -> list[tuple[Vectors, QuestionTokens | None]]:
        """Many questions, on all cores."""
        if self._head is None:
            return [(vector, None) for vector in self.encode(texts)]
        found = self._encoder.encode_with(self._head.question, texts)
        return [(shortened(vector[None], self.stamp.dimension)[0], tokens) for vector, tokens in found]

    def token_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Unit vectors of each text's tokens, shape (tokens, width): what a head is fitted on."""
        return [tokens for _, tokens in self._encoder.encode_with(np.copy, texts)]

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Tokens the model reads of these strings."""
        return self._encoder.count_tokens(texts)


def shortened(vectors: Vectors, dimension: int) -> Vectors:
    """The first `dimension` components, of unit length again (Kusupati et al., « Matryoshka Representation », 2022)."""
    if vectors.shape[1] == dimension:
        return np.ascontiguousarray(vectors, dtype=np.float32)
    cut = vectors[:, :dimension]
    return np.ascontiguousarray(cut / np.linalg.norm(cut, axis=1, keepdims=True), dtype=np.float32)


def load_embedder(name: str, home: Path) -> SentenceEmbedder:
    """The named model. Raises ModelMissing, with the command that installs it."""
    return SentenceEmbedder(model_folder(name, home), installed_stamp(name, home))


def installed_stamp(name: str, home: Path) -> ModelStamp:
    """The stamp of an installed model, without loading it. Raises ModelMissing."""
    spec = find_model(name, home)
    if spec is None or spec.kind != "embedding":
        known = ", ".join(known_models(home, "embedding"))
        raise ModelMissing(f"Le modèle « {name} » est inconnu.", f"Modèles connus : {known}.")
    revision = installed_revision(spec, home)
    if revision is None or not has_graph(model_folder(name, home), revision):
        raise ModelMissing(f"Le modèle « {name} » n’est pas installé.", f"Lancez « vigie models install {name} ».")
    prompts = (spec.query_prompt, spec.passage_prompt, spec.passage_prompt_untitled)
    head = TokenHead.of(name)
    late = (head.dimension, head.revision) if head else (0, "")
    return ModelStamp(spec.name, revision, spec.dimension, *prompts, GRAPH_VERSION, *late)


def check_model_setting(made: ModelStamp, name: str, home: Path) -> None:
    """Raises IndexMismatch where a version that `made` made cannot be answered from with the settings' model `name`.

    Raises ModelMissing where that model is not installed.
    """
    if made.name != name:
        raise IndexMismatch(
            f"Cette version a été construite avec « {made.name} » ; le réglage VIGIE_INDEX__MODEL demande « {name} ».",
            f"Remettez VIGIE_INDEX__MODEL={made.name} (ou « model », section [index] de vigie.toml), puis relancez.",
        )
    if made != installed_stamp(name, home):
        raise IndexMismatch(
            f"Cette version a été construite avec une autre révision de « {name} » que celle qui est installée.",
            "Construisez-en une nouvelle : « vigie index build ».",
        )


def query_string(stamp: ModelStamp, question: str) -> str:
    """A question with the model's query prompt."""
    return stamp.query_prompt.replace("{text}", question)


def passage_string(stamp: ModelStamp, text: str, title: str = "") -> str:
    """A text with the model's passage prompt, and its section's title where it has one."""
    prompt = stamp.passage_prompt if title else stamp.passage_prompt_untitled
    return _FIELD.sub(lambda field: title if field.group() == "{title}" else text, prompt)


class DeferredEmbedder:
    """A model loaded when there is something to embed: a build that finds every vector in its cache loads none."""

    def __init__(self, stamp: ModelStamp, load: Callable[[], Embedder]) -> None:
        self.stamp = stamp
        self._load = load

    @cached_property
    def _loaded(self) -> Embedder:
        loaded = self._load()
        if loaded.stamp != self.stamp:
            raise IndexMismatch(f"Le modèle « {self.stamp.name} » a changé entre-temps.", "Relancez.")
        return loaded

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._loaded.encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        return self._loaded.encode_passages(texts)

    def encode_question(self, text: str) -> tuple[Vectors, QuestionTokens | None]:
        return self._loaded.encode_question(text)
