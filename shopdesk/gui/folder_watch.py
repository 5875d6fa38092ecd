"""Looks into the watched folder from time to time and says what came in from there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.gui.jobs import Job, Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike

EVERY_MS = 10_000


class FolderWatcher(QObject):
    """Off while no folder is watched. `stored` follows every file that brought rows."""

    stored = Signal()

    def __init__(
        self,
        app: AppLike,
        jobs: Jobs,
        look: Look,
        messages: Messages,
        busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`busy()`: whether an import by hand is under way; it goes first."""
        super().__init__(parent)
        self._app, self._jobs, self._look, self._messages, self._busy = app, jobs, look, messages, busy
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look_now)

    def begin(self) -> None:
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()

    def look_now(self) -> None:
        if self._job is not None or self._busy():
            return
        watch = self._app.store.watch

        def work(cancel: threading.Event) -> Iterator[object]:
            for found in watch.look():
                yield found
                if cancel.is_set():
                    return

        self._job = self._jobs.start(
            "watch", work, on_news=self._tell, on_failed=self._messages.report, on_ended=self._ended
        )

    def _ended(self) -> None:
        self._job = None

    def _tell(self, found: Any) -> None:
        language = self._look.language
        if found.fault is not None:
            self._messages.say(found.fault.text(language), found.fault.detail, "warning")
            return
        counts = found.report.counts
        text = self.tr("{file} came in by itself: {new} new, {changed} changed, {rejected} rejected.")
        self._messages.say(
            text.format(
                file=found.file.name, new=f"{counts.new:,}", changed=f"{counts.changed:,}",
                rejected=f"{counts.rejected:,}",
            ),
            found.report.rejected_file or "",
            "warning" if counts.rejected else "info",
        )  # fmt: skip
        if found.report.batch is not None:
            self.stored.emit()
