"""The processes of one run.

Several processes of one thread each train faster on a processor than one process of several threads, above all on a
machine that does other work as well: threads wait for each other at every operation, processes once an update.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor


class Team:
    """This process is `rank` of `size`. A team of one needs no communication.

    `sharded`: weights, gradients and optimizer state lie spread over the team (FSDP), which then adds up gradients by
    itself.
    """

    def __init__(self, rank: int = 0, size: int = 1, sharded: bool = False) -> None:
        self.rank, self.size, self.sharded = rank, size, sharded

    @classmethod
    def meeting_at(cls, place: Path, rank: int, size: int) -> Team:
        """Processes of one machine that find each other through the file `place`."""
        if size > 1:
            dist.init_process_group("gloo", init_method=f"file://{place.absolute()}", rank=rank, world_size=size)
        return cls(rank, size)

    @classmethod
    def launched(cls, sharding: str = "auto") -> Team:
        """The team that `accelerate launch` or torchrun started this process in."""
        size = int(os.environ["WORLD_SIZE"])
        rank = int(os.environ["RANK"])
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo", rank=rank, world_size=size)
        asked = os.environ.get("ACCELERATE_USE_FSDP", "false").lower() in ("1", "true")
        return cls(rank, size, asked if sharding == "auto" else sharding == "full")

    @property
    def leads(self) -> bool:
        """Whether this process does what is done once: writing and telling."""
        return self.rank == 0

    def total(self, tensors: Sequence[Tensor], numbers: Sequence[float]) -> list[float]:
        """Replaces `tensors` by their sums over the team (unless sharded); returns the sums of `numbers`."""
        if self.size == 1:
            return list(numbers)
        tensors = [] if self.sharded else tensors
        device = tensors[0].device if tensors else self._device()
        told = torch.tensor(numbers, dtype=torch.float32, device=device)
        flat = torch.cat([*(tensor.reshape(-1) for tensor in tensors), told])
        dist.all_reduce(flat)
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
        for owner in range(self.size if self.size > 1 and parameters else 0):
            owned = parameters[owner :: self.size]
            if not owned:
                continue
            flat = torch.cat([parameter.reshape(-1) for parameter in owned])
            dist.broadcast(flat, owner)
            if owner != self.rank:
                for parameter, piece in zip(owned, flat.split([parameter.numel() for parameter in owned]), strict=True):
                    parameter.copy_(piece.view_as(parameter))

    def wait(self) -> None:
        """Until all have come this far."""
        if self.size > 1:
            dist.barrier()

    def close(self) -> None:
        if self.size > 1:
            dist.destroy_process_group()

    @staticmethod
    def _device() -> torch.device:
        return torch.device("cuda", torch.cuda.current_device()) if torch.cuda.is_available() else torch.device("cpu")
