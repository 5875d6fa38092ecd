"""The whole shop as one file, and back. Both go on in the background; nothing else has to wait."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Section, Translated, label, page_of
from shopdesk.gui.ports import AppLike

_COLUMN_PX = 720


class BackupPage(Translated, QScrollArea):
    """`restored`: everything in the store may be another now."""

    restored = Signal()

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app, self._jobs, self._messages = app, jobs, messages
        self._wanted: Path | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = label("", "page-title")
        self.keep_heading, self.keep_note = label("", "title"), label("", "small")
        self.back_heading, self.back_note = label("", "title"), label("", "small")
        self.keep_button, self.back_button = Button(look, "backup"), Button(look, "undo")
        self.sure_text = label("", "warning")
        self.sure_button, self.not_button = Button(look, "check", "danger", ink="error"), Button(look, "close", "plain")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._sure = QWidget()
        sure = QHBoxLayout(self._sure)
        sure.setContentsMargins(0, 0, 0, 0)
        sure.addWidget(self.sure_text, 1)
        sure.addWidget(self.sure_button)
        sure.addWidget(self.not_button)
        self._sure.hide()
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(Section(self.keep_heading, self.keep_note, _left(self.keep_button)))
        column.addWidget(Section(self.back_heading, self.back_note, _left(self.back_button), self._sure))
        column.addStretch(1)
        self.setWidget(page_of(look, column, _COLUMN_PX))
        self.keep_button.clicked.connect(self._choose_target)
        self.back_button.clicked.connect(self._choose_source)
        self.sure_button.clicked.connect(self.restore)
        self.not_button.clicked.connect(lambda: self.ask_restore(None))
        self.retranslate()

    def refresh(self) -> None:
        """Nothing is remembered from the last visit."""
        self.ask_restore(None)

    def back_up(self, path: Path) -> None:
        store = self._app.store
        self._begin()
        self._jobs.call(
            "backup",
            lambda: store.backup(path),
            on_done=lambda _: self._done(self.tr("The backup is in {file}.").format(file=path)),
            on_failed=self._failed,
        )

    def ask_restore(self, path: Path | None) -> None:
        """A backup was chosen (None: none after all): what stands there is replaced only when that is confirmed."""
        self._wanted = path
        self._sure.setVisible(path is not None)
        self.retranslate()

    def restore(self) -> None:
        """Put the chosen backup in place of everything."""
        path, store = self._wanted, self._app.store
        if path is None:
            return
        self.ask_restore(None)
        self._begin()

        def done(_nothing: object) -> None:
            self._done(self.tr("Everything is as it was in {file}.").format(file=path))
            self.restored.emit()

        self._jobs.call("restore", lambda: store.restore(path), on_done=done, on_failed=self._failed)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Backup"))
        self.keep_heading.setText(self.tr("Make a backup"))
        self.keep_note.setText(
            self.tr("All rows, conversations, votes and settings of the shop in one file. Work can go on meanwhile.")
        )
        self.keep_button.name(self.tr("Make a backup…"))
        self.back_heading.setText(self.tr("Go back to a backup"))
        self.back_note.setText(self.tr("What the shop holds now is replaced by what the file holds."))
        self.back_button.name(self.tr("Choose a backup…"))
        name = self._wanted.name if self._wanted else ""
        self.sure_text.setText(self.tr("Replace everything by {file}?").format(file=name))
        self.sure_button.name(self.tr("Replace"))
        self.not_button.name(self.tr("Leave it"))

    def _begin(self) -> None:
        self.bar.show()
        for button in (self.keep_button, self.back_button):
            button.setEnabled(False)

    def _done(self, text: str) -> None:
        self._end()
        self._messages.say(text)

    def _failed(self, error: object) -> None:
        self._end()
        self._messages.report(error)

    def _end(self) -> None:
        self.bar.hide()
        for button in (self.keep_button, self.back_button):
            button.setEnabled(True)

    def _choose_target(self) -> None:
        usual = str(Path.home() / f"ShopDesk {date.today().isoformat()}.db")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Make a backup"), usual, self.tr("Backups (*.db)"))
        if name:
            self.back_up(Path(name))

    def _choose_source(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Go back to a backup"), "", self.tr("Backups (*.db *.bak)"))
        if name:
            self.ask_restore(Path(name))


def _left(button: Button) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(button)
    line.addStretch(1)
    return line
