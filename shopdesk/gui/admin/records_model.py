"""The rows of one kind as a table that is filled as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from shopdesk.core.types import Record
from shopdesk.core.wording import shorten, value_text
from shopdesk.gui.admin.kinds import choice_name
from shopdesk.gui.look import Look
from shopdesk.gui.wording import clock, field_label, minute, translate

_NUMBERS = frozenset({"price", "list_price", "total", "threshold", "stock", "quantity"})
_NAMED = frozenset({"type", "language"})
MOMENTS = frozenset({"placed_at", "expected_at", "approved_at"})
_MOST_CHARACTERS = 160
_Index = QModelIndex | QPersistentModelIndex


class RecordsModel(QAbstractTableModel):
    """`more_wanted(offset)` asks for the next rows; they come by `append`."""

    more_wanted = Signal(int)

    def __init__(self, look: Look, columns: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self.columns = tuple(columns)
        self._records: list[Record] = []
        self.total = 0
        self._asked = False

    def show(self, records: Sequence[Record], total: int) -> None:
        """Begin anew with the first rows of `total`."""
        self.beginResetModel()
        self._records, self.total, self._asked = list(records), total, False
        self.endResetModel()

    def append(self, records: Sequence[Record]) -> None:
        self._asked = False
        if not records:
            self.total = len(self._records)
            return
        first = len(self._records)
        self.beginInsertRows(QModelIndex(), first, first + len(records) - 1)
        self._records += records
        self.endInsertRows()

    def replace(self, row: int, record: Record) -> None:
        self._records[row] = record
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._records[row]
        self.total -= 1
        self.endRemoveRows()

    def record(self, row: int) -> Record:
        return self._records[row]

    def row_of(self, record: Record) -> int:
        """Where a record stands, -1 where it does not."""
        return next((row for row, other in enumerate(self._records) if identity(other) == identity(record)), -1)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._asked and len(self._records) < self.total

    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(len(self._records))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        record, column = self._records[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(record, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == "as_of" and record.stale:
                return translate("Wording", "Out of date: as of {time}").format(time=clock(record.as_of))
            return self._text(record, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column == "as_of":
            return QColor(self._look.theme.warning if record.stale else self._look.theme.muted)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        column = self.columns[section] if section < len(self.columns) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if column == "title":
            return translate("Wording", "Name")
        return field_label(column, self._look.language)

    def _text(self, record: Record, column: str) -> str:
        if column == "key":
            return record.key
        if column == "title":
            return " ".join(record.title_in(self._look.language).split())
        if column in _NAMED:
            value = str(record.fields.get(column) or "")
            return choice_name(value) if value else ""
        if column == "as_of":
            return clock(record.as_of)
        if column in MOMENTS:
            return minute(str(record.fields.get(column) or ""))
        if column == "stock" and record.fields.get("stock") is not None:
            return str(record.fields["stock"])
        return shorten(value_text(record, column, self._look.language) or "", _MOST_CHARACTERS)


def identity(record: Record) -> tuple[str, str, str, str]:
    """What names one row of the store."""
    return (
        record.kind, record.key, str(record.fields.get("store") or ""), str(record.fields.get("language") or ""),
    )  # fmt: skip
