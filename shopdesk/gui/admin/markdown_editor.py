"""A text in Markdown beside what it will look like."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QTextBrowser, QVBoxLayout, QWidget

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated

SIDE_BY_SIDE_PX = 520
_PREVIEW_MS = 150
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class Preview(QTextBrowser):
    """Shows Markdown as text alone: it loads no picture, follows no link and knows no HTML."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setOpenLinks(False)

    def show_markdown(self, text: str) -> None:
        place = self.verticalScrollBar().value()
        self.document().setMarkdown(text, _FEATURES)
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


class MarkdownEditor(Translated, QWidget):
    textChanged = Signal()  # noqa: N815 - as Qt's own editors name it

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading_button, self.bold_button = Button(look, "", "plain"), Button(look, "", "plain")
        self.list_button = Button(look, "list", "plain")
        self.input = QPlainTextEdit()
        self.input.setObjectName("field")
        self.input.setTabChangesFocus(True)
        self.preview = Preview()
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for button in (self.heading_button, self.bold_button, self.list_button):
            tools.addWidget(button)
        tools.addStretch(1)
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panes.setSpacing(8)
        for pane in (self.input, self.preview):
            pane.setMinimumHeight(look.px(160))
            self._panes.addWidget(pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addLayout(self._panes, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_MS)
        self._timer.timeout.connect(self._render)
        self.input.textChanged.connect(self._changed)
        self.heading_button.clicked.connect(lambda: self._lead_line("## "))
        self.list_button.clicked.connect(lambda: self._lead_line("- "))
        self.bold_button.clicked.connect(self._embolden)
        self.retranslate()

    def toPlainText(self) -> str:
        return self.input.toPlainText()

    def setPlainText(self, text: str) -> None:
        self.input.setPlainText(text)
        self._render()
        self.preview.moveCursor(QTextCursor.MoveOperation.Start)

    def retranslate(self) -> None:
        self.heading_button.name(self.tr("Heading"))
        self.bold_button.name(self.tr("Bold"))
        self.list_button.name(self.tr("List"))
        self.input.setPlaceholderText(self.tr("Text in Markdown"))
        self.preview.setAccessibleName(self.tr("Preview"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= SIDE_BY_SIDE_PX
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._panes.direction() != way:
            self._panes.setDirection(way)

    def _changed(self) -> None:
        self._timer.start()
        self.textChanged.emit()

    def _render(self) -> None:
        self._timer.stop()
        self.preview.show_markdown(self.input.toPlainText())

    def _lead_line(self, mark: str) -> None:
        cursor = self.input.textCursor()
        first, last = sorted((cursor.anchor(), cursor.position()))
        cursor.beginEditBlock()
        block = self.input.document().findBlock(last)
        while block.isValid():
            begin = block.position()
            if not block.text().startswith(mark):
                cursor.setPosition(begin)
                cursor.insertText(mark)
            if begin <= first:
                break
            block = block.previous()
        cursor.endEditBlock()
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _embolden(self) -> None:
        cursor = self.input.textCursor()
        chosen = cursor.selectedText()
        cursor.insertText(f"**{chosen}**")
        if not chosen:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, 2)
            self.input.setTextCursor(cursor)
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
