"""The model together with its loss: what is trained, sharded and saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from tools.publishing.merging import note_base
from tools.training.base import copy_tokenizer, load_model, quietly, with_adapter
from tools.training.batching import Pack
from tools.training.hardware import Layout
from tools.training.loss import summed_loss
from tools.training.settings import Settings
from tools.training.team import Team


class Learner(nn.Module):
    """A causal model, bare or with a peft adapter. Called with a pack it gives the weighted sum of losses."""

    def __init__(self, settings: Settings, base: Path, layout: Layout) -> None:
        """Raises ToolError."""
        super().__init__()
        torch.manual_seed(settings.seed)
        self.layout, self._base = layout, base
        self.causal: PreTrainedModel = load_model(settings, base, layout)
        self.adapted: Any = None
        if settings.method != "full":
            self.adapted = with_adapter(self.causal, settings)
        if settings.gradient_checkpointing:
            _recompute(self.causal)
            if self.adapted is not None:
                self.causal.enable_input_require_grads()
        if settings.method != "qlora":
            self.to(layout.device)

    def forward(self, pack: Pack) -> Tensor:
        bf16 = self.layout.dtype == torch.bfloat16
        with torch.autocast(self.layout.device.type, torch.bfloat16, enabled=bf16):
            states = self.causal.base_model(
                input_ids=pack.ids, position_ids=pack.positions, use_cache=False, ends=pack.ends, cuts=pack.cuts
            ).last_hidden_state[0]
        chosen = states.index_select(0, pack.chosen).to(self.layout.dtype)
        return summed_loss(chosen, self.causal.get_output_embeddings().weight, pack.targets, pack.weights)

    def trained(self) -> dict[str, nn.Parameter]:
        """The parameters that learn, by name."""
        return {name: parameter for name, parameter in self.named_parameters() if parameter.requires_grad}

    def sizes(self) -> tuple[int, int]:
        """(all parameters, those that learn)."""
        return sum(p.numel() for p in self.parameters()), sum(p.numel() for p in self.trained().values())

    def write(self, folder: Path, weights: dict[str, Tensor]) -> None:
        """Writes `weights` (of :meth:`trained`) as a model folder, or as an adapter folder."""
        prefix = "causal."
        named = {name.removeprefix(prefix): value.detach().cpu().contiguous() for name, value in weights.items()}
        if self.adapted is None:
            quietly(self.causal.save_pretrained, folder, state_dict=named)
        else:
            self.adapted.save_pretrained(folder, state_dict={f"base_model.model.{n}": v for n, v in named.items()})
            note_base(folder, self._base)
        copy_tokenizer(self._base, folder)


def _recompute(model: PreTrainedModel) -> None:
    """Gradient checkpointing, by the name that this version of transformers has for it."""
    enable = getattr(model, "activation_checkpointing_enable", None) or model.gradient_checkpointing_enable
    enable({"use_reentrant": False})


def sharded(learner: Learner, team: Team) -> None:
    """Spreads the weights over the team, layer by layer (FSDP)."""
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import fully_shard

    mesh = init_device_mesh(learner.layout.device.type, (team.size,))
    kinds = set(learner.causal._no_split_modules or ())
    for module in learner.causal.modules():
        if type(module).__name__ in kinds:
            fully_shard(module, mesh=mesh)
    fully_shard(learner, mesh=mesh)


def whole(tensor: Tensor) -> Tensor:
    """The whole of a parameter of which this process may hold a part; all processes must ask at once."""
    full = getattr(tensor, "full_tensor", None)
    return full() if full is not None else tensor
