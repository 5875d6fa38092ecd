"""How much of a machine a model takes: layers on the graphics card, context, batch, by the model's own sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shopdesk.engine.gguf import GgufHead

_BATCHES = (512, 128)
_SMALLEST_CONTEXT = 2048
_CARD_OVERHEAD = 600 << 20  # the driver, scratch space and what draws the screen
_PROCESS_OVERHEAD = 200 << 20
_KV_BYTES: Mapping[str, float] = {"f16": 2.0, "q8_0": 34 / 32}


@dataclass(frozen=True, slots=True)
class ModelSizes:
    """`weights` in bytes, `layers` without the output; `cell` is values kept a token, over all layers."""

    weights: int
    layers: int
    cell: int
    hidden: int
    vocabulary: int
    trained_context: int

    @classmethod
    def of(cls, head: GgufHead, file_bytes: int) -> ModelSizes:
        """From what a GGUF says of itself; 0 where it does not."""

        def number(key: str) -> int:
            value = head.metadata.get(f"{head.architecture}.{key}")
            if isinstance(value, list):  # some models have other sizes in each layer
                value = max((item for item in value if isinstance(item, int)), default=0)
            return value if isinstance(value, int) else 0

        layers, hidden, heads = number("block_count"), number("embedding_length"), number("attention.head_count")
        head_size = hidden // heads if heads else 0
        keys = number("attention.key_length") or head_size
        values = number("attention.value_length") or head_size
        cell = layers * (number("attention.head_count_kv") or heads) * (keys + values)
        tokens = head.lengths.get("tokenizer.ggml.tokens", 0)
        return cls(file_bytes, layers, cell, hidden, tokens, head.trained_context or 0)

    def memory(self, context: int, *, kv: str = "f16") -> int:
        """Bytes that loading with `context` tokens takes, about."""
        return self.weights + self.kv(context, kv) + _PROCESS_OVERHEAD

    def kv(self, context: int, kind: str) -> int:
        return int(self.cell * context * _KV_BYTES[kind])


@dataclass(frozen=True, slots=True)
class Device:
    """A graphics card as llama.cpp reports it; bytes."""

    name: str
    description: str
    free: int
    total: int

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Device:
        return cls(
            str(told.get("name", "")), str(told.get("description", "")), int(told.get("free", 0)),
            int(told.get("total", 0)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """What a model is loaded with. `gpu_layers` counts the output as one more; -1 means all of them, 0 none."""

    gpu_layers: int
    context: int
    batch: int
    kv: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def rooms(sizes: ModelSizes, context: int, memory: int, devices: Sequence[Device]) -> list[Room]:
    """From the most that should fit to the least that is of use. `memory`: free bytes of the machine, 0 if unknown.

    What is tried first is what the numbers promise; the rest is for machines where they promise too much.
    """
    found: list[Room] = []
    for wanted in _contexts(context):
        for kv in _KV_BYTES:
            layers = layers_that_fit(sizes, wanted, kv, devices)
            for count in _fewer(layers):
                found.append(Room(count, wanted, _BATCHES[0], kv))
    smallest = _contexts(context)[-1]
    found.append(Room(0, smallest, _BATCHES[1], "q8_0"))
    fitting = [room for room in found if _fits(sizes, room, memory)]
    # Estimates err; where nothing seems to fit, the smallest is still worth a trial.
    return list(dict.fromkeys(fitting or found[-1:]))


def layers_that_fit(sizes: ModelSizes, context: int, kv: str, devices: Sequence[Device]) -> int:
    """How many layers the cards can hold together with their part of the memory; -1 for all."""
    room = sum(max(0, device.free - _CARD_OVERHEAD) for device in devices)
    if not room or not sizes.layers:
        return 0
    each = (sizes.weights + sizes.kv(context, kv)) / (sizes.layers + 1)
    count = int(room / each)
    return -1 if count > sizes.layers else count


def _fewer(layers: int) -> list[int]:
    """From `layers` down to none, in steps that are worth a trial."""
    if layers == 0:
        return [0]
    if layers == -1:
        return [-1]
    return [layers, layers * 3 // 4, layers // 2]


def _contexts(context: int) -> list[int]:
    found = [context]
    while found[-1] // 2 >= _SMALLEST_CONTEXT:
        found.append(found[-1] // 2)
    return found


def _fits(sizes: ModelSizes, room: Room, memory: int) -> bool:
    """Whether the part that stays off the card fits into `memory`."""
    if not memory or room.gpu_layers == -1:
        return True
    on_card = room.gpu_layers / (sizes.layers + 1) if sizes.layers else 0.0
    taken = (sizes.weights + sizes.kv(room.context, room.kv)) * (1 - on_card) + _PROCESS_OVERHEAD
    return taken <= memory
