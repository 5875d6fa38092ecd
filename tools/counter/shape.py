"""The numbers that fix what kind of network ShopDesk Counter is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shape:
    """A Qwen3 architecture: grouped-query attention with normed queries and keys, SwiGLU, tied embeddings.

    `context` is the longest sequence in tokens that the file promises to read.
    """

    vocabulary: int
    hidden: int = 256
    layers: int = 8
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 64
    feed_forward: int = 768
    context: int = 2048
    rope_base: float = 10_000.0
    epsilon: float = 1e-6

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Shape:
        return cls(**values)
