"""Vectors of distinct real texts, for recall.

    python -m evaluations.benchmarks.distinct_vectors ../shared/data MODEL OUT.npz INDEX…

Texts: passages and sentences of the indexes, as stored there; paragraphs, sentences and questions of PIAF; ANSSI's
measures. Questions: some of PIAF's test half, not among the texts. `evaluations.benchmarks.scale --vectors OUT.npz`
reads the file.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus import split_sentences
from evaluations.squad import SquadSet, read_known_items, read_squad
from index import IndexVersion, SentenceEmbedder, VectorCache, load_embedder, models_home, passage_string, query_string

Floats = npt.NDArray[np.float32]
_SEED, _QUESTIONS = 2026, 500


def stored(index: Path, embedder: SentenceEmbedder) -> tuple[Floats, Floats]:
    """Vectors of an index's passages and of their sentences. Raises IndexMismatch for another model's index."""
    version = IndexVersion(index)
    version.check_model(embedder.stamp)
    rows = np.arange(len(version.passages))
    return version.dense.vectors(rows), np.concatenate([version.sentence_vectors(int(row)) for row in rows])


def texts_of(sets: Sequence[SquadSet]) -> list[str]:
    """The distinct paragraphs and sentences of the sets, in order."""
    paragraphs = [p for data in sets for p in data.paragraphs]
    sentences = [p[a:b] for p in paragraphs for a, b in split_sentences(p)]
    return list(dict.fromkeys([*paragraphs, *sentences]))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("data", type=Path)
    cli.add_argument("model")
    cli.add_argument("out", type=Path)
    cli.add_argument("indexes", type=Path, nargs="*")
    cli.add_argument("--questions", type=int, default=_QUESTIONS)
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    embedder = load_embedder(args.model, models_home())
    anssi = args.data / "anssi"
    measures = read_known_items(anssi / "monservicesecurise_mesuresV2.json", anssi / "monaidecyber_mesures.json")
    tune, test = (read_squad(args.data / f"piaf/{half}.json") for half in ("tune", "test"))
    texts = [passage_string(embedder.stamp, text) for text in texts_of([tune, test, measures])]
    drawn = random.Random(_SEED).sample([question for question, _ in test.questions], args.questions)
    others = dict.fromkeys(question for question, _ in (*tune.questions, *test.questions) if question not in drawn)
    asked = [query_string(embedder.stamp, question) for question in others]
    with closing(VectorCache(args.cache, embedder.stamp)) as cache:
        own = cache.encode([*texts, *asked], embedder)
        questions = cache.encode([query_string(embedder.stamp, question) for question in drawn], embedder)
    indexed = [vectors for index in args.indexes for vectors in stored(index, embedder)]
    every = np.unique(np.concatenate([own, *indexed]), axis=0)
    np.savez(args.out, whole=every, q=questions, allow_pickle=False)
    sys.stdout.write(f"{len(every):,} distinct texts, {len(questions)} questions\n")


if __name__ == "__main__":
    main()
