"""Every connection that crosses from another thread into the GUI thread. There are no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from shopdesk.gui.jobs import Job
    from shopdesk.gui.ports import EngineLike


def connect_job(job: Job) -> None:
    """What the worker thread of `job` says is delivered on the GUI thread, in order."""
    job.arrived.connect(job.deliver, Qt.ConnectionType.QueuedConnection)


class EngineWatch(QObject):
    """Brings the engine's state, told on any thread, to the GUI thread as `changed(state)`."""

    changed = Signal(str)
    _told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alive = True
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def watch(self, engine: EngineLike | None) -> None:
        """Follow `engine` from now on; None is the state "none"."""
        if engine is None:
            self.changed.emit("none")
            return
        register: Callable[[Callable[..., None]], object] | None = getattr(engine, "on_state", None)
        if register is not None:
            register(self._hear)
        self.changed.emit(str(getattr(engine, "state", "ready")))

    def close(self) -> None:
        """Hear nothing more; the engine may outlive the window."""
        self._alive = False

    def _hear(self, state: object, *_more: object) -> None:
        if self._alive:
            self._told.emit(str(state))

    @Slot(str)
    def _deliver(self, state: str) -> None:
        if self._alive:
            self.changed.emit(state)
