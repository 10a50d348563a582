"""Retrieval on a guide's questions: `python -m evaluations.benchmarks.guide_retrieval [INDEX]`.

A passage is relevant when it touches a gold page of its publication. Questions as asked; their pairs in the other
language; typed without accents, in telegraphic style, with typing errors (`telegraphic.degraded`); acronyms with
and without the glossary; and fusion against its better part, with paired bootstrap intervals.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluations.benchmarks.retrieval import interval
from evaluations.benchmarks.telegraphic import degraded
from evaluations.questions import SHIPPED, QuestionRecord, load_questions
from index import (
    Fusion,
    IndexVersion,
    ScoredPassage,
    Searcher,
    load_embedder,
    load_glossary,
    models_home,
)

Floats = npt.NDArray[np.float64]
Ask = Callable[[QuestionRecord], str]
_SEED, _SEEDS = 2026, 3


def hits(records: Sequence[QuestionRecord], searcher: Searcher, ask: Ask, k: int = 10) -> list[list[bool]]:
    """For each question, whether each of its first passages is relevant."""
    found = [searcher.search(ask(record), k).results for record in records]
    return [
        [is_relevant(s, record) for s in results if not s.completes][:k]
        for record, results in zip(records, found, strict=True)
    ]


def is_relevant(scored: ScoredPassage, record: QuestionRecord) -> bool:
    """Whether the passage touches a gold page."""
    first, last = scored.passage.pages
    return any(g.publication == scored.passage.publication and first <= g.page <= last for g in record.gold)


def reciprocal_log(found: Sequence[Sequence[bool]]) -> Floats:
    """nDCG@10 of each question with one relevant passage: the gain of the first relevant one."""
    firsts = [next((rank for rank, hit in enumerate(row, 1) if hit), 0) for row in found]
    return np.array([1 / np.log2(1 + rank) if rank else 0.0 for rank in firsts])


def row(name: str, found: Sequence[Sequence[bool]]) -> str:
    first = np.mean([bool(hit) and hit[0] for hit in found])
    five = np.mean([any(hit[:5]) for hit in found])
    return f"| {name} | {len(found)} | {first:.3f} | {five:.3f} | {reciprocal_log(found).mean():.3f} |\n"


def one_signal(name: str) -> Fusion:
    """BM25 or dense alone, through the same code."""
    weights = dict.fromkeys(("dense", "sentence", "lexical", "coverage", "token"), 0.0) | {name: 1.0}
    first = (1.0, 0.0) if name == "dense" else (0.0, 1.0)
    return Fusion(**weights, first=first, low=0.0, high=1.0)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    home = Path(os.environ.get("VIGIE_HOME", ".vigie"))
    cli.add_argument("index", type=Path, nargs="?", default=home / "index")
    args = cli.parse_args()
    version = IndexVersion(args.index)
    embedder = load_embedder(version.manifest.model.name, models_home())
    searcher, bare = Searcher(version, embedder, glossary=load_glossary()), Searcher(version, embedder)
    guide, pairs, acronyms = (_covered(name) for name in ("guide", "guide-pairs", "guide-acronyms"))
    asked: Ask = lambda record: record.question  # noqa: E731
    out = sys.stdout.write
    out(f"{embedder.stamp.name}, {len(version.passages)} passages\n\n| | n | success@1 | recall@5 | nDCG@10 |\n")
    out("|---|---|---|---|---|\n")
    french, english = _in_both_languages(guide, pairs)
    plain = hits(guide, searcher, asked)
    out(row("guide, as asked", plain))
    out(row("the same in French", hits(french, searcher, asked)))
    out(row("the same in English", hits(english, searcher, asked)))
    mine = [r for r in guide if r.language == "fr"]
    out(row("French, as asked", hits(mine, searcher, asked)))
    out(row("telegraphic, with errors", hits(mine, searcher, _in_haste(_SEED))))
    every_french = [r for r in (*guide, *_covered("guide-more")) if r.language == "fr"]
    out(row("French of guide and guide-more", hits(every_french, searcher, asked)))
    for seed in range(_SEED, _SEED + _SEEDS):
        out(row(f"telegraphic, seed {seed}", hits(every_french, searcher, _in_haste(seed))))
    out(row("acronyms, with the glossary", hits(acronyms, searcher, asked)))
    out(row("acronyms, without", hits(acronyms, bare, asked)))
    every = [*guide, *acronyms]
    whole = reciprocal_log(hits(every, searcher, asked))
    alone = {name: Searcher(version, embedder, fusion=one_signal(name)) for name in ("dense", "lexical")}
    parts = {name: hits(every, searcher, asked) for name, searcher in alone.items()}
    for name, found in parts.items():
        out(row(f"guide and acronyms, {name} alone", found))
    better = max(parts, key=lambda name: float(reciprocal_log(parts[name]).mean()))
    difference = whole - reciprocal_log(parts[better])
    low, high = interval(difference)
    out(f"| guide and acronyms, fusion | {len(every)} | | | {whole.mean():.3f} |\n")
    out(f"| fusion − {better} | | | | {difference.mean():+.3f} [{low:+.3f}, {high:+.3f}] |\n")


def _in_haste(seed: int) -> Ask:
    return lambda record: degraded(record.question, seed)


def _covered(name: str) -> list[QuestionRecord]:
    return [r for r in load_questions([SHIPPED / f"{name}.jsonl"]) if r.answerable and not r.history]


def _in_both_languages(
    guide: Sequence[QuestionRecord], pairs: Sequence[QuestionRecord]
) -> tuple[list[QuestionRecord], list[QuestionRecord]]:
    """The questions that have a pair, in French and in English, in the same order (`m-001-en` translates `m-001`)."""
    originals = {record.id: record for record in guide}
    both = [(record, originals[record.id.rpartition("-")[0]]) for record in pairs]
    french = [a if a.language == "fr" else b for a, b in both]
    return french, [b if a.language == "fr" else a for a, b in both]


if __name__ == "__main__":
    main()
