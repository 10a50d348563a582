"""Torch's side of making a graph: trace the whole sentence-transformers pipeline, then compress its weights."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelInstallError
from index.openvino_runtime import openvino, opset13

_LEAST_WEIGHTS = 100_000  # smaller matrices are not worth compressing
_LEVELS = 255


def exported(model: Path, graph: Path, probes: Sequence[str]) -> npt.NDArray[np.float32]:
    """Write the graph of the model in a folder; returns the model's own unit vectors of the probes."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - two seconds to import
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    plain = SentenceTransformer(str(model), device="cpu", local_files_only=True)
    plain.truncate_dim = None  # the cut and the prompts are ours, outside the graph
    vectors = plain.encode(list(probes), prompt="", normalize_embeddings=True, show_progress_bar=False)
    try:
        network = _traced(plain)
    except Exception as error:  # torch and OpenVINO raise what they like for a network they cannot follow
        reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        message = f"Le modèle {model.name} ne se laisse pas exporter ({reason})."
        raise ModelInstallError(message, "Choisissez-en un autre : « vigie models list ».") from error
    compress_weights(network)
    openvino.save_model(network, str(graph), compress_to_fp16=False)
    return np.asarray(vectors, dtype=np.float32)


def _traced(plain: Any) -> Any:
    """The OpenVINO network of (input_ids, attention_mask), both (batch, length).

    Outputs: unit vectors (batch, dimension), and each token's own (batch, length, dimension): its last hidden
    state through what follows the pooling, as if the text were that token alone.
    """
    import torch  # noqa: PLC0415

    class Pipeline(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network, self.rest = plain[0].auto_model, torch.nn.ModuleList(list(plain)[1:])

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            whole = self.rest[0]({"token_embeddings": hidden, "attention_mask": attention_mask})
            tokens = {"sentence_embedding": hidden}
            for module in list(self.rest)[1:]:
                whole, tokens = module(whole), module(tokens)
            pair = (whole["sentence_embedding"], tokens["sentence_embedding"])
            return tuple(torch.nn.functional.normalize(vectors, dim=-1) for vectors in pair)

    ids = torch.full((2, 16), 5, dtype=torch.long)
    mask = torch.ones_like(ids)
    mask[1, 12:] = 0
    axes = {0: torch.export.Dim("batch", max=4096), 1: torch.export.Dim("length", max=int(plain.max_seq_length))}
    inputs, shapes = {"input_ids": ids, "attention_mask": mask}, {"input_ids": axes, "attention_mask": axes}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's and transformers' deprecations are not the user's business
        program = torch.export.export(Pipeline().eval(), (), inputs, dynamic_shapes=shapes)
        return openvino.convert_model(program)


def compress_weights(network: Any) -> int:
    """Store each large weight matrix as unsigned bytes, one scale and zero point a row; returns how many.

    Per-channel asymmetric quantisation to 8 bits of weights alone; OpenVINO recognises the pattern
    (convert, subtract, multiply) and multiplies without unpacking. Where the processor has VNNI it also
    quantises activations on the fly, by groups of 32 values of one token.
    """
    matrices = [node for node in network.get_ordered_ops() if _is_large_matrix(node)]
    for node in matrices:
        users = list(node.output(0).get_target_inputs())
        packed = _packed(node.data, axis=_reduced_axis(users[0].get_node()))
        for user in users:
            user.replace_source_output(packed.output(0))
    return len(matrices)


def _is_large_matrix(node: Any) -> bool:
    if node.get_type_name() != "Constant" or node.get_element_type() != openvino.Type.f32:
        return False
    shape = list(node.get_output_shape(0))
    return len(shape) == 2 and shape[0] * shape[1] >= _LEAST_WEIGHTS


def _reduced_axis(user: Any) -> int:
    """The axis summed over: one scale is kept for each row of the other."""
    return 0 if user.get_type_name() == "MatMul" and not user.get_attributes()["transpose_b"] else 1


def _packed(weights: npt.NDArray[np.float32], axis: int) -> Any:
    low, high = weights.min(axis=axis, keepdims=True), weights.max(axis=axis, keepdims=True)
    scale = np.maximum((high - low) / _LEVELS, 1e-12).astype(np.float32)
    zero = np.clip(np.round(-low / scale), 0, _LEVELS).astype(np.uint8)
    values = np.clip(np.round(weights / scale) + zero, 0, _LEVELS).astype(np.uint8)
    unpacked = [opset13.convert(opset13.constant(part), "f32") for part in (values, zero)]
    return opset13.multiply(opset13.subtract(*unpacked), opset13.constant(scale))
