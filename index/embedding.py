"""What is embedded of passages, and the files that hold it: passages, their sentences and their tokens."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus import Passage
from index.dense_writing import plan_for, write_dense
from index.embedder import Embedded, Embedder, passage_string
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


def write_vectors(
    draft: Path, passages: Sequence[Passage], embedder: Embedder, cache: VectorCache, report: Report
) -> Calibration:
    """Embed passages and sentences into a draft's files; returns the calibration of the passages' cosines."""
    stamp = embedder.stamp
    whole = [passage_string(stamp, p.text, section_title(p)) for p in passages]
    sentences = [passage_string(stamp, p.text[a:b]) for p in passages for a, b in p.sentences]
    embedded = cache.encode_passages(
        whole, embedder, lambda done, total: report(BuildProgress("embed", "", done, total))
    )
    vectors = np.stack([e.vector for e in embedded])
    write_dense(draft, vectors, plan_for(len(passages), stamp.dimension))
    _write_ragged(draft, (TOKENS, TOKEN_OFFSETS), *_tokens(embedded, stamp.token_dimension))
    spoken = cache.encode(sentences, embedder, lambda done, total: report(BuildProgress("sentences", "", done, total)))
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
