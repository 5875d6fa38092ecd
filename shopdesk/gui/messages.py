"""One-line messages over the page: buffered until there is a window, never a dialog in the way."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import ClassVar, Literal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.core.errors import UserFacingError
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label, set_look
from shopdesk.gui.wording import error_line

log = logging.getLogger(__name__)

PASSING_MS = 8000
Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    details: str = ""
    level: Level = "info"


class Messages(QObject):
    """Where every part of the window says its one line. What is said before anyone listens is kept."""

    said = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._buffer: list[Message] | None = []

    def say(self, text: str, details: str = "", level: Level = "info") -> None:
        message = Message(text, details, level)
        if self._buffer is None:
            self.said.emit(message)
        else:
            self._buffer.append(message)

    def report(self, error: object) -> None:
        """Say an error: the world's fault in its own words, ours as "something went wrong" with a log entry."""
        assert isinstance(error, BaseException)
        if not isinstance(error, UserFacingError):
            log.error("unexpected failure", exc_info=(type(error), error, error.__traceback__))
        text, details = error_line(error, self._look.language)
        self.say(text, details, "error")

    def listen(self) -> None:
        """The window is there: hand over what was said so far, then everything as it comes."""
        waiting, self._buffer = self._buffer or [], None
        for message in waiting:
            self.said.emit(message)


class MessageBar(Translated, QFrame):
    """The line itself: text, "details" on click, close. A new message takes the place of the old one."""

    _ICONS: ClassVar = {"info": ("check", "text"), "warning": ("warning", "warning"), "error": ("error", "error")}

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._look = look
        self._icon = label("", wrap=False)
        self.text = label()
        self.details_button = Button(look, "", "plain")
        self.details_button.setCheckable(True)
        self.close_button = Button(look, "close", "square")
        self.details = QPlainTextEdit()
        self.details.setObjectName("details")
        self.details.setReadOnly(True)
        self.details.setFixedHeight(160)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 4, 0)
        line.setSpacing(12)
        line.addWidget(self._icon)
        line.addWidget(self.text, 1)
        line.addWidget(self.details_button)
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.details)
        # What went well need not be read; what went wrong stays until it is closed.
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(PASSING_MS)
        self._passing.timeout.connect(self.hide)
        self.details_button.toggled.connect(self.details.setVisible)
        self.close_button.clicked.connect(self.hide)
        self.retranslate()
        self.hide()

    def show_message(self, message: Message) -> None:
        set_look(self, "level", message.level)
        self._passing.stop()
        if message.level == "info":
            self._passing.start()
        self.text.style().unpolish(self.text)
        self.text.style().polish(self.text)
        icon, ink = self._ICONS[message.level]
        self._icon.setPixmap(self._look.drawing(icon, ink, 20, self.devicePixelRatioF()))
        self.text.setText(message.text)
        self.details.setPlainText(message.details)
        self.details_button.setChecked(False)
        self.details.hide()
        self.details_button.setVisible(bool(message.details))
        self.show()

    def retranslate(self) -> None:
        self.details_button.name(self.tr("Details"))
        self.close_button.name(self.tr("Close"), bare=True)
