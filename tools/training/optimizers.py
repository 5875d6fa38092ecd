"""The optimizers of a run, and what they remember, by the names of parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from tools.errors import ToolError
from tools.training.even import EvenEmbedding, make_even
from tools.training.muon import Muon
from tools.training.settings import Settings
from tools.training.team import Team

Memory = dict[str, dict[str, Tensor]]


class Optimizers:
    """AdamW, or Muon for the matrices inside the network and AdamW for the rest; the embedding kept even where wanted.

    In a team each process works out the updates of its share of the matrices, as those are costly.
    """

    def __init__(self, model: nn.Module, settings: Settings, team: Team) -> None:
        self.named = {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}
        self._team = team
        matrices = [name for name in self.named if settings.optimizer == "muon" and _is_inner_matrix(name, self.named)]
        if matrices and team.sharded:
            raise ToolError("muon needs whole matrices; use --set optimizer=adamw where weights are sharded")
        self._shared = [self.named[name] for name in matrices]
        embedding = [name for name in self.named if settings.embedding_rate and name.endswith("embed_tokens.weight")]
        if embedding and team.sharded:
            raise ToolError("an even embedding needs whole rows; use --set embedding_rate=0 where weights are sharded")
        apart = {*matrices, *embedding}
        others = [parameter for name, parameter in self.named.items() if name not in apart]
        self._rates: list[float] = []
        self._all: list[torch.optim.Optimizer] = []
        for name in embedding:
            make_even(self.named[name])
            self._all.append(EvenEmbedding(self.named[name], settings.embedding_rate))
            self._rates.append(settings.embedding_rate)
        if mine := team.mine(self._shared):
            self._all.append(Muon(mine, settings.matrix_rate))
            self._rates.append(settings.matrix_rate)
        if others:
            fused = all(parameter.is_cuda for parameter in others) or None
            betas = (0.9, 0.95) if settings.optimizer == "muon" else (0.9, 0.999)
            self._all.append(
                torch.optim.AdamW(others, settings.rate, betas=betas, weight_decay=settings.weight_decay, fused=fused)
            )
            self._rates.append(settings.rate)

    def step(self, share: float) -> None:
        """One update at `share` of the full rates; every process has the new weights afterwards."""
        for optimizer, full in zip(self._all, self._rates, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = full * share
            optimizer.step()
        self._team.share(self._shared)

    def memory(self) -> Memory:
        """What this process's optimizers remember, by parameter."""
        names = {id(parameter): name for name, parameter in self.named.items()}
        return {
            names[id(parameter)]: dict(state) for optimizer in self._all for parameter, state in optimizer.state.items()
        }

    def remember(self, memory: Mapping[str, Mapping[str, Any]]) -> None:
        """Takes up a memory; that of parameters which other processes look after is passed over."""
        for optimizer in self._all:
            for group in optimizer.param_groups:
                for parameter in group["params"]:
                    name = next(name for name, known in self.named.items() if known is parameter)
                    optimizer.state[parameter] = {
                        key: value.to(parameter.device) if key != "step" else value
                        for key, value in memory[name].items()
                    }


def _is_inner_matrix(name: str, named: Mapping[str, Tensor]) -> bool:
    return named[name].dim() == 2 and "embed" not in name and "lm_head" not in name
