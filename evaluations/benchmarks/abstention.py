"""Abstention on piaf/test: `python -m evaluations.benchmarks.abstention PIAF_TEST MODEL [--plot OUT.svg]`.

Two protocols: questions on articles that are not indexed, and questions whose own paragraph was taken away. The model
that ships is compared with the best cosine alone, at the threshold that gives 4 % false abstention on piaf/tune.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from assistant import Abstention
from evaluations.squad import read_squad
from evaluations.tuning.abstention import FALSE_ABSTENTION, NAMES, Protocol, auroc, protocols
from evaluations.tuning.scores import pair_scores
from index import Calibration, Fusion, SentenceEmbedder, load_embedder, models_home

Floats = npt.NDArray[np.float64]
_QUESTIONS = 1200  # of piaf/tune, where the thresholds are set
_WIDTH, _HEIGHT, _EDGE = 460, 300, 50


def scored(protocol: Protocol, model: str) -> tuple[Floats, Floats]:
    """Log-odds by the model that ships, and the best cosine."""
    coefficients = Abstention.of(model).coefficients
    weights = np.array([coefficients.weights.get(name, 0.0) for name in NAMES])
    return coefficients.bias + protocol.traits @ weights, protocol.traits[:, NAMES.index("dense")]


def rates(scores: Floats, inside: Floats, threshold: float) -> str:
    """AUROC, and both rates at a threshold with Clopper and Pearson's intervals."""
    caught, lost = scores[inside == 0] < threshold, scores[inside == 1] < threshold
    return f"AUROC {auroc(scores, inside):.4f}, abstention recall {_rate(caught)}, false abstention {_rate(lost)}"


def _rate(flags: npt.NDArray[np.bool_]) -> str:
    interval = binomtest(int(flags.sum()), len(flags)).proportion_ci(0.95)
    return f"{flags.mean():.3f} [{interval.low:.3f}, {interval.high:.3f}]"


def risk_coverage(scores: Floats, inside: Floats) -> tuple[Floats, Floats]:
    """Share of questions answered, and of these the share that the corpus does not answer, from the surest on."""
    order = np.argsort(-scores, kind="stable")
    answered = np.arange(1, len(order) + 1)
    return answered / len(order), np.cumsum(inside[order] == 0) / answered


def plot(curves: dict[str, tuple[Floats, Floats]]) -> str:
    """Risk against coverage, as a plain SVG."""
    shades = ("#1f5f8b", "#9db7c9", "#8b3a1f", "#d9b8a9")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH + 2 * _EDGE}" height="{_HEIGHT + 2 * _EDGE + 80}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_WIDTH}" height="{_HEIGHT}" fill="none" stroke="#888"/>',
        f'<text x="{_EDGE}" y="{_EDGE - 12}">risk: share of answers that the corpus does not hold (0 to 0.5)</text>',
        f'<text x="{_EDGE}" y="{_EDGE + _HEIGHT + 20}">coverage: share of the questions answered (0 to 1)</text>',
    ]
    for number, (name, (coverage, risk)) in enumerate(curves.items()):
        points = " ".join(
            f"{_EDGE + x * _WIDTH:.1f},{_EDGE + _HEIGHT - min(y, 0.5) * 2 * _HEIGHT:.1f}"
            for x, y in zip(coverage[:: max(1, len(coverage) // 300)], risk[:: max(1, len(risk) // 300)], strict=True)
        )
        y = _EDGE + _HEIGHT + 40 + 18 * number
        parts.append(f'<polyline points="{points}" fill="none" stroke="{shades[number]}" stroke-width="2"/>')
        parts.append(f'<text x="{_EDGE}" y="{y}" fill="{shades[number]}">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _measured(path: Path, embedder: SentenceEmbedder, cache: Path, most: int | None) -> tuple[Protocol, Protocol]:
    model = embedder.stamp.name
    fusion = Fusion.of(model, Calibration(0.0, 1.0), bool(embedder.stamp.token_dimension))
    return protocols(pair_scores(read_squad(path), embedder, cache, most), fusion)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("test", type=Path, help="piaf/test.json; tune.json must lie beside it")
    cli.add_argument("model")
    cli.add_argument("--plot", type=Path)
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    embedder = load_embedder(args.model, models_home())
    tuned, _ = _measured(args.test.with_name("tune.json"), embedder, args.cache, _QUESTIONS)
    thresholds = [np.quantile(s[tuned.inside == 1], FALSE_ABSTENTION) for s in scored(tuned, args.model)]
    curves = {}
    found = _measured(args.test, embedder, args.cache, None)
    for label, protocol in zip(("outside the corpus", "own paragraph removed"), found, strict=True):
        for name, scores, threshold in zip(
            ("Vigie", "cosine alone"), scored(protocol, args.model), thresholds, strict=True
        ):
            sys.stdout.write(f"{label}, {name}: {rates(scores, protocol.inside, float(threshold))}\n")
            curves[f"{label}, {name}"] = risk_coverage(scores, protocol.inside)
    if args.plot:
        args.plot.write_text(plot(curves), "utf-8")


if __name__ == "__main__":
    main()
