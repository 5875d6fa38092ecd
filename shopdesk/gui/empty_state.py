"""An empty conversation: the shop's greeting and quick questions, and how old its data are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.gui.chip_row import ChipRow
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label
from shopdesk.gui.wording import clock

_WIDTH_PX = 600


class EmptyState(Translated, QWidget):
    """Shown instead of messages. `prefill` carries a half-written question; `|` marks the gap to fill."""

    prefill = Signal(str)
    import_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._look = look
        self._known = False
        self._imported_at = ""
        self._sample = False
        self.greeting = label("", "greeting")
        self.hint = label("", "muted")
        self.row = ChipRow(look)
        self._own_greeting = ""
        self.age = label("", "small")
        self.import_button = Button(look, "import", "link", ink="accent")
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.greeting)
        column.addWidget(self.hint)
        column.addSpacing(16)
        column.addWidget(self.row)
        column.addSpacing(16)
        column.addWidget(self.age)
        self._import_row = QHBoxLayout()
        self._import_row.addWidget(self.import_button)
        self._import_row.addStretch(1)
        column.addLayout(self._import_row)
        holder = QWidget()
        self._holder = holder
        holder.setLayout(column)
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        line.addStretch(1)
        line.addWidget(holder, 1000)
        line.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(line)
        page.addStretch(3)
        self.import_button.clicked.connect(self.import_wanted)
        look.changed.connect(self._size)
        self._size()
        self.row.prefill.connect(self.prefill)
        self.retranslate()

    def show_data_age(self, imported_at: str, sample: bool) -> None:
        """`imported_at`: ISO time of the last import, or empty; `sample`: whether sample rows are there."""
        self._known, self._imported_at, self._sample = True, imported_at, sample
        self._word_age()

    @property
    def chips(self) -> list[Button]:
        """The buttons of the quick questions."""
        return self.row.chips

    def greet(self, greeting: str) -> None:
        """The shop's own greeting, "" for the usual one."""
        self._own_greeting = greeting
        self.retranslate()

    def retranslate(self) -> None:
        self.greeting.setText(self._own_greeting or self.tr("What does the customer want to know?"))
        self.hint.setText(
            self.tr("Ask in Chinese or English, by name, item code or barcode. Answers come from the shop's own rows.")
        )
        self.import_button.name(self.tr("Import a file"), "Ctrl+I")
        self._word_age()

    def _size(self) -> None:
        self._holder.setMaximumWidth(self._look.px(_WIDTH_PX))

    def _word_age(self) -> None:
        if not self._known:
            text = ""
        elif self._imported_at:
            text = self.tr("Last import: {time}").format(time=clock(self._imported_at))
        elif self._sample:
            text = self.tr("These are the rows of a sample shop. Import your own file to replace them.")
        else:
            text = self.tr("No rows yet. Import a file with your products or policies.")
        self.age.setText(text)
        self.age.setAlignment(Qt.AlignmentFlag.AlignLeft)
