"""Writing GGUF, as much of it as a Qwen3 model with a byte-level BPE tokenizer needs.

Layout: magic, version 3, counts, metadata pairs, tensor infos, padding, tensor data; each tensor begins at a multiple
of 32 bytes.
Everything is little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ALIGNMENT = 32
F32, F16, Q8_0 = 0, 1, 8
_GENERAL_FILE_TYPE = {"f16": 1, "q8_0": 7}
_U32, _I32, _FLOAT, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
NORMAL, CONTROL, UNUSED = 1, 3, 5  # token types

Metadata = str | bool | int | float | Sequence[str] | Sequence[int]


def _string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _pair(key: str, value: Metadata) -> bytes:
    head = _string(key)
    if isinstance(value, str):
        return head + struct.pack("<I", _STRING) + _string(value)
    if isinstance(value, bool):
        return head + struct.pack("<I?", _BOOL, value)
    if isinstance(value, int):
        return head + struct.pack("<II", _U32, value)
    if isinstance(value, float):
        return head + struct.pack("<If", _FLOAT, value)
    if value and isinstance(value[0], str):
        return head + struct.pack("<IIQ", _ARRAY, _STRING, len(value)) + b"".join(_string(str(item)) for item in value)
    return (
        head
        + struct.pack("<IIQ", _ARRAY, _I32, len(value))
        + struct.pack(f"<{len(value)}i", *(int(item) for item in value))
    )


def quantised_q8_0(array: NDArray[np.float32]) -> bytes:
    """Blocks of 32 values: an fp16 scale, then 32 signed bytes. The last dimension must divide by 32."""
    blocks = array.reshape(-1, 32)
    scale = np.abs(blocks).max(1, keepdims=True) / 127.0
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    numbers = np.rint(blocks * inverse).astype(np.int8)
    packed = np.empty(len(blocks), dtype=[("scale", "<f2"), ("numbers", "i1", 32)])
    packed["scale"], packed["numbers"] = scale[:, 0].astype(np.float16), numbers
    return packed.tobytes()


def _encoded(array: NDArray[np.float32], kind: str) -> tuple[int, bytes]:
    """Matrices in the file's type, vectors (norms) always in fp32."""
    if array.ndim == 1:
        return F32, array.astype("<f4").tobytes()
    if kind == "q8_0":
        return Q8_0, quantised_q8_0(array.astype(np.float32))
    return F16, array.astype("<f2").tobytes()


def write_gguf(
    path: Path, metadata: Mapping[str, Metadata], tensors: Mapping[str, NDArray[np.float32]], kind: str
) -> None:
    """Writes a model file. `kind` is "f16" or "q8_0"; `metadata` receives `general.file_type` by it."""
    pairs = {**metadata, "general.file_type": _GENERAL_FILE_TYPE[kind], "general.quantization_version": 2}
    encoded = {name: (array.shape, *_encoded(array, kind)) for name, array in tensors.items()}
    with path.open("wb") as file:
        file.write(b"GGUF" + struct.pack("<IQQ", 3, len(encoded), len(pairs)))
        file.write(b"".join(_pair(key, value) for key, value in pairs.items()))
        offset = 0
        for name, (shape, number, data) in encoded.items():
            # dimensions stand innermost first
            file.write(
                _string(name)
                + struct.pack(f"<I{len(shape)}Q", len(shape), *reversed(shape))
                + struct.pack("<IQ", number, offset)
            )
            offset += len(data) + -len(data) % ALIGNMENT
        file.write(b"\0" * (-file.tell() % ALIGNMENT))
        for _, _, data in encoded.values():
            file.write(data + b"\0" * (-len(data) % ALIGNMENT))
