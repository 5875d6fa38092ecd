"""What can be done with an answer: versions, read aloud, votes, edit, answer again, copy. Made when it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label


class AnswerTools(Translated, QWidget):
    """A row of buttons; the block says which can be used."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.earlier, self.later = Button(look, "chevron-left", "square"), Button(look, "chevron-right", "square")
        self.version = label("", "small", wrap=False)
        self.speak = Button(look, "speaker", "square", ink="muted")
        self.up, self.down = Button(look, "thumb-up", "square"), Button(look, "thumb-down", "square")
        self.edit = Button(look, "edit", "square", ink="muted")
        self.anew = Button(look, "refresh", "square", ink="muted")
        self.copy = Button(look, "copy", "square", ink="muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        row: tuple[QWidget, ...] = (
            self.earlier, self.version, self.later, self.speak, self.up, self.down, self.edit, self.anew, self.copy,
        )  # fmt: skip
        for piece in row:
            line.addWidget(piece)
        self.retranslate()

    def show_versions(self, shown: int, of: int) -> None:
        """`shown` counts from 1; nothing is shown where there is but one."""
        for piece in (self.earlier, self.version, self.later):
            piece.setVisible(of > 1)
        self.version.setText(f"{shown}/{of}")
        self.earlier.setEnabled(shown > 1)
        self.later.setEnabled(shown < of)

    def show_vote(self, vote: str) -> None:
        """`vote`: "up", "down" or "" for none."""
        for button, name in ((self.up, "up"), (self.down, "down")):
            button.tint("accent" if vote == name else "muted")

    def retranslate(self) -> None:
        self.earlier.name(self.tr("Earlier version"), bare=True)
        self.later.name(self.tr("Later version"), bare=True)
        self.speak.name(self.tr("Read aloud"), "Ctrl+Shift+S", bare=True)
        self.up.name(self.tr("Good answer"), bare=True)
        self.down.name(self.tr("Bad answer"), bare=True)
        self.edit.name(self.tr("Edit the question"), "Ctrl+E", bare=True)
        self.anew.name(self.tr("Answer again"), "Ctrl+R", bare=True)
        self.copy.name(self.tr("Copy"), "Ctrl+Shift+C", bare=True)


class RightAnswer(Translated, QFrame):
    """After a thumb down: what would have been right?"""

    given = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("message")
        self.text = QLineEdit()
        self.text.setMaxLength(2000)
        self.send = Button(look, "check", "plain")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 4, 4)
        line.addWidget(self.text, 1)
        line.addWidget(self.send)
        self.text.returnPressed.connect(self._give)
        self.send.clicked.connect(self._give)
        self.retranslate()

    def retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("What would have been right? (may stay empty)"))
        self.text.setAccessibleName(self.tr("The right answer"))
        self.send.name(self.tr("Keep"))

    def _give(self) -> None:
        self.given.emit(self.text.text().strip())
