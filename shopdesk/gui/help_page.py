"""All keys and commands on one page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from shopdesk.gui.commands import COMMANDS
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Section, Translated, clear, label, page_of

_COLUMN_PX = 720


class HelpPage(Translated, QScrollArea):
    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = label("", "page-title")
        self.keys_heading, self.commands_heading = label("", "title"), label("", "title")
        self.keys, self.commands = QGridLayout(), QGridLayout()
        for grid in (self.keys, self.commands):
            grid.setColumnStretch(1, 1)
            grid.setHorizontalSpacing(24)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(Section(self.keys_heading, self.keys))
        column.addWidget(Section(self.commands_heading, self.commands))
        column.addStretch(1)
        self.setWidget(page_of(look, column, _COLUMN_PX))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Keys and commands"))
        self.keys_heading.setText(self.tr("Keys"))
        self.commands_heading.setText(self.tr("Commands, typed in place of a question"))
        keys = (
            ("Enter", self.tr("Send; Shift+Enter begins a new line")), ("Esc", self.tr("Stop the answer; close; back")),
            ("Ctrl+K", self.tr("To the question")), ("Ctrl+N", self.tr("New conversation")),
            ("Ctrl+F", self.tr("Search")), ("Alt+1 … 9", self.tr("To the card that is cited with this number")),
            ("Ctrl+↑ Ctrl+↓", self.tr("To the answer before or after")),
            ("Ctrl+R", self.tr("Answer again, or go on with an answer that was stopped")),
            ("Ctrl+E", self.tr("Edit the question")), ("Ctrl+Shift+C", self.tr("Copy the answer")),
            ("Ctrl+Shift+S", self.tr("Read aloud")), ("Ctrl+M", self.tr("Compare the product of the first card")),
            ("F11", self.tr("Show the product to the customer")),
            ("Ctrl+P Ctrl+S F2 Del", self.tr("In the list: pin, export, rename, delete")),
            ("Ctrl+D Ctrl+I Ctrl+,", self.tr("The shop's data, import, settings")), ("Ctrl+L", self.tr("Lock")),
            ("Ctrl++ Ctrl+−", self.tr("Larger or smaller letters")), ("F1", self.tr("This page")),
        )  # fmt: skip
        self._fill(self.keys, keys)
        language = self._look.language
        self._fill(self.commands, [(command.name(language), command.about()) for command in COMMANDS])

    def _fill(self, grid: QGridLayout, lines: object) -> None:
        clear(grid)
        assert isinstance(lines, tuple | list)
        for number, (keys, meaning) in enumerate(lines):
            grid.addWidget(label(keys, "strong", wrap=False), number, 0)
            grid.addWidget(label(meaning), number, 1)
