"""In what order examples are learned, and how those of one update are packed and shared out.

The order follows from the seed alone: every process works it out for itself, and a run that goes on needs to know only
how far it had come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tools.training.corpus import Corpus
from tools.training.settings import Settings

Rows = NDArray[np.int64]


class Stream:
    """The examples of one update after another out of `pool`, each epoch in its own order. `place`: (epoch, update)."""

    def __init__(
        self, pool: Rows, lengths: NDArray[np.int64], settings: Settings, place: tuple[int, int] = (0, 0)
    ) -> None:
        self._pool, self._lengths, self._settings = pool, lengths, settings
        self.place = place
        self._updates: list[Rows] = []
        self._epoch = -1

    def take(self) -> Rows:
        """The examples of the next update."""
        epoch, number = self.place
        if epoch != self._epoch:
            self._updates, self._epoch = self.updates(epoch), epoch
        self.place = (epoch, number + 1) if number + 1 < len(self._updates) else (epoch + 1, 0)
        return self._updates[number]

    def updates(self, epoch: int) -> list[Rows]:
        """All updates of one epoch."""
        order = np.random.default_rng([self._settings.seed, epoch]).permutation(self._pool)
        if not self._settings.batch_tokens:
            size = self._settings.batch * self._settings.accumulation
            return np.split(order, range(size, len(order), size))
        ends = np.cumsum(self._lengths[order])
        cuts, done = [], 0
        while done < ends[-1]:
            cut = int(np.searchsorted(ends, done + self._settings.batch_tokens, "right"))
            cut = max(cut, (cuts[-1] if cuts else 0) + 1)
            cuts.append(cut)
            done = int(ends[cut - 1])
        return np.split(order, cuts[:-1])


def steps_in(settings: Settings, pool: Rows, lengths: NDArray[np.int64]) -> int:
    """How many updates the budget of `steps` or `epochs` is."""
    if settings.steps:
        return settings.steps
    stream = Stream(pool, lengths, settings)
    whole, part = divmod(settings.epochs, 1)
    total = sum(len(stream.updates(epoch)) for epoch in range(int(whole)))
    return max(1, total + round(part * len(stream.updates(int(whole)))))


def shared_out(rows: Rows, lengths: NDArray[np.int64], size: int) -> list[Rows]:
    """`rows` in `size` parts of nearly as many tokens each."""
    loads, parts = [0] * size, [[] for _ in range(size)]  # type: list[int], list[list[int]]
    for row in sorted(rows, key=lambda row: (-lengths[row], row)):
        least = loads.index(min(loads))
        parts[least].append(int(row))
        loads[least] += int(lengths[row])
    return [np.array(part, np.int64) for part in parts]


def packed_into(rows: Rows, lengths: NDArray[np.int64], tokens: int) -> list[Rows]:
    """`rows` in as few packs as it takes, none of more than `tokens` tokens unless it is one row (first fit)."""
    loads: list[int] = []
    packs: list[list[int]] = []
    for row in sorted(rows, key=lambda row: (-lengths[row], row)):
        length = int(lengths[row])
        place = next((place for place, load in enumerate(loads) if load + length <= tokens), len(packs))
        if place == len(packs):
            packs.append([])
            loads.append(0)
        packs[place].append(int(row))
        loads[place] += length
    return [np.array(pack, np.int64) for pack in packs]


@dataclass(frozen=True, slots=True)
class Pack:
    """Documents end to end, as the model reads them.

    `ids` and `positions` (1, tokens), the latter counting anew in each document; `ends` where documents end, `cuts` =
    (0, *ends) as a tensor. After the places `chosen` (n,) come the `targets` (n,), to be learned with `weights` (n,).
    """

    ids: Tensor
    positions: Tensor
    ends: tuple[int, ...]
    cuts: Tensor
    chosen: Tensor
    targets: Tensor
    weights: Tensor

    @property
    def tokens(self) -> int:
        return self.ids.shape[1]

    def to(self, device: torch.device) -> Pack:
        if device.type == "cpu":
            return self
        tensors = (self.ids, self.positions, self.cuts, self.chosen, self.targets, self.weights)
        ids, positions, cuts, chosen, targets, weights = (
            tensor.pin_memory().to(device, non_blocking=True) for tensor in tensors
        )
        return Pack(ids, positions, self.ends, cuts, chosen, targets, weights)


def pack_of(corpus: Corpus, rows: Sequence[int] | Rows) -> Pack:
    """The examples `rows` of `corpus`, packed."""
    examples = [corpus.example(int(row)) for row in rows]
    lengths = [len(ids) for ids, _ in examples]
    ends = np.cumsum(lengths)
    ids = np.concatenate([ids for ids, _ in examples]).astype(np.int64)
    weights = np.concatenate([weights for _, weights in examples]).astype(np.float32)
    weights[[0, *ends[:-1]]] = 0.0  # nothing comes before a document's first token
    learned = np.flatnonzero(weights)
    return Pack(
        torch.from_numpy(ids)[None],
        torch.cat([torch.arange(length) for length in lengths])[None],
        tuple(int(end) for end in ends),
        torch.from_numpy(np.array([0, *ends], np.int32)),
        torch.from_numpy(learned - 1),
        torch.from_numpy(ids[learned]),
        torch.from_numpy(weights[learned]),
    )
