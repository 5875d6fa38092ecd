"""Text on the page that can be selected and copied: far lighter than an editor, since there are many of them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)  # fmt: skip
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from shopdesk.gui.look import Look


class _Document(QTextDocument):
    """Loads nothing, whatever its text names."""

    def loadResource(self, kind: int, name: object) -> object:
        return None


class Paragraphs(QWidget):
    """As tall as its text at its width. `link(target)`: a part with an anchor was clicked; `touched`: another was."""

    link = Signal(str)
    touched = Signal()

    def __init__(self, look: Look, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._pixels = look, pixels
        self._heights: dict[int, int] = {}  # by width, of the text as it is
        self.document = _Document(self)
        self.document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document.setDefaultTextOption(option)
        self.document.setUndoRedoEnabled(False)
        self.cursor_of_selection = QTextCursor(self.document)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setMouseTracking(True)
        self.dress()
        look.changed.connect(self.dress)

    def dress(self) -> None:
        """Letters and colours as the theme has them."""
        font = QFont(QApplication.font())
        font.setPixelSize(self._look.px(self._pixels))
        self.document.setDefaultFont(font)
        self.text_changed()

    def text_changed(self, since: int = 0) -> None:
        """The document has other words from the position `since` on: measure and paint anew."""
        self._heights.clear()
        self.cursor_of_selection.clearSelection()
        self.setAccessibleDescription(self.document.toPlainText())
        self.updateGeometry()
        if since:
            block = self.document.findBlock(since)
            top = math.floor(self.document.documentLayout().blockBoundingRect(block).top())
            self.update(0, top, self.width(), max(0, self.height() - top))
        else:
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._lay_out(width)
            self._heights[width] = max(1, math.ceil(self.document.size().height()))
        return self._heights[width]

    def _lay_out(self, width: int) -> None:
        # To set even the same width lays the whole text out again, and not only what was added to it.
        if self.document.textWidth() != width:
            self.document.setTextWidth(width)

    def sizeHint(self) -> QSize:
        width = max(80, self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 1)

    def selected_text(self) -> str:
        return self.cursor_of_selection.selection().toPlainText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        painter = QPainter(self)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self._look.theme.text))
        context.palette = palette
        context.clip = QRectF(event.rect())
        if self.cursor_of_selection.hasSelection():
            selection = QAbstractTextDocumentLayout.Selection()
            selection.cursor = self.cursor_of_selection
            look = QTextCharFormat()
            look.setBackground(QColor(self._look.theme.accent))
            look.setForeground(QColor(self._look.theme.on_accent))
            selection.format = look
            context.selections = [selection]
        self.document.documentLayout().draw(painter, context)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._put_cursor(event.position().toPoint(), QTextCursor.MoveMode.MoveAnchor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._put_cursor(place, QTextCursor.MoveMode.KeepAnchor)
        over = bool(self.anchor_at(place))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.cursor_of_selection.hasSelection() or event.button() != Qt.MouseButton.LeftButton:
            return
        anchor = self.anchor_at(event.position().toPoint())
        if anchor:
            self.link.emit(anchor)
        else:
            self.touched.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._put_cursor(event.position().toPoint(), QTextCursor.MoveMode.MoveAnchor)
        self.cursor_of_selection.select(QTextCursor.SelectionType.WordUnderCursor)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.cursor_of_selection.select(QTextCursor.SelectionType.Document)
            self.update()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        copy = menu.addAction(self.tr("Copy"), self.copy_selection)
        copy.setEnabled(self.cursor_of_selection.hasSelection())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def copy_selection(self) -> None:
        if self.cursor_of_selection.hasSelection():
            QApplication.clipboard().setText(self.selected_text())

    def anchor_at(self, place: QPoint) -> str:
        return self.document.documentLayout().anchorAt(place)

    def _put_cursor(self, place: QPoint, mode: QTextCursor.MoveMode) -> None:
        at = self.document.documentLayout().hitTest(place, Qt.HitTestAccuracy.FuzzyHit)
        if at >= 0:
            self.cursor_of_selection.setPosition(at, mode)
            self.update()
