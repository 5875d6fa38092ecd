"""The import page: file → what it is → what will change → import → done, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shopdesk.gui.importing.change_section import SHOWN_ROWS, ChangeSection
from shopdesk.gui.importing.drop_area import DropArea, ProgressLine
from shopdesk.gui.importing.history_section import ConflictSection, HistorySection
from shopdesk.gui.importing.what_section import WhatSection
from shopdesk.gui.importing.work import ImportWork
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Translated, divider, label, page_of
from shopdesk.gui.ports import AppLike

COLUMN_PX = 1040
_OVER_PX = 16


class ImportPage(Translated, QWidget):
    """Fills from top to bottom; every section can be set right while those below follow.

    What is done with the file stands under them all, in sight however low the screen is.
    """

    data_changed = Signal()

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app, self._jobs, self._messages = app, jobs, messages
        self.setObjectName("page")
        self.body = QScrollArea()
        self.body.setWidgetResizable(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusProxy(self.body)
        self.work = ImportWork(app, jobs, messages, self)
        self.title = label("", "page-title")
        self.drop, self.progress = DropArea(look), ProgressLine(look)
        self.what, self.change = WhatSection(look), ChangeSection(look)
        self.conflicts, self.history = ConflictSection(look), HistorySection(look)
        column = QVBoxLayout()
        column.setSpacing(16)
        for piece in (
            self.title, self.drop, self.progress, self.conflicts, self.what, self.change, self.history,
        ):  # fmt: skip
            column.addWidget(piece)
        column.addStretch(1)
        self.body.setWidget(page_of(look, column, COLUMN_PX))
        deeds = QVBoxLayout()
        deeds.addWidget(self.change.bar)
        self._foot = page_of(look, deeds, COLUMN_PX)
        self._edge = divider()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.body, 1)
        whole.addWidget(self._edge)
        whole.addWidget(self._foot)
        self._shown_look: Any = None
        self._line_up(False)
        self._connect()
        self.retranslate()
        self._draw()

    def _connect(self) -> None:
        work = self.work
        work.changed.connect(self._draw)
        work.progressed.connect(self.progress.show_progress)
        work.stored.connect(self.data_changed)
        work.undone.connect(self._taken_back)
        work.conflicting.connect(self._ask)
        self.progress.cancelled.connect(work.cancel)
        self.drop.chosen.connect(lambda name: self.open_file(Path(name)))
        self.what.corrected.connect(lambda part, wishes: work.correct(part, **wishes))
        self.what.mapped.connect(work.map_column)
        self.change.wanted.connect(self._fetch_changes)
        self.change.committed.connect(lambda accepted: work.commit(accept_damage=accepted))
        self.change.undo_wanted.connect(self.undo_last)
        self.change.reject_file_wanted.connect(work.save_rejected)
        self.change.next_wanted.connect(self._begin_anew)
        self.change.looked_at.connect(self._show_change)
        self.body.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._line_up(bool(most)))
        self.history.undo_wanted.connect(work.ask_undo)
        self.conflicts.chosen.connect(lambda batch, keep: work.undo(batch, keep_edits=keep))

    def open_file(self, path: Path) -> None:
        """Look at a file and show what would happen. Nothing is written."""
        self.conflicts.hide()
        self.work.open(path)
        self.body.verticalScrollBar().setValue(0)

    def undo_last(self) -> None:
        """Take back the import that was just done."""
        report = self.work.report
        if report is not None and report.batch is not None:
            self.work.ask_undo(int(report.batch))

    def refresh(self) -> None:
        """Read the earlier imports again."""
        importer = self._app.store.importer
        self._jobs.call("batches", importer.batches, on_done=self._show_batches, on_failed=self._messages.report)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Import"))
        self._draw()

    def _draw(self) -> None:
        work = self.work
        report = work.report or (work.plan.report if work.plan is not None else None)
        about = ""
        if report is not None:
            read = report.counts.read
            about = self.tr("1 row read") if read == 1 else self.tr("{n} rows read").format(n=f"{read:,}")
        self.drop.show_file(work.path, about)
        self.progress.setVisible(work.busy)
        if work.busy and not self.progress.isVisibleTo(self):
            self.progress.begin(work.step)
        self.what.setVisible(work.look is not None and work.report is None)
        if work.look is not None and work.look is not self._shown_look:
            self.what.show_look(work.look, self._app.store.importer.fields)
        self._shown_look = work.look
        self.what.setEnabled(work.step not in ("import", "writing", "indexing"))
        for piece in (self.change, self.change.bar, self._edge, self._foot):
            piece.setVisible(report is not None and work.path is not None)
        if report is not None:
            self.change.show_report(report, done=work.report is not None, busy=work.busy)
        self.history.set_busy(work.busy)

    def _show_change(self) -> None:
        """The counts and what is behind them, from their heading on."""
        bar, top = self.body.verticalScrollBar(), self.change.mapTo(self.body, QPoint(0, 0)).y()
        bar.setValue(bar.value() + top - _OVER_PX)

    def _line_up(self, scrolls: bool) -> None:
        """The foot stands under the column, also where a scroll bar takes room beside that."""
        beside = self.body.verticalScrollBar().sizeHint().width() if scrolls else 0
        layout = self._foot.layout()
        assert layout is not None
        layout.setContentsMargins(24, 12, 24 + beside, 12)

    def _fetch_changes(self, sort: str) -> None:
        plan = self.work.plan
        if plan is not None:
            self._jobs.call(
                "changes",
                lambda: plan.changes(limit=SHOWN_ROWS, sort=sort),
                on_done=lambda changes: self.change.show_changes(sort, changes),
                on_failed=lambda error: self._messages.report(error) if plan is self.work.plan else None,
            )

    def _show_batches(self, batches: object) -> None:
        assert isinstance(batches, list | tuple)
        self.history.show_batches(sorted(batches, key=lambda batch: int(batch.id), reverse=True))

    def _ask(self, batch: int, conflicts: object) -> None:
        assert isinstance(conflicts, tuple)
        self.conflicts.show_conflicts(batch, conflicts)
        self.body.verticalScrollBar().setValue(0)

    def _taken_back(self, _report: object) -> None:
        self._messages.say(self.tr("The import was taken back; the rows are as before."))

    def _begin_anew(self) -> None:
        self.work.forget()
