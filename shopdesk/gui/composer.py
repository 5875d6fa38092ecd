"""Where the question is typed (or scanned): grows with its text, sends with Enter, stops with Esc."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.core.understanding import QUESTION_LIMIT
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label, set_look, set_role

LIMIT = QUESTION_LIMIT
"""Characters of a question; more is not asked by a person at a counter."""
_COUNTER_FROM = LIMIT * 3 // 4
_MOST_LINES = 6


class QuestionInput(QPlainTextEdit):
    """Plain text; Enter asks, Shift+Enter is a new line."""

    entered = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question-input")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._grow()

    def _grow(self) -> None:
        # QPlainTextEdit measures its document in lines, not pixels.
        lines = min(_MOST_LINES, max(1, int(self.document().size().height())))
        self.setFixedHeight(lines * QFontMetrics(self.font()).lineSpacing() + 4)


class Composer(Translated, QWidget):
    """The input, its button (send, or stop while an answer comes) and the counter of long questions."""

    asked = Signal(str)
    stop_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answering = False
        self.frame = QFrame()
        self.frame.setObjectName("composer")
        self.input = QuestionInput()
        self.send = Button(look, "send", "send", ink="on_accent")
        self.stop = Button(look, "stop", "square", ink="error")
        self.stop.hide()
        self.counter = label("", "small")
        self.counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.counter.hide()
        line = QHBoxLayout(self.frame)
        line.setContentsMargins(12, 3, 3, 3)
        line.setSpacing(8)
        line.addWidget(self.input, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.counter)
        column.addWidget(self.frame)
        self.setFocusProxy(self.input)
        self.input.entered.connect(self.ask)
        self.input.textChanged.connect(self._judge)
        self.input.focused.connect(lambda on: set_look(self.frame, "focused", on))
        self.send.clicked.connect(self.ask)
        self.stop.clicked.connect(self.stop_wanted)
        self.retranslate()
        self._judge()

    def ask(self) -> None:
        """Send what stands there, if it is a question of bearable length."""
        text = self.input.toPlainText().strip()
        if text and len(text) <= LIMIT:
            self.input.clear()
            self.asked.emit(text)

    def prefill(self, text: str) -> None:
        """Put a half-written question there; the cursor goes where `|` stands (else to the end)."""
        before, mark, after = text.partition("|")
        self.input.setPlainText(before + after)
        cursor = self.input.textCursor()
        cursor.setPosition(len(before) if mark else len(before + after))
        self.input.setTextCursor(cursor)
        self.input.setFocus()

    def show_answering(self, answering: bool) -> None:
        """While an answer comes there is a stop button too; a new question may be sent all the same."""
        self._answering = answering
        self.stop.setVisible(answering)

    def retranslate(self) -> None:
        self.input.setPlaceholderText(self.tr("Ask, or scan a barcode…"))
        self.input.setAccessibleName(self.tr("Question"))
        self.input.setToolTip(self.tr("Type a question (Ctrl+K); Shift+Enter for a new line"))
        self.send.name(self.tr("Send"), "Enter", bare=True)
        self.stop.name(self.tr("Stop"), "Esc", bare=True)
        self._judge()

    def _judge(self) -> None:
        # The document's own count is cheap also after a huge paste.
        length = max(0, self.input.document().characterCount() - 1)
        too_long = length > LIMIT
        self.send.setEnabled(length > 0 and not too_long)
        self.counter.setVisible(length > _COUNTER_FROM)
        set_role(self.counter, "error" if too_long else "small")
        text = (
            self.tr("{n} of {limit} characters: please shorten the question") if too_long else self.tr("{n} of {limit}")
        )
        self.counter.setText(text.format(n=f"{length:,}", limit=f"{LIMIT:,}"))
