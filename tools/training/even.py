"""An embedding whose rows stay apart: for a small model that has to copy names it has seldom seen.

Where the embedding is also the output matrix, every token that is not said is pushed away from what is, all in one
direction, and AdamW makes large steps even of such small pushes. The rows of seldom seen tokens end up side by side,
and none of them can be copied. Here all rows keep one length, what is common to all gradients is taken away, and a row
moves in proportion to its own gradient.
"""

from __future__ import annotations

import torch
from torch import Tensor

LENGTH = 0.5
_ALIKE = 0.6


@torch.no_grad()
def make_even(embedding: Tensor, seed: int = 3) -> int:
    """Centres the rows of `embedding` (tokens, hidden) and gives them `LENGTH`; returns how many were drawn anew.

    Anew are those that had fallen together with another row: nothing tells them apart any more.
    """
    apart = embedding - embedding.mean(0)
    apart /= apart.norm(dim=1, keepdim=True) + 1e-9
    fallen = torch.zeros(len(apart), dtype=torch.bool, device=apart.device)
    for start in range(0, len(apart), 1024):
        likeness = apart[start : start + 1024] @ apart.T
        likeness.diagonal(start).zero_()
        fallen[start : start + 1024] = likeness.max(1).values > _ALIKE
    chance = torch.Generator().manual_seed(seed)
    fresh = torch.randn(apart.shape, generator=chance).to(apart.device)
    rows = torch.where(fallen[:, None], fresh / fresh.norm(dim=1, keepdim=True), apart)
    embedding.copy_(rows * LENGTH)
    return int(fallen.sum())


class EvenEmbedding(torch.optim.Optimizer):
    """Updates one embedding (tokens, hidden), tied to the output or not; `lr` is how far the busiest row moves."""

    def __init__(self, embedding: Tensor, lr: float, momentum: float = 0.9) -> None:
        super().__init__([embedding], {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for embedding in group["params"]:
                if embedding.grad is None:
                    continue
                state = self.state[embedding]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(embedding)
                momentum = state["momentum"]
                momentum.lerp_(embedding.grad - embedding.grad.mean(0), 1 - group["momentum"])
                busiest = momentum.norm(dim=1).max() + 1e-12
                embedding.sub_(momentum / busiest, alpha=group["lr"])
                embedding.mul_(LENGTH / embedding.norm(dim=1, keepdim=True))
