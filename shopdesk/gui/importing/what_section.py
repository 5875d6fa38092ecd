"""What a file is taken for: parts, kind, encoding, header and currency, each of which can be set right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout

from shopdesk.gui.importing.columns_table import ColumnsTable
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, CheckBox, ComboBox, Section, Translated, clear, label
from shopdesk.gui.wording import kind_name

KINDS = ("products", "policies", "promotions", "orders", "stores", "answers", "barcodes", "attributes", "lists")
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16", "shift_jis", "euc_kr", "cp1252")
CURRENCIES = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW")
_SAMPLE_LINES = 2
_SAMPLE_CHARACTERS = 110


class WhatSection(Translated, Section):
    """`corrected(part, wishes)` and `mapped(part, title, field)` tell what the user knows better."""

    corrected = Signal(str, object)
    mapped = Signal(object, str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[Any, ...] = ()
        self._fields: Any = lambda _kind: ()
        self.heading, self.columns_heading = label("", "heading"), label("", "heading")
        self.part_label, self.kind_label, self.encoding_label = (
            label("", "small"),
            label("", "small"),
            label("", "small"),
        )
        self.header_label, self.currency_label = label("", "small"), label("", "small")
        self.part, self.kind, self.encoding = ComboBox(look), ComboBox(look), ComboBox(look)
        self.header, self.currency = ComboBox(look), ComboBox(look)
        self.skip = CheckBox(look)
        self.about, self.doubt = label("", "small"), label("", "warning")
        self.skipped = label("", "warning")
        self._samples = QVBoxLayout()
        self._samples.setSpacing(8)
        self.table = ColumnsTable(look)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        pairs = (
            (self.part_label, self.part), (self.kind_label, self.kind), (self.encoding_label, self.encoding),
            (self.header_label, self.header), (self.currency_label, self.currency),
        )  # fmt: skip
        self._boxes = [box for _, box in pairs]
        for column, (name, box) in enumerate(pairs):
            self._grid.addWidget(name, 0, column)
            self._grid.addWidget(box, 1, column)
            self._grid.setColumnStretch(column, 1)
        for piece in (self.heading, self._grid, self.skip, self.about, self.doubt, self._samples, self.skipped):
            self.put(piece)
        self.put(self.columns_heading)
        self.put(self.table)
        self.part.activated.connect(lambda _n: self._draw())
        self.kind.activated.connect(lambda _n: self._correct(kind=self.kind.currentData()))
        self.encoding.activated.connect(lambda _n: self._correct(encoding=self.encoding.currentData()))
        self.header.activated.connect(lambda _n: self._correct(header=bool(self.header.currentData())))
        self.currency.activated.connect(lambda _n: self._correct(currency=self.currency.currentData()))
        self.skip.clicked.connect(lambda checked: self._correct(skip=bool(checked)))
        self.table.rows.chosen.connect(lambda title, field: self.mapped.emit(self.current, title, field))
        self.retranslate()

    @property
    def current(self) -> Any:
        """The part that is shown, None before there is one."""
        place = max(0, self.part.currentIndex())
        return self._parts[place] if self._parts else None

    def show_look(self, found: Any, fields: Any) -> None:
        """`found`: the look at a file; `fields(kind)` names what its columns can be."""
        chosen = self.part.currentData()
        self._parts, self._fields = tuple(found.parts), fields
        self.part.clear()
        for part in self._parts:
            self.part.addItem(part.name or found.path.name, part.name)
        self.part.setCurrentIndex(max(0, self.part.findData(chosen)))
        self._draw()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("What it is"))
        self.columns_heading.setText(self.tr("First rows, and what each column is"))
        self.part_label.setText(self.tr("Sheet or file"))
        self.kind_label.setText(self.tr("Rows are"))
        self.encoding_label.setText(self.tr("Encoding"))
        self.header_label.setText(self.tr("First row"))
        self.currency_label.setText(self.tr("Currency"))
        self.skip.setText(self.tr("Leave this one out"))
        self.doubt.setText(self.tr("The encoding is not certain. Choose the lines that read right:"))
        self._draw()

    def _correct(self, **wishes: Any) -> None:
        if self.current is not None:
            self.corrected.emit(self.current.name, wishes)

    def _draw(self) -> None:
        part = self.current
        if part is None:
            return
        several, text = len(self._parts) > 1, bool(part.encoding) and part.format not in ("xlsx", "xls", "ods", "docx")
        left_out = part.skipped is not None
        for name, box, shown in (
            (self.part_label, self.part, several), (self.encoding_label, self.encoding, text),
            (self.kind_label, self.kind, True), (self.header_label, self.header, not left_out),
            (self.currency_label, self.currency, not left_out and bool(part.currency)),
        ):  # fmt: skip
            name.setVisible(shown)
            box.setVisible(shown)
            self._grid.setColumnStretch(self._boxes.index(box), int(shown))
        self.skip.setVisible(several)
        self.skip.setChecked(left_out)
        self._fill(self.kind, [(kind_name(kind), kind) for kind in KINDS], part.kind)
        names = dict.fromkeys((part.encoding, *(name for name, _ in part.encoding_choices), *ENCODINGS))
        self._fill(self.encoding, [(name, name) for name in names if name], part.encoding)
        headers = [(self.tr("names the columns"), True), (self.tr("is data already"), False)]
        self._fill(self.header, headers, part.header)
        self._fill(self.currency, [(c, c) for c in dict.fromkeys((part.currency, *CURRENCIES)) if c], part.currency)
        self.about.setText(" · ".join(self._about(part)))
        self.about.setVisible(bool(self.about.text()))
        self._draw_samples(part)
        self.skipped.setVisible(left_out)
        if left_out:
            self.skipped.setText(part.skipped.text(self._look.language))
        for piece in (self.columns_heading, self.table):
            piece.setVisible(not left_out)
        if not left_out:
            self.table.show_part(part, self._fields(part.kind))

    def _about(self, part: Any) -> list[str]:
        separators = {
            ",": self.tr("separated by commas"), ";": self.tr("separated by semicolons"),
            "\t": self.tr("separated by tabs"), "|": self.tr("separated by bars"),
        }  # fmt: skip
        said = []
        if part.format:
            said.append(str(part.format).upper())
        if part.delimiter:
            said.append(separators.get(part.delimiter, part.delimiter))
        if part.remembered:
            said.append(self.tr("read as the last file with these columns"))
        if part.attributes:
            said.append(
                self.tr("other columns are kept under their names: {names}").format(names=", ".join(part.attributes))
            )
        return said

    def _draw_samples(self, part: Any) -> None:
        """A doubtful encoding: what the file would say in each of the possible ones."""
        clear(self._samples)
        doubtful = bool(part.encoding_doubtful) and len(part.encoding_choices) > 1
        self.doubt.setVisible(doubtful)
        if not doubtful:
            return
        for name, lines in part.encoding_choices:
            button = Button(self._look, "check" if name == part.encoding else "", "choice", ink="accent")
            shown = "\n".join(line[:_SAMPLE_CHARACTERS] for line in lines[:_SAMPLE_LINES])
            button.name(self.tr("Read it as {encoding}").format(encoding=name))
            button.setText(f"{name}\n{shown}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            button.clicked.connect(lambda _=False, name=name: self._correct(encoding=name))
            self._samples.addWidget(button)

    @staticmethod
    def _fill(box: ComboBox, items: list[tuple[str, Any]], chosen: Any) -> None:
        box.clear()
        for name, value in items:
            box.addItem(name, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
