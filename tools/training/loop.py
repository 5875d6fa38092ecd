"""The training loop: updates until the budget is used up, checks on the way, and a good end whatever happens."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from tools.errors import ToolError
from tools.training.batching import Rows, Stream, pack_of, packed_into, shared_out, steps_in
from tools.training.checkpoints import Checkpoints, State, put_folder, recover_folder
from tools.training.corpus import Corpus
from tools.training.hardware import memory_mb
from tools.training.learner import Learner, whole
from tools.training.optimizers import Optimizers
from tools.training.progress import Log, Progress
from tools.training.schedule import rate_at
from tools.training.settings import Settings
from tools.training.team import Team

_LOG_SECONDS = 2.0


class Trainer:
    """One process of a run in `folder`. All processes of the team take the same steps at the same time."""

    def __init__(
        self, settings: Settings, learner: Learner, train: Corpus, valid: Corpus | None, folder: Path, team: Team
    ) -> None:
        self.settings, self.learner, self.team, self.folder = settings, learner, team, folder
        self._train, self._valid = train, valid
        self._lengths = train.lengths
        self.optimizers = Optimizers(learner, settings, team)
        self.checkpoints = Checkpoints(folder)
        self._log, self._progress = Log(folder / "log.jsonl"), Progress()
        self.state = State(micro_tokens=learner.layout.micro_tokens)
        easy = np.flatnonzero(train.lesson)
        everything = np.arange(len(train)) if len(easy) in (0, len(train)) else np.flatnonzero(~train.lesson)
        self._pools: dict[str, Rows] = {"all": everything} | ({"lessons": easy} if len(everything) < len(train) else {})
        self.total_steps = 0 if settings.minutes else steps_in(settings, everything, self._lengths)
        self.on_update: Callable[[float], None] = lambda loss: None
        self.on_report: Callable[[], None] = lambda: None

    # -- the run

    def resume(self) -> bool:
        """Goes on from the newest checkpoint, if there is one."""
        newest = self.checkpoints.newest()
        if newest is not None:
            weights, memory, self.state = self.checkpoints.load(newest)
            self._take(weights)
            self.optimizers.remember(self._placed(memory))
        if self.team.leads:
            self._log.cut_after(self.state.step)
            for name in ("best", "last"):
                recover_folder(self.folder / name)
        return newest is not None

    def run(self) -> State:
        """Trains to the end of the budget. Raises ToolError: loss that is no number, disk full, too little memory."""
        state = self.state
        if state.finished:
            return state
        self.learner.train()
        streams = {
            name: Stream(pool, self._lengths, self.settings, state.places.get(name, (0, 0)))
            for name, pool in self._pools.items()
        }
        began = time.monotonic() - state.elapsed
        told, read = state.elapsed, state.tokens
        while not state.finished:
            progress = self._done()
            pool = self._pool_at(progress)
            rows = streams[pool].take()
            loss, clock, tokens = self._update(rows, rate_at(progress, self.settings), began)
            state.step += 1
            state.elapsed = clock
            state.tokens += tokens
            state.places[pool] = streams[pool].place
            state.losses.append(loss)
            self.on_update(loss)
            checks = self._checks_due()
            if not checks and state.elapsed - told < _LOG_SECONDS and state.step > 1:
                continue
            row = self._row(state.losses, (state.tokens - read) / max(state.elapsed - told, 1e-3))
            told, read = state.elapsed, state.tokens
            state.losses = []
            if checks:
                row |= self._check()
            self._tell(row)
            if checks or state.elapsed - state.saved_at > 60 * self.settings.save_minutes:
                self.save()
        self._progress.end()
        return state

    def _done(self) -> float:
        """The share of the budget that is used up."""
        if self.settings.minutes:
            return self.state.elapsed / (60 * self.settings.minutes)
        return self.state.step / self.total_steps

    def _pool_at(self, progress: float) -> str:
        if "lessons" not in self._pools:
            return "all"
        by_chance = random.Random(f"{self.settings.seed} {self.state.step}").random() < self.settings.lessons_later
        return "lessons" if progress < self.settings.lessons_until or by_chance else "all"

    # -- one update

    def _update(self, rows: Rows, rate: float, began: float) -> tuple[float, float, int]:
        """(mean loss, the team's clock, tokens read by all) of one update."""
        learned = float(self._train.learned[rows].sum()) or 1.0
        mine = shared_out(rows, self._lengths, self.team.size)[self.team.rank]
        loss = self._gradients(mine, rows, learned)
        gradients = [p.grad for p in self.optimizers.named.values() if p.grad is not None]
        value, clock = self.team.total(gradients, [loss, (time.monotonic() - began) / self.team.size])
        norm = self._clipped()
        if not (math.isfinite(value) and math.isfinite(norm)):
            self._stop_for(value, norm)
        self.optimizers.step(rate)
        self.learner.zero_grad(set_to_none=True)
        return value, clock, int(self._lengths[rows].sum())

    def _gradients(self, mine: Rows, rows: Rows, learned: float) -> float:
        """Adds up the gradients of this process's rows, in smaller pieces where memory does not suffice."""
        while True:
            try:
                return self._summed(self._packs(mine, rows), learned)
            except torch.cuda.OutOfMemoryError as error:
                self._take_less(mine, error)

    def _packs(self, mine: Rows, rows: Rows) -> list[tuple[Rows, bool]]:
        """The packs of this process, and whether each counts."""
        packs = [(pack, True) for pack in packed_into(mine, self._lengths, self.state.micro_tokens)]
        if self.team.sharded:
            # All processes must call the layers equally often; one that has less to do reads a row for nothing.
            shares = shared_out(rows, self._lengths, self.team.size)
            most = max(len(packed_into(share, self._lengths, self.state.micro_tokens)) for share in shares)
            packs += [(rows[:1], False)] * (most - len(packs))
        return packs

    def _summed(self, packs: list[tuple[Rows, bool]], learned: float) -> float:
        # Sharding takes the mean of the gradients over the team where their sum is wanted.
        factor = self.team.size if self.team.sharded else 1
        total = torch.zeros((), device=self.learner.layout.device)
        for number, (rows, counts) in enumerate(packs):
            torch.manual_seed(hash((self.settings.seed, self.state.step, number, self.team.rank)) % 2**63)
            pack = pack_of(self._train, rows).to(self.learner.layout.device)
            loss = self.learner(pack) * (counts / learned)
            (loss * factor).backward()
            total += loss.detach()
        return float(total)

    def _take_less(self, mine: Rows, error: Exception) -> None:
        self.learner.zero_grad(set_to_none=True)
        torch.cuda.empty_cache()
        longest = int(self._lengths[mine].max())
        if self.team.sharded or self.state.micro_tokens <= longest:
            raise ToolError(
                f"the GPU's memory does not suffice for {self.state.micro_tokens} tokens at a time; "
                "set micro_tokens lower, gradient_checkpointing=true, source_tokens lower, or method=qlora"
            ) from error
        self.state.micro_tokens = max(longest, self.state.micro_tokens // 2)
        print(f"out of GPU memory: going on with {self.state.micro_tokens} tokens at a time, same updates", flush=True)

    def _clipped(self) -> float:
        parameters = list(self.optimizers.named.values())
        norm = nn.utils.clip_grad_norm_(parameters, self.settings.clip or math.inf)
        return float(whole(norm))

    def _stop_for(self, value: float, norm: float) -> None:
        newest = self.checkpoints.newest()
        kept = f"the last good checkpoint is {newest.name}" if newest else "no checkpoint had been written"
        what = f"the loss is {value}" if not math.isfinite(value) else f"the gradient's size is {norm}"
        raise ToolError(
            f"{what} at step {self.state.step + 1}: stopped; {kept}. Look at the data, or begin anew with a lower rate"
        )

    # -- checks

    def _checks_due(self) -> bool:
        due = min(self.settings.checks, math.floor(self._done() * self.settings.checks + 1e-9))
        return due > self.state.checked

    def _check(self) -> dict[str, Any]:
        """Takes the held-out loss, keeps the best weights, and notes where the run is to end."""
        state = self.state
        state.checked = min(self.settings.checks, math.floor(self._done() * self.settings.checks + 1e-9))
        last = self._done() >= 1.0 - 1e-12
        found: dict[str, Any] = {}
        if self._valid is not None:
            loss = self.held_out_loss()
            found["held_out_loss"] = round(loss, 6)
            if state.best is None or loss < state.best:
                state.best, state.best_step, state.checks_without_better = loss, state.step, 0
            else:
                state.checks_without_better += 1
        weights = self._weights()
        if self._valid is None or state.best_step == state.step:
            self._put("best", weights)
        early = 0 < self.settings.patience <= state.checks_without_better
        if last or early:
            state.finished = "budget" if last else "early"
            self._put("last", weights)
        return found

    def _put(self, name: str, weights: dict[str, Tensor]) -> None:
        if self.team.leads:
            put_folder(self.folder / name, lambda path: self.learner.write(path, weights), self.checkpoints.newest)

    @torch.no_grad()
    def held_out_loss(self) -> float:
        """The mean loss on the held-out examples, the same ones each time, at most `held_out_tokens` tokens."""
        assert self._valid is not None
        lengths = self._valid.lengths
        order = np.random.default_rng(0).permutation(len(self._valid))
        enough = int(np.searchsorted(np.cumsum(lengths[order]), self.settings.held_out_tokens)) + 1
        rows = order[:enough]
        share = rows if self.team.sharded else rows[self.team.rank :: self.team.size]
        self.learner.eval()
        total = torch.zeros((), device=self.learner.layout.device)
        for pack in packed_into(share, lengths, self.state.micro_tokens) if len(share) else []:
            total += self.learner(pack_of(self._valid, pack).to(self.learner.layout.device))
        self.learner.train()
        learned = float(self._valid.learned[rows].sum()) or 1.0
        value = float(total) / learned
        return value if self.team.sharded else self.team.total([], [value])[0]

    # -- what is kept

    def _weights(self) -> dict[str, Tensor]:
        return {name: whole(parameter).detach() for name, parameter in self.learner.trained().items()}

    @torch.no_grad()
    def _take(self, weights: Mapping[str, Tensor]) -> None:
        for name, parameter in self.learner.trained().items():
            parameter.copy_(self._like(weights[name], parameter))

    def _placed(self, memory: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        named = self.optimizers.named
        return {
            name: {key: self._like(value, named[name]) if value.dim() else value for key, value in state.items()}
            for name, state in memory.items()
        }

    def _like(self, value: Tensor, parameter: Tensor) -> Tensor:
        """`value` on the parameter's device, spread over the team as the parameter is."""
        value = value.to(parameter.device)
        mesh = getattr(parameter, "device_mesh", None)
        if mesh is None:
            return value
        from torch.distributed.tensor import distribute_tensor

        return distribute_tensor(value, mesh, parameter.placements)  # type: ignore[attr-defined]

    def save(self) -> None:
        """Writes a checkpoint; each process its part of the optimizers' memory."""
        step = self.state.step
        weights = self._weights()
        memory = self.optimizers.memory()
        if self.team.sharded:
            memory = {name: {key: whole(value) for key, value in state.items()} for name, state in memory.items()}
        self.state.saved_at = self.state.elapsed
        if self.team.leads:
            self.checkpoints.begin(step)
        self.team.wait()
        if self.team.leads or not self.team.sharded:
            self.checkpoints.put_memory(step, self.team.rank, memory)
        self.team.wait()
        if self.team.leads:
            self.checkpoints.finish(step, weights, self.state)

    def _row(self, losses: list[float], speed: float) -> dict[str, Any]:
        state, done = self.state, self._done()
        return {
            "step": state.step,
            "progress": round(done, 5),
            "minutes": round(state.elapsed / 60, 3),
            "tokens": state.tokens,
            "tokens_per_s": round(speed),
            "loss": round(sum(losses) / len(losses), 6),
            "rate": round(rate_at(done, self.settings) * self.settings.rate, 10),
            "memory_mb": round(memory_mb(self.learner.layout.device)),
            "left_s": round(state.elapsed / max(done, 1e-6) * (1 - done)),
        }

    def _tell(self, row: Mapping[str, Any]) -> None:
        if self.team.leads:
            self._log.add(row)
            self._progress.tell(row, self.total_steps)
            self.on_report()
