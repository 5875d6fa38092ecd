"""The rows of one kind: a table to filter and sort, the chosen row as a form beside it, the last change undoable."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import Record
from shopdesk.gui.admin.kinds import KINDS, filter_name
from shopdesk.gui.admin.records_model import RecordsModel, identity
from shopdesk.gui.admin.row_form import RowForm, blank
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, ComboBox, Translated, label
from shopdesk.gui.ports import AppLike
from shopdesk.gui.wording import kind_name

ROWS_AT_A_TIME = 200
BESIDE_PX = 820
"""From this width on the form stands beside the table; else it takes its place."""
_FORM_PX, _MARKDOWN_SHARE = 420, 0.58
_TITLE_PX = 160
"""What the column that takes the rest should have at least; else others are left out."""
_ROW_PX, _NARROWEST_PX = 36, 56
_UNDER_COUNT_PX = 3
"""What brings the small letters of the count onto the line that the large ones of the title stand on."""
_WIDEST_PX, _TITLE_WANTS_PX = 240, 280
"""What a column takes at most however long its texts, and what the one that takes the rest gives up to none of them."""
_ROWS_MEASURED = 20
_TYPING_MS = 200


class RecordsPage(Translated, QWidget):
    data_changed = Signal()

    def __init__(
        self, kind: str, app: AppLike, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.kind, self._view = kind, KINDS[kind]
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._asked = 0  # counts the questions to the store: an answer to an older one is not shown
        self._pending: Record | None = None
        self._last_edit = 0
        self._fitted: dict[int, int] = {}
        self._blank: frozenset[str] = frozenset()
        self.title, self.count = label("", "page-title", wrap=False), label("", "small", wrap=False)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.only = ComboBox(look)
        self.add_button = Button(look, "plus", "primary", ink="on_accent")
        self.rows = RecordsModel(look, [name for name, _ in self._view.columns])
        self.table = self._make_table()
        self.nothing = label("", "muted")
        self.form = RowForm(self._view, look)
        self.form.hide()
        self.undo_bar = QFrame()
        self.undo_bar.setObjectName("message")
        self.undo_text, self.undo_button = label(""), Button(look, "undo", "plain")
        self.undo_bar.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self.setFocusProxy(self.table)
        self._lay_out()
        self._connect()
        self._size()
        look.changed.connect(self._size)
        self.retranslate()

    # Building --------------------------------------------------------------------------------

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.rows)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for section, (_name, width) in enumerate(self._view.columns):
            if not width:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        return table

    def _size(self) -> None:
        """Rows and columns as large as their letters want them."""
        self.table.verticalHeader().setDefaultSectionSize(self._look.px(_ROW_PX))
        self.table.horizontalHeader().setMinimumSectionSize(self._look.px(_NARROWEST_PX))
        self.count.setContentsMargins(0, 0, 0, self._look.px(_UNDER_COUNT_PX))
        self._fitted = {}
        self._place_form(shown=self.form.isVisibleTo(self))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        named = QHBoxLayout()
        named.setSpacing(12)
        named.addWidget(self.title)
        named.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addLayout(named)
        head.setAlignment(named, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.add_button)
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.search, 2)
        tools.addWidget(self.only, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        self._left = left
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(16)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.form)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        undo = QHBoxLayout(self.undo_bar)
        undo.setContentsMargins(16, 0, 4, 0)
        undo.addWidget(self.undo_text, 1)
        undo.addWidget(self.undo_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.undo_bar)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self.refresh)
        self.only.activated.connect(lambda _n: self.refresh())
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda _section, _order: self.refresh())
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._chosen())
        self.rows.more_wanted.connect(self._fetch_more)
        self.add_button.clicked.connect(self.add)
        self.form.saved.connect(self._save)
        self.form.deleted.connect(self.delete)
        self.form.closed.connect(self.close_form)
        self.form.discarded.connect(self._go_on)
        self.undo_button.clicked.connect(self.undo)
        keys = {"Del": self.delete, "Return": self._into_form}
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self.table, action, context=Qt.ShortcutContext.WidgetShortcut)

    def retranslate(self) -> None:
        self.title.setText(kind_name(self.kind))
        self.search.setPlaceholderText(self.tr("Search: words, or the beginning of a code"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.add_button.name(self.tr("Add a row"))
        self.undo_button.name(self.tr("Undo"))
        self.nothing.setText(self.tr("No rows here. Import a file, or add one by hand."))
        self.table.setAccessibleName(kind_name(self.kind))
        chosen = self.only.currentData() or ""
        self.only.clear()
        for name in ("", *self._app.store.browser.filters(self.kind)):
            self.only.addItem(filter_name(name), name)
        self.only.setCurrentIndex(max(0, self.only.findData(chosen)))
        self.only.setAccessibleName(self.tr("Which rows"))
        self.only.setToolTip(self.only.accessibleName())
        self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.rows.columns) - 1)
        self._draw_count()

    # The table -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the rows again, as they are filtered and sorted now."""
        self._asked += 1
        number, (text, only), order = self._asked, self._wish(), self._order()
        browser, kind, spare = self._app.store.browser, self.kind, self._view.spare

        def ask() -> object:
            rows = browser.page(kind, limit=ROWS_AT_A_TIME, text=text, only=only, **order)
            blank = None if text or only else browser.blank(kind, spare)
            return rows, browser.total(kind, text=text, only=only), blank

        def show(found: object) -> None:
            assert isinstance(found, tuple)
            if number == self._asked:
                self._show_rows(*found)

        self._jobs.call("rows", ask, on_done=show, on_failed=self._messages.report)

    def _wish(self) -> tuple[str, str]:
        return self.search.text().strip(), str(self.only.currentData() or "")

    def _order(self) -> dict[str, Any]:
        header = self.table.horizontalHeader()
        section = header.sortIndicatorSection()
        if not 0 <= section < len(self.rows.columns):
            return {}
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return {"sort": self.rows.columns[section], "descending": descending}

    def _fetch_more(self, offset: int) -> None:
        number, (text, only), order = self._asked, self._wish(), self._order()
        browser, kind = self._app.store.browser, self.kind
        self._jobs.call(
            "rows",
            lambda: browser.page(kind, limit=ROWS_AT_A_TIME, offset=offset, text=text, only=only, **order),
            on_done=lambda rows: self.rows.append(rows) if number == self._asked else None,  # type: ignore[arg-type]
            on_failed=self._messages.report,
        )

    def _show_rows(self, records: list[Record], total: int, blank: frozenset[str] | None) -> None:
        """`blank`: the spare columns that no row of the shop fills, None where only some of its rows were asked for."""
        if blank is not None:
            self._blank = blank if total else frozenset()
        shown = self.form.record if self.form.isVisibleTo(self) else None
        self.table.selectionModel().blockSignals(True)
        self.rows.show(records, total)
        self.table.selectionModel().blockSignals(False)
        self._draw_count()
        self._place_form(shown=self.form.isVisibleTo(self))
        if shown is not None:
            row = self.rows.row_of(shown)
            self._select(row)
            if row >= 0 and not self.form.dirty:
                self._open(self.rows.record(row))
            elif row < 0 and not self.form.dirty:
                self._place_form(shown=False)

    def _draw_count(self) -> None:
        total = self.rows.total
        self.count.setText(self.tr("1 row") if total == 1 else self.tr("{n} rows").format(n=f"{total:,}"))
        self.nothing.setVisible(self.rows.total == 0)

    def _select(self, row: int) -> None:
        """Mark a row without opening it (-1: none)."""
        model = self.table.selectionModel()
        model.blockSignals(True)
        if row < 0:
            model.clear()
        else:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            model.setCurrentIndex(self.rows.index(row, 0), flags)
        model.blockSignals(False)
        self.table.viewport().update()

    # The form ----------------------------------------------------------------------------------

    def _chosen(self) -> None:
        chosen = self.table.selectionModel().selectedRows()
        if not chosen:
            return
        record = self.rows.record(chosen[0].row())
        if self.form.isVisibleTo(self) and self.form.dirty:
            if self.form.record is None or identity(record) != identity(self.form.record):
                self._pending = record
                self.form.ask_for_changes()
            return
        self._open(record)

    def _open(self, record: Record | None) -> None:
        editor = self._app.store.editor
        values = editor.values(record) if record is not None else blank(editor.fields(self.kind))
        self._pending = None
        self.form.show_row(record, values)
        self._place_form(shown=True)

    def add(self) -> None:
        """Begin a new row."""
        if self.form.isVisibleTo(self) and self.form.dirty:
            self.form.ask_for_changes()
            return
        self._select(-1)
        self._open(None)
        self._into_form()

    def close_form(self) -> None:
        self._pending = None
        self._place_form(shown=False)
        self._select(-1)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_form(self) -> None:
        first = next(iter(self.form.inputs.values()), None)
        if first is not None and self.form.isVisibleTo(self):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """To the row that was wanted while there were unsaved changes."""
        record, self._pending = self._pending, None
        if record is not None:
            self._select(self.rows.row_of(record))
            self._open(record)

    def _place_form(self, *, shown: bool) -> None:
        px = self._look.px
        beside = self.width() >= px(BESIDE_PX)
        self.form.setVisible(shown)
        self._left.setVisible(beside or not shown)
        width = self.width() - 48
        self.form.setMinimumWidth(
            int(width * _MARKDOWN_SHARE) if self._view.markdown else min(px(_FORM_PX), width // 2)
        )
        room = width - (self.form.minimumWidth() + self.splitter.handleWidth() if shown and beside else 0)
        left_out = set(self._blank)
        for spare in (*self._view.spare, "as_of"):
            if room < px(_TITLE_PX + sum(width for name, width in self._view.columns if name not in left_out)):
                left_out.add(spare)
        for section, (name, _width) in enumerate(self._view.columns):
            self.table.setColumnHidden(section, name in left_out)
        self._fit_columns(room, left_out)

    def _fit_columns(self, room: int, left_out: set[str]) -> None:
        """Give each column what its texts take: less than its usual width, or more where there is room for it.

        A column that the user drew wider or narrower stays so until its texts take another width.
        """
        px, table = self._look.px, self.table
        usual = {n: px(width) for n, (name, width) in enumerate(self._view.columns) if name not in left_out}
        wanted = {n: max(table.sizeHintForColumn(n), table.horizontalHeader().sectionSizeHint(n)) for n in usual}
        if not self.rows.rowCount():
            wanted = {n: max(width, table.horizontalHeader().sectionSizeHint(n)) for n, width in usual.items()}
        least = {n: max(px(_NARROWEST_PX), table.horizontalHeader().sectionSizeHint(n)) for n in usual}
        fitted = {n: max(least[n], min(wanted[n], width)) for n, width in usual.items() if width}
        title = sum(min(wanted[n], px(_TITLE_WANTS_PX)) for n, width in usual.items() if not width)
        spare = room - max(title, px(_TITLE_PX)) - sum(fitted.values())
        for n, width in fitted.items():
            more = max(0, min(wanted[n] - width, px(_WIDEST_PX) - width, spare))
            spare -= more
            if self._fitted.get(n) != width + more:
                self._fitted[n] = width + more
                table.setColumnWidth(n, width + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_form(shown=self.form.isVisibleTo(self))

    # What is written ------------------------------------------------------------------------------

    def _save(self, changes: object) -> None:
        assert isinstance(changes, dict)
        editor, record, kind = self._app.store.editor, self.form.record, self.kind
        if record is None:
            self._write(lambda: editor.add(kind, changes), self.tr("“{name}” was added."))
        else:
            named = _named(record)
            self._write(lambda: editor.change(kind, record.key, changes, **named), self.tr("“{name}” was saved."))

    def delete(self) -> None:
        """Delete the row that is shown; it can be undone."""
        record, editor, kind = self.form.record, self._app.store.editor, self.kind
        if record is not None and self.form.isVisibleTo(self):
            named = _named(record)
            self._write(lambda: editor.delete(kind, record.key, **named), self.tr("“{name}” was deleted."))

    def undo(self) -> None:
        """Take back the last change on this page."""
        editor, edit = self._app.store.editor, self._last_edit
        self.undo_bar.hide()

        def done(record: object) -> None:
            self.form.show_row(None, blank(editor.fields(self.kind)))
            self._place_form(shown=False)
            if isinstance(record, Record):
                self._open(record)
            self.refresh()
            self.data_changed.emit()

        self._jobs.call("undo-edit", lambda: editor.take_back(edit), on_done=done, on_failed=self._messages.report)

    def _write(self, write: Any, said: str) -> None:
        self.form.setEnabled(False)
        job = self._jobs.call("edit", write, on_done=lambda edit: self._written(edit, said), on_failed=self._refused)
        job.ended.connect(lambda: self.form.setEnabled(True))

    def _written(self, edit: Any, said: str) -> None:
        before, after = edit.before, edit.after
        row = self.rows.row_of(before) if before is not None else -1
        name = (after or before).title_in(self._look.language) or (after or before).key
        self._last_edit = edit.id
        self.undo_text.setText(said.format(name=name))
        self.undo_bar.setVisible(bool(edit.id))
        if after is None:
            self.form.show_row(None, blank(()))
            if row >= 0:
                self.rows.remove(row)
            self.close_form()
        elif before is None:
            self._open(after)
            self.refresh()
        else:
            if row >= 0:
                self.rows.replace(row, after)
            pending = self._pending
            self._open(after)
            self._pending = pending
            self._go_on()
        self._draw_count()
        self.data_changed.emit()

    def _refused(self, error: object) -> None:
        if isinstance(error, UserFacingError) and "field" in error.params:
            self.form.show_fault(str(error.params["field"]), error.text(self._look.language))
        else:
            self._messages.report(error)


def _named(record: Record) -> dict[str, str]:
    """What names a row beside its key."""
    return {name: str(record.fields.get(name) or "") for name in ("store", "language")}
