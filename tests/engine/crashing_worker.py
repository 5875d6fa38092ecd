"""A worker whose loader misbehaves as the first argument says, and is the real one otherwise.

    extra-buffers   crashes natively when asked to repack weights, as llama.cpp does on some processors
    always          crashes natively whatever it is asked
    killed          is killed from outside while it loads
    deaf            loads a model that never looks at the stop signal, and never finishes
    hard-of-hearing the same, but it finishes after a quarter of a second
    asleep-at-first is suspended while it loads, the first time
    garbles-at-first says what is no message while it loads, the first time

Each load is noted as a line in the file named by the second argument.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import TokenCounts
from shopdesk.engine.fit import Room
from shopdesk.engine.protocol import Load
from shopdesk.engine.worker import Model, main

MANNER, NOTES = sys.argv[1], Path(sys.argv[2])


def open_model(load: Load) -> Model:
    with NOTES.open("a") as notes:
        notes.write(f"gpu_layers={load.gpu_layers} extra_buffers={load.extra_buffers} probe={load.probe}\n")
    if MANNER == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if MANNER == "always" or (MANNER == "extra-buffers" and load.extra_buffers):
        os.kill(os.getpid(), signal.SIGSEGV)
    if MANNER == "deaf":
        return DeafModel(60)
    if MANNER == "hard-of-hearing":
        return DeafModel(0.25)
    if len(NOTES.read_text().splitlines()) == 1 and MANNER == "asleep-at-first":
        os.kill(os.getpid(), signal.SIGSTOP)
    if len(NOTES.read_text().splitlines()) == 1 and MANNER == "garbles-at-first":
        for descriptor in range(3, 12):  # the worker's own end of the pipe is among them
            with contextlib.suppress(OSError):
                os.write(descriptor, b"\xff\x00 nonsense\n" * 100)
        time.sleep(60)
    from shopdesk.engine.llama import LlamaModel

    return LlamaModel(load)


class DeafModel:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    device, gpu_failed, context = "cpu", "", 4096
    room, stepped, prefix_restored = Room(0, 4096, 512, "f16"), 0, 0

    def prepare(self, cancelled: Any) -> None:
        pass

    def count(self, text: str) -> int:
        time.sleep(self._seconds)
        return len(text)

    def generate(self, messages: Any, **_: Any) -> Iterator[Piece | Completed]:
        yield Piece("…")
        time.sleep(self._seconds)
        yield Completed("stop", TokenCounts(1, 0, 1))


if __name__ == "__main__":
    main(open_model)
