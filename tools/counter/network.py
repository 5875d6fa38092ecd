"""The network itself, in PyTorch: a Qwen3 architecture written for quick training on a few CPU cores.

Attention is a plain batched matrix product with its softmax in fp32, because the backward pass of the
fused kernel costs close to half a training step on a CPU. Logits are made for chosen positions only: most of
a training sequence is prompt, whose next token nobody asks for.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.counter.shape import Shape


class RmsNorm(nn.Module):
    def __init__(self, size: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        wide = x.float()
        return wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def rope_tables(shape: Shape, length: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines of the rotary positions, each (length, head_dim), in fp32."""
    frequency = shape.rope_base ** (-torch.arange(0, shape.head_dim, 2).float() / shape.head_dim)
    angle = torch.arange(length).float()[:, None] * frequency[None, :]
    return torch.cat([angle.cos()] * 2, -1), torch.cat([angle.sin()] * 2, -1)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """`x` of (…, length, head_dim) turned by its positions, halves paired as Qwen3 does."""
    first, second = x.chunk(2, -1)
    return x * cosine + torch.cat([-second, first], -1) * sine


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.q_proj = nn.Linear(shape.hidden, shape.heads * shape.head_dim, bias=False)
        self.k_proj = nn.Linear(shape.hidden, shape.kv_heads * shape.head_dim, bias=False)
        self.v_proj = nn.Linear(shape.hidden, shape.kv_heads * shape.head_dim, bias=False)
        self.o_proj = nn.Linear(shape.heads * shape.head_dim, shape.hidden, bias=False)
        self.q_norm = RmsNorm(shape.head_dim, shape.epsilon)
        self.k_norm = RmsNorm(shape.head_dim, shape.epsilon)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        shape = self.shape
        groups = shape.heads // shape.kv_heads
        query = self.q_norm(self.q_proj(x).view(batch, length, shape.heads, shape.head_dim)).transpose(1, 2)
        key = self.k_norm(self.k_proj(x).view(batch, length, shape.kv_heads, shape.head_dim)).transpose(1, 2)
        value = self.v_proj(x).view(batch, length, shape.kv_heads, shape.head_dim).transpose(1, 2)
        query = rotate(query, cosine, sine).to(value.dtype) * (1 / math.sqrt(shape.head_dim))
        key = rotate(key, cosine, sine).to(value.dtype)
        # The query heads that share a key head lie one after another along the length: no key is copied.
        query = query.reshape(batch, shape.kv_heads, groups * length, shape.head_dim)
        scores = (query @ key.transpose(-1, -2)).float().view(batch, shape.kv_heads, groups, length, length) + mask
        weights = torch.softmax(scores, -1).to(value.dtype)
        mixed = weights.view(batch, shape.kv_heads, groups * length, length) @ value
        mixed = mixed.view(batch, shape.heads, length, shape.head_dim).transpose(1, 2)
        return self.o_proj(mixed.reshape(batch, length, shape.heads * shape.head_dim))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(shape.hidden, shape.feed_forward, bias=False)
        self.up_proj = nn.Linear(shape.hidden, shape.feed_forward, bias=False)
        self.down_proj = nn.Linear(shape.feed_forward, shape.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.input_layernorm = RmsNorm(shape.hidden, shape.epsilon)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = RmsNorm(shape.hidden, shape.epsilon)
        self.mlp = FeedForward(shape)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), cosine, sine, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class Network(nn.Module):
    """Token ids in, logits out. Parameter names are those of a Hugging Face Qwen3 checkpoint below `model.`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.hidden)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = RmsNorm(shape.hidden, shape.epsilon)
        self._begin()

    def _begin(self) -> None:
        for name, parameter in self.named_parameters():
            if parameter.dim() != 2:
                continue
            spread = 0.02 if "embed" in name else 0.6 / math.sqrt(parameter.shape[1])
            nn.init.normal_(parameter, std=spread)
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                with torch.no_grad():
                    parameter.mul_(1 / math.sqrt(2 * self.shape.layers))

    def states(self, ids: Tensor) -> Tensor:
        """Normed hidden states (batch, length, hidden) of right-padded `ids` (batch, length)."""
        length = ids.shape[1]
        cosine, sine = rope_tables(self.shape, length)
        mask = torch.full((length, length), -torch.inf).triu(1)
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x, cosine, sine, mask)
        return self.norm(x)

    def logits(self, states: Tensor) -> Tensor:
        return functional.linear(states, self.embed_tokens.weight)

    def forward(self, ids: Tensor) -> Tensor:
        return self.logits(self.states(ids))

    def loss(self, ids: Tensor, positions: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
        """Weighted mean cross entropy of `targets` (n,) after the flat `positions` (n,) of `ids` (batch, length)."""
        chosen = self.states(ids).flatten(0, 1).index_select(0, positions)
        losses = functional.cross_entropy(self.logits(chosen).float(), targets, reduction="none")
        return (losses * weights).sum() / weights.sum()
