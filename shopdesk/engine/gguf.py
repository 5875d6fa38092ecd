"""The head of a GGUF model file: what it says about itself, and whether all of it is there.

Read here, before llama.cpp sees the file, because llama.cpp answers a broken file with a line in
its log, or with an abort of the whole process.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from shopdesk.core.errors import EngineError

MAGIC = b"GGUF"
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY = 8, 9
_LONG_ARRAY = 64
_MAX_COUNT = 1 << 24

# ggml type → (values in a block, bytes of a block). A type that is missing here is not measured.
_BLOCKS: Mapping[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GgufHead:
    """`metadata` holds the file's own key-value pairs; arrays longer than 64 values are left out
    and only their lengths kept, in `lengths`. `needed` is the size in bytes the file must have."""

    version: int
    metadata: Mapping[str, Any]
    lengths: Mapping[str, int]
    tensors: int
    needed: int

    @property
    def architecture(self) -> str:
        return str(self.metadata.get("general.architecture", ""))

    @property
    def trained_context(self) -> int | None:
        value = self.metadata.get(f"{self.architecture}.context_length")
        return value if isinstance(value, int) else None


def read_head(path: Path) -> GgufHead:
    """Raises EngineError: model_missing, model_unreadable, model_foreign, model_version or model_truncated."""
    try:
        if not path.is_file():
            raise EngineError("model_missing", path=path)
        with path.open("rb") as file:
            size = path.stat().st_size
            if size == 0:
                raise EngineError("model_truncated", path=path, detail="the file is empty")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                head = _Cursor(data, path).head()
    except OSError as fault:
        raise EngineError("model_unreadable", path=path, detail=str(fault)) from fault
    if size < head.needed:
        raise EngineError("model_truncated", path=path, detail=f"{size} of {head.needed} bytes")
    return head


class _Cursor:
    """Walks through the bytes of a GGUF head."""

    def __init__(self, data: mmap.mmap, path: Path) -> None:
        self._data, self._path, self._at = data, path, 0

    def head(self) -> GgufHead:
        start = self._data[:4]
        if start != MAGIC:
            if MAGIC.startswith(start):
                raise EngineError("model_truncated", path=self._path, detail=f"{len(start)} bytes")
            raise EngineError("model_foreign", path=self._path, detail=f"starts with {start!r}")
        self._at = 4
        version = self._scalar("<I")
        if version not in (2, 3):
            raise EngineError("model_version", path=self._path, detail=f"GGUF version {version}")
        tensors, pairs = self._count(), self._count()
        metadata: dict[str, Any] = {}
        lengths: dict[str, int] = {}
        for _ in range(pairs):
            name = self._string()
            kind = self._scalar("<I")
            if kind == _ARRAY:
                values, lengths[name] = self._array()
                if values is not None:
                    metadata[name] = values
            else:
                metadata[name] = self._value(kind)
        end = self._tensors_end(tensors)
        alignment = int(metadata.get("general.alignment", 32)) or 32
        begin = (self._at + alignment - 1) // alignment * alignment
        return GgufHead(version, metadata, lengths, tensors, begin + end if tensors else self._at)

    def _tensors_end(self, count: int) -> int:
        end = 0
        for _ in range(count):
            self._string()
            dimensions = self._scalar("<I")
            if dimensions > 8:
                raise self._garbled(f"a tensor of {dimensions} dimensions")
            shape = [self._scalar("<Q") for _ in range(dimensions)]
            kind, offset = self._scalar("<I"), self._scalar("<Q")
            values, size = _BLOCKS.get(kind, (1, 0))
            end = max(end, offset + prod(shape) // values * size)
        return int(end)

    def _value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._string()
        if kind not in _SCALARS:
            raise self._garbled(f"value type {kind}")
        return self._scalar(_SCALARS[kind])

    def _array(self) -> tuple[list[Any] | None, int]:
        kind, length = self._scalar("<I"), self._count()
        if length <= _LONG_ARRAY:
            return [self._value(kind) for _ in range(length)], length
        if kind == _STRING:
            self._skip_strings(length)
        elif kind in _SCALARS:
            self._skip(length * struct.calcsize(_SCALARS[kind]))
        else:
            raise self._garbled(f"an array of type {kind}")
        return None, length

    def _skip_strings(self, number: int) -> None:
        """A vocabulary has a hundred thousand of them, and every start reads past it."""
        length_at, at, data = struct.Struct("<Q").unpack_from, self._at, self._data
        last = len(data) - 8
        for _ in range(number):
            if at > last:
                at = last + 9  # beyond the end, which the skip below tells
                break
            at += 8 + length_at(data, at)[0]
        self._skip(at - self._at)

    def _string(self) -> str:
        length = self._scalar("<Q")
        start = self._at
        self._skip(length)
        return self._data[start : self._at].decode("utf-8", "replace")

    def _count(self) -> int:
        count = int(self._scalar("<Q"))
        if count > _MAX_COUNT:
            raise self._garbled(f"a count of {count}")
        return count

    def _scalar(self, form: str) -> Any:
        start = self._at
        self._skip(struct.calcsize(form))
        return struct.unpack_from(form, self._data, start)[0]

    def _skip(self, length: int) -> None:
        if self._at + length > len(self._data):
            raise EngineError("model_truncated", path=self._path, detail=f"the head ends at {len(self._data)} bytes")
        self._at += length

    def _garbled(self, what: str) -> EngineError:
        return EngineError("model_foreign", path=self._path, detail=f"{what} at byte {self._at}")
