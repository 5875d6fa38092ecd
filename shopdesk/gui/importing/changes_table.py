"""Rows of a plan as a table: what would be new, changed, missing, doubtful or rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from shopdesk.core.wording import shorten
from shopdesk.gui.look import Look
from shopdesk.gui.wording import field_label, translate

_MOST_CHARACTERS = 60
_ROW_PX, _MOST_ROWS = 32, 8
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the table. `line`: where it stands, or the kind of its row. `tone` is "", "warning" or "error"."""

    line: str
    key: str
    title: str
    what: str
    tone: str = ""


class Lines(Sequence[ChangeLine]):
    """Lines that are worded when they are looked at: of hundreds, few are ever in sight."""

    def __init__(self, items: Sequence[Any], worded: Callable[[Any], ChangeLine]) -> None:
        self._items, self._worded = items, worded
        self._known: dict[int, ChangeLine] = {}

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, place: int) -> ChangeLine: ...
    @overload
    def __getitem__(self, place: slice) -> Lines: ...
    def __getitem__(self, place: int | slice) -> ChangeLine | Lines:
        if isinstance(place, slice):
            return Lines(self._items[place], self._worded)
        if place not in self._known:
            self._known[place] = self._worded(self._items[place])
        return self._known[place]


def lines_of_changes(changes: Sequence[Any], look: Look) -> Lines:
    """A row for each change, its fields as `price ¥10 → ¥12`."""
    return Lines(
        changes,
        lambda change: ChangeLine(
            str(change.line or ""), str(change.key), str(change.title),
            ", ".join(
                _field(change.sort, name, old, new, look) for name, old, new in change.fields if name not in _NOT_SAID
            ),
        ),
    )  # fmt: skip


def lines_of_remarks(remarks: Sequence[Any], look: Look, tone: str) -> Lines:
    """A row for each remark: where, which field, what is the matter."""
    return Lines(
        remarks,
        lambda remark: ChangeLine(
            " ".join(filter(None, (remark.part, str(remark.line or "")))),
            "", field_label(remark.field, look.language) if remark.field else "", remark.text(look.language), tone,
        ),
    )  # fmt: skip


_NOT_SAID = frozenset({"sku", "name", "title", "key", "code", "number", "group", "currency", "available"})


def _field(sort: str, name: str, old: str | None, new: str | None, look: Look) -> str:
    label = field_label(name, look.language)
    if sort == "changed":
        return f"{label} {_short(old)} → {_short(new)}"
    return f"{label} {_short(new)}"


def _short(text: str | None) -> str:
    return "–" if text in (None, "") else shorten(" ".join(str(text).split()), _MOST_CHARACTERS)


class ChangesModel(QAbstractTableModel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: Sequence[ChangeLine] = ()
        self._remarks = self._kinds = False

    def show(self, lines: Sequence[ChangeLine], *, remarks: bool, kinds: bool) -> None:
        """`remarks`: the lines are about fields of rows, not about rows with keys; `kinds`: they begin with a kind."""
        self.beginResetModel()
        self._lines, self._remarks, self._kinds = lines, remarks, kinds
        self.endResetModel()

    def line(self, row: int) -> ChangeLine:
        return self._lines[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 3 if self._remarks else 4

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        line = self._lines[index.row()]
        cells = (line.line, line.title, line.what) if self._remarks else (line.line, line.key, line.title, line.what)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and line.tone and index.column() == len(cells) - 1:
            return QColor(getattr(self._look.theme, line.tone))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        line = translate("Wording", "Rows") if self._kinds else translate("Wording", "Line")
        if self._remarks:
            return (line, translate("Wording", "Column"), translate("Wording", "What is the matter"))[section]
        names = (line, translate("Wording", "Code"), translate("Wording", "Name"), translate("Wording", "Values"))
        return names[section]


class ChangesTable(QTableView):
    """Dense, read-only, the last column as wide as there is room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._widths: tuple[int, ...] = ()
        self.rows = ChangesModel(look)
        self.setModel(self.rows)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        look.changed.connect(self._size)

    def show_lines(self, lines: Sequence[ChangeLine], *, remarks: bool = False, kinds: bool = False) -> None:
        self.rows.show(lines, remarks=remarks, kinds=kinds)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._widths = (96, 150) if remarks else (96 if kinds else 64, 150, 220)
        self._size()
        self.scrollToTop()

    def _size(self) -> None:
        """As many rows as there are, at most eight, as large as their letters want them."""
        header, row = self.horizontalHeader(), self._look.px(_ROW_PX)
        self.verticalHeader().setDefaultSectionSize(row)
        for section, width in enumerate(self._widths):
            header.resizeSection(section, self._look.px(width))
        shown = min(max(self.rows.rowCount(), 1), _MOST_ROWS)
        self.setFixedHeight(shown * row + header.sizeHint().height() + 4)
