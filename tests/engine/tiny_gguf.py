"""Writes tiny Qwen3 models whose answer is known: real GGUF files that the real llama.cpp runs.

Attention and feed-forward layers compute but add nothing (their last matrices are zero), so what
follows depends on the last token alone: the output row of each token is made of the embeddings of
the tokens that come before it. A model that `says("é漢🙂")` answers that to every ChatML prompt.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

SPECIALS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
USER_DEFINED = "<think>"
TWO_SPACES = "ĠĠ"
_NORMAL, _CONTROL, _USER = 1, 3, 4
_U32, _I32, _F32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_ALIGNMENT = 32


def byte_letters() -> list[str]:
    """The letter that stands for each byte in a byte-level vocabulary."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = iter(range(0x100, 0x200))
    return [chr(byte) if byte in shown else chr(next(hidden)) for byte in range(256)]


def chain_of(text: str, *, endless: bool) -> list[tuple[int, int]]:
    """(token, next token): a line break starts `text`, whose bytes must all differ; then the end or the start again."""
    data = list(text.encode())
    assert len(set(data)) == len(data), "each byte can have one successor only"
    links = [(0x0A, data[0]), *pairwise(data)]
    return [*links, (data[-1], data[0] if endless else 256 + SPECIALS.index("<|im_end|>"))]


def write_tiny_model(
    path: Path,
    *,
    text: str = "é漢🙂",
    endless: bool = False,
    hidden: int = 64,
    layers: int = 2,
    context: int = 4096,
    template: str | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Path:
    """A model that answers `text`. `hidden` and `layers` decide how slow it is (512 and 8: some seconds a prompt)."""
    chance = random.Random(7)
    heads, size, forward = hidden // 32, 32, hidden * 4
    tokens = [*byte_letters(), *SPECIALS, USER_DEFINED, TWO_SPACES]
    kinds = [_NORMAL] * 256 + [_CONTROL] * len(SPECIALS) + [_USER, _NORMAL]
    embeddings = [[chance.choice((-1.0, 1.0)) for _ in range(hidden)] for _ in tokens]
    outputs = [[0.0] * hidden for _ in tokens]
    for before, after in chain_of(text, endless=endless):
        outputs[after] = [a + b for a, b in zip(outputs[after], embeddings[before], strict=True)]
    noise = b"".join(struct.pack("<e", chance.gauss(0, 0.02)) for _ in range(4093))
    f32, f16 = 0, 1
    tensors: list[tuple[str, tuple[int, ...], int, bytes]] = [
        ("token_embd.weight", (hidden, len(tokens)), f32, _floats(v for row in embeddings for v in row)),
        ("output_norm.weight", (hidden,), f32, _floats([1.0] * hidden)),
        ("output.weight", (hidden, len(tokens)), f32, _floats(v for row in outputs for v in row)),
    ]
    for layer in range(layers):
        for name, shape, zero in (
            ("attn_q", (hidden, heads * size), False), ("attn_k", (hidden, size), False),
            ("attn_v", (hidden, size), False), ("attn_output", (heads * size, hidden), True),
            ("ffn_gate", (hidden, forward), False), ("ffn_up", (hidden, forward), False),
            ("ffn_down", (forward, hidden), True),
        ):  # fmt: skip
            length = shape[0] * shape[1] * 2
            data = bytes(length) if zero else (noise * (length // len(noise) + 1))[:length]
            tensors.append((f"blk.{layer}.{name}.weight", shape, f16, data))
        for name, length in (("attn_norm", hidden), ("ffn_norm", hidden), ("attn_q_norm", size), ("attn_k_norm", size)):
            tensors.append((f"blk.{layer}.{name}.weight", (length,), f32, _floats([1.0] * length)))
    pairs = [
        _pair("general.architecture", "qwen3"), _pair("general.name", "tiny"),
        _pair("qwen3.context_length", context), _pair("qwen3.embedding_length", hidden),
        _pair("qwen3.block_count", layers), _pair("qwen3.feed_forward_length", forward),
        _pair("qwen3.attention.head_count", heads), _pair("qwen3.attention.head_count_kv", 1),
        _pair("qwen3.attention.key_length", size), _pair("qwen3.attention.value_length", size),
        _pair("qwen3.attention.layer_norm_rms_epsilon", 1e-6), _pair("qwen3.rope.freq_base", 10000.0),
        _pair("tokenizer.ggml.model", "gpt2"), _pair("tokenizer.ggml.pre", "qwen2"),
        _pair("tokenizer.ggml.tokens", tokens), _pair("tokenizer.ggml.token_type", kinds),
        _pair("tokenizer.ggml.merges", ["Ġ Ġ"]), _pair("tokenizer.ggml.eos_token_id", 258),
        _pair("tokenizer.ggml.bos_token_id", 256), _pair("tokenizer.ggml.add_bos_token", False),
        *([_pair("tokenizer.chat_template", template)] if template is not None else []),
        *(_pair(name, value) for name, value in (metadata or {}).items()),
    ]  # fmt: skip
    _write(path, pairs, tensors)
    return path


def _write(path: Path, pairs: Sequence[bytes], tensors: Sequence[tuple[str, tuple[int, ...], int, bytes]]) -> None:
    infos, offset = [], 0
    for name, shape, kind, data in tensors:
        infos.append(_string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset))
        offset += _padded(len(data))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)) + b"".join(pairs) + b"".join(infos)
    with path.open("wb") as file:
        file.write(head.ljust(_padded(len(head)), b"\0"))
        for _, _, _, data in tensors:
            file.write(data.ljust(_padded(len(data)), b"\0"))


def _padded(length: int) -> int:
    return (length + _ALIGNMENT - 1) // _ALIGNMENT * _ALIGNMENT


def _floats(values: Iterable[float]) -> bytes:
    values = list(values)
    return struct.pack(f"<{len(values)}f", *values)


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _pair(name: str, value: object) -> bytes:
    kind, data = _typed(value)
    return _string(name) + struct.pack("<I", kind) + data


def _typed(value: object) -> tuple[int, bytes]:
    match value:
        case bool():
            return _BOOL, struct.pack("<?", value)
        case int():
            return _U32, struct.pack("<I", value)
        case float():
            return _F32, struct.pack("<f", value)
        case str():
            return _STRING, _string(value)
        case [str(), *_]:
            return _ARRAY, struct.pack("<IQ", _STRING, len(value)) + b"".join(_string(str(item)) for item in value)
        case [int(), *_]:
            return _ARRAY, struct.pack("<IQ", _I32, len(value)) + struct.pack(f"<{len(value)}i", *value)
    raise TypeError(value)
