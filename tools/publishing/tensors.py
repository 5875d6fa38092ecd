"""Every tensor of a GGUF file beside the weight it was made from: which one is corrupted, missing or another's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from tools.publishing.contents import Contents
from tools.publishing.folders import ModelFolder

KNOWN = ("qwen2", "qwen3")
"""Architectures whose weights stand in a GGUF file as they stand in the folder."""
EMBEDDING, OUTPUT = "token_embd.weight", "output.weight"
_LIMITS = {
    "Q8_0": (0.012, 0.03), "Q6_K": (0.04, 0.08), "Q5_K": (0.08, 0.15), "Q5_0": (0.09, 0.25), "Q5_1": (0.09, 0.25),
    "Q4_K": (0.15, 0.28), "Q4_0": (0.18, 0.5), "Q4_1": (0.18, 0.45), "IQ4_XS": (0.16, 0.35), "IQ4_NL": (0.16, 0.45),
    "Q3_K": (0.3, 0.5), "IQ3_S": (0.35, 0.6), "IQ3_XXS": (0.4, 0.7), "Q2_K": (0.5, 0.85),
    "TQ1_0": (0.95, 1.2), "TQ2_0": (0.95, 1.2),
}  # fmt: skip
"""Relative error (RMS) of a tensor and of one of its blocks at which it is no longer the type's own coarseness: about
twice, and two to three times, the largest that was met on real and random weights."""
_OTHERS = (0.7, 1.0)
_STEPS = {"F32": 2.0**-22, "F16": 2.0**-11, "BF16": 2.0**-8}
_SMALLEST = {"F32": 0.0, "F16": 2.0**-24, "BF16": 0.0}

Sort = Literal["missing", "shape", "not finite", "differs"]


@dataclass(frozen=True, slots=True)
class TensorFault:
    """`name` in the file, `parameter` in the folder. `error` is relative (RMS) of the whole tensor, `worst` of its
    worst block; `like` names the weight that it holds instead, where one was found."""

    name: str
    parameter: str
    sort: Sort
    kind: str = ""
    error: float = 0.0
    worst: float = 0.0
    like: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """`error` and `worst` as in TensorFault; `outside`: beyond what its type explains."""

    name: str
    parameter: str
    kind: str
    error: float
    worst: float
    outside: bool


def compare_tensors(folder: ModelFolder, contents: Contents, threads: int = 1) -> tuple[list[Fit], list[TensorFault]]:
    """How well every tensor fits, and the faults, the largest first."""
    pairs, faults = _pairs(folder, contents)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        found = list(pool.map(lambda pair: _fit(folder, contents, *pair), pairs))
    fits = [item for item in found if isinstance(item, Fit)]
    faults += [item for item in found if isinstance(item, TensorFault)]
    for fit in sorted((fit for fit in fits if fit.outside), key=lambda fit: -fit.worst):
        like = _twin(folder, contents, fit) if len(faults) < 8 else ""
        faults.append(TensorFault(fit.name, fit.parameter, "differs", fit.kind, fit.error, fit.worst, like))
    return fits, faults


def _pairs(folder: ModelFolder, contents: Contents) -> tuple[list[tuple[str, str]], list[TensorFault]]:
    pairs: list[tuple[str, str]] = []
    faults: list[TensorFault] = []
    embedding = "model.embed_tokens.weight"
    for parameter in folder.names:
        if parameter == "lm_head.weight" and folder.tied:
            continue
        name = contents.name_of(parameter)
        if name is None:
            faults.append(TensorFault(OUTPUT if parameter == "lm_head.weight" else "", parameter, "missing"))
        else:
            pairs.append((name, parameter))
    if folder.tied and OUTPUT in contents.names:
        pairs.append((OUTPUT, embedding))
    return pairs, faults


def _fit(folder: ModelFolder, contents: Contents, name: str, parameter: str) -> Fit | TensorFault:
    weight, kind = folder.parameter(parameter), contents.type_of(name)
    difference = total = worst = 0.0
    rows, outside = 0, False
    mean = float(weight.float().square().mean().sqrt())
    for start, piece in contents.pieces(name):
        rows += len(piece)
        if piece.shape[1:] != tuple(weight.shape[1:]) or rows > len(weight):
            return TensorFault(name, parameter, "shape", kind)
        source = _numbers(weight[start : start + len(piece)])
        if not np.isfinite(piece).all():
            return TensorFault(name, parameter, "not finite", kind)
        apart = piece - source
        difference += float(np.square(apart, dtype=np.float64).sum())
        total += float(np.square(source, dtype=np.float64).sum())
        if kind in _STEPS:
            bound = np.abs(source) * _STEPS[kind] * 1.01 + _SMALLEST[kind]
            outside |= bool((np.abs(apart) > bound).any())
            block = max(1, source.shape[-1])
        else:
            block = contents.block(name)
        own = np.sqrt(np.square(source.reshape(-1, block)).mean(1))
        error = np.sqrt(np.square(apart.reshape(-1, block)).mean(1))
        # where a block is all but empty, its scale has hardly any bits to be told in
        worst = max(worst, float((error / np.maximum(own, 0.05 * mean + 1e-12)).max()))
    if rows != len(weight):
        return TensorFault(name, parameter, "shape", kind)
    relative = float(np.sqrt(difference / total)) if total else float(difference > 0)
    if kind not in _STEPS:
        whole, part = _LIMITS.get(kind, _OTHERS)
        outside = relative > whole or worst > part
    return Fit(name, parameter, kind, relative, worst, outside)


def _twin(folder: ModelFolder, contents: Contents, fit: Fit) -> str:
    """The weight that a tensor holds instead of its own, "" where it is none of the model's."""
    held = contents.tensor(fit.name)
    best, found = 0.9, ""
    for parameter in _of_shape(folder, held.shape):
        likeness = _cosine(held, _numbers(folder.parameter(parameter)))
        if likeness > best and parameter != fit.parameter:
            best, found = likeness, parameter
    return found


def _of_shape(folder: ModelFolder, shape: Sequence[int]) -> Iterator[str]:
    return (name for name, found in folder.shapes().items() if found == tuple(shape))


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    scale = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.vdot(one, other)) / scale if scale else 0.0


def _numbers(weight: torch.Tensor) -> NDArray[np.float32]:
    return weight.float().numpy()
