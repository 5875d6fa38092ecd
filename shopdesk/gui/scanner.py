"""A barcode scanner types like a keyboard, only faster. Its bursts are told from typing wherever the focus is."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

GAP_MS = 40
"""A scanner's keys follow one another more quickly; a person's do not."""
SHORTEST = 6
_ENDLESS_FROM = 8
"""A scanner that sends no Enter is known by so many digits."""
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MARKS = "-./+$%"


class Scanner(QObject):
    """Watches all keys of the application. `scanned(code)` comes once for each burst, and what it typed is taken back.

    A field with the property `takes_scans` keeps them.
    """

    scanned = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.gap_ms = GAP_MS
        self._keys = ""
        self._last_s = 0.0
        self._last_stamp = 0
        self._field: QWidget | None = None
        self._selected = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(2 * GAP_MS)
        self._pause.timeout.connect(self._paused)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def close(self) -> None:
        self._pause.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by here: its class is seen at once, its type only by making an enum.
        if not isinstance(event, QKeyEvent):
            if isinstance(event, QInputMethodEvent):
                self._keys = ""
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QWidget):
            return False
        # A key travels from the focus up to the window; its first stop is what counts.
        if watched is not (QApplication.focusWidget() or QApplication.activeWindow() or watched):
            return False
        return self._key(watched, event)

    def _key(self, field: QWidget, event: QKeyEvent) -> bool:
        now, stamp = time.monotonic(), int(event.timestamp())
        # The system's own clock, where it sends one: keys that had to wait here together were not typed together.
        gap_ms = stamp - self._last_stamp if stamp and self._last_stamp else (now - self._last_s) * 1000
        quick = 0 <= gap_ms <= self.gap_ms
        self._last_s, self._last_stamp = now, stamp
        if event.key() in _ENDS and quick and self._is_code() and not event.modifiers() & ~_KEYPAD:
            self._done()
            return True
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if len(text) != 1 or held or not (text.isascii() and (text.isalnum() or text in _MARKS)):
            if text or event.key() not in _SILENT:
                self._keys = ""
                self._pause.stop()
            return False
        if not quick or field is not self._field or not self._keys:
            self._keys, self._field, self._selected = "", field, _selection(field)
        self._keys += text
        self._pause.start()
        return False

    def _is_code(self) -> bool:
        kept = self._field is not None and bool(self._field.property("takes_scans"))
        return len(self._keys) >= SHORTEST and any(key.isdigit() for key in self._keys) and not kept

    def _paused(self) -> None:
        if len(self._keys) >= _ENDLESS_FROM and self._keys.isdigit() and self._is_code():
            self._done()
        self._keys = ""

    def _done(self) -> None:
        code, field, selected = self._keys, self._field, self._selected
        self._keys, self._field = "", None
        self._pause.stop()
        if field is not None:
            _take_back(field, code, selected)
        self.scanned.emit(code)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)


def _selection(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.selectedText()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.textCursor().selectedText()
    return ""


def _take_back(field: QWidget, typed: str, selected: str) -> None:
    """Remove what the scanner typed into `field`, and put back what was selected there."""
    if isinstance(field, QLineEdit):
        if not field.isReadOnly() and field.text()[: field.cursorPosition()].endswith(typed):
            field.setSelection(field.cursorPosition() - len(typed), len(typed))
            field.insert(selected)
    elif isinstance(field, QPlainTextEdit | QTextEdit) and not field.isReadOnly():
        cursor = field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        if cursor.selectedText() == typed:
            cursor.insertText(selected)
            field.setTextCursor(cursor)
