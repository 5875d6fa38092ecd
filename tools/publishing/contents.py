"""What lies in a GGUF file: its metadata, and its tensors as plain numbers, found by their Hugging Face names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from gguf import (
    GGML_QUANT_SIZES,
    MODEL_ARCH_NAMES,
    GGMLQuantizationType,
    GGUFReader,
    dequantize,
    get_tensor_name_map,
)  # fmt: skip
from numpy.typing import NDArray

from tools.errors import ToolError

Array = NDArray[np.float32]


class _Reader(GGUFReader):
    """The library's reader on a plain array: a memmap makes each of its hundred thousand slices dear."""

    @property
    def data(self) -> NDArray[np.uint8]:
        return self._data

    @data.setter
    def data(self, mapped: NDArray[np.uint8]) -> None:
        self._data = mapped.view(np.ndarray)


class _Metadata(Mapping[str, Any]):
    """Values by key, each read when it is asked for: the tokens are many."""

    def __init__(self, reader: GGUFReader) -> None:
        self._fields = {name: field for name, field in reader.fields.items() if not name.startswith("GGUF.")}

    def __getitem__(self, key: str) -> Any:
        return self._fields[key].contents()

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


class Contents:
    """One GGUF file, mapped into memory. Raises ToolError where it is none, not whole or of no known architecture."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            reader = _Reader(path)
        except (OSError, ValueError, KeyError, IndexError) as fault:
            raise ToolError(f"{path} cannot be read as GGUF ({fault}); make it anew.") from fault
        self.metadata: Mapping[str, Any] = _Metadata(reader)
        self._tensors = {tensor.name: tensor for tensor in reader.tensors}
        numbers = {name: number for number, name in MODEL_ARCH_NAMES.items()}
        if self.architecture not in numbers:
            raise ToolError(f"{path} holds a model of the unknown architecture {self.architecture!r}.")
        self._map = get_tensor_name_map(numbers[self.architecture], int(self.of_architecture("block_count") or 0))

    @property
    def architecture(self) -> str:
        return str(self.metadata.get("general.architecture", ""))

    def of_architecture(self, key: str) -> Any:
        """The value of `ARCHITECTURE.key`, or None."""
        return self.metadata.get(f"{self.architecture}.{key}")

    @property
    def names(self) -> list[str]:
        return list(self._tensors)

    def name_of(self, parameter: str) -> str | None:
        """The name in this file of a parameter: `model.layers.0.mlp.up_proj.weight` → `blk.0.ffn_up.weight`.

        None when the file does not hold it (a tied output matrix is not written twice).
        """
        name = self._map.get_name(parameter, try_suffixes=(".weight", ".bias"))
        return name if name in self._tensors else None

    def type_of(self, name: str) -> str:
        """The type that a tensor is stored in: F16, Q4_K…"""
        return str(self._tensors[name].tensor_type.name)

    @property
    def main_type(self) -> str:
        """The type that most of the matrices' values are stored in, input and output apart."""
        sizes: Counter[str] = Counter()
        for name in self.names:
            if self.is_matrix(name) and name not in ("token_embd.weight", "output.weight"):
                sizes[self.type_of(name)] += self.values(name)
        return sizes.most_common(1)[0][0] if sizes else "F32"

    def values(self, name: str) -> int:
        """How many numbers a tensor holds."""
        return int(self._tensors[name].n_elements)

    def row(self, name: str) -> int:
        """The length of a tensor's rows, which quantisation cuts into blocks."""
        return int(self._tensors[name].shape[0])

    def is_matrix(self, name: str) -> bool:
        return len(self._tensors[name].shape) > 1

    def block(self, name: str) -> int:
        """How many values share a scale; 1 where each stands for itself."""
        return int(GGML_QUANT_SIZES[self._tensors[name].tensor_type][0])

    def tensor(self, name: str) -> Array:
        """A tensor as fp32 in the shape that PyTorch gives it, rows first."""
        return np.concatenate([piece for _, piece in self.pieces(name)])

    def pieces(self, name: str, values: int = 1 << 24) -> Iterator[tuple[int, Array]]:
        """A tensor as fp32, some rows of about that many values at a time, each with the number of its first row."""
        tensor = self._tensors[name]
        if tensor.data.ndim < 2:
            yield 0, _plain(tensor.data, tensor.tensor_type)
            return
        step = max(1, values // max(1, self.row(name)))
        for start in range(0, len(tensor.data), step):
            yield start, _plain(tensor.data[start : start + step], tensor.tensor_type)


def _plain(data: NDArray[Any], kind: GGMLQuantizationType) -> Array:
    if data.dtype in (np.float16, np.float32):
        return np.asarray(data, dtype=np.float32)
    return np.asarray(dequantize(data, kind), dtype=np.float32)
