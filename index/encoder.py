"""Strings to unit vectors through a model's graph, without torch."""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from index.compiled_graph import compiled
from index.openvino_runtime import cores
from index.surrogates import without_surrogates

Vectors = npt.NDArray[np.float32]
Made = TypeVar("Made")
_NO_LIMIT = 1_000_000  # transformers writes 10^30 where there is none
_FEW = 4  # strings; more are worth a request on each core


class GraphEncoder:
    """One model, ready to encode. Safe to share between threads.

    Each string is a request of its own: nothing is padded, so a vector never depends on its neighbours, and
    int8 kernels are as fast on one string as on a batch (docs/measurements.md).
    """

    def __init__(self, model: Path, graph: Path) -> None:
        with ThreadPoolExecutor(1) as beside:  # each takes seconds, most of them outside Python
            opened = beside.submit(compiled, graph)
            self._tokenizer = _tokenizer(model)  # in this thread: the 200 MB it lets go of are used again here
            self._single = opened.result().create_infer_request()
        self._graph = graph
        self._queue: Any = None
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension)."""
        return np.array(self._run(texts, lambda vector, _: vector.copy()), dtype=np.float32)

    def encode_with(self, made: Callable[[Vectors], Made], texts: Sequence[str]) -> list[tuple[Vectors, Made]]:
        """For each text its unit vector, and what `made` makes of its tokens' unit vectors (tokens, width)."""
        return self._run(texts, lambda vector, tokens: (vector.copy(), made(tokens)))

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Tokens encoded for these strings, after truncation."""
        return sum(map(len, self._tokens(texts)))

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(map(without_surrogates, texts)))]

    def _run(self, texts: Sequence[str], made: Callable[[Vectors, Vectors], Made]) -> list[Made]:
        tokens = self._tokens(texts)
        with self._lock:
            return self._one_by_one(tokens, made) if len(tokens) <= _FEW else self._on_all_cores(tokens, made)

    def _one_by_one(self, tokens: Sequence[list[int]], made: Callable[[Vectors, Vectors], Made]) -> list[Made]:
        results = []
        for ids in tokens:
            outputs = self._single.infer(_inputs(ids))
            results.append(made(outputs[0][0], outputs[1][0]))
        return results

    def _on_all_cores(self, tokens: Sequence[list[int]], made: Callable[[Vectors, Vectors], Made]) -> list[Made]:
        """Longest first, so that no core is left with a long string at the end."""
        results: dict[int, Made] = {}

        def keep(request: Any, row: int) -> None:
            results[row] = made(request.get_output_tensor(0).data[0], request.get_output_tensor(1).data[0])

        queue = self._opened_queue()
        queue.set_callback(keep)
        for row in sorted(range(len(tokens)), key=lambda row: -len(tokens[row])):
            queue.start_async(_inputs(tokens[row]), row)
        queue.wait_all()
        return [results[row] for row in range(len(tokens))]

    def _opened_queue(self) -> Any:
        from index.openvino_runtime import openvino  # noqa: PLC0415

        if self._queue is None:
            self._queue = openvino.AsyncInferQueue(compiled(self._graph, streams=cores()))
        return self._queue


def _tokenizer(model: Path) -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415 - not needed to open an index

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_max_tokens(model))
    return tokenizer


def _inputs(ids: list[int]) -> dict[int, npt.NDArray[np.int64]]:
    row = np.array([ids], dtype=np.int64)
    return {0: row, 1: np.ones_like(row)}


_LENGTHS = (
    ("sentence_bert_config.json", "max_seq_length"),
    ("tokenizer_config.json", "model_max_length"),
    ("config.json", "max_position_embeddings"),
)


def _max_tokens(model: Path) -> int:
    """The longest input the model was made for, by the first file that says it; what lies beyond is cut."""
    for name, key in _LENGTHS:
        path = model / name
        value = json.loads(path.read_text("utf-8")).get(key) if path.is_file() else None
        if isinstance(value, int) and 0 < value < _NO_LIMIT:
            return value
    return 512
