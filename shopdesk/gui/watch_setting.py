"""Setting: the watched folder, off by default, and the layouts by which its files are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout

from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Choice, Section, Translated, clear, label
from shopdesk.gui.ports import AppLike
from shopdesk.gui.wording import clock, kind_name

MOST_LAYOUTS = 20


class WatchSetting(Translated, Section):
    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__()
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._folder: Path | None = None
        self._layouts: tuple[Any, ...] = ()
        self.heading, self.note = label("", "title"), label("", "small")
        self.switch = Choice(look, ("off", "on"), "off")
        self.folder = label("", selectable=True)
        self.choose_button = Button(look, "folder")
        self.layouts_heading = label("", "heading")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.switch)
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose_button)
        for piece in (self.heading, self.note, line, self.layouts_heading, self._grid):
            self.put(piece)
        self.switch.chosen.connect(self._switched)
        self.choose_button.clicked.connect(self._choose)
        self.retranslate()

    def refresh(self) -> None:
        store = self._app.store
        self._jobs.call(
            "watched",
            lambda: (store.watch.folder, store.importer.layouts()),
            on_done=self._show,
            on_failed=self._messages.report,
        )

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        watch = self._app.store.watch
        job = self._jobs.keep(
            lambda: watch.end() if folder is None else watch.begin(folder), on_failed=self._messages.report
        )
        job.ended.connect(self.refresh)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Watched folder"))
        self.note.setText(
            self.tr(
                "New files in this folder are imported by themselves, if a file with the same columns was imported by "
                "hand before. Files that are there when you switch it on are not new."
            )
        )
        self.switch.buttons["off"].name(self.tr("Off"))
        self.switch.buttons["on"].name(self.tr("On"))
        self.choose_button.name(self.tr("Choose a folder…"))
        self.layouts_heading.setText(self.tr("Known columns"))
        self._draw()

    def _show(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._folder, self._layouts = found[0], tuple(found[1])
        self._draw()

    def _draw(self) -> None:
        self.switch.show_choice("off" if self._folder is None else "on")
        self.folder.setText("" if self._folder is None else str(self._folder))
        self.choose_button.setVisible(self._folder is not None)
        clear(self._grid)
        self.layouts_heading.setVisible(bool(self._layouts))
        for row, layout in enumerate(self._layouts[:MOST_LAYOUTS]):
            name = label(str(layout.name))
            name.setToolTip(", ".join(layout.header))
            forget = Button(self._look, "trash", "plain")
            forget.name(self.tr("Forget"))
            forget.clicked.connect(lambda _=False, number=layout.id: self._forget(number))
            cells = (name, label(kind_name(layout.kind), "muted"), label(clock(layout.used_at), "muted"), forget)
            for column, piece in enumerate(cells):
                self._grid.addWidget(piece, row, column)

    def _switched(self, value: str) -> None:
        if value == "off":
            self.watch(None)
        else:
            self._choose()

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder to watch"))
        if name:
            self.watch(Path(name))
        else:
            self._draw()

    def _forget(self, number: int) -> None:
        importer = self._app.store.importer
        job = self._jobs.call("layouts", lambda: importer.forget_layout(number), on_failed=self._messages.report)
        job.ended.connect(self.refresh)
