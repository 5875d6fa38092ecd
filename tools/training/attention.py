"""Attention over packed documents: each token sees the earlier ones of its own document and nothing else.

A micro-batch is one row of documents end to end, without padding. Three ways to compute it are registered with
transformers, and `best_attention` names the one for a device:

documents_matmul    plain matrix products with the softmax in fp32, whose backward pass is written out by hand.
                    On a CPU the fused kernel's backward pass costs close to half a training step.
documents_sdpa      torch's fused attention, one document after another.
documents_varlen    one kernel for all documents: flash-attn where installed, otherwise the one inside torch.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import AttentionInterface

from tools.errors import ToolError

QUERY_BLOCK = 128
"""Queries taken together on a CPU; keys behind the last of them are not even looked at."""


class _DocumentAttention(torch.autograd.Function):
    """softmax(scale · q kᵀ) v for documents that stop at `ends`; q (heads, tokens, size), k and v (kv heads, …)."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, ends: Sequence[int], scale: float) -> Tensor:
        heads, _, size = query.shape
        groups = heads // key.shape[0]
        out = torch.empty_like(query)
        kept: list[Tensor] = []
        for start, first, last in _blocks(ends):
            block = _grouped(query, groups, first, last)
            scores = torch.matmul(block, key[:, start:last].transpose(-1, -2)).float().mul_(scale)
            _hide_later(scores.view(-1, last - first, last - start), first - start)
            weights = torch.softmax(scores, -1).to(value.dtype)
            mixed = torch.matmul(weights, value[:, start:last])
            out[:, first:last] = mixed.view(heads, last - first, size)
            kept.append(weights)
        ctx.save_for_backward(query, key, value, out, *kept)
        ctx.ends, ctx.scale = ends, scale
        return out

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        query, key, value, out, *kept = ctx.saved_tensors
        gradient = gradients[0].to(value.dtype)
        heads, _, size = query.shape
        groups = heads // key.shape[0]
        d_query, d_key, d_value = torch.empty_like(query), torch.zeros_like(key), torch.zeros_like(value)
        for (start, first, last), weights in zip(_blocks(ctx.ends), kept, strict=True):
            d_out = _grouped(gradient, groups, first, last)
            shared = (d_out * _grouped(out, groups, first, last)).sum(-1, keepdim=True, dtype=torch.float32)
            d_value[:, start:last] += torch.matmul(weights.transpose(-1, -2), d_out)
            d_scores = torch.matmul(d_out, value[:, start:last].transpose(-1, -2)).float()
            d_scores = d_scores.sub_(shared).mul_(weights).mul_(ctx.scale).to(key.dtype)
            d_query[:, first:last] = torch.matmul(d_scores, key[:, start:last]).view(heads, last - first, size)
            d_key[:, start:last] += torch.matmul(d_scores.transpose(-1, -2), _grouped(query, groups, first, last))
        return d_query, d_key, d_value, None, None


def _blocks(ends: Sequence[int]) -> list[tuple[int, int, int]]:
    """(start of the document, first query, last query + 1) of every block of queries."""
    starts = [0, *ends[:-1]]
    return [
        (start, first, min(first + QUERY_BLOCK, end))
        for start, end in zip(starts, ends, strict=True)
        for first in range(start, end, QUERY_BLOCK)
    ]


def _grouped(x: Tensor, groups: int, first: int, last: int) -> Tensor:
    """Heads that share a key head lie one after another: (heads, …) → (kv heads, groups · length, size)."""
    return x[:, first:last].reshape(x.shape[0] // groups, groups * (last - first), x.shape[2])


def _hide_later(scores: Tensor, offset: int) -> None:
    """Query i of `scores` (any, length, keys) may see keys up to `offset` + i."""
    length = scores.shape[1]
    corner = scores[:, :, offset:]
    corner.masked_fill_(torch.ones(length, length, dtype=torch.bool).triu_(1), -torch.inf)


def _with_documents_matmul(
    module: Any, query: Tensor, key: Tensor, value: Tensor, attention_mask: Any, scaling: float, ends: Sequence[int],
    **_: Any,
) -> tuple[Tensor, None]:  # fmt: skip
    out: Tensor = _DocumentAttention.apply(query[0].to(value.dtype), key[0].to(value.dtype), value[0], ends, scaling)  # type: ignore[no-untyped-call]
    return out.transpose(0, 1)[None], None


def _with_documents_sdpa(
    module: Any, query: Tensor, key: Tensor, value: Tensor, attention_mask: Any, scaling: float, ends: Sequence[int],
    **_: Any,
) -> tuple[Tensor, None]:  # fmt: skip
    starts = [0, *ends[:-1]]
    query, key = query.to(value.dtype), key.to(value.dtype)
    parts = [
        functional.scaled_dot_product_attention(
            query[:, :, start:end], key[:, :, start:end], value[:, :, start:end],
            is_causal=True, scale=scaling, enable_gqa=query.shape[1] != key.shape[1],
        )
        for start, end in zip(starts, ends, strict=True)
    ]  # fmt: skip
    return torch.cat(parts, 2).transpose(1, 2), None


def _with_documents_varlen(
    module: Any, query: Tensor, key: Tensor, value: Tensor, attention_mask: Any, scaling: float, ends: Sequence[int],
    cuts: Tensor, **_: Any,
) -> tuple[Tensor, None]:  # fmt: skip
    longest = max(end - start for start, end in zip([0, *ends[:-1]], ends, strict=True))
    q, k, v = (x[0].transpose(0, 1).to(value.dtype) for x in (query, key, value))
    if _has_flash_attention():
        from flash_attn import flash_attn_varlen_func  # type: ignore[import-not-found]

        out = flash_attn_varlen_func(q, k, v, cuts, cuts, longest, longest, softmax_scale=scaling, causal=True)
    else:
        from torch.nn.attention.varlen import varlen_attn

        out = varlen_attn(
            q, k, v, cuts, cuts, longest, longest, scale=scaling, window_size=(-1, 0),
            enable_gqa=q.shape[1] != k.shape[1],
        )  # fmt: skip
    return out[None], None


def _has_flash_attention() -> bool:
    return importlib.util.find_spec("flash_attn") is not None


KINDS = {
    "documents_matmul": _with_documents_matmul,
    "documents_sdpa": _with_documents_sdpa,
    "documents_varlen": _with_documents_varlen,
}


def register() -> None:
    """Makes KINDS known to transformers; models pass them `ends`, and `cuts` = (0, *ends) as a tensor."""
    for name, function in KINDS.items():
        AttentionInterface.register(name, function)


def best_attention(device: torch.device, dtype: torch.dtype, wanted: str = "auto") -> str:
    """The quickest of KINDS on `device` in `dtype`, or `wanted`. Raises ToolError for an unknown name."""
    if wanted != "auto":
        if wanted not in KINDS:
            raise ToolError(f"no attention {wanted!r}; choose auto, {', '.join(KINDS)}")
        return wanted
    if device.type != "cuda":
        return "documents_matmul"
    ampere = torch.cuda.get_device_capability(device)[0] >= 8
    if not ampere or dtype == torch.float32:
        return "documents_sdpa"
    inside = importlib.util.find_spec("torch.nn.attention.varlen") is not None
    return "documents_varlen" if inside or _has_flash_attention() else "documents_sdpa"
