"""Up to four products side by side: the same rows for each, and what differs standing out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from shopdesk.core.types import Language, Record
from shopdesk.core.wording import shown_attributes, value_text
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, clear, label
from shopdesk.gui.wording import field_label

MOST = 4
_FIELDS = ("price", "list_price", "stock", "location", "color", "size", "brand", "category", "sku", "barcode", "store")
_LARGE = ("price", "stock")
_PICTURE_PX = 96
_ROOM_FOR = 3


def compared(records: Sequence[Record], language: Language) -> list[tuple[str, tuple[str, ...]]]:
    """(field, its value for each record, "" where there is none); fields that no record has are left out."""
    names = [*_FIELDS]
    for record in records:
        names += [name for name in (f"attributes.{own}" for own in shown_attributes(record)) if name not in names]
    rows = [(name, tuple(value_text(record, name, language) or "" for record in records)) for name in names]
    return [(name, values) for name, values in rows if any(values)]


class ComparePage(Translated, QScrollArea):
    """`emptied`: the last product was taken out."""

    emptied = Signal()
    changed = Signal()
    customer_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.records: tuple[Record, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = label("", "page-title")
        self.note = label("", "muted")
        self.clear_button, self.customer_button = Button(look, "close", "plain"), Button(look, "facts", "plain")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.customer_button)
        head.addWidget(self.clear_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(body)
        self.clear_button.clicked.connect(lambda: self.show_records(()))
        self.customer_button.clicked.connect(self.customer_wanted)
        look.changed.connect(self._fill)
        self.retranslate()

    def toggle(self, record: Record) -> bool:
        """Take a product in or out; False where there is no room for a fifth."""
        if self.holds(record):
            self.show_records([other for other in self.records if not _same(other, record)])
            return True
        if len(self.records) >= MOST:
            return False
        self.show_records([*self.records, record])
        return True

    def holds(self, record: Record) -> bool:
        return any(_same(other, record) for other in self.records)

    def show_records(self, records: Sequence[Record]) -> None:
        had = bool(self.records)
        self.records = tuple(records)[:MOST]
        self._fill()
        self.changed.emit()
        if had and not self.records:
            self.emptied.emit()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Compare"))
        self.note.setText(self.tr("Press “Compare” on the cards of up to four products."))
        self.clear_button.name(self.tr("Clear"))
        self.customer_button.name(self.tr("Show to the customer"), "F11")
        self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        self.note.setVisible(not self.records)
        self.clear_button.setVisible(bool(self.records))
        self.customer_button.setVisible(bool(self.records))
        language = self._look.language
        for number, record in enumerate(self.records, start=1):
            self._grid.addLayout(self._head(record), 0, number, Qt.AlignmentFlag.AlignTop)
        # Two products stand close enough to be compared with one look, also on a large screen.
        for column in range(1, MOST + 1):
            self._grid.setColumnStretch(column, 1 if column <= max(_ROOM_FOR, len(self.records)) else 0)
        for row, (name, values) in enumerate(compared(self.records, language), start=1):
            self._grid.addWidget(label(field_label(name, language), "small", wrap=False), row, 0)
            differs = len(set(values)) > 1
            for number, value in enumerate(values, start=1):
                role = "focus-text" if name in _LARGE else "strong" if differs else ""
                self._grid.addWidget(label(value or "–", role, selectable=True), row, number)

    def _head(self, record: Record) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        side = self._look.px(_PICTURE_PX)
        pixmap = self._look.pictures.pixmap(record.fields.get("image"), side, self.devicePixelRatioF())
        if not pixmap.isNull():
            picture = QLabel()
            picture.setPixmap(pixmap)
            column.addWidget(picture)
        column.addWidget(label(record.title_in(self._look.language), "title"))
        out = Button(self._look, "close", "link", ink="accent")
        out.name(self.tr("Take out"))
        out.clicked.connect(lambda: self.toggle(record))
        column.addWidget(out, 0, Qt.AlignmentFlag.AlignLeft)
        return column


def _same(one: Record, other: Record) -> bool:
    return one.key == other.key and one.fields.get("store") == other.fields.get("store")
