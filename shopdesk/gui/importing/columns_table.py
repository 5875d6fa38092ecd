"""The first rows of a table as they stand in the file, under what each column is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import ComboBox, Translated, clear_widget
from shopdesk.gui.wording import field_label

SHOWN_ROWS = 6
_MOST_CHARACTERS = 120
_NARROWEST_PX, _WIDEST_PX = 148, 260
_CHOICE_PX = 46
_Index = QModelIndex | QPersistentModelIndex


class FirstRowsModel(QAbstractTableModel):
    """Row 0 is kept free for the choices; the cells follow as they stand in the file."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self._titles = tuple(titles)
        self._rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or not self._titles else 1 + len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if index.row() == 0 or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row() - 1]
        text = row[index.column()] if index.column() < len(row) else ""
        return " ".join(text[: 4 * _MOST_CHARACTERS].split())[:_MOST_CHARACTERS]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if orientation != Qt.Orientation.Horizontal or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return None
        return " ".join(self._titles[section].split())


class ColumnsTable(Translated, QTableView):
    """The preview; `mapped(title, field)` tells that a column was said to be another field ("": none)."""

    mapped = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._part: Any = None
        self._fields: tuple[str, ...] = ()
        self.choices: list[ComboBox] = []
        self.rows = FirstRowsModel()
        self.setModel(self.rows)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)

    def show_part(self, part: Any, fields: Sequence[str]) -> None:
        """A table of the file, and the fields that its kind knows."""
        self._part, self._fields = part, tuple(fields)
        self._draw()

    def retranslate(self) -> None:
        self._draw()

    def _draw(self) -> None:
        part = self._part
        for column in range(len(self.choices)):
            clear_widget(self.indexWidget(self.rows.index(0, column)))
        self.choices = []
        if part is None:
            return
        self.rows.show(part.titles, first_rows(part)[:SHOWN_ROWS])
        field_of = {title: field for field, title in part.mapping.items()}
        for column, title in enumerate(part.titles):
            choice = self._choice(title, field_of.get(title, ""))
            self.setIndexWidget(self.rows.index(0, column), choice)
            self.choices.append(choice)
        self.resizeColumnsToContents()
        header = self.horizontalHeader()
        for section in range(header.count()):
            header.resizeSection(section, max(_NARROWEST_PX, min(_WIDEST_PX, header.sectionSize(section) + 8)))
        rows = self.rows.rowCount()
        if rows:
            self.setRowHeight(0, _CHOICE_PX)
        height = sum(self.rowHeight(row) for row in range(rows)) + header.sizeHint().height()
        self.setFixedHeight(height + (14 if header.length() > self.width() - 4 else 4))

    def _choice(self, title: str, field: str) -> ComboBox:
        choice = ComboBox(self._look)
        choice.addItem(self.tr("(kept under its name)"), "")
        for name in self._fields:
            choice.addItem(field_label(name, self._look.language), name)
        choice.setCurrentIndex(max(0, choice.findData(field)))
        choice.setProperty("known", bool(field))
        choice.setAccessibleName(self.tr("What “{column}” is").format(column=title))
        choice.setToolTip(choice.accessibleName())
        choice.activated.connect(lambda _n: self.mapped.emit(title, str(choice.currentData())))
        return choice


def first_rows(part: Any) -> list[tuple[str, ...]]:
    """The rows under the header, as they stand in the file."""
    rows = [tuple(row) for row in part.rows]
    if not part.header:
        return rows
    titles = tuple(title.strip() for title in part.titles)
    for place, row in enumerate(rows):
        if tuple(cell.strip() for cell in row) == titles:
            return rows[place + 1 :]
    return rows[1:]
