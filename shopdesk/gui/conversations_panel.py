"""The left rail: new conversation, search, the conversations by day, and the ways to the other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QAction, QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, label
from shopdesk.gui.ports import ConversationRowLike
from shopdesk.gui.wording import day_group

ID_ROLE = int(Qt.ItemDataRole.UserRole)
UNDER_ROLE, FOUND_ROLE, PINNED_ROLE = ID_ROLE + 1, ID_ROLE + 2, ID_ROLE + 3
UNDO_MS = 6000
_ROW_PX, _FOUND_ROW_PX = 40, 58
_HEADING_PX, _SPOT_PX = 32, 34
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    id: int | None  # None: a heading
    under: str = ""  # what was said around the words that were searched for
    found: int | None = None
    pinned: bool = False


class ConversationsModel(QAbstractListModel):
    """Conversations under the headings Pinned, Today, Yesterday, Earlier. Editing a title emits `renamed`."""

    renamed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ConversationRowLike, ...] = ()
        self._hidden: set[int] = set()
        self._lines: list[_Line] = []

    def show(self, rows: Sequence[ConversationRowLike]) -> None:
        self._rows = tuple(rows)
        self.regroup()

    def hide(self, conversation_id: int, hidden: bool) -> None:
        """Leave one out (deleted, but it can still be undone)."""
        (self._hidden.add if hidden else self._hidden.discard)(conversation_id)
        self.regroup()

    def regroup(self) -> None:
        self.beginResetModel()
        self._lines = []
        heading = None
        for row in self._rows:
            if row.id in self._hidden:
                continue
            group = self.tr("Pinned") if row.pinned else day_group(row.updated_at)
            if group != heading:
                heading = group
                self._lines.append(_Line(group, None))
            title = row.title or self.tr("New conversation")
            self._lines.append(_Line(title, row.id, row.snippet, row.found, row.pinned))
        self.endResetModel()

    def index_of(self, conversation_id: int | None) -> QModelIndex:
        for number, line in enumerate(self._lines):
            if line.id is not None and line.id == conversation_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return line.text
        own = {ID_ROLE: line.id, UNDER_ROLE: line.under, FOUND_ROLE: line.found, PINNED_ROLE: line.pinned}
        return own.get(role)

    def setData(self, index: _Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        line = self._lines[index.row()]
        title = str(value).strip()
        if line.id is None or role != Qt.ItemDataRole.EditRole or not title or title == line.text:
            return False
        self._lines[index.row()] = replace(line, text=title)
        self.dataChanged.emit(index, index)
        self.renamed.emit(line.id, title)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self._lines[index.row()].id is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class _RowPainter(QStyledItemDelegate):
    """Headings small and grey; the open conversation tinted, with the way to its menu at its right end."""

    menu_clicked = Signal(QModelIndex, QPoint)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        pixels = _HEADING_PX if index.data(ID_ROLE) is None else _FOUND_ROW_PX if index.data(UNDER_ROLE) else _ROW_PX
        return QSize(0, self._look.px(pixels))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._look.theme
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(option.font)
        text_rect = rect.adjusted(8, 0, -8, 0)
        if index.data(ID_ROLE) is None:
            font.setPixelSize(self._look.px(12))
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(theme.muted))
            painter.drawText(text_rect.adjusted(0, 8, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), index.data())
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft if chosen else theme.raised))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        if chosen or over:
            spot, side = self.menu_spot(rect), self._look.px(18)
            pixmap = self._look.drawing("more", "muted", 18, painter.device().devicePixelRatioF())
            painter.drawPixmap(spot.center().x() - side // 2, spot.center().y() - side // 2, pixmap)
            text_rect.setRight(spot.left())
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        under = str(index.data(UNDER_ROLE) or "")
        title_rect = text_rect.adjusted(0, 8, 0, -rect.height() // 2) if under else text_rect
        self._write(painter, title_rect, str(index.data()))
        if under:
            font.setPixelSize(self._look.px(12))
            painter.setFont(font)
            painter.setPen(QColor(theme.muted))
            self._write(painter, text_rect.adjusted(0, rect.height() // 2 - 4, 0, -6), under)
        painter.restore()

    def _write(self, painter: QPainter, rect: QRect, text: str) -> None:
        line = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and index.data(ID_ROLE):
            spot = self.menu_spot(QRect(option.rect))
            if event.button() == Qt.MouseButton.LeftButton and spot.contains(event.position().toPoint()):
                self.menu_clicked.emit(index, spot.bottomLeft())
                return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("inline")
        editor.setAccessibleName(str(index.data()))
        editor.setMaxLength(120)
        return editor

    def menu_spot(self, rect: QRect) -> QRect:
        """The touch square of the menu in a row that fills `rect`."""
        side = self._look.px(_SPOT_PX)
        return QRect(rect.right() - side, rect.top(), side, rect.height())


class ConversationsPanel(Translated, QFrame):
    """What the rail asks for is told by signals; the session does it."""

    new_wanted = Signal()
    opened = Signal(int, object)  # (conversation, the message that a search found or None)
    pinned = Signal(int, bool)
    export_wanted = Signal(int, str)
    renamed = Signal(int, str)
    deleted = Signal(int)
    searched = Signal(str)
    page_wanted = Signal(str)  # "products", "import" or "settings"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._look = look
        self._current: int | None = None
        self._leaving: int | None = None
        self.new_button = Button(look, "plus", "nav")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.model = ConversationsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._painter = _RowPainter(look, self.list)
        self.list.setItemDelegate(self._painter)
        self.nothing = label("", "small")
        self.nothing.hide()
        self.data_button, self.import_button = Button(look, "box", "nav"), Button(look, "import", "nav")
        self.settings_button = Button(look, "settings", "nav")
        self._undo_bar = QFrame()
        self._undo_bar.setObjectName("message")
        self._undo_text = label("", wrap=False)
        self._undo_button = Button(look, "undo", "plain")
        self._undo_bar.hide()
        self._undo_timer = QTimer(self)
        self._undo_timer.setSingleShot(True)
        self._undo_timer.setInterval(UNDO_MS)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(150)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        undo = QHBoxLayout(self._undo_bar)
        undo.setContentsMargins(12, 0, 4, 0)
        undo.addWidget(self._undo_text, 1)
        undo.addWidget(self._undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.new_button)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self._undo_bar)
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self.data_button)
        foot.addWidget(self.import_button)
        foot.addWidget(self.settings_button)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_wanted)
        self.data_button.clicked.connect(lambda: self.page_wanted.emit("products"))
        self.import_button.clicked.connect(lambda: self.page_wanted.emit("import"))
        self.settings_button.clicked.connect(lambda: self.page_wanted.emit("settings"))
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self._search_timer.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.list.clicked.connect(self._clicked)
        self.list.activated.connect(self._clicked)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.model.renamed.connect(self.renamed)
        self._painter.menu_clicked.connect(self._show_menu)
        self._delete_action = QAction(self.list)
        self._delete_action.setShortcut("Del")
        self._delete_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete_action.triggered.connect(lambda: self._delete(self.list.currentIndex().data(ID_ROLE)))
        self.list.addAction(self._delete_action)
        for keys, action in (("Ctrl+P", self.toggle_pin), ("Ctrl+S", self._export)):
            own = QAction(self.list)
            own.setShortcut(keys)
            own.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            own.triggered.connect(lambda _=False, action=action: action(self.list.currentIndex()))
            self.list.addAction(own)
        self._undo_button.clicked.connect(self.undo)
        self._undo_timer.timeout.connect(self.settle)

    def show_rows(self, rows: Sequence[ConversationRowLike]) -> None:
        self.model.show(rows)
        self.nothing.setVisible(not rows and bool(self.search.text().strip()))
        self.mark(self._current)

    def mark(self, conversation_id: int | None) -> None:
        """Show which conversation is open (None: a new, empty one)."""
        self._current = conversation_id
        index = self.model.index_of(conversation_id)
        if index.isValid():
            self.list.setCurrentIndex(index)
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())

    def settle(self) -> None:
        """Carry out a deletion that was not undone (also when the window closes)."""
        self._undo_timer.stop()
        self._undo_bar.hide()
        leaving, self._leaving = self._leaving, None
        if leaving is not None:
            self.deleted.emit(leaving)

    def undo(self) -> None:
        """Bring back the conversation that was deleted last."""
        self._undo_timer.stop()
        self._undo_bar.hide()
        leaving, self._leaving = self._leaving, None
        if leaving is not None:
            self.model.hide(leaving, False)
            self.mark(self._current)

    def retranslate(self) -> None:
        self.new_button.name(self.tr("New conversation"), "Ctrl+N")
        self.search.setPlaceholderText(self.tr("Search all that was said"))
        self.search.setAccessibleName(self.tr("Search all that was said"))
        self.search.setToolTip(self.tr("Search conversations (Ctrl+F)"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self.nothing.setText(self.tr("No conversation contains these words."))
        self.data_button.name(self.tr("The shop's data"), "Ctrl+D")
        self.import_button.name(self.tr("Import"), "Ctrl+I")
        self.settings_button.name(self.tr("Settings"), "Ctrl+,")
        self._undo_text.setText(self.tr("Deleted"))
        self._undo_button.name(self.tr("Undo"))
        self.model.regroup()
        self.mark(self._current)

    def _clicked(self, index: QModelIndex) -> None:
        conversation_id = index.data(ID_ROLE)
        if conversation_id is not None:
            self.opened.emit(conversation_id, index.data(FOUND_ROLE))

    def toggle_pin(self, index: QModelIndex) -> None:
        if (conversation_id := index.data(ID_ROLE)) is not None:
            self.pinned.emit(conversation_id, not index.data(PINNED_ROLE))

    def _export(self, index: QModelIndex) -> None:
        if (conversation_id := index.data(ID_ROLE)) is not None:
            self.export_wanted.emit(conversation_id, str(index.data()))

    def _delete(self, conversation_id: int | None) -> None:
        if conversation_id is None:
            return
        self.settle()
        self._leaving = conversation_id
        self.model.hide(conversation_id, True)
        self._undo_bar.show()
        self._undo_timer.start()
        if conversation_id == self._current:
            self.new_wanted.emit()

    def _menu(self, place: QPoint) -> None:
        self._show_menu(self.list.indexAt(place), place)

    def _show_menu(self, index: QModelIndex, place: QPoint) -> None:
        """What can be done with a conversation; `place` is where the menu opens, in the list."""
        number = index.data(ID_ROLE)
        if number is None:
            return
        found, pinned = self.model.index_of, bool(index.data(PINNED_ROLE))
        pin = self.tr("Unpin (Ctrl+P)") if pinned else self.tr("Pin (Ctrl+P)")
        menu = QMenu(self)
        # The list may be read anew while the menu is open: the conversation is looked for when something is chosen.
        for icon, text, action in (
            ("edit", self.tr("Rename (F2)"), lambda: self.list.edit(found(number))),
            ("pin-off" if pinned else "pin", pin, lambda: self.toggle_pin(found(number))),
            ("export", self.tr("Export… (Ctrl+S)"), lambda: self._export(found(number))),
            ("trash", self.tr("Delete (Del)"), lambda: self._delete(number)),
        ):
            menu.addAction(self._look.icon(icon, "text"), text, action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(place))
