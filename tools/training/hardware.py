"""What the machine has, and how a run is laid out on it: device, precision, attention, tokens at a time."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache

import torch

from tools.errors import ToolError
from tools.training.attention import best_attention, register
from tools.training.settings import Settings

# Touching a fresh page is far slower than using a warm one, so glibc is told to keep its memory and to use huge pages.
WARM_MEMORY = (
    "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1000000000000:glibc.malloc.arena_max=1"
)
CPU_MICRO_TOKENS = 2048


@dataclass(frozen=True, slots=True)
class Layout:
    """`dtype` is that of the matrix products; `micro_tokens` the most tokens in one forward pass."""

    device: torch.device
    dtype: torch.dtype
    attention: str
    micro_tokens: int


@cache
def has_fast_bf16(device: torch.device) -> bool:
    """Whether bf16 products are quicker than fp32 there; on processors without instructions for it they crawl."""
    if device.type == "cuda":
        return torch.cuda.get_device_capability(device)[0] >= 8
    if device.type == "cpu":
        return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())
    return False


def layout_for(settings: Settings) -> Layout:
    """Raises ToolError for what this machine cannot do."""
    register()
    device = (
        torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        if torch.cuda.is_available()
        else torch.device("cpu")
    )
    if settings.method == "qlora" and device.type != "cuda":
        raise ToolError("qlora needs an NVIDIA GPU (bitsandbytes computes there only); use --set method=lora")
    fast = has_fast_bf16(device)
    bf16 = fast if settings.precision == "auto" else settings.precision == "bf16"
    dtype = torch.bfloat16 if bf16 else torch.float32
    longest = settings.source_tokens + settings.target_tokens
    chosen = settings.micro_tokens or (CPU_MICRO_TOKENS if device.type == "cpu" else settings.batch * longest)
    return Layout(device, dtype, best_attention(device, dtype, settings.attention), max(chosen, 1))


def warm_environment(threads: int) -> dict[str, str]:
    """What a training process on a processor is to be started with: read by libraries at the start only."""
    # Threads that wait by spinning take the processor from those they wait for, where other work is going on.
    wanted = {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}
    return wanted | ({"GLIBC_TUNABLES": WARM_MEMORY} if sys.platform == "linux" else {})


def warm_up_memory() -> None:
    """Touches 1 GB once where glibc keeps it (see WARM_MEMORY)."""
    if os.environ.get("GLIBC_TUNABLES") == WARM_MEMORY:
        torch.ones(2**28)


def memory_mb(device: torch.device) -> float:
    """The most memory used so far: of the GPU, or of this process."""
    if device.type == "cuda":
        return float(torch.cuda.max_memory_allocated(device)) / 2**20
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
