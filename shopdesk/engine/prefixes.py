"""What a model has read before, kept so that it need not read it again: in memory for some conversations, on disk
for the beginning that all of them share."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"SDPREFIX1\n"
_FILES_KEPT = 4


@dataclass(frozen=True, slots=True)
class State:
    """The model's memory after `tokens`, in llama.cpp's own bytes."""

    tokens: tuple[int, ...]
    data: bytes


def common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens both begin with."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


class Parked:
    """States of conversations that are not being answered just now, the least recently used given up first."""

    def __init__(self, limit: int) -> None:
        """`limit` is in bytes."""
        self._limit = limit
        self._states: list[State] = []

    def park(self, state: State) -> None:
        """Keep `state` in place of those that it goes on from; larger than the limit, it is not kept."""
        if len(state.data) > self._limit:
            return
        length = len(state.tokens)
        self._states = [old for old in self._states if old.tokens != state.tokens[: len(old.tokens)]]
        # One that goes on from this is as good as this.
        if not any(old.tokens[:length] == state.tokens for old in self._states):
            self._states.append(state)
        while sum(len(old.data) for old in self._states) > self._limit:
            del self._states[0]

    def best_for(self, prompt: Sequence[int]) -> tuple[State | None, int]:
        """The state that has most tokens in common with the beginning of `prompt`, and how many."""
        best, most = None, 0
        for state in self._states:
            shared = common(state.tokens, prompt)
            if shared > most:
                best, most = state, shared
        if best is not None:
            self._states.remove(best)
            self._states.append(best)
        return best, most

    def __len__(self) -> int:
        return len(self._states)


class PrefixFiles:
    """States on disk, each under the name of what it holds for. A damaged or foreign file counts as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, model: str, tokens: Sequence[int]) -> State | None:
        """`model` names the model file and whatever else the bytes depend on."""
        file = self._file(model, tokens)
        try:
            content = file.read_bytes()
            if not content.startswith(_MAGIC):
                return None
            head, _, data = content[len(_MAGIC) :].partition(b"\n")
            told = json.loads(head)
            if told["tokens"] != list(tokens) or told["sum"] != _sum(data):
                return None
            with contextlib.suppress(OSError):
                os.utime(file)  # the ones used last are kept
            return State(tuple(tokens), data)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, model: str, state: State) -> bool:
        """Whether it could be kept; where not, it will be worked out again."""
        file = self._file(model, state.tokens)
        head = json.dumps({"tokens": list(state.tokens), "sum": _sum(state.data)}).encode()
        part = file.with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_MAGIC + head + b"\n" + state.data)
            part.replace(file)
            self._give_up_old_ones()
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True

    def _file(self, model: str, tokens: Sequence[int]) -> Path:
        digest = hashlib.sha256(model.encode() + b"\0" + array("i", tokens).tobytes()).hexdigest()
        return self._folder / f"{digest[:32]}.prefix"

    def _give_up_old_ones(self) -> None:
        files = sorted(self._folder.glob("*.prefix"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_FILES_KEPT:]:
            file.unlink(missing_ok=True)


def _sum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
