"""What may be meant while it is typed: products of the shop, and commands after a slash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from shopdesk.core.ports import SearchWish
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record
from shopdesk.core.wording import variant_values
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.ports import AppLike

WAIT_MS = 120
MOST = 6
_SHORTEST = {True: 2, False: 2}
"""Characters from which on names are looked for: Chinese, other."""
_LONGEST_TAIL = 24
NOTE_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` takes the place of the last `replaces` characters before the cursor; `note` stands beside it."""

    text: str
    note: str = ""
    replaces: int = 0


class _Noted(QStyledItemDelegate):
    """What is suggested, and after it, all in one line below each other, what it is."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._look, self._list = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        note = str(index.data(NOTE_ROLE) or "")
        if not note:
            return
        metrics, gap = option.fontMetrics, self._look.px(24)
        texts = (self._list.item(number).text() for number in range(self._list.count()))
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        left = min(widest, option.rect.width() // 2) + gap
        left = max(left, metrics.horizontalAdvance(str(index.data())) + gap)
        rect = option.rect.adjusted(left, 0, -8, 0)
        painter.save()
        painter.setPen(QColor(self._look.theme.muted))
        shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class SuggestionList(QFrame):
    """A list that floats over the composer. The keyboard stays in the composer."""

    taken = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        self._look = look
        self.suggestions: tuple[Suggestion, ...] = ()
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Noted(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)
        self.list.itemClicked.connect(lambda item: self.taken.emit(self.suggestions[self.list.row(item)]))
        self.hide()

    def offer(self, suggestions: Sequence[Suggestion], over: QWidget) -> None:
        """Show these above the widget `over`, or nothing."""
        self.suggestions = tuple(suggestions)
        self.list.clear()
        for suggestion in self.suggestions:
            item = QListWidgetItem(suggestion.text)
            item.setData(NOTE_ROLE, suggestion.note)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, suggestion.note)
            self.list.addItem(item)
        if not self.suggestions:
            self.hide()
            return
        row = self._look.px(36)
        for number in range(self.list.count()):
            self.list.item(number).setSizeHint(self.list.item(number).sizeHint().expandedTo(QSize(0, row)))
        height = row * self.list.count() + 10
        place = over.mapTo(self.window(), QPoint(0, 0))
        self.setGeometry(place.x(), max(0, place.y() - height - 4), over.width(), height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Choose the next or the one before; before the first one nothing is chosen."""
        row = self.list.currentRow() + by
        if row < 0:
            row = self.list.count() - 1 if by < 0 and self.list.currentRow() < 0 else -1
        self.list.setCurrentRow(row if row < self.list.count() else 0)

    def chosen(self) -> Suggestion | None:
        """What the arrow keys chose."""
        row = self.list.currentRow()
        return self.suggestions[row] if self.isVisible() and 0 <= row < len(self.suggestions) else None


class ProductNames(QObject):
    """Looks for the products whose name or code is being typed, a moment after the last key."""

    found = Signal(list)

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, on_failed: Callable[[object], None]) -> None:
        super().__init__()
        self._app, self._jobs, self._look, self._on_failed = app, jobs, look, on_failed
        self._typed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._look_up)

    def typed(self, before: str) -> None:
        """`before`: all that stands before the cursor."""
        self._typed = before
        if last_piece(before):
            self._timer.start()
        else:
            self._timer.stop()
            self.found.emit([])

    def cancel(self) -> None:
        self._timer.stop()
        self._typed = ""

    def _look_up(self) -> None:
        typed, catalogue, language = self._typed, self._app.store.catalogue, self._look.language
        piece = last_piece(typed)

        def ask() -> object:
            hits = catalogue.search(SearchWish(piece, limit=MOST * 3))
            return suggested([hit.record for hit in hits], piece, language)

        def show(found: object) -> None:
            if typed == self._typed and isinstance(found, list):
                self.found.emit(found)

        self._jobs.call("typeahead", ask, on_done=show, on_failed=self._on_failed)


def last_piece(before: str) -> str:
    """The end of what is typed that may be the beginning of a name; "" where it is too short or ended."""
    if not before or before.startswith("/"):
        return ""
    piece = before[-_LONGEST_TAIL:]
    for mark in "\n,，。？！?!;；：":
        piece = piece.rpartition(mark)[2]
    piece = piece.lstrip()
    if not piece.strip() or piece != piece.rstrip():
        return ""
    return piece if len(piece) >= _SHORTEST[is_han(piece[-1])] else ""


def suggested(records: Sequence[Record], piece: str, language: str) -> list[Suggestion]:
    """Names, each once, that hold the end of `piece`: in the window's language, as it is written, or the code."""
    out: list[Suggestion] = []
    for record in records:
        for name in dict.fromkeys((record.title_in("en" if language == "en" else "zh"), record.title, record.key)):
            held = _held(name, piece)
            if held and all(suggestion.text != name for suggestion in out) and fold(name) != fold(piece[-held:]):
                note = record.key if name != record.key else record.title
                values = variant_values(record, "en" if language == "en" else "zh") if name == record.key else []
                out.append(Suggestion(name, " · ".join([note, *values]), held))
                break
    return out[:MOST]


def _held(name: str, piece: str) -> int:
    """How many characters at the end of `piece` stand in `name`; 0 where fewer than two do, or half a word."""
    folded = fold(name)
    for start in range(len(piece) - 1):
        if start and piece[start - 1].isascii() and piece[start - 1].isalnum() and piece[start].isascii():
            continue
        if fold(piece[start:]) and fold(piece[start:]) in folded:
            return len(piece) - start
    return 0
