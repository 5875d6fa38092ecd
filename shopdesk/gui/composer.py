"""Where the question is typed: grows with its text, sends with Enter, names products as they are typed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.core.understanding import QUESTION_LIMIT
from shopdesk.gui import commands
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label, set_look, set_role
from shopdesk.gui.typeahead import Suggestion, SuggestionList

LIMIT = QUESTION_LIMIT
"""Characters of a question; more is not asked by a person at a counter."""
_COUNTER_FROM = LIMIT * 3 // 4
_MOST_LINES = 6


class QuestionInput(QPlainTextEdit):
    """Plain text; Enter asks, Shift+Enter is a new line. While an input method composes, Enter is the method's."""

    entered = Signal()
    focused = Signal(bool)
    stepped = Signal(int)  # an arrow key, up -1 or down 1
    completed = Signal()  # Tab

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question-input")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.offering = False
        self._composing = False
        # Some input methods hand on the very Enter that ended a composition.
        self._just_composed = QTimer(self)
        self._just_composed.setSingleShot(True)
        self._just_composed.setInterval(0)
        self.textChanged.connect(self._grow)
        self._grow()

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        before, self._composing = self._composing, bool(event.preeditString())
        if before and not self._composing:
            self._just_composed.start()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if not self._composing and not self._just_composed.isActive():
                self.entered.emit()
            return
        if self.offering and plain and not self._composing:
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
                return
            if key == Qt.Key.Key_Tab:
                self.completed.emit()
                return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab takes a name that is offered; else it goes on to the next piece of the window.
        if forward and self.offering:
            self.completed.emit()
            return True
        return super().focusNextPrevChild(forward)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composing = False
        self.focused.emit(False)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._grow()

    def text_before_cursor(self) -> str:
        """What stands on the cursor's line before it, and on the lines above."""
        return self.toPlainText()[: self.textCursor().position()]

    def _grow(self) -> None:
        # QPlainTextEdit measures its document in lines, not pixels.
        lines = min(_MOST_LINES, max(1, int(self.document().size().height())))
        self.setFixedHeight(lines * QFontMetrics(self.font()).lineSpacing() + 4)


class Composer(Translated, QWidget):
    """The input, its button (send, or stop while an answer comes) and the counter of long questions."""

    asked = Signal(str)
    stop_wanted = Signal()
    command_wanted = Signal(str, str)  # (id of a command, or "" for one that there is not; the words after it)
    edit_left = Signal()
    typed = Signal(str)  # what stands before the cursor

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._answering = False
        self._editing = False
        self.frame = QFrame()
        self.frame.setObjectName("composer")
        self.input = QuestionInput()
        self.send = Button(look, "send", "send", ink="on_accent")
        self.stop = Button(look, "stop", "square", ink="error")
        self.stop.hide()
        self.counter = label("", "small")
        self.counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.counter.hide()
        self.editing = QFrame()
        self.editing_text = label("", "small")
        self.editing_close = Button(look, "close", "square")
        edited = QHBoxLayout(self.editing)
        edited.setContentsMargins(12, 0, 0, 0)
        edited.addWidget(self.editing_text, 1)
        edited.addWidget(self.editing_close)
        self.editing.hide()
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
        column.addWidget(self.editing)
        column.addWidget(self.frame)
        self.suggestions: SuggestionList | None = None
        self.setFocusProxy(self.input)
        self.input.entered.connect(self._entered)
        self.input.textChanged.connect(self._changed)
        self.input.focused.connect(self._focused)
        self.input.stepped.connect(lambda by: self.suggestions.step(by) if self.suggestions else None)
        self.input.completed.connect(self._complete)
        self.send.clicked.connect(self.ask)
        self.stop.clicked.connect(self.stop_wanted)
        self.editing_close.clicked.connect(self.leave_edit)
        self.retranslate()
        self._judge()

    def float_over(self, window: QWidget) -> None:
        """Where suggestions may lie."""
        self.suggestions = SuggestionList(self._look, window)
        self.suggestions.taken.connect(self._take)

    def ask(self) -> None:
        """Send what stands there, if it is a question of bearable length, or do what it commands."""
        text = self.input.toPlainText().strip()
        if not text or len(text) > LIMIT or self.input.composing:
            return
        command = commands.read(text)
        self.input.clear()
        self.offer(())
        if command is not None:
            known, rest = command
            self.command_wanted.emit(known.id if known else "", rest)
            return
        self._editing = False
        self.editing.hide()
        self.asked.emit(text)

    def prefill(self, text: str) -> None:
        """Put a half-written question there; the cursor goes where `|` stands (else to the end)."""
        before, mark, after = text.partition("|")
        self.input.setPlainText(before + after)
        cursor = self.input.textCursor()
        cursor.setPosition(len(before) if mark else len(before + after))
        self.input.setTextCursor(cursor)
        self.input.setFocus()

    def edit(self, question: str) -> None:
        """Write a question that was asked before anew."""
        self._editing = True
        self.editing.show()
        self.prefill(question)
        self.input.selectAll()

    def leave_edit(self) -> None:
        """What is typed next is a question of its own again."""
        if self._editing:
            self._editing = False
            self.editing.hide()
            self.input.clear()
            self.edit_left.emit()

    @property
    def in_edit(self) -> bool:
        return self._editing

    def offer(self, suggestions: list[Suggestion] | tuple[Suggestion, ...]) -> None:
        """Show what may be meant; the keyboard stays here."""
        if self.suggestions is not None:
            shown = suggestions if self.input.hasFocus() and not self.input.composing else ()
            self.suggestions.offer(shown, self.frame)
            self.input.offering = self.suggestions.isVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.offer(())

    def show_answering(self, answering: bool) -> None:
        """While an answer comes there is a stop button too; a new question may be sent all the same."""
        self._answering = answering
        self.stop.setVisible(answering)

    def retranslate(self) -> None:
        self.input.setPlaceholderText(self.tr("Ask, or scan a barcode…"))
        self.input.setAccessibleName(self.tr("Question"))
        self.input.setToolTip(self.tr("Type a question (Ctrl+K); Shift+Enter for a new line; / for commands"))
        self.send.name(self.tr("Send"), "Enter", bare=True)
        self.stop.name(self.tr("Stop"), "Esc", bare=True)
        self.editing_text.setText(self.tr("Editing a question: its answer will be written anew."))
        self.editing_close.name(self.tr("Leave it as it was"), "Esc", bare=True)
        self._judge()

    def _entered(self) -> None:
        chosen = self.suggestions.chosen() if self.suggestions else None
        if chosen is not None:
            self._take(chosen)
        else:
            self.ask()

    def _complete(self) -> None:
        if self.suggestions is not None and self.suggestions.suggestions:
            self._take(self.suggestions.chosen() or self.suggestions.suggestions[0])

    def _take(self, suggestion: Suggestion) -> None:
        cursor = self.input.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, suggestion.replaces)
        cursor.insertText(suggestion.text + (" " if suggestion.text.isascii() else ""))
        self.input.setTextCursor(cursor)
        self.offer(())
        self.input.setFocus()

    def _changed(self) -> None:
        self._judge()
        if self.input.composing:
            return
        before = self.input.text_before_cursor()
        begun = commands.begun(self.input.toPlainText())
        if begun:
            language = self._look.language
            self.offer([Suggestion(command.name(language), command.about(), len(before)) for command in begun])
        else:
            self.offer(())
            self.typed.emit(before)

    def _focused(self, on: bool) -> None:
        set_look(self.frame, "focused", on)
        if not on:
            self.offer(())

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
