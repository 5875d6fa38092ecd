"""Muon: momentum whose update is made orthogonal, for the matrices inside the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor

from tools.training.hardware import has_fast_bf16


def orthogonal(updates: Tensor, steps: int = 5) -> Tensor:
    """`updates` (matrices, rows, columns), each with its singular values brought near 1 by quintic Newton-Schulz steps.

    They are computed in bf16 where the hardware is quick at it.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    x = updates.bfloat16() if has_fast_bf16(updates.device) else updates.float()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x.mT if tall else x).to(updates.dtype)


class Muon(torch.optim.Optimizer):
    """After Keller Jordan's Muon, with Nesterov momentum; matrices of one shape are updated together."""

    def __init__(
        self, parameters: Iterable[Tensor], lr: float, momentum: float = 0.95, weight_decay: float = 0.01
    ) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            alike: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    alike[parameter.shape].append(parameter)
            for shape, parameters in alike.items():
                updates = torch.stack([self._moved(parameter, group["momentum"]) for parameter in parameters])
                scale = max(1.0, shape[0] / shape[1]) ** 0.5
                for parameter, update in zip(parameters, orthogonal(updates), strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.add_(update, alpha=-group["lr"] * scale)

    def _moved(self, parameter: Tensor, strength: float) -> Tensor:
        """The gradient after momentum has been taken up and looked ahead."""
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        assert parameter.grad is not None
        state["momentum"].lerp_(parameter.grad, 1 - strength)
        return parameter.grad.lerp(state["momentum"], strength)
