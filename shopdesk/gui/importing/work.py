"""One import on its way: what is known of the file, what the user set right, and the work that is under way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from shopdesk.core.errors import UserFacingError
from shopdesk.gui.jobs import Job, Jobs
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike

_NEWS_S = 0.1
"""Progress is told so often; a step in between is only heard of by `cancel`."""
_DRAWING_S = 0.1
"""The reading waits so long while the page draws what was found: both at once would keep the window waiting."""


class ImportWork(QObject):
    """The model behind the import page. All work runs in one job at a time; `changed` follows every step of it."""

    changed = Signal()
    progressed = Signal(object)  # a Progress
    stored = Signal()  # rows came or went
    undone = Signal(object)  # an UndoReport
    conflicting = Signal(int, object)  # a batch, and what was edited by hand since

    def __init__(self, app: AppLike, jobs: Jobs, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._jobs, self._messages = app, jobs, messages
        self.path: Path | None = None
        self.look: Any = None
        self.plan: Any = None
        self.report: Any = None  # of the commit
        self.step = ""
        self._doing = ""
        self._wishes: dict[str, Any] = {}
        self._parts: dict[str, dict[str, Any]] = {}
        self._job: Job | None = None
        self._next: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        return self._job is not None

    def open(self, path: Path) -> None:
        """Look at a file and plan its import. Nothing is written."""
        self.path, self._wishes, self._parts = path, {}, {}
        self._forget()
        self._after_current(self._plan)

    def forget(self) -> None:
        """Leave the file."""
        self.path = None
        self._forget()
        self.changed.emit()

    def correct(self, part: str, **wishes: Any) -> None:
        """The user knows better what a part of the file is. Another kind begins without the mapping for the old one."""
        several = self.look is not None and len(self.look.parts) > 1
        own = self._parts.setdefault(part, {}) if several and "encoding" not in wishes else self._wishes
        if "kind" in wishes:
            own.pop("mapping", None)
        own.update(wishes)
        self._after_current(self._plan)

    def map_column(self, part: Any, title: str, field: str) -> None:
        """From now on the column `title` of `part` is `field` ("": none, it is kept as an attribute).

        All other columns stay what they are, so that no guess moves while one is set right.
        """
        kept = {known: column for known, column in part.mapping.items() if column != title}
        mapping = dict.fromkeys(self._app.store.importer.fields(part.kind), "") | kept
        if field:
            mapping[field] = title
        self.correct(part.name, kind=part.kind, mapping=mapping)

    def commit(self, *, accept_damage: bool = False) -> None:
        """Do what was planned."""
        plan, importer = self.plan, self._app.store.importer
        if plan is None or self.busy:
            return
        self._start("import", lambda: importer.committing(plan, accept_damage=accept_damage), self._committed)

    def ask_undo(self, batch: int) -> None:
        """Take a batch back; where rows of it were edited by hand since, `conflicting` asks first."""
        importer = self._app.store.importer

        def found(conflicts: Any) -> None:
            if conflicts:
                self.conflicting.emit(batch, conflicts)
            else:
                self._next = lambda: self.undo(batch)

        if not self.busy:
            self._start("conflicts", lambda: iter((tuple(importer.conflicts(batch)),)), found)

    def undo(self, batch: int, *, keep_edits: bool = False) -> None:
        importer = self._app.store.importer
        if not self.busy:
            self._start("undo", lambda: importer.undoing(batch, keep_edits=keep_edits), self._taken_back)

    def save_rejected(self, path: Path) -> None:
        """Write the rejected rows of the plan as CSV."""
        plan, importer = self.plan, self._app.store.importer
        if plan is not None and not self.busy:
            self._start("rejected", lambda: iter((importer.save_rejected(plan, path),)), lambda _rows: None)

    def cancel(self) -> None:
        """Ask what is under way to end; what was planned stays, and nothing is half written."""
        self._next = None
        if self._job is not None:
            self._job.stop()

    # -- inside -------------------------------------------------------------------------------

    def _forget(self) -> None:
        # A plan is closed by the last one who lets go of it: its rows may be being read just now.
        self.look = self.plan = self.report = None

    def _plan(self) -> None:
        path, importer = self.path, self._app.store.importer
        if path is None:
            return
        wishes = {**self._wishes, **({"parts": self._parts} if self._parts else {})}
        self.report = None

        def steps() -> Iterator[object]:
            yield importer.look(path, **wishes)
            time.sleep(_DRAWING_S)
            yield from importer.planning(path, **wishes)

        self._start("plan", steps, self._planned)

    def _planned(self, item: Any) -> None:
        if hasattr(item, "changes"):
            self.plan = item
        else:
            self.look = item
        self.changed.emit()

    def _committed(self, report: Any) -> None:
        self.report = report
        self.plan = None
        self.stored.emit()

    def _taken_back(self, report: Any) -> None:
        if self.report is not None and self.report.batch == report.batch:
            self.path = None
            self._forget()
        self.undone.emit(report)
        self.stored.emit()

    def _start(self, name: str, steps: Callable[[], Iterator[object]], done: Callable[[Any], None]) -> None:
        """Run `steps` on a thread: their progress is told now and then, everything else goes to `done`."""

        def work(cancel: threading.Event) -> Iterator[object]:
            told = 0.0
            running = steps()
            for item in running:
                if not _is_progress(item):
                    yield item  # a result is told even if nobody waits any more: it has happened
                elif cancel.is_set():
                    if isinstance(running, Generator):
                        running.close()
                    return
                elif time.monotonic() - told >= _NEWS_S:
                    told = time.monotonic()
                    yield item

        def news(item: Any) -> None:
            if _is_progress(item):
                self.step = item.step
                self.progressed.emit(item)
            else:
                done(item)

        self.step = self._doing = name
        self._job = self._jobs.start(name, work, on_news=news, on_failed=self._failed, on_ended=self._ended)
        self.changed.emit()

    def _after_current(self, begin: Callable[[], None]) -> None:
        if self._job is None:
            begin()
            return
        self._job.stop()
        self._next = begin

    def _failed(self, error: object) -> None:
        changed = isinstance(error, UserFacingError) and error.code == "import_file_changed"
        if changed and self._doing == "import":
            self._next = self._next or self._plan  # what was shown is no longer so
        self._messages.report(error)

    def _ended(self) -> None:
        self._job, self.step = None, ""
        begin, self._next = self._next, None
        if begin is not None:
            begin()
        self.changed.emit()


def _is_progress(item: object) -> bool:
    return hasattr(item, "step") and hasattr(item, "total")
