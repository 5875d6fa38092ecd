"""What a run leaves on disk so that a kill at any moment costs minutes, not the run.

    checkpoints/step-00000120/   weights.safetensors, memory-0.pt (one for each process), state.json
    best/, last/                 model or adapter folders

Everything is written beside its place and renamed when whole.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from tools.errors import ToolError
from tools.training.optimizers import Memory


@dataclass(slots=True)
class State:
    """How far a run has come. `places` are those of its streams; `losses` those since the last line of the log."""

    step: int = 0
    elapsed: float = 0.0
    tokens: int = 0
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    micro_tokens: int = 0
    best: float | None = None
    best_step: int = 0
    checks_without_better: int = 0
    checked: int = 0
    saved_at: float = 0.0
    finished: str = ""
    losses: list[float] = field(default_factory=list)


class Checkpoints:
    """The checkpoints of one run folder; the newest whole one is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "checkpoints"

    def newest(self) -> Path | None:
        found = [path for path in self._folder.glob("step-*") if re.fullmatch(r"step-\d{8}", path.name)]
        return max(found, default=None)

    def partial(self, step: int) -> Path:
        """Where the processes of a team put their parts of the checkpoint after `step` updates."""
        return self._folder / f"step-{step:08d}.partial"

    def begin(self, step: int) -> None:
        with told_where_it_fails(self.newest):
            shutil.rmtree(self.partial(step), ignore_errors=True)
            self.partial(step).mkdir(parents=True)

    def put_memory(self, step: int, rank: int, memory: Memory) -> None:
        with (
            told_where_it_fails(self.newest, self.partial(step)),
            (self.partial(step) / f"memory-{rank}.pt").open("wb") as file,
        ):
            torch.save(memory, file)

    def finish(self, step: int, weights: dict[str, Tensor], state: State) -> None:
        """Adds weights and state, and makes the checkpoint count."""
        partial = self.partial(step)
        with told_where_it_fails(self.newest, partial):
            save_file(
                {name: value.detach().contiguous() for name, value in weights.items()}, partial / "weights.safetensors"
            )
            (partial / "state.json").write_text(json.dumps(asdict(state)), encoding="utf-8")
            target = self._folder / f"step-{step:08d}"
            shutil.rmtree(target, ignore_errors=True)
            partial.rename(target)
        for old in self._folder.iterdir():
            if old != target:
                shutil.rmtree(old, ignore_errors=True)

    @staticmethod
    def load(path: Path) -> tuple[dict[str, Tensor], Memory, State]:
        """Raises ToolError for a checkpoint that cannot be read."""
        try:
            state = State(**json.loads((path / "state.json").read_text(encoding="utf-8")))
            state.places = {name: (place[0], place[1]) for name, place in state.places.items()}
            memory: Memory = {}
            for part in sorted(path.glob("memory-*.pt")):
                memory |= torch.load(part, weights_only=True, map_location="cpu")
            return load_file(path / "weights.safetensors"), memory, state
        except (OSError, ValueError, TypeError, RuntimeError, SafetensorError, EOFError) as error:
            raise ToolError(f"the checkpoint {path} cannot be read ({error}); begin anew with --fresh") from error


def put_folder(target: Path, write: Callable[[Path], None], newest: Callable[[], Path | None]) -> None:
    """Lets `write` fill a folder that then takes the place of `target`. Raises ToolError where the disk fails."""
    partial, old = (target.with_name(f"{target.name}.{end}") for end in ("partial", "old"))
    with told_where_it_fails(newest, partial):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        write(partial)
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        partial.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def recover_folder(target: Path) -> None:
    """After a kill between the two renames of :func:`put_folder`: the old one is back in its place."""
    old = target.with_name(f"{target.name}.old")
    if old.is_dir() and not target.exists():
        old.rename(target)


@contextmanager
def told_where_it_fails(newest: Callable[[], Path | None], partial: Path | None = None) -> Iterator[None]:
    """What the disk refuses becomes a ToolError that names the last good checkpoint; what was begun is removed.

    The libraries tell a full disk in ways of their own, not always as an OSError.
    """
    try:
        yield
    except (OSError, RuntimeError, SafetensorError) as error:
        if partial is not None:
            shutil.rmtree(partial, ignore_errors=True)
        good = newest()
        kept = f"the last good checkpoint is {good.name}" if good else "there is no checkpoint yet"
        raise ToolError(
            f"{_refusal(error)}; {kept}. Make room and run the same command again, it goes on from there"
        ) from error


def _refusal(error: Any) -> str:
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "os error 28" in str(error)
    return "the disk is full" if full else f"a checkpoint cannot be written ({str(error).splitlines()[0][:200]})"
