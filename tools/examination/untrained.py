"""The same model untrained: its shape and its tokenizer, the weights random. What it can do, nobody taught it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from tools.errors import ToolError

_SPREAD = 0.02
"""The standard deviation of the weights that a Qwen3 model begins with."""


def untrained_twin(model: Path, out: Path, seed: int = 0) -> Path:
    """Writes `model`, a GGUF file, to `out` with random matrices and plain norms. Raises ToolError for types
    of tensors that cannot be written here (K-quants); its f16 file can be."""
    import gguf
    from gguf.quants import quantize

    shutil.copyfile(model, out)
    rng = np.random.default_rng(seed)
    for tensor in gguf.GGUFReader(out, "r+").tensors:
        shape = tuple(int(size) for size in reversed(tensor.shape))
        plain = len(shape) == 1  # norms begin as ones
        values = np.ones(shape, np.float32) if plain else rng.normal(0.0, _SPREAD, shape).astype(np.float32)
        try:
            tensor.data[:] = quantize(values, tensor.tensor_type).reshape(tensor.data.shape)
        except NotImplementedError as fault:
            out.unlink()
            raise ToolError(
                f"{tensor.name} is {tensor.tensor_type.name}, which cannot be made at random; take its f16 file."
            ) from fault
    return out
