"""Training within a time budget: the learning rate follows the clock, so a run always ends with a finished model.

Several processes of one thread each train faster than one process of several threads, above all on a machine
that does other work as well: threads wait for each other at every operation, processes once a step.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor

from tools.counter.corpus import Corpus, Ids, Weights
from tools.training.muon import Muon
from tools.counter.network import Network
from tools.counter.shape import Shape

PAD = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. `minutes` is the whole budget on the clock; `tokens` a batch's size.

    Up to `plain_until` of the time only plain conversations are read, later one batch in 1 / `plain_later`.
    """

    minutes: float
    tokens: int = 4096
    matrix_rate: float = 0.02
    other_rate: float = 2e-3
    warm_up: float = 0.02
    flat_until: float = 0.4
    plain_until: float = 0.3
    plain_later: float = 0.5
    save_every_s: float = 240.0
    seed: int = 1


def collated(batch: Sequence[tuple[Ids, Weights]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(ids, positions, targets, weights) of :meth:`Network.loss`: right-padded ids, and what to learn where."""
    length = -(-max(len(ids) for ids, _ in batch) // 16) * 16
    ids = np.full((len(batch), length), PAD, np.int64)
    weights = np.zeros((len(batch), length), np.float32)
    for row, (numbers, marks) in enumerate(batch):
        ids[row, : len(numbers)] = numbers
        weights[row, : len(marks)] = marks / 100.0
    flat = weights.reshape(-1)
    chosen = np.flatnonzero(flat)
    chosen = chosen[chosen % length != 0]  # the first token of a row has nothing before it
    return tuple(torch.from_numpy(array) for array in (ids, chosen - 1, ids.reshape(-1)[chosen], flat[chosen]))  # type: ignore[return-value]


def rate_at(progress: float, recipe: Recipe) -> float:
    """The share of the full learning rate at `progress` (0…1): warm-up, flat, then linearly down."""
    if progress < recipe.warm_up:
        return max(0.05, progress / recipe.warm_up)
    if progress < recipe.flat_until:
        return 1.0
    return max(0.01, (1.0 - progress) / (1.0 - recipe.flat_until))


class Team:
    """The processes of one run: this one is `rank` of `size`. A team of one needs no communication."""

    def __init__(self, rank: int = 0, size: int = 1, meeting_point: Path | None = None) -> None:
        self.rank, self.size = rank, size
        if size > 1:
            assert meeting_point is not None
            dist.init_process_group("gloo", init_method=f"file://{meeting_point}", rank=rank, world_size=size)

    def mean(self, tensors: Sequence[Tensor], numbers: Sequence[float]) -> list[float]:
        """Replaces `tensors` by their means over the team; returns the means of `numbers`."""
        if self.size == 1:
            return list(numbers)
        flat = torch.cat([*(tensor.reshape(-1) for tensor in tensors), torch.tensor(numbers)])
        dist.all_reduce(flat)
        flat /= self.size
        pieces = flat[: len(flat) - len(numbers)].split([tensor.numel() for tensor in tensors])
        for tensor, piece in zip(tensors, pieces, strict=True):
            tensor.copy_(piece.view_as(tensor))
        return [float(number) for number in flat[len(flat) - len(numbers) :]]

    def mine(self, parameters: Sequence[Tensor]) -> list[Tensor]:
        """The share of `parameters` that this process updates."""
        return list(parameters[self.rank :: self.size])

    @torch.no_grad()
    def share(self, parameters: Sequence[Tensor]) -> None:
        """Gives every process the parameters that each has updated."""
        for owner in range(self.size if self.size > 1 else 0):
            owned = parameters[owner :: self.size]
            flat = torch.cat([parameter.reshape(-1) for parameter in owned])
            dist.broadcast(flat, owner)
            if owner != self.rank:
                for parameter, piece in zip(owned, flat.split([parameter.numel() for parameter in owned]), strict=True):
                    parameter.copy_(piece.view_as(parameter))


class NotFinite(RuntimeError):
    """The loss became NaN or infinite; the last checkpoint on disk is good."""


class Trainer:
    """One run. Its folder receives checkpoint.pt (to go on from), model.pt (weights) and log.jsonl."""

    def __init__(self, shape: Shape, recipe: Recipe, folder: Path, team: Team | None = None) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.folder, self.team = recipe, folder, team or Team()
        self.network = Network(shape)
        self.matrices = [
            parameter
            for name, parameter in self.network.named_parameters()
            if parameter.dim() == 2 and "embed" not in name
        ]
        inside = {id(parameter) for parameter in self.matrices}
        others = [parameter for parameter in self.network.parameters() if id(parameter) not in inside]
        self.optimizers: list[torch.optim.Optimizer] = [
            Muon(self.team.mine(self.matrices), recipe.matrix_rate),
            torch.optim.AdamW(others, recipe.other_rate, betas=(0.9, 0.95), weight_decay=0.0),
        ]
        self.full_rates = (recipe.matrix_rate, recipe.other_rate)
        self.step, self.elapsed, self.seen = 0, 0.0, 0

    def run(self, plain: Corpus, full: Corpus, valid: Corpus) -> Network:
        """Trains until the budget is used up: first lessons from `plain`, then mostly `full`. Raises NotFinite."""
        recipe = self.recipe
        self.folder.mkdir(parents=True, exist_ok=True)
        chance = random.Random(recipe.seed + self.step)
        own = random.Random(recipe.seed + 1000 * self.step + self.team.rank)
        easy, mixed = (corpus.batches(own, recipe.tokens // self.team.size) for corpus in (plain, full))
        began, saved = time.monotonic() - self.elapsed, self.elapsed
        losses: list[float] = []
        while (progress := self.elapsed / (recipe.minutes * 60)) < 1.0:
            # every process hears the same clock, so all stop at the same step
            first_lessons = progress < recipe.plain_until or chance.random() < recipe.plain_later
            batch, rate = next(easy if first_lessons else mixed), rate_at(progress, recipe)
            loss, self.elapsed = self._learn(batch, rate, time.monotonic() - began)
            losses.append(loss)
            if self.step % 20 == 0 and self.team.rank == 0:
                row = {"loss": round(sum(losses) / len(losses), 4)}
                losses.clear()
                if self.elapsed - saved > recipe.save_every_s:
                    row["held_out_loss"] = round(self.examine(valid), 4)
                    self.save()
                    saved = self.elapsed
                self._report(row)
        if self.team.rank == 0:
            self.save()
            self._report({"held_out_loss": round(self.examine(valid), 4), "finished": True})
        return self.network

    def _report(self, more: Mapping[str, float]) -> None:
        """One line of JSON to the terminal and the log."""
        speed = round(self.seen / max(self.elapsed, 0.001))
        row = {
            "step": self.step,
            "minutes": round(self.elapsed / 60, 2),
            "tokens": self.seen,
            "tokens_per_s": speed,
            **more,
        }
        print(json.dumps(row), flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")

    def _learn(self, batch: Sequence[tuple[Ids, Weights]], rate: float, clock: float) -> tuple[float, float]:
        """One step; the team's mean loss and clock."""
        ids, positions, targets, weights = collated(batch)
        with torch.autocast("cpu", torch.bfloat16):
            loss = self.network.loss(ids, positions, targets, weights)
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [parameter.grad for parameter in self.network.parameters() if parameter.grad is not None]
        value, clock, tokens = self.team.mean(gradients, [float(loss.detach()), clock, float(ids.numel())])
        if not np.isfinite(value):
            raise NotFinite(f"the loss is {value} after step {self.step}")
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer, full in zip(self.optimizers, self.full_rates, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = full * rate
            optimizer.step()
        self.network.zero_grad(set_to_none=True)
        self.team.share(self.matrices)
        self.step += 1
        self.seen += round(tokens) * self.team.size
        return value, clock

    @torch.no_grad()
    def examine(self, corpus: Corpus) -> float:
        """The mean loss over one pass of `corpus`, at most 40,000 tokens."""
        total, seen, losses = 0.0, 0, 0
        for batch in corpus.batches(random.Random(0), self.recipe.tokens):
            ids, positions, targets, weights = collated(batch)
            with torch.autocast("cpu", torch.bfloat16):
                total += float(self.network.loss(ids, positions, targets, weights))
            losses += 1
            seen += int(ids.numel())
            if seen > min(40_000, corpus.tokens):
                break
        return total / losses

    def save(self) -> None:
        """Writes the checkpoint and the weights, each first beside its place, so that a kill leaves a whole one."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizers[1].state_dict(),
            "shape": self.network.shape.to_json(),
            "step": self.step,
            "elapsed": self.elapsed,
            "seen": self.seen,
        }
        for name, content in (
            ("checkpoint.pt", state),
            ("model.pt", {"network": state["network"], "shape": state["shape"]}),
        ):
            fresh = self.folder / f"{name}.new"
            torch.save(content, fresh)
            fresh.replace(self.folder / name)

    def resume(self) -> bool:
        """Goes on from the checkpoint in the folder, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, weights_only=True)
        if state["shape"] != self.network.shape.to_json():
            raise ValueError(f"{path} is of another shape; train in a new folder")
        self.network.load_state_dict(state["network"])
        # the momentum of matrices is spread over the team and builds up again within some twenty steps
        self.optimizers[1].load_state_dict(state["optimizer"])
        self.step, self.elapsed, self.seen = state["step"], state["elapsed"], state["seen"]
        return True


def load_network(path: Path) -> Network:
    """The network of a `model.pt`, in fp32."""
    state = torch.load(path, weights_only=True)
    network = Network(Shape.from_json(state["shape"]))
    network.load_state_dict(state["network"])
    return network.eval()
