"""The first rows of a table as they stand in the file, under what each column is taken for.

What a column is taken for is drawn as a choice and becomes a combo box only while it is changed: a table of sixty
columns would else need sixty of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import ComboBox, Translated
from shopdesk.gui.wording import field_label

SHOWN_ROWS = 6
_MOST_CHARACTERS = 120
_NARROWEST_PX, _WIDEST_PX = 148, 260
_CHOICE_PX, _ROW_PX = 46, 30
_Index = QModelIndex | QPersistentModelIndex


class FirstRowsModel(QAbstractTableModel):
    """Row 0 says what each column is; the cells follow as they stand in the file."""

    chosen = Signal(str, str)  # a column's title, the field that it is said to be

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._titles: tuple[str, ...] = ()
        self._taken_for: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show(self, titles: Sequence[str], taken_for: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self._titles, self._taken_for = tuple(titles), tuple(taken_for)
        self._rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or not self._titles else 1 + len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        column = index.column()
        if index.row() == 0:
            if role == Qt.ItemDataRole.EditRole:
                return self._taken_for[column]
            if role == Qt.ItemDataRole.DisplayRole:
                return self.name_of(self._taken_for[column])
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.tr("What “{column}” is").format(column=self._titles[column])
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row() - 1]
        text = row[column] if column < len(row) else ""
        return " ".join(text[: 4 * _MOST_CHARACTERS].split())[:_MOST_CHARACTERS]

    def setData(self, index: _Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if index.row() or role != Qt.ItemDataRole.EditRole or value == self._taken_for[index.column()]:
            return False
        self.chosen.emit(self._titles[index.column()], str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.row() == 0:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def name_of(self, field: str) -> str:
        """A field as people read it; "" is a column that is kept as it is."""
        return field_label(field, self._look.language) if field else self.tr("(kept as is)")

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


class _ChoiceDelegate(QStyledItemDelegate):
    """Draws row 0 as choices, and makes the one that is changed a combo box."""

    def __init__(self, look: Look, parent: ColumnsTable) -> None:
        super().__init__(parent)
        self._look, self._table = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._look.theme, QRect(option.rect).adjusted(4, 4, -8, -4)
        known = bool(index.data(Qt.ItemDataRole.EditRole))
        focused = index == self._table.currentIndex() and self._table.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.accent if focused else theme.line))
        painter.setBrush(QColor(theme.page))
        painter.drawRoundedRect(rect, 6, 6)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if known else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme.accent if known else theme.muted))
        words = rect.adjusted(8, 0, -self._look.px(28), 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        arrow = self._look.drawing("chevron-down", "muted", 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.right() - self._look.px(23), rect.center().y() - self._look.px(8), arrow)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        box = ComboBox(self._look, parent)
        for field in ("", *self._table.fields):
            box.addItem(self._table.rows.name_of(field), field)
        box.activated.connect(lambda _n: self._done(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, ComboBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, ComboBox)
        model.setData(index, editor.currentData())

    def _done(self, box: ComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


class ColumnsTable(Translated, QTableView):
    """The preview; `rows.chosen(title, field)` tells that a column was said to be another field ("": none)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._part: Any = None
        self.fields: tuple[str, ...] = ()
        self.rows = FirstRowsModel(look)
        self.setModel(self.rows)
        self._choices = _ChoiceDelegate(look, self)
        self.setItemDelegateForRow(0, self._choices)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.CurrentChanged
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        look.changed.connect(self._draw)

    def show_part(self, part: Any, fields: Sequence[str]) -> None:
        """A table of the file, and the fields that its kind knows."""
        self._part, self.fields = part, tuple(fields)
        self._draw()

    def taken_for(self) -> list[str]:
        """The field of each column, "" where it has none."""
        return [str(self.rows.index(0, n).data(Qt.ItemDataRole.EditRole)) for n in range(self.rows.columnCount())]

    def retranslate(self) -> None:
        self._draw()

    def _draw(self) -> None:
        part = self._part
        if part is None:
            return
        field_of = {title: field for field, title in part.mapping.items()}
        taken_for = [field_of.get(title, "") for title in part.titles]
        self.rows.show(part.titles, taken_for, first_rows(part)[:SHOWN_ROWS])
        self.resizeColumnsToContents()
        header, px = self.horizontalHeader(), self._look.px
        for section in range(header.count()):
            header.resizeSection(section, max(px(_NARROWEST_PX), min(px(_WIDEST_PX), header.sectionSize(section) + 8)))
        self.verticalHeader().setDefaultSectionSize(px(_ROW_PX))
        rows = self.rows.rowCount()
        if rows:
            self.setRowHeight(0, px(_CHOICE_PX))
        height = sum(self.rowHeight(row) for row in range(rows)) + header.sizeHint().height()
        self.setFixedHeight(height + (14 if header.length() > self.width() - 4 else 4))


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
