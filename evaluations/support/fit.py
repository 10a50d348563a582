"""Fit and report the support checker: `python -m evaluations.support.fit SHARED MODEL [--half held|blind|blind2]`.

The likeness is fitted on the half `tune`, on true statements and on those of another section, the contradictions apart;
the others report the checker as it ships: its rules were chosen by `held`, then by `blind`; by `blind2` nothing was.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant import Encoded, Likeness, Source, contradictions, detect_language, judge, shared
from evaluations.support.blind import SEEDS, blind_pairs
from evaluations.support.pairs import Pair, all_pairs
from index import SentenceEmbedder, VectorCache, load_embedder, models_home, passage_string

Floats = npt.NDArray[np.float64]
Case = tuple[Pair, Source, Encoded]
NAMES = ("coverage", "cosine", "weakest")
_RIDGE = 0.3
_BYTES = np.float32(127)


def cases(pairs: Sequence[Pair], embedder: SentenceEmbedder, cache_folder: Path) -> list[Case]:
    """Each pair with what the checker reads of its passage and of its statement."""
    stamp = embedder.stamp
    passages = {pair.passage.ref: pair.passage for pair in pairs}
    sentences = [passage_string(stamp, text) for passage in passages.values() for text in passage.texts]
    with closing(VectorCache(cache_folder, stamp)) as cache:
        whole = cache.encode_passages([passage_string(stamp, p.text) for p in passages.values()], embedder)
        said = cache.encode_passages([passage_string(stamp, pair.statement) for pair in pairs], embedder)
        parts = iter(cache.encode(sentences, embedder))
    sources = {}
    for passage, encoded in zip(passages.values(), whole, strict=True):
        vectors = np.stack([next(parts) for _ in passage.sentences])
        sources[passage.ref] = Source(
            passage.text, passage.sentences, _context(passage.home), vectors, encoded.tokens.astype(np.float32) / _BYTES
        )
    return [
        (pair, sources[pair.passage.ref], Encoded(e.vector, e.tokens.astype(np.float32) / _BYTES))
        for pair, e in zip(pairs, said, strict=True)
    ]


def _context(home: str) -> str:
    source, _, where = home.partition(":")
    return "" if source == "piaf" else where.replace(":", " ").replace(">", " ")


def fit(found: Sequence[Case]) -> Likeness:
    """Logistic regression whose weights may not be negative: no likeness can speak against a statement."""
    compared = [(pair, shared(pair.statement, source, encoded)) for pair, source, encoded in found]
    kept = [(p, s) for p, s in compared if p.supported or p.kind == "section"]
    kept = [(p, s) for p, s in kept if not contradictions(s, detect_language(p.statement))]
    x = np.array([[getattr(s, name) for name in NAMES] for _, s in kept])
    y = np.array([float(p.supported) for p, _ in kept])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(x)), (x - mean) / scale])

    def loss(w: Floats) -> tuple[float, Floats]:
        z = design @ w
        value = float((np.logaddexp(0, z) - y * z).sum() + _RIDGE * (w[1:] ** 2).sum() / 2)
        slope: Floats = design.T @ (1 / (1 + np.exp(-z)) - y) + _RIDGE * np.concatenate([[0], w[1:]])
        return value, slope

    bounds = [(None, None), *[(0, None)] * len(NAMES)]
    weights = minimize(loss, np.zeros(design.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    slopes = weights[1:] / scale
    return Likeness(round(float(weights[0] - slopes @ mean), 2), *(round(float(v), 2) for v in slopes))


def report(found: Sequence[Case], likeness: Likeness) -> list[str]:
    """False alarms on true statements and wrong ones caught, by kind."""
    flagged: dict[str, list[bool]] = {}
    for pair, source, encoded in found:
        verdict = judge(pair.statement, source, likeness, detect_language(pair.statement), encoded)
        wrong = verdict.support == "unsupported"
        for group in (f"{'true' if pair.supported else 'wrong'}: {pair.kind}", "true" if pair.supported else "wrong"):
            flagged.setdefault(group, []).append(wrong)
    return [
        f"{group:24} {sum(f):4d} of {len(f):4d} flagged ({sum(f) / len(f):.3f})" for group, f in sorted(flagged.items())
    ]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", type=Path)
    cli.add_argument("model")
    cli.add_argument("--half", choices=("tune", "held", *SEEDS), default="tune")
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    embedder = load_embedder(args.model, models_home())
    pairs = blind_pairs(args.shared, args.half) if args.half in SEEDS else all_pairs(args.shared)
    found = cases([p for p in pairs if p.half == args.half], embedder, args.cache)
    likeness = Likeness.of(args.model)
    if args.half == "tune":
        sys.stdout.write(f"{args.model}: {(likeness := fit(found))}\n")
    sys.stdout.write("\n".join(report(found, likeness)) + "\n")


if __name__ == "__main__":
    main()
