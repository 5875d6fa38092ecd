"""Python's cycle collector, kept to the GUI thread.

It runs in whatever thread happens to allocate. A widget that is part of a cycle would then be
destroyed on a worker thread, which Qt does not survive.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

_EVERY_MS = 1000


@contextmanager
def collected_here() -> Iterator[None]:
    """While this lasts, cycles are collected on this (the GUI) thread only, in small steps."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.collect()
    # What is there at the start stays; without it each collection is short.
    gc.freeze()
    timer = QTimer()
    timer.setInterval(_EVERY_MS)
    timer.timeout.connect(_collect_if_due)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        gc.collect()
        if was_enabled:
            gc.enable()


def _collect_if_due() -> None:
    """What the interpreter would do itself: the oldest generation whose threshold is passed."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
            gc.collect(generation)
            return
