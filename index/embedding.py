"""What is embedded of passages, and the files that hold it: passages, their sentences and their tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus import Passage
from index.dense_writing import plan_for, write_dense
from index.embedder import Embedded, Embedder, ModelStamp, passage_string, query_string
from index.fusion import Calibration
from index.intake import BuildProgress, Report
from index.opened import SENTENCE_OFFSETS, SENTENCES, TOKEN_OFFSETS, TOKENS
from index.vector_cache import VectorCache


def lexical_text(passage: Passage) -> str:
    """What the lexical index analyses: the passage, and the last two headings above it."""
    return "\n".join((*passage.section[-2:], passage.text))


def section_title(passage: Passage) -> str:
    """What the passage prompt shows as title: the last two headings."""
    return " – ".join(passage.section[-2:])


@dataclass(frozen=True)
class Embeddable:
    """What is embedded, with the model's prompts in place: passages with their titles, sentences, questions."""

    passages: tuple[str, ...]
    sentences: tuple[str, ...]
    questions: tuple[str, ...]

    @classmethod
    def of(cls, stamp: ModelStamp, passages: Sequence[Passage], questions: Sequence[str]) -> "Embeddable":
        """Those of these passages, and of what is asked of them."""
        return cls(
            tuple(passage_string(stamp, p.text, section_title(p)) for p in passages),
            tuple(passage_string(stamp, p.text[a:b]) for p in passages for a, b in p.sentences),
            tuple(query_string(stamp, question) for question in questions),
        )


def write_vectors(
    draft: Path,
    passages: Sequence[Passage],
    strings: Embeddable,
    embedder: Embedder,
    cache: VectorCache,
    report: Report,
) -> Calibration:
    """Embed passages and sentences into a draft's files; returns the calibration of the passages' cosines."""
    stamp = embedder.stamp
    embedded = cache.encode_passages(
        strings.passages, embedder, lambda done, total: report(BuildProgress("embed", "", done, total))
    )
    vectors = np.stack([e.vector for e in embedded])
    write_dense(draft, vectors, plan_for(len(passages), stamp.dimension))
    _write_ragged(draft, (TOKENS, TOKEN_OFFSETS), *_tokens(embedded, stamp.token_dimension))
    told = partial(BuildProgress, "sentences", "")
    spoken = cache.encode(strings.sentences, embedder, lambda done, total: report(told(done, total)))
    _write_ragged(draft, (SENTENCES, SENTENCE_OFFSETS), spoken.astype(np.float16), [len(p.sentences) for p in passages])
    return Calibration.of(vectors)


def _tokens(embedded: Sequence[Embedded], dimension: int) -> tuple[npt.NDArray[np.int8], list[int]]:
    if not dimension:
        return np.empty((0, 0), dtype=np.int8), [0] * len(embedded)
    parts = [e.tokens for e in embedded]
    return np.concatenate(parts), [len(part) for part in parts]


def _write_ragged(draft: Path, names: tuple[str, str], values: npt.NDArray[Any], lengths: Sequence[int]) -> None:
    np.save(draft / names[0], values, allow_pickle=False)
    np.save(draft / names[1], np.cumsum([0, *lengths], dtype=np.int64), allow_pickle=False)
