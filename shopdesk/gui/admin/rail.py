"""The left rail of the admin pages: the kinds of rows, import, settings, and the way back to the chat."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shopdesk.gui.admin.kinds import KINDS
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label
from shopdesk.gui.wording import kind_name


class AdminRail(Translated, QFrame):
    page_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.back_button = Button(look, "chevron-left", "nav")
        self.heading = label("", "heading")
        self.heading.setContentsMargins(8, 8, 8, 0)
        self.buttons = {"insights": Button(look, "chart", "nav"), "import": Button(look, "import", "nav")}
        self.buttons |= {kind: Button(look, view.icon, "nav") for kind, view in KINDS.items()}
        self.buttons["backup"] = Button(look, "backup", "nav")
        self.buttons["settings"] = Button(look, "settings", "nav")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(2)
        column.addWidget(self.back_button)
        column.addWidget(self.heading)
        for name, button in self.buttons.items():
            if name == "backup":
                column.addStretch(1)
            column.addWidget(button)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.page_wanted.emit(name))
        self.back_button.clicked.connect(lambda: self.page_wanted.emit("chat"))
        self.retranslate()

    def show_page(self, page: str) -> None:
        for name, button in self.buttons.items():
            button.setChecked(name == page)

    def retranslate(self) -> None:
        self.back_button.name(self.tr("Back to the chat"), "Esc")
        self.heading.setText(self.tr("The shop's data"))
        self.buttons["insights"].name(self.tr("Insights"))
        self.buttons["backup"].name(self.tr("Backup"))
        self.buttons["import"].name(self.tr("Import"), "Ctrl+I")
        self.buttons["settings"].name(self.tr("Settings"), "Ctrl+,")
        for kind in KINDS:
            self.buttons[kind].name(kind_name(kind))
