"""Work off the GUI thread: a generator runs on a thread of its own, its yields arrive on the GUI thread."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal, Slot

from shopdesk.gui import wiring

log = logging.getLogger(__name__)

_LAST_WORD_S = 1.0
_TURN_S = 0.001

Work = Callable[[threading.Event], Iterator[object]]


@contextmanager
def short_turns() -> Iterator[None]:
    """While this lasts, a thread that computes hands Python's lock over after a millisecond when asked.

    The GUI thread asks with almost every call of Qt; at the usual 5 ms a page of some hundred calls would take seconds.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class Job(QObject):
    """One piece of work. All its public signals are emitted on the GUI thread, in this order:

    `news(item)` for each item the generator yields, `failed(exception)` if it raises, `ended()` always.
    """

    news = Signal(object)
    failed = Signal(object)
    ended = Signal()
    arrived = Signal()  # emitted on the worker thread; wiring brings it home

    def __init__(self, work: Work, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()
        self._over = False
        # The items cross the threads here, not as arguments of the signal: Qt copies those outside of
        # Python's lock.
        self._items: SimpleQueue[tuple[str, object]] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"shopdesk-{name}", daemon=True)
        wiring.connect_job(self)

    @property
    def running(self) -> bool:
        """Whether `ended` is still to come."""
        return not self._over

    @property
    def stopping(self) -> bool:
        return self._cancel.is_set()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the work to end soon. It says so itself by ending; nothing is killed."""
        self._cancel.set()

    def join(self, seconds: float) -> bool:
        """Wait for the thread; whether it is gone. Items still under way are not delivered by this."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            for item in self._work(self._cancel):
                self._say("news", item)
        except Exception as error:  # noqa: BLE001 - every failure is shown, none may kill the thread silently
            self._say("failed", error)
        finally:
            self._say("ended", None)

    def _say(self, what: str, item: object) -> None:
        self._items.put((what, item))
        self.arrived.emit()

    @Slot()
    def deliver(self) -> None:
        """Runs on the GUI thread, once for every `arrived`: one item."""
        what, item = self._items.get_nowait()
        if what == "news":
            self.news.emit(item)
        elif what == "failed":
            self.failed.emit(item)
        else:
            self._over = True
            self.ended.emit()


class Jobs(QObject):
    """All work that is under way, so that nothing is left behind when the window closes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[Job] = set()
        self._last_kept = threading.Event()
        self._last_kept.set()

    def start(
        self,
        name: str,
        work: Work,
        *,
        on_news: Callable[[object], None] | None = None,
        on_failed: Callable[[object], None] | None = None,
        on_ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` (a generator function taking the cancel event) on a new thread."""
        job = Job(work, name, self)
        if on_news is not None:
            job.news.connect(on_news)
        if on_failed is not None:
            job.failed.connect(on_failed)
        if on_ended is not None:
            job.ended.connect(on_ended)
        job.ended.connect(lambda: self._forget(job))
        self._running.add(job)
        job.start()
        return job

    def call(
        self,
        name: str,
        function: Callable[[], object],
        *,
        on_done: Callable[[object], None] | None = None,
        on_failed: Callable[[object], None] | None = None,
    ) -> Job:
        """Run one function on a new thread; its result arrives on the GUI thread."""

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield function()

        return self.start(name, work, on_news=on_done, on_failed=on_failed)

    def keep(
        self,
        function: Callable[[], object],
        *,
        on_done: Callable[[object], None] | None = None,
        on_failed: Callable[[object], None] | None = None,
    ) -> Job:
        """Call `function`, which writes down a choice, after all that wrote down earlier ones.

        Threads of their own would write in any order, and the choice made last is the one that must stay.
        """
        before, written = self._last_kept, threading.Event()
        self._last_kept = written

        def in_turn() -> object:
            before.wait()
            try:
                return function()
            finally:
                written.set()

        return self.call("keep", in_turn, on_done=on_done, on_failed=on_failed)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def close(self, seconds: float = 3.0) -> bool:
        """Stop all work and wait for its threads, at most `seconds` in all; whether all are gone."""
        deadline = time.monotonic() + seconds
        jobs = list(self._running)
        for job in jobs:
            job.stop()
        # A list, not a generator: every thread is waited for, also after one was too slow.
        gone = [job.join(max(0.0, deadline - time.monotonic())) for job in jobs]
        if not all(gone):
            log.warning("%d jobs did not end within %.1f s", gone.count(False), seconds)
        return all(gone)

    def _forget(self, job: Job) -> None:
        self._running.discard(job)
        # "ended" is the thread's last word, but it may still be on its way out of the signal;
        # the signal's owner must not go before.
        job.join(_LAST_WORD_S)
        job.deleteLater()
