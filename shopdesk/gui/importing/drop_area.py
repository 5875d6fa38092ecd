"""Where a file is dropped or chosen, and how far the work on it has come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label, set_look, set_role


class DropArea(Translated, QFrame):
    """Takes one file, by drag and drop or by the button."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.file_name, self.file_about = label("", "title", selectable=True), label("", "small")
        self.hint = label("", "muted")
        self.choose_button = Button(look, "import", "primary", ink="on_accent")
        words = QVBoxLayout()
        words.setSpacing(2)
        for piece in (self.file_name, self.file_about, self.hint):
            words.addWidget(piece)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 20, 20, 20)
        line.setSpacing(16)
        line.addLayout(words, 1)
        line.addWidget(self.choose_button)
        self.choose_button.clicked.connect(self._choose)
        self.show_file(None, "")
        self.retranslate()

    def show_file(self, path: Path | None, about: str) -> None:
        """Name the file that is open; None asks for one. With a file there, another button is the one to press."""
        set_role(self.choose_button, "primary" if path is None else "")
        self.choose_button.tint("on_accent" if path is None else "text")
        self.file_name.setVisible(path is not None)
        self.file_about.setVisible(path is not None and bool(about))
        self.hint.setVisible(path is None)
        if path is not None:
            self.file_name.setText(path.name)
            self.file_name.setToolTip(str(path))
            self.file_about.setText(about)

    def retranslate(self) -> None:
        self.hint.setText(
            self.tr(
                "Drop a file here: products, policies, promotions, orders, stores, answers or barcodes, as your till, "
                "ERP or web shop exports them. CSV, Excel, JSON, Markdown, Word, also in a .zip; any encoding."
            )
        )
        self.choose_button.name(self.tr("Choose a file…"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            set_look(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_look(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_look(self, "over", False)
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.chosen.emit(url.toLocalFile())
                return

    def _choose(self) -> None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.jsonl *.md *.docx *.zip);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file to import"), "", kinds)
        if name:
            self.chosen.emit(name)


class ProgressLine(Translated, QFrame):
    """What is being done, how far it is, and a way to end it."""

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section")
        self.words = label("", "", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = Button(look, "stop")
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.words)
        words.addWidget(self.bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 12, 20, 12)
        line.setSpacing(16)
        line.addLayout(words, 1)
        line.addWidget(self.cancel_button)
        self._step = ""
        self.cancel_button.clicked.connect(self.cancelled)
        self.retranslate()

    def begin(self, step: str) -> None:
        self._step = step
        self.words.setText(self._name(step))
        self.bar.setRange(0, 0)

    def show_progress(self, progress: Any) -> None:
        self._step = progress.step
        text = self._name(progress.step)
        if progress.total:
            share = min(1.0, progress.done / progress.total)
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(share * 1000))
            text = f"{text}  {share:.0%}"
        else:
            self.bar.setRange(0, 0)
            if progress.done:
                text = f"{text}  {progress.done:,}"
        self.words.setText(text)

    def retranslate(self) -> None:
        self.cancel_button.name(self.tr("Cancel"))
        self.words.setText(self._name(self._step))

    def _name(self, step: str) -> str:
        names = {
            "plan": self.tr("Looking at the file…"), "reading": self.tr("Reading the file…"),
            "comparing": self.tr("Comparing with the shop's rows…"), "import": self.tr("Importing…"),
            "writing": self.tr("Writing the rows…"), "indexing": self.tr("Making the rows searchable…"),
            "undo": self.tr("Taking the import back…"), "undoing": self.tr("Taking the import back…"),
            "conflicts": self.tr("Looking for later changes…"), "rejected": self.tr("Writing the rejected rows…"),
        }  # fmt: skip
        return names.get(step, "")
