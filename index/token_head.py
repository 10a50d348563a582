"""Late interaction: a passage is scored by how well each token of the question finds its like in it.

Khattab and Zaharia, « ColBERT », 2020. The encoder is not trained here: a linear head, fitted on piaf/tune by
`python -m evaluations.tuning.tokens`, takes its token vectors to shorter ones and says which tokens of a question
matter. Passages' tokens are encoded with the passage itself, so this costs no pass of the model.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

from index.groups import greatest
from index.products import small_products

HEADS = Path(__file__).resolve().parent / "heads"
_SCALE = 127.0

Floats = npt.NDArray[np.float32]
TokenVectors = npt.NDArray[np.int8]


@dataclass(frozen=True)
class QuestionTokens:
    """A question's token vectors, shape (tokens, dimension), and their weights, shape (tokens,), summing to 1."""

    vectors: Floats
    weights: Floats


@dataclass(frozen=True, eq=False)
class TokenHead:
    """`projection` (width, dimension) and `importance` (width,), of unit token vectors of that width."""

    projection: Floats
    importance: Floats

    @property
    def dimension(self) -> int:
        return int(self.projection.shape[1])

    @cached_property
    def revision(self) -> str:
        """A digest of the weights, for stamps."""
        return hashlib.sha256(self.projection.tobytes() + self.importance.tobytes()).hexdigest()[:12]

    def project(self, tokens: Floats) -> TokenVectors:
        """Unit vectors of a passage's tokens, shape (tokens, dimension), in bytes: 127 stands for 1."""
        return np.round(_unit(tokens @ self.projection) * _SCALE).astype(np.int8)

    def question(self, tokens: Floats) -> QuestionTokens:
        """A question's tokens, weighted by the logistic of their importance."""
        weights = 1 / (1 + np.exp(-(tokens @ self.importance)))
        return QuestionTokens(_unit(tokens @ self.projection), (weights / weights.sum()).astype(np.float32))

    def save(self, path: Path) -> None:
        """Write the weights in half precision."""
        half = {"projection": self.projection, "importance": self.importance}
        save_file({name: np.ascontiguousarray(value, np.float16) for name, value in half.items()}, path)
        path.chmod(0o644)  # safetensors writes 0600

    @classmethod
    def of(cls, model: str, folder: Path = HEADS) -> "TokenHead | None":
        """The head fitted for a model, or None."""
        path = folder / f"{model}.safetensors"
        if not path.is_file():
            return None
        weights = load_file(path)
        return cls(weights["projection"].astype(np.float32), weights["importance"].astype(np.float32))


def token_scores(question: QuestionTokens, tokens: TokenVectors | Floats, lengths: npt.ArrayLike) -> Floats:
    """For each passage, the weighted mean over the question's tokens of their best cosine in it; shape (passages,).

    `tokens` holds the passages' tokens end to end (127 stands for 1), `lengths` how many each has (at least one).
    """
    products = small_products(question.vectors / np.float32(_SCALE), tokens)
    scores: Floats = greatest(products, np.asarray(lengths, dtype=np.int64)) @ question.weights
    return scores


def _unit(rows: Floats) -> Floats:
    unit: Floats = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)
    return unit.astype(np.float32)
