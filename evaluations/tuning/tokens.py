"""Fit a model's late-interaction head on piaf/tune: `python -m evaluations.tuning.tokens PIAF_TUNE MODEL [--write]`.

The head starts from the principal components of token vectors and learns, over the other signals' score, to put the
gold paragraph first among the best candidates of the batch. The fusion's weights must not see a head that was
trained on their questions: each half of the articles is scored by a head trained on the other, and the fusion is
fitted on these scores. The head that ships is trained on all of them.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from evaluations.squad import read_squad
from evaluations.tuning.fusion import fit_weights, ndcg_at_10, ranks, scale_bounds
from evaluations.tuning.scores import PairScores, pair_scores, set_texts
from index import HEADS, SIGNALS, SentenceEmbedder, TokenHead, load_embedder, models_home, query_string, token_scores

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
DIMENSION, BATCH, NEGATIVES, RATE = 64, 8, 12, 3e-4
_OTHERS = tuple(name for name in SIGNALS if name != "token")


@dataclass(frozen=True)
class Tokens:
    """Token vectors of texts, end to end, and where each text's begin."""

    vectors: torch.Tensor
    starts: Rows

    @classmethod
    def of(cls, embedder: SentenceEmbedder, texts: list[str]) -> "Tokens":
        found = embedder.token_vectors(texts)
        return cls(torch.from_numpy(np.concatenate(found)), np.cumsum([0, *(len(v) for v in found)]))

    def padded(self, rows: Rows) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of some texts, shape (texts, longest, width), and where they are real."""
        parts = [self.vectors[self.starts[row] : self.starts[row + 1]] for row in rows]
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(p), dtype=torch.bool) for p in parts], batch_first=True)
        return torch.nn.utils.rnn.pad_sequence(parts, batch_first=True), mask


class Head(torch.nn.Module):
    """The head while it is trained; `scale` weighs it against the other signals."""

    def __init__(self, start: Floats) -> None:
        super().__init__()
        self.projection = torch.nn.Parameter(torch.from_numpy(start.copy()))
        self.importance = torch.nn.Parameter(torch.zeros(start.shape[0]))
        self.scale = torch.nn.Parameter(torch.tensor(10.0))

    def forward(
        self, asked: torch.Tensor, real: torch.Tensor, texts: torch.Tensor, there: torch.Tensor
    ) -> torch.Tensor:
        weights = torch.sigmoid(asked @ self.importance) * real
        weights = weights / weights.sum(1, keepdim=True)
        q = torch.nn.functional.normalize(asked @ self.projection, dim=-1)
        p = torch.nn.functional.normalize(texts @ self.projection, dim=-1)
        cosines = torch.einsum("bqd,cnd->bcqn", q, p).masked_fill(~there[None, :, None, :], -1.0)
        return self.scale * (cosines.max(-1).values * weights[:, None, :]).sum(-1)

    def fitted(self) -> TokenHead:
        return TokenHead(self.projection.detach().numpy().copy(), self.importance.detach().numpy().copy())


def principal_components(tokens: Tokens, most: int = 20_000) -> Floats:
    """The start of a head, shape (width, DIMENSION)."""
    drawn = np.random.default_rng(0).permutation(len(tokens.vectors))[:most]
    rows = tokens.vectors[drawn].numpy()
    _, _, axes = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    return np.ascontiguousarray(axes[:DIMENSION].T, dtype=np.float32)


def train(passages: Tokens, questions: Tokens, base: Floats, gold: Rows, rows: Rows) -> TokenHead:
    """One pass over the questions of `rows`; `base` holds the other signals' score of every pair."""
    torch.manual_seed(0)
    head = Head(principal_components(passages))
    groups = [
        {"params": [head.projection], "lr": RATE},
        {"params": [head.importance], "lr": 5e-2},
        {"params": [head.scale], "lr": 1e-1},
    ]
    optimiser = torch.optim.Adam(groups)
    hard = np.argsort(-base, axis=1)[:, :NEGATIVES]
    order = np.random.default_rng(0).permutation(rows)
    for start in range(0, len(order), BATCH):
        asked = order[start : start + BATCH]
        columns = np.unique(np.concatenate([hard[asked].ravel(), gold[asked]]))
        scores = head(*questions.padded(asked), *passages.padded(columns))
        scores = scores + torch.from_numpy(base[np.ix_(asked, columns)])
        loss = torch.nn.functional.cross_entropy(scores, torch.from_numpy(np.searchsorted(columns, gold[asked])))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return head.fitted()


def token_signal(head: TokenHead, passages: Tokens, questions: Tokens, rows: Rows) -> Floats:
    """Late interaction of some questions with every passage, as the index computes it."""
    together = head.project(passages.vectors.numpy()).astype(np.float32)  # converted once, not at each question
    lengths = np.diff(passages.starts).tolist()
    bounds = [(questions.starts[row], questions.starts[row + 1]) for row in rows]
    asked = [head.question(questions.vectors[a:b].numpy()) for a, b in bounds]
    return np.stack([token_scores(question, together, lengths) for question in asked])


def cross_fitted(pairs: PairScores, passages: Tokens, questions: Tokens) -> PairScores:
    """Pairs whose token signal comes from heads trained on the other half of the articles."""
    half = pairs.articles[pairs.gold] % 2
    signal = np.zeros_like(pairs.signals["dense"])
    for side in (0, 1):
        mine, others = np.flatnonzero(half == side), np.flatnonzero(half != side)
        base = fit_weights(pairs.only(half != side), _OTHERS).combined(pairs.signals)
        signal[mine] = token_signal(train(passages, questions, base, pairs.gold, others), passages, questions, mine)
    signals = pairs.signals | {"token": signal}
    return PairScores(pairs.questions, pairs.gold, pairs.articles, signals)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("squad", type=Path)
    cli.add_argument("model")
    cli.add_argument("--write", action="store_true", help="replace the head that ships")
    cli.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vigie-tuning")
    args = cli.parse_args()
    embedder = load_embedder(args.model, models_home())
    pairs = pair_scores(read_squad(args.squad), embedder, args.cache)
    passages = Tokens.of(embedder, list(set_texts(read_squad(args.squad), embedder).passages))
    questions = Tokens.of(embedder, [query_string(embedder.stamp, q) for q in pairs.questions])
    crossed = cross_fitted(pairs, passages, questions)
    out = sys.stdout.write
    for names in (_OTHERS, SIGNALS):
        fitted = fit_weights(crossed, names)
        scores = fitted.combined(crossed.signals)
        first = float((ranks(scores, crossed.gold) == 1).mean())
        out(f"{args.model} {names}: nDCG@10 {ndcg_at_10(scores, crossed.gold):.4f} success@1 {first:.4f} {fitted}\n")
        out(f"  low and high: {scale_bounds(scores, crossed)}\n")
    out(f"first: {fit_weights(crossed, ('dense', 'lexical'))}\n")
    if args.write:
        base = fit_weights(pairs, _OTHERS).combined(pairs.signals)
        head = train(passages, questions, base, pairs.gold, np.arange(len(pairs.gold)))
        HEADS.mkdir(exist_ok=True)
        head.save(HEADS / f"{args.model}.safetensors")


if __name__ == "__main__":
    main()
