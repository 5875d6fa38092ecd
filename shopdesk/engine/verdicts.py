"""Which way of running llama.cpp this machine survives, found out once and remembered.

llama.cpp built with its defaults crashes on some processors (those with AMX, for most quantised
models), some graphics drivers bring it down too, and nothing short of trying tells. The first
load of a model on a machine is therefore a trial: the worker evaluates a short batch at once, and
when that ends the process, the next, more careful way is tried in a new one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from shopdesk.engine.hardware import Hardware

_HEAD_BYTES = 1 << 16
_FATAL_SIGNALS = frozenset(
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGILL", "SIGBUS", "SIGFPE", "SIGABRT", "SIGTRAP")
    if hasattr(signal, name)
)
_WINDOWS_EXCEPTION = 0xC0000000


@dataclass(frozen=True, slots=True)
class Way:
    """How to load: `gpu_layers` as in llama.cpp (-1 all, 0 none), `extra_buffers` repacked weights."""

    gpu_layers: int
    extra_buffers: bool


def ways(hardware: Hardware, *, gpu: bool, amx: bool, gpu_layers: int | None = None) -> Sequence[Way]:
    """From the fastest to the most careful. `gpu`, `amx`: what llama.cpp would use; `gpu_layers`: the user's wish."""
    layers = (-1 if gpu else 0) if gpu_layers is None else (gpu_layers if gpu else 0)
    found = [Way(layers, True), Way(layers, False), Way(0, False)]
    if amx and hardware.has_amx:
        found = found[1:]
    return list(dict.fromkeys(found))


def died_of_a_fault(exit_code: int | None) -> bool:
    """Whether a process ended by a crash of native code, not by a kill from outside or its own exit."""
    if exit_code is None:
        return False
    if sys.platform == "win32":
        return (exit_code & 0xFFFFFFFF) >= _WINDOWS_EXCEPTION
    return -exit_code in _FATAL_SIGNALS


def describe_exit(exit_code: int | None) -> str:
    """For the log and the details line: "SIGSEGV", "exit code 1"."""
    if exit_code is not None and exit_code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def identity(hardware: Hardware, llama: str, model: Path) -> str:
    """What a verdict holds for: this processor, this llama.cpp, this model file."""
    with model.open("rb") as file:
        head = hashlib.sha256(file.read(_HEAD_BYTES)).hexdigest()[:16]
    return f"{hardware.fingerprint} {llama} {head} {model.stat().st_size}"


class Verdicts:
    """The remembered ways, in a small JSON file. A file that is broken or cannot be written costs a trial, no more."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, identity: str) -> Way | None:
        try:
            way = self._read().get(identity)
            return Way(int(way["gpu_layers"]), bool(way["extra_buffers"])) if isinstance(way, dict) else None
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, identity: str, way: Way) -> None:
        known = self._read()
        known[identity] = asdict(way)
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(known, indent=1), encoding="utf-8")
            part.replace(self._file)

    def _read(self) -> dict[str, object]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}
