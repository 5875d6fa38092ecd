"""The conversation in the middle: the clerk's questions, the answers as they are written, nothing that jumps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from shopdesk.core.types import Fact
from shopdesk.core.wording import label_of
from shopdesk.gui.empty_state import EmptyState
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, PlainText, Translated, label, set_look, set_role
from shopdesk.gui.restored import Footer
from shopdesk.gui.wording import clock, route_name

COLUMN_PX = 760
"""Widest text column; longer lines are hard to read."""
_CITATION = QRegularExpression(r"\[\d{1,3}\]")
_CITATION_TEXT = re.compile(r"\s?\[\d{1,3}\]")
_LINE_HEIGHT_PERCENT = 112.0
_NEAR_END_PX = 32
_MARGINS = (24, 24, 24, 16)


class AnswerText(PlainText):
    """An answer. Its `[1]` can be clicked; everything else is text, whatever it looks like."""

    cited = Signal(int)
    touched = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("answer")
        self._look = look
        self.setMouseTracking(True)
        look.changed.connect(self._dress)
        self._space_lines()

    def append_text(self, text: str) -> None:
        """More words at the end; what stands there does not move."""
        start = max(0, self.document().characterCount() - 6)
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, QTextCharFormat())
        self._mark_citations(start)

    def replace_text(self, text: str) -> None:
        """Other words in place of all that stands there."""
        self.setPlainText("")
        self._space_lines()
        self.append_text(text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = bool(self.anchorAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        anchor = self.anchorAt(event.position().toPoint())
        if anchor and not self.textCursor().hasSelection():
            self.cited.emit(int(anchor))
        elif not self.textCursor().hasSelection():
            self.touched.emit()

    def _dress(self) -> None:
        self._mark_citations(0)

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(spacing)

    def _mark_citations(self, start: int) -> None:
        mark = QTextCharFormat()
        mark.setForeground(QColor(self._look.theme.accent))
        mark.setFontWeight(QFont.Weight.DemiBold)
        mark.setAnchor(True)
        document = self.document()
        found = document.find(_CITATION, start)
        while not found.isNull():
            mark.setAnchorHref(found.selectedText()[1:-1])
            found.setCharFormat(mark)
            found = document.find(_CITATION, found)


class Bubble(QFrame):
    """The clerk's words, at the right, as wide as they need."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("bubble")
        self.text = PlainText("question")
        self.text.setPlainText(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.addWidget(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fit(self, available: int) -> None:
        """Take at most four fifths of `available` pixels."""
        metrics = QFontMetrics(self.text.font())
        lines = self.text.toPlainText().split("\n")
        # A line of thousands of characters is wider than any window; measuring a part of it is enough.
        wanted = max(metrics.horizontalAdvance(line[:400]) for line in lines) + 40
        self.setFixedWidth(min(max(80, int(available * 0.8)), wanted))


class AnswerBlock(Translated, QWidget):
    """One question with its answer: notice, words, nearest rows, footer. Knows the facts it was answered from."""

    cited = Signal(object, int)  # (block, fact id)
    chosen = Signal(object)
    nearest_wanted = Signal(str)
    ask_again = Signal(str)

    def __init__(self, question: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self.question = question
        self.facts: tuple[Fact, ...] = ()
        self.focus: tuple[object, ...] = ()
        self._footer: Footer | None = None
        self._waiting = True
        self._unanswered = False
        self.bubble = Bubble(question)
        self.notice = label("", "small")
        self.notice.hide()
        self.notice_details = Button(look, "", "link")
        self.notice_details.hide()
        self.details = label("", "small", selectable=True)
        self.details.hide()
        self.answer = AnswerText(look)
        self.progress = label("", "muted")
        self.nearest = QHBoxLayout()
        self.nearest.setSpacing(8)
        self.footer = label("", "small", wrap=False)
        self.copy = Button(look, "copy", "plain", ink="muted")
        self.again = Button(look, "", "link")
        self._rule = QFrame()
        self._rule.setObjectName("answer-rule")
        self._rule.setFixedWidth(3)
        self._lay_out()
        self.answer.cited.connect(lambda number: self.cited.emit(self, number))
        self.answer.touched.connect(lambda: self.chosen.emit(self))
        self.notice_details.clicked.connect(lambda: self.details.setVisible(not self.details.isVisible()))
        self.copy.clicked.connect(self.copy_answer)
        self.again.clicked.connect(lambda: self.ask_again.emit(self.question))
        look.changed.connect(self._dress_footer)
        self.retranslate()

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.addStretch(1)
        asked.addWidget(self.bubble)
        noticed = QHBoxLayout()
        noticed.addWidget(self.notice, 1)
        noticed.addWidget(self.notice_details)
        under = QHBoxLayout()
        under.setSpacing(4)
        self._footer_mark = label("", wrap=False)
        under.addWidget(self._footer_mark)
        under.addWidget(self.footer)
        under.addWidget(self.again)
        under.addStretch(1)
        under.addWidget(self.copy)
        self._footer_row = QWidget()
        self._footer_row.setLayout(under)
        under.setContentsMargins(0, 0, 0, 0)
        self._footer_row.setFixedHeight(40)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addLayout(noticed)
        words.addWidget(self.details)
        words.addWidget(self.progress)
        words.addWidget(self.answer)
        words.addLayout(self.nearest)
        words.addWidget(self._footer_row)
        page = QHBoxLayout()
        page.setSpacing(16)
        page.addWidget(self._rule)
        page.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(asked)
        column.addLayout(page)
        self.answer.hide()
        self._footer_mark.hide()
        self.footer.hide()
        self.copy.hide()
        self.again.hide()

    # What happens to an answer, in the order of core.events -----------------------------------

    def facts_found(self, facts: tuple[Fact, ...], focus: tuple[object, ...]) -> None:
        self.facts, self.focus = facts, focus
        self._show_progress()

    def append_text(self, text: str) -> None:
        self._words_are_here()
        self.answer.append_text(text)

    def replace_text(self, text: str) -> None:
        self._words_are_here()
        self.answer.replace_text(text)

    def show_notice(self, text: str, details: str) -> None:
        self.notice.setText(text)
        self.notice.show()
        self.details.setText(details)
        self.notice_details.setVisible(bool(details))

    def finish(self, text: str, footer: Footer) -> None:
        """The answer is complete: `text` is what was stored, whatever had been streamed."""
        self._words_are_here()
        if self.answer.text() != text:
            self.answer.replace_text(text)
        self._footer = footer
        self.copy.setVisible(bool(text))
        if footer.route == "refusal":
            self._offer_nearest()
        self._dress_footer()

    def fail(self, text: str) -> None:
        """No answer came. The question stays and can be asked again."""
        self._waiting = False
        self._unanswered = True
        self.progress.setText(text)
        set_role(self.progress, "error")
        self.progress.show()
        self.again.show()

    def leave_unanswered(self) -> None:
        """Stored without an answer: the program was ended in between."""
        self.fail(self.tr("No answer was stored: ShopDesk ended before it was complete."))

    def copy_answer(self) -> None:
        """The answer without its citation marks, ready to be sent to a customer."""
        QApplication.clipboard().setText(_CITATION_TEXT.sub("", self.answer.text()))

    def choose(self, chosen: bool) -> None:
        """Whether the cards at the right belong to this answer."""
        set_look(self._rule, "chosen", chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bubble.fit(self.width())

    def retranslate(self) -> None:
        self.notice_details.name(self.tr("Details"))
        self.copy.name(self.tr("Copy"), "Ctrl+Shift+C")
        self.again.name(self.tr("Ask again"))
        self._show_progress()
        self._dress_footer()

    def _words_are_here(self) -> None:
        self._waiting = False
        self.progress.hide()
        self.answer.show()

    def _show_progress(self) -> None:
        if not self._waiting:
            return
        self.progress.setText(self.tr("Writing…") if self.facts else self.tr("Looking…"))

    def _offer_nearest(self) -> None:
        for fact in self.facts[:3]:
            name = label_of(fact.record, self._look.language)
            chip = Button(self._look, "", "chip")
            chip.name(name if len(name) <= 24 else name[:23] + "…")
            chip.setToolTip(name)
            chip.clicked.connect(lambda _=False, wanted=name: self.nearest_wanted.emit(wanted))
            self.nearest.addWidget(chip)
        self.nearest.addStretch(1)

    def _dress_footer(self) -> None:
        footer = self._footer
        if footer is None:
            return
        parts: list[str] = []
        if footer.stopped:
            parts.append(self.tr("stopped"))
        elif footer.route == "refusal":
            parts.append(route_name("refusal"))
        else:
            parts.append(self.tr("checked against the rows") if footer.grounded else self.tr("not checked"))
            parts.append(route_name(footer.route))
        if footer.repaired:
            parts.append(self.tr("corrected"))
        if footer.as_of and footer.route != "refusal":
            parts.append(self.tr("as of {time}").format(time=clock(footer.as_of)))
        self.footer.show()
        self.footer.setText(" · ".join(part for part in parts if part))
        good = footer.grounded and not footer.stopped and footer.route != "refusal"
        icon, ink = ("check", self._look.theme.accent) if good else ("warning", self._look.theme.warning)
        self._footer_mark.setPixmap(self._look.icons.pixmap(icon, ink, 18, self.devicePixelRatioF()))
        self._footer_mark.setVisible(good or (not footer.grounded and footer.route != "refusal" and not footer.stopped))


class ChatView(QStackedWidget):
    """All blocks of one conversation in a column, or the empty state when there are none."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._blocks: list[AnswerBlock] = []
        self._at_end = True
        self.empty = EmptyState(look)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("page")
        self._column = QVBoxLayout()
        self._column.setSpacing(32)
        self._column.addStretch(1)
        holder = QWidget()
        holder.setMaximumWidth(COLUMN_PX)
        holder.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._line = QHBoxLayout(body)
        self._line.setContentsMargins(*_MARGINS)
        self._line.addStretch(1)
        self._line.addWidget(holder, 1000)
        self._line.addStretch(1)
        self.scroller.setWidget(body)
        self.addWidget(self.empty)
        self.addWidget(self.scroller)
        bar = self.scroller.verticalScrollBar()
        bar.setSingleStep(24)
        bar.valueChanged.connect(self._moved)
        bar.rangeChanged.connect(self._grown)

    @property
    def blocks(self) -> Sequence[AnswerBlock]:
        return tuple(self._blocks)

    def add(self, question: str) -> AnswerBlock:
        """A new block at the end; the view goes there."""
        block = AnswerBlock(question, self._look)
        self._blocks.append(block)
        self._column.insertWidget(self._column.count() - 1, block)
        self._at_end = True
        self.setCurrentWidget(self.scroller)
        return block

    def clear(self) -> None:
        for block in self._blocks:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks.clear()
        self._at_end = True
        self.setCurrentWidget(self.empty)

    def _moved(self, value: int) -> None:
        self._at_end = value >= self.scroller.verticalScrollBar().maximum() - _NEAR_END_PX

    def _grown(self, _low: int, high: int) -> None:
        # The bar takes its width from the margin, so that the column stays over the composer.
        left, top, right, bottom = _MARGINS
        bar = self.scroller.verticalScrollBar()
        self._line.setContentsMargins(left, top, right - bar.sizeHint().width() if high > 0 else right, bottom)
        # Follow the words only for someone who was reading them.
        if self._at_end:
            self.scroller.verticalScrollBar().setValue(high)
