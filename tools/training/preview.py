"""What a run would be, without running it: the whole command, the layout, the sizes and the memory."""

from __future__ import annotations

import dataclasses
import json
import shlex
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModelForCausalLM

from tools.training.base import config_of
from tools.training.hardware import Layout, layout_for
from tools.training.settings import SCRATCH, Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Sizes:
    """Parameters, and bytes of memory by what they are for."""

    parameters: int
    learning: int
    memory: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.memory.values())


def preview(settings: Settings, data: Path | None, out: Path | None) -> str:
    """The resolved run as a command and a table. Raises ToolError for what cannot run here."""
    layout = layout_for(settings)
    config = _config(settings)
    sizes = sizes_of(config, settings, layout)
    rows = {
        "method": _method(settings),
        "base": settings.base or f"(none given: {settings.download})",
        "parameters": f"{sizes.parameters:,}; {sizes.learning:,} learn ({sizes.learning / sizes.parameters:.2%})",
        "device": f"{layout.device}, {str(layout.dtype).removeprefix('torch.')}, attention {layout.attention}",
        "processes": "as launched" if layout.device.type == "cuda" else str(settings.processes),
        "an update": _update(settings, layout),
        "budget": _budget(settings),
        "rate": f"{settings.rate:g}" + (f", matrices {settings.matrix_rate:g}" if settings.optimizer == "muon" else "")
        + f", {settings.optimizer}, {settings.schedule}, warm-up {settings.warm_up:.0%}",
        "rows": f"at most {settings.source_tokens} + {settings.target_tokens} tokens, packed, loss on answers only",
        "checks": f"{settings.checks} in the run, " + (f"ends after {settings.patience} without a better one"
                                                       if settings.patience else "never ends early"),
        **{f"memory, {name}": _gigabytes(size) for name, size in sizes.memory.items()},
        "memory": f"about {_gigabytes(sizes.total)} a process",
    }  # fmt: skip
    width = max(len(name) for name in rows)
    return "\n".join([command(settings, data, out), "", *(f"{name:<{width}}  {text}" for name, text in rows.items())])


def command(settings: Settings, data: Path | None, out: Path | None) -> str:
    """The command that gives every setting, so that nothing rests on a preset."""
    parts = [
        "python",
        "tools/train.py",
        "--preset",
        settings.preset,
        "--data",
        str(data or "DATA"),
        "--out",
        str(out or "OUT"),
    ]
    for entry in dataclasses.fields(settings):
        value = getattr(settings, entry.name)
        if entry.name == "shape":
            parts += [part for key, item in value.items() for part in ("--set", f"shape.{key}={_written(item)}")]
        elif entry.name != "preset":
            parts += ["--set", f"{entry.name}={_written(value)}"]
    return shlex.join(parts)


def sizes_of(config: Any, settings: Settings, layout: Layout) -> Sizes:
    """Counts the parameters of the model and estimates the memory of one process; nothing is allocated."""
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config)
    everything = sum(parameter.numel() for parameter in model.parameters())
    if settings.method == "full":
        learning = everything
    else:
        learning = sum(
            _adapter(layer, settings) for name, layer in model.named_modules() if _adapted(name, layer, settings)
        )
    frozen = 0 if settings.method == "full" else everything
    width = torch.finfo(layout.dtype).bits // 8
    tokens = layout.micro_tokens
    layers, hidden = config.num_hidden_layers, config.hidden_size
    # What one layer keeps for its backward pass, in numbers a token: norms, projections, gate, and adapters' inputs.
    kept = 10 * hidden + 5 * config.intermediate_size + 4 * config.num_attention_heads * _head(config)
    kept += 0 if settings.method == "full" else 3 * hidden
    activations = tokens * width * (layers * hidden + kept if settings.gradient_checkpointing else layers * kept)
    memory = {
        "weights": int(frozen * (0.55 if settings.method == "qlora" else width))
        + (everything if not frozen else learning) * 4,
        "gradients": learning * 4,
        "optimizer": learning * 8,
        "activations": activations,
        "logits": min(64 * 2**20, tokens * config.vocab_size * 4) * 2,
    }
    return Sizes(everything + (0 if settings.method == "full" else learning), learning, memory)


def _adapted(name: str, layer: nn.Module, settings: Settings) -> bool:
    if not isinstance(layer, nn.Linear) or name.endswith("lm_head"):
        return False
    return settings.targets == "all-linear" or name.rpartition(".")[2] in settings.targets.split(",")


def _adapter(layer: nn.Module, settings: Settings) -> int:
    assert isinstance(layer, nn.Linear)
    magnitude = layer.out_features if settings.method == "dora" else 0
    return settings.rank * (layer.in_features + layer.out_features) + magnitude


def _head(config: Any) -> int:
    return int(getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads)


def _config(settings: Settings) -> Any:
    folder = Path(settings.base)
    if settings.base and settings.base != SCRATCH and (folder / "config.json").is_file():
        return AutoConfig.from_pretrained(folder, local_files_only=True)
    shape = dict(settings.shape)
    if "vocab_size" not in shape and settings.tokenizer and (Path(settings.tokenizer) / "tokenizer.json").is_file():
        from tools.training.base import load_tokenizer

        shape["vocab_size"] = -(-len(load_tokenizer(Path(settings.tokenizer))) // 64) * 64
    return config_of({"vocab_size": 16384} | shape)


def _method(settings: Settings) -> str:
    if settings.method == "full":
        return "all weights"
    sizes = f"rank {settings.rank}, alpha {settings.alpha}, dropout {settings.dropout:g}"
    return f"{settings.method}, {sizes}, on {settings.targets}"


def _update(settings: Settings, layout: Layout) -> str:
    rows = f"{settings.batch} × {settings.accumulation} = {settings.batch * settings.accumulation} rows"
    size = f"about {settings.batch_tokens} tokens" if settings.batch_tokens else rows
    return f"{size}, at most {layout.micro_tokens} tokens at a time"


def _budget(settings: Settings) -> str:
    if settings.minutes:
        return f"{settings.minutes:g} minutes on the clock"
    return f"{settings.steps} updates" if settings.steps else f"{settings.epochs:g} epochs"


def _written(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.2f} GB"
