"""Cross entropy from hidden states, without ever holding the logits of all tokens.

With a vocabulary of 151,936 the logits of one packed batch would be larger than the model. Hidden states are taken at
the learned positions only, and go through the output matrix in chunks; the gradient of each chunk is computed while its
logits are at hand, so nothing has to be kept or computed twice.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

CHUNK_BYTES = 64 * 2**20
"""The size of a chunk's logits in fp32."""


class _ChunkedCrossEntropy(torch.autograd.Function):
    """Σ weights · −log softmax(states · matrixᵀ)[targets], and its gradients."""

    @staticmethod
    def forward(ctx: Any, states: Tensor, matrix: Tensor, targets: Tensor, weights: Tensor, rows: int) -> Tensor:
        total = torch.zeros((), dtype=torch.float32, device=states.device)
        d_states = torch.empty_like(states) if ctx.needs_input_grad[0] else None
        d_matrix = torch.zeros_like(matrix) if ctx.needs_input_grad[1] else None
        matrix = matrix.to(states.dtype)
        for first in range(0, len(states), rows):
            chunk = slice(first, first + rows)
            logits = (states[chunk] @ matrix.T).float()
            wanted = targets[chunk, None]
            scale = torch.logsumexp(logits, -1, keepdim=True)
            total += ((scale - logits.gather(1, wanted)).squeeze(1) * weights[chunk]).sum()
            if d_states is None and d_matrix is None:
                continue
            d_logits = logits.sub_(scale).exp_()
            d_logits.scatter_add_(1, wanted, torch.full_like(scale, -1.0))
            d_logits = d_logits.mul_(weights[chunk, None]).to(matrix.dtype)
            if d_states is not None:
                torch.matmul(d_logits, matrix, out=d_states[chunk])
            if d_matrix is not None:
                d_matrix += d_logits.T @ states[chunk]
        ctx.save_for_backward(*(gradient for gradient in (d_states, d_matrix) if gradient is not None))
        ctx.has = d_states is not None, d_matrix is not None
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        saved = list(ctx.saved_tensors)
        d_states, d_matrix = (saved.pop(0) * gradients[0] if there else None for there in ctx.has)
        return d_states, d_matrix, None, None, None


def summed_loss(states: Tensor, matrix: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """The weighted sum of the cross entropies of `targets` (n,) after `states` (n, hidden); weights (n,) in fp32.

    `matrix` is the output matrix (vocabulary, hidden), tied or not, frozen or not; products are in the states' dtype.
    """
    rows = max(1, CHUNK_BYTES // (4 * matrix.shape[0]))
    loss: Tensor = _ChunkedCrossEntropy.apply(states, matrix, targets, weights, rows)  # type: ignore[no-untyped-call]
    return loss
