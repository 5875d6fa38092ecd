"""Import: one page that fills from top to bottom, from the file to "done, undo"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from shopdesk.core.types import Record
from shopdesk.core.wording import value_text
from shopdesk.gui.jobs import Job, Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, ComboBox, Translated, clear, label, page_of, set_look
from shopdesk.gui.ports import AppLike, StoreLike
from shopdesk.gui.wording import clock, field_label, kind_name, translate

COLUMN_PX = 960
KINDS = ("products", "policies", "promotions", "orders")
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5hkscs", "cp1252")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "products": (
        "sku", "name", "price", "stock", "color", "size", "location", "barcode", "brand", "category", "list_price",
        "currency", "unit", "description", "image", "store", "group",
    ),
    "policies": ("title", "body", "topic", "language", "key"),
    "promotions": ("code", "title", "type", "threshold", "discount", "starts", "ends", "scope", "body", "currency"),
    "orders": (
        "number", "status", "placed_at", "total", "currency", "carrier", "tracking", "expected_at", "customer", "lines",
    ),
}  # fmt: skip
PREVIEW_ROWS = 6
_NOT_SHOWN = frozenset({"currency", "sku", "group", "available", "image"})
_MOST_DOUBTS = 6
_Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """The first rows as they will be stored."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._records: tuple[Record, ...] = ()
        self._fields: list[str] = []

    def show(self, records: Sequence[Record]) -> None:
        self.beginResetModel()
        self._records = tuple(records)
        names = [name for record in records for name in record.fields]
        names += [f"attributes.{name}" for record in records for name in record.attributes]
        language = self._look.language
        self._fields = [
            name
            for name in dict.fromkeys(names)
            if name not in _NOT_SHOWN and any(value_text(record, name, language) is not None for record in records)
        ]  # fmt: skip
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or not self._records else 2 + len(self._fields)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        record, column = self._records[index.row()], index.column()
        if column == 0:
            return record.key
        if column == 1:
            return record.title
        return value_text(record, self._fields[column - 2], self._look.language) or ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return translate("Wording", "Code")
        if section == 1:
            return translate("Wording", "Name")
        return field_label(self._fields[section - 2], self._look.language)


class DropArea(QFrame):
    """Takes one file by drag and drop."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            set_look(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_look(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_look(self, "over", False)
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.dropped.emit(url.toLocalFile())
                return


class ImportPage(Translated, QScrollArea):
    """File → what it is → first rows → what will change → import → done, undo."""

    data_changed = Signal()

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._path: Path | None = None
        self._plan: Any = None
        self._rows: Sequence[Record] = ()
        self._report: dict[str, Any] | None = None
        self._mapping: dict[str, str] = {}
        self._kind: str | None = None
        self._encoding: str | None = None
        self._all_fields = False
        self._job: Job | None = None
        self._batches: list[Any] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.preview = PreviewModel(look)
        self._build()
        self._lay_out()
        self.retranslate()

    # Building -------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self._look
        self.title, self.drop_text = label("", "page-title"), label("", "muted")
        self.drop = DropArea()
        self.choose_button = Button(look, "import", "primary", ink="on_accent")
        self.file_name, self.file_about = label("", "title", selectable=True), label("", "small")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.what_heading, self.rows_heading = label("", "heading"), label("", "heading")
        self.change_heading, self.before_heading = label("", "heading"), label("", "heading")
        self.kind_label, self.encoding_label = label("", "small"), label("", "small")
        self.kind, self.encoding = ComboBox(look), ComboBox(look)
        self.fields_button = Button(look, "", "link", ink="accent")
        self.table = QTableView()
        self.table.setModel(self.preview)
        self.table.verticalHeader().hide()
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.no_rows = label("", "muted")
        self.doubts = label("", "warning")
        self.import_button = Button(look, "import", "primary", ink="on_accent")
        self.done_text = label("", "good")
        self.undo_button = Button(look, "undo")
        self._fields_grid, self._counts, self._before = QGridLayout(), QHBoxLayout(), QVBoxLayout()
        self.choose_button.clicked.connect(self._choose_file)
        self.drop.dropped.connect(lambda name: self.open_file(Path(name)))
        self.kind.activated.connect(lambda _n: self._correct(kind=self.kind.currentData()))
        self.encoding.activated.connect(lambda _n: self._correct(encoding=self.encoding.currentData()))
        self.fields_button.clicked.connect(self._toggle_fields)
        self.import_button.clicked.connect(self.commit)
        self.undo_button.clicked.connect(self.undo_last)

    def _lay_out(self) -> None:
        drop = QHBoxLayout(self.drop)
        drop.setContentsMargins(20, 20, 20, 20)
        drop.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.file_name)
        words.addWidget(self.file_about)
        words.addWidget(self.drop_text)
        drop.addLayout(words, 1)
        drop.addWidget(self.choose_button)
        choices = QGridLayout()
        choices.setHorizontalSpacing(16)
        choices.setVerticalSpacing(4)
        choices.addWidget(self.kind_label, 0, 0)
        choices.addWidget(self.encoding_label, 0, 1)
        choices.addWidget(self.kind, 1, 0)
        choices.addWidget(self.encoding, 1, 1)
        choices.addWidget(label(""), 1, 2)
        for place in range(3):
            choices.setColumnStretch(place, 1)
        self._fields_grid.setHorizontalSpacing(16)
        self._fields_grid.setVerticalSpacing(4)
        for place in range(3):
            self._fields_grid.setColumnStretch(place, 1)
        self.what = _section(self.what_heading, choices, self._fields_grid, self.fields_button)
        self.rows = _section(self.rows_heading, self.table, self.no_rows)
        done = QHBoxLayout()
        done.addWidget(self.import_button)
        done.addWidget(self.undo_button)
        done.addWidget(self.done_text, 1)
        self._counts.setSpacing(32)
        self.change = _section(self.change_heading, self._counts, self.doubts, done)
        self.before = _section(self.before_heading, self._before)
        column = QVBoxLayout()
        column.setSpacing(16)
        for piece in (self.title, self.drop, self.busy, self.what, self.rows, self.change, self.before):
            column.addWidget(piece)
        column.addStretch(1)
        self.setWidget(page_of(column, COLUMN_PX))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Import"))
        self.drop_text.setText(
            self.tr("Drop a table of products, policies, promotions or orders here: CSV, TSV, JSON or Markdown.")
        )
        self.choose_button.name(self.tr("Choose a file…"))
        self.what_heading.setText(self.tr("What it is"))
        self.kind_label.setText(self.tr("Rows are"))
        self.encoding_label.setText(self.tr("Encoding"))
        self.rows_heading.setText(self.tr("First rows, as they will be stored"))
        self.no_rows.setText(self.tr("No row of this file can be stored in this way."))
        self.change_heading.setText(self.tr("What will change"))
        self.before_heading.setText(self.tr("Earlier imports"))
        self.undo_button.name(self.tr("Undo this import"))
        self._draw()
        self._draw_before()

    # The way of a file ----------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Look at a file and show what would happen. Nothing is written."""
        self._path, self._kind, self._encoding, self._mapping = path, None, None, {}
        self._look_at_it()

    def commit(self) -> None:
        """Do what the page shows."""
        plan, importer = self._plan, self._app.store.importer
        if plan is None or self._running():
            return
        self._work(lambda: importer.commit(plan), self._committed)

    def undo_last(self) -> None:
        """Take back the import that was just done."""
        if self._report is not None and self._report.get("batch") is not None:
            self._undo(int(self._report["batch"]))

    def refresh(self) -> None:
        """Read the earlier imports again."""
        importer = self._app.store.importer
        self._jobs.call("batches", importer.batches, on_done=self._show_before, on_failed=self._messages.report)

    @staticmethod
    def last_import(store: StoreLike) -> str:
        """When rows last came in (ISO time), or "" if never. Reads the store: not for the GUI thread."""
        return max((_time_of(batch) for batch in store.importer.batches() if not _undone(batch)), default="")

    def _choose_file(self) -> None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt *.json *.jsonl *.md);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file to import"), "", kinds)
        if name:
            self.open_file(Path(name))

    def _correct(self, kind: str | None = None, encoding: str | None = None) -> None:
        """The user knows better what the file is; columns are guessed afresh for another kind."""
        if kind is not None and kind != self._kind:
            self._kind, self._mapping = kind, {}
        self._encoding = encoding or self._encoding
        self._look_at_it()

    def _map(self, field: str, column: str) -> None:
        """The user knows better which column a field is."""
        if column:
            self._mapping[field] = column
            self._look_at_it()

    def _look_at_it(self) -> None:
        path, importer = self._path, self._app.store.importer
        if path is None or self._running():
            return
        kind, mapping, encoding = self._kind, dict(self._mapping), self._encoding
        self._report = None

        def look() -> object:
            plan = importer.plan(path, kind=kind, mapping=mapping or None, encoding=encoding)
            return plan, importer.preview(plan, PREVIEW_ROWS)

        self._work(look, self._planned)

    def _work(self, function: Any, done: Any) -> None:
        self.busy.show()
        self.import_button.setEnabled(False)
        self._job = self._jobs.call("import", function, on_done=done, on_failed=self._failed)
        self._job.ended.connect(self._idle)

    def _running(self) -> bool:
        return self._job is not None and self._job.running

    def _idle(self) -> None:
        self._job = None
        self.busy.hide()
        self._draw()

    def _planned(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._plan, self._rows = found
        self._report = None

    def _committed(self, report: object) -> None:
        self._report = report.to_json()  # type: ignore[attr-defined]
        self._plan = None
        self.refresh()
        self.data_changed.emit()

    def _failed(self, error: object) -> None:
        self._messages.report(error)

    def _undo(self, batch: int) -> None:
        importer = self._app.store.importer
        if not self._running():
            self._work(lambda: importer.undo(batch), self._taken_back)

    def _taken_back(self, _report: object) -> None:
        self._report = None
        self._path = None
        self._messages.say(self.tr("The import was taken back; the rows are as before."))
        self.refresh()
        self.data_changed.emit()

    # Drawing --------------------------------------------------------------------------------

    def _draw(self) -> None:
        about: dict[str, Any] = self._plan.to_json() if self._plan is not None else (self._report or {})
        open_file = bool(about) and self._path is not None
        self.file_name.setVisible(open_file)
        self.file_about.setVisible(open_file)
        self.drop_text.setVisible(not open_file)
        self.what.setVisible(self._plan is not None)
        self.rows.setVisible(self._plan is not None)
        self.change.setVisible(open_file)
        if not open_file or self._path is None:
            return
        self.file_name.setText(self._path.name)
        self.file_about.setText(self.tr("{n} rows read").format(n=f"{about.get('read', 0):,}"))
        self._draw_counts(about)
        if self._plan is not None:
            self._draw_what(about)
            self._draw_rows()
        done = self._report is not None
        to_do = int(about.get("new", 0)) + int(about.get("changed", 0))
        self.import_button.setVisible(not done)
        self.import_button.setEnabled(to_do > 0 and not self._running())
        self.import_button.name(self.tr("Import {n} rows").format(n=f"{to_do:,}"))
        self.undo_button.setVisible(done and about.get("batch") is not None)
        self.change_heading.setText(self.tr("Done") if done else self.tr("What will change"))
        removed = int(about.get("sample_removed") or 0)
        note = ""
        if removed:
            note = self.tr("The sample shop gives way: {n} of its rows go.").format(n=removed)
        elif not done and not to_do:
            note = self.tr("Nothing to do: the shop already has these rows.")
        self.done_text.setText(note)

    def _draw_what(self, about: Mapping[str, Any]) -> None:
        self.kind.clear()
        for kind in KINDS:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(about.get("kind"))))
        encoding = str(about.get("encoding") or "")
        self.encoding.clear()
        for name in dict.fromkeys((encoding, *ENCODINGS)):
            self.encoding.addItem(name, name)
        self._draw_fields(str(about.get("kind")), about.get("mapping") or {})

    def _draw_fields(self, kind: str, mapping: Mapping[str, str]) -> None:
        clear(self._fields_grid)
        fields = [*_FIELDS.get(kind, ())]
        fields += [name for name in mapping if name not in fields]
        shown = fields if self._all_fields else [name for name in fields if name in mapping or name in fields[:4]]
        columns = [str(name) for name in self._plan.layout.header]
        for number, name in enumerate(shown):
            row, place = divmod(number, 3)
            box = ComboBox(self._look)
            if name not in mapping:
                box.addItem(self.tr("(not in the file)"), "")
            for column in columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(mapping.get(name, ""))))
            box.setAccessibleName(field_label(name, self._look.language))
            box.activated.connect(lambda _n, name=name, box=box: self._map(name, str(box.currentData())))
            self._fields_grid.addWidget(label(field_label(name, self._look.language), "small"), row * 3, place)
            self._fields_grid.addWidget(box, row * 3 + 1, place)
            self._fields_grid.setRowMinimumHeight(row * 3 + 2, 4)
        self.fields_button.setVisible(self._all_fields or len(shown) < len(fields))
        self.fields_button.name(self.tr("Only the fields found") if self._all_fields else self.tr("All fields"))

    def _toggle_fields(self) -> None:
        self._all_fields = not self._all_fields
        self._draw()

    def _draw_rows(self) -> None:
        records = self._rows
        self.preview.show(records)
        self.no_rows.setVisible(not records)
        self.table.setVisible(bool(records))
        self.table.resizeColumnsToContents()
        header = self.table.horizontalHeader()
        for section in range(header.count()):
            header.resizeSection(section, max(72, min(220, header.sectionSize(section) + 8)))
        rows = sum(self.table.rowHeight(row) for row in range(len(records)))
        scrolls = header.length() > COLUMN_PX - 40
        self.table.setFixedHeight(rows + header.sizeHint().height() + (14 if scrolls else 2))

    def _draw_counts(self, about: Mapping[str, Any]) -> None:
        clear(self._counts)
        named = (
            ("new", self.tr("new")), ("changed", self.tr("changed")), ("unchanged", self.tr("unchanged")),
            ("rejected", self.tr("rejected")),
        )  # fmt: skip
        for key, name in named:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label(f"{int(about.get(key) or 0):,}", "count", wrap=False))
            column.addWidget(label(name, "small", wrap=False))
            self._counts.addLayout(column)
        self._counts.addStretch(1)
        doubts = list(about.get("suspicious") or ())
        reason = "reason_zh" if self._look.language == "zh" else "reason"
        lines = [
            self.tr("Line {line}, {field}: {reason}").format(
                line=doubt.get("line"),
                field=field_label(str(doubt.get("field")), self._look.language),
                reason=doubt.get(reason),
            )
            for doubt in doubts[:_MOST_DOUBTS]
        ]  # fmt: skip
        if len(doubts) > _MOST_DOUBTS:
            lines.append(self.tr("… and {n} more to look at").format(n=len(doubts) - _MOST_DOUBTS))
        self.doubts.setText("\n".join(lines))
        self.doubts.setVisible(bool(lines))

    def _show_before(self, batches: object) -> None:
        self._batches = list(batches) if isinstance(batches, list | tuple) else []
        self._draw_before()

    def _draw_before(self) -> None:
        clear(self._before)
        self.before.setVisible(bool(self._batches))
        newest_first = sorted(self._batches, key=lambda batch: int(batch.id), reverse=True)
        for batch in newest_first[:8]:
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(label(Path(str(batch.file)).name), 2)
            line.addWidget(label(kind_name(str(batch.report["kind"])), "muted"), 1)
            line.addWidget(label(clock(_time_of(batch)), "muted"), 1)
            undo = Button(self._look, "undo", "plain")
            undo.name(self.tr("Undone") if _undone(batch) else self.tr("Undo"))
            undo.setEnabled(not _undone(batch))
            undo.clicked.connect(lambda _=False, number=int(batch.id): self._undo(number))
            line.addWidget(undo)
            self._before.addLayout(line)


def _time_of(batch: Any) -> str:
    return str(batch.imported_at)


def _undone(batch: Any) -> bool:
    return batch.undone_at is not None


def _section(*pieces: QWidget | QHBoxLayout | QVBoxLayout | QGridLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("section")
    column = QVBoxLayout(frame)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(12)
    for piece in pieces:
        if isinstance(piece, QWidget):
            column.addWidget(piece)
        else:
            column.addLayout(piece)
    return frame
