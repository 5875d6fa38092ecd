"""One row as a form beside the table: its fields, its attributes, what is wrong with a value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from shopdesk.core.types import Record
from shopdesk.gui.admin.kinds import KindView, choice_name
from shopdesk.gui.admin.markdown_editor import MarkdownEditor
from shopdesk.gui.admin.records_model import MOMENTS
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, ComboBox, Translated, clear, label, set_look, set_role
from shopdesk.gui.wording import clock, column_label, minute

ATTRIBUTE = "attributes."
_PROSE_PX = 96
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?")
_OFFSET = re.compile(r"(?<=:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)$")
_Input = QLineEdit | QPlainTextEdit | ComboBox | MarkdownEditor


class RowForm(Translated, QFrame):
    """`saved(fields)` carries what was changed, by name; `deleted` and `closed` say what they say."""

    saved = Signal(object)
    deleted = Signal()
    closed = Signal()
    discarded = Signal()

    def __init__(self, view: KindView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section")
        self._view, self._look = view, look
        self._record: Record | None = None
        self._values: dict[str, str] = {}
        self._shown: dict[str, str] = {}  # the same as the inputs give them back, untouched
        self._fault = ""
        self.inputs: dict[str, _Input] = {}
        self.title, self.about = label("", "title"), label("", "small")
        self.close_button = Button(look, "close", "square")
        self.fault, self.unsaved = label("", "error"), label("", "warning")
        self.save_button = Button(look, "check", "primary", ink="on_accent")
        self.discard_button = Button(look, "undo", "plain")
        self.delete_button = Button(look, "trash", "danger", ink="error")
        self.attribute_name, self.attribute_value = QLineEdit(), QLineEdit()
        self.attribute_button = Button(look, "plus", "square")
        self._grid = QGridLayout()
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self._discard)
        self.delete_button.clicked.connect(self.deleted)
        self.close_button.clicked.connect(self.closed)
        self.attribute_button.clicked.connect(self._add_attribute)
        self.attribute_value.returnPressed.connect(self._add_attribute)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        body = QWidget()
        body.setObjectName("form-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._grid, 1 if self._view.markdown else 0)
        if not self._view.markdown:
            more = QHBoxLayout()
            more.setContentsMargins(0, 8, 0, 0)
            more.setSpacing(8)
            for piece in (self.attribute_name, self.attribute_value, self.attribute_button):
                more.addWidget(piece)
            column.addLayout(more)
            column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.save_button)
        actions.addWidget(self.discard_button)
        actions.addStretch(1)
        actions.addWidget(self.delete_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.unsaved)
        whole.addWidget(self.fault)
        whole.addLayout(actions)

    # What is shown -----------------------------------------------------------------------------

    @property
    def record(self) -> Record | None:
        """The row that is shown, None for one that is being added."""
        return self._record

    def show_row(self, record: Record | None, values: Mapping[str, str]) -> None:
        """`values`: the texts of all fields, and of attributes as `attributes.NAME`; all blank for a new row."""
        self._record, self._values = record, dict(values)
        self._fault = ""
        self._build()
        self._mark_changes()

    def changes(self) -> dict[str, str]:
        """What the user changed so far."""
        now = {name: _text_of(field) for name, field in self.inputs.items()}
        return {name: self._meant(name, text) for name, text in now.items() if text != self._shown[name]}

    @property
    def dirty(self) -> bool:
        return bool(self.changes())

    def show_fault(self, field: str, text: str) -> None:
        """Say what is wrong, at the field it is about where that is known."""
        self._fault = field
        self.fault.setText(f"{column_label(field, self._look.language)}: {text}" if field in self.inputs else text)
        self.fault.show()
        for name, piece in self.inputs.items():
            set_look(_edge(piece), "fault", name == field)
        if field in self.inputs:
            _edge(self.inputs[field]).setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_changes(self) -> None:
        """Another row is wanted while this one has changes that are not saved."""
        self.unsaved.show()
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        changes = self.changes()
        if changes:
            self.saved.emit(changes)

    def retranslate(self) -> None:
        self.close_button.name(self.tr("Close"), "Esc", bare=True)
        self.save_button.name(self.tr("Save"), "Ctrl+S")
        self.discard_button.name(self.tr("Discard changes"))
        self.delete_button.name(self.tr("Delete"), "Del")
        self.attribute_button.name(self.tr("Add this attribute"), bare=True)
        self.attribute_name.setPlaceholderText(self.tr("Another attribute"))
        self.attribute_name.setAccessibleName(self.tr("Another attribute"))
        self.attribute_value.setPlaceholderText(self.tr("its value"))
        self.attribute_value.setAccessibleName(self.tr("its value"))
        self.unsaved.setText(self.tr("This row has changes that are not saved."))
        if self._values:
            changed = self.changes()
            self._build()
            self._put(changed)
        self._draw_head()

    # Inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        clear(self._grid)
        self.inputs = {}
        row, place = 0, 0
        names = [name for name in self._values if name != self._view.markdown]
        for name in (*names, *filter(None, (self._view.markdown,))):
            wide = name in self._view.prose or name == self._view.markdown
            if wide and place:
                row, place = row + 1, 0
            self._put_input(name, row, place, 2 if wide else 1)
            row, place = (row + 1, 0) if wide or place else (row, 1)
        self.fault.hide()
        self.unsaved.hide()
        self._draw_head()

    def _put_input(self, name: str, row: int, place: int, span: int) -> None:
        piece = self._input_for(name)
        _edge(piece).setAccessibleName(column_label(name, self._look.language))
        _put_text(piece, _shown_text(name, self._values[name]))
        self._shown[name] = _text_of(piece)
        changed = piece.currentIndexChanged if isinstance(piece, ComboBox) else piece.textChanged
        changed.connect(self._mark_changes)
        caption = label(column_label(name, self._look.language), "small")
        caption.setContentsMargins(0, 4, 0, 0)
        self._grid.addWidget(caption, 2 * row, place, 1, span)
        self._grid.addWidget(piece, 2 * row + 1, place, 1, span)
        self._grid.setRowStretch(2 * row + 1, int(name == self._view.markdown))
        self.inputs[name] = piece

    def _input_for(self, name: str) -> _Input:
        if name == self._view.markdown:
            return MarkdownEditor(self._look)
        if name in self._view.prose:
            text = QPlainTextEdit()
            text.setObjectName("field")
            text.setFixedHeight(self._look.px(_PROSE_PX))
            text.setTabChangesFocus(True)
            return text
        choices = (self._view.choices or {}).get(name)
        if choices is None:
            return QLineEdit()
        box = ComboBox(self._look)
        for value in dict.fromkeys((*choices, self._values[name])):
            box.addItem(choice_name(value), value)
        return box

    def _meant(self, name: str, text: str) -> str:
        """What is written for an input: a moment stays by the clock that it was told by."""
        offset = _OFFSET.search(self._values[name]) if name in MOMENTS and _MINUTE.fullmatch(text.strip()) else None
        return text.strip() + offset[1] if offset else text

    def _add_attribute(self) -> None:
        name, value = self.attribute_name.text().strip(), self.attribute_value.text().strip()
        if not name or not value:
            (self.attribute_value if name else self.attribute_name).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        changed = {**self.changes(), f"{ATTRIBUTE}{name}": value}
        self._values.setdefault(f"{ATTRIBUTE}{name}", "")
        self.attribute_name.clear()
        self.attribute_value.clear()
        self._build()
        self._put(changed)

    def _put(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            _put_text(self.inputs[name], _shown_text(name, text))
        self._mark_changes()

    def _discard(self) -> None:
        self.show_row(self._record, self._values)
        self.discarded.emit()

    def _mark_changes(self) -> None:
        dirty = self.dirty
        self.save_button.setEnabled(dirty)
        self.discard_button.setVisible(dirty)
        if not dirty:
            self.unsaved.hide()
        if self._fault and self.fault.isVisible():
            self.fault.hide()
            set_look(_edge(self.inputs[self._fault]), "fault", False) if self._fault in self.inputs else None

    def _draw_head(self) -> None:
        record = self._record
        self.delete_button.setVisible(record is not None)
        if record is None:
            self.title.setText(self.tr("New row"))
            self.about.setText(self.tr("Fill in what is known; the rest may stay blank."))
            return
        self.title.setText(record.title_in(self._look.language) or record.key)
        said = [self.tr("as of {time}").format(time=clock(record.as_of))]
        if record.stale:
            said.append(self.tr("out of date"))
        if record.sample:
            said.append(self.tr("sample"))
        self.about.setText(" · ".join(said))
        set_role(self.about, "warning" if record.stale else "small")


def _shown_text(name: str, text: str) -> str:
    return minute(text) if name in MOMENTS else text


def _text_of(piece: _Input) -> str:
    if isinstance(piece, ComboBox):
        return str(piece.currentData() or "")
    return piece.text() if isinstance(piece, QLineEdit) else piece.toPlainText()


def _put_text(piece: _Input, text: str) -> None:
    if isinstance(piece, ComboBox):
        piece.setCurrentIndex(max(0, piece.findData(text)))
    elif isinstance(piece, QLineEdit):
        piece.setText(text)
        piece.setCursorPosition(0)
    else:
        piece.setPlainText(text)


def _edge(piece: _Input) -> QWidget:
    """The part of an input that has the border and the cursor."""
    return piece.input if isinstance(piece, MarkdownEditor) else piece


def blank(fields: Sequence[str]) -> dict[str, str]:
    """The texts of a row that is being added."""
    return dict.fromkeys(fields, "")
