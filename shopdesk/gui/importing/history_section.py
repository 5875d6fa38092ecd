"""Earlier imports, each with its undo; what was edited by hand since is shown before anything is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from shopdesk.gui.importing.changes_table import ChangeLine, ChangesTable
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Section, Translated, clear, label
from shopdesk.gui.wording import clock, field_label, kind_name

FIRST_SHOWN = 8


class HistorySection(Translated, Section):
    undo_wanted = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._batches: tuple[Any, ...] = ()
        self._all = self._busy = False
        self.undo_buttons: dict[int, Button] = {}
        self.heading = label("", "heading")
        self.all_button = Button(look, "", "link", ink="accent")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        for column, stretch in enumerate((3, 1, 2, 2, 0)):
            self._grid.setColumnStretch(column, stretch)
        self.put(self.heading)
        self.put(self._grid)
        self.put(self.all_button)
        self.all_button.clicked.connect(self._show_all)
        self.retranslate()

    def show_batches(self, batches: Sequence[Any]) -> None:
        """The newest first."""
        self._batches = tuple(batches)
        self._draw()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        for batch in self._batches:
            if batch.id in self.undo_buttons:
                self.undo_buttons[batch.id].setEnabled(batch.can_undo and not busy)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Earlier imports"))
        self._draw()

    def _show_all(self) -> None:
        self._all = True
        self._draw()

    def _draw(self) -> None:
        clear(self._grid)
        self.undo_buttons = {}
        self.setVisible(bool(self._batches))
        shown = self._batches if self._all else self._batches[:FIRST_SHOWN]
        for row, batch in enumerate(shown):
            name = label(Path(str(batch.file)).name)
            name.setToolTip("\n".join(filter(None, (str(batch.file), f"SHA-256 {batch.sha256}"))))
            when = clock(str(batch.imported_at))
            if batch.imported_by:
                when = f"{when} · {self._by(str(batch.imported_by))}"
            undo = Button(self._look, "undo", "plain")
            undo.name(self.tr("Undo") if batch.can_undo else self.tr("Undone"))
            undo.setEnabled(batch.can_undo and not self._busy)
            undo.clicked.connect(lambda _=False, number=int(batch.id): self.undo_wanted.emit(number))
            self.undo_buttons[int(batch.id)] = undo
            cells = (name, label(kind_name(str(batch.report.get("kind"))), "muted"), label(when, "muted"))
            if batch.can_undo and not _changed_something(batch.report):
                undo.hide()
            for column, piece in enumerate((*cells, label(self._counts(batch.report), "muted"), undo)):
                self._grid.addWidget(piece, row, column)
        self.all_button.setVisible(len(shown) < len(self._batches))
        self.all_button.name(self.tr("All {n} imports").format(n=f"{len(self._batches):,}"))

    def _by(self, who: str) -> str:
        return self.tr("watched folder") if who == "watched folder" else who

    def _counts(self, report: Any) -> str:
        names = (
            ("new", self.tr("{n} new")), ("changed", self.tr("{n} changed")), ("rejected", self.tr("{n} rejected")),
        )  # fmt: skip
        counts = ", ".join(text.format(n=f"{report[key]:,}") for key, text in names if report.get(key))
        return counts or self.tr("nothing changed")


def _changed_something(report: Any) -> bool:
    """Whether there is anything that an undo would take back."""
    return any(report.get(key) for key in ("new", "changed", "sample_removed"))


class ConflictSection(Translated, Section):
    """Values that an import brought and that were edited since: keep them, or take them back too."""

    chosen = Signal(int, bool)  # the batch; whether the edits stay
    dropped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._batch = 0
        self._conflicts: tuple[Any, ...] = ()
        self.heading = label("", "title")
        self.hint = label("", "muted")
        self.table = ChangesTable(look)
        self.keep_button = Button(look, "check", "primary", ink="on_accent")
        self.drop_button, self.cancel_button = Button(look, "undo"), Button(look, "close", "plain")
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.keep_button, self.drop_button, self.cancel_button):
            actions.addWidget(button)
        actions.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        for piece in (column, self.table, actions):
            self.put(piece)
        self.keep_button.clicked.connect(lambda: self._choose(True))
        self.drop_button.clicked.connect(lambda: self._choose(False))
        self.cancel_button.clicked.connect(self._leave)
        self.hide()
        self.retranslate()

    def show_conflicts(self, batch: int, conflicts: Sequence[Any]) -> None:
        self._batch, self._conflicts = batch, tuple(conflicts)
        self._draw()
        self.show()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Edited by hand since this import"))
        self.hint.setText(self.tr("Undoing would take back these values too. Nothing has been done yet."))
        self.keep_button.name(self.tr("Undo, but keep what was edited"))
        self.drop_button.name(self.tr("Undo everything"))
        self.cancel_button.name(self.tr("Do not undo"))
        self._draw()

    def _draw(self) -> None:
        lines = [
            ChangeLine(kind_name(conflict.kind), str(conflict.key), str(conflict.title), self._what(conflict))
            for conflict in self._conflicts
        ]
        self.table.show_lines(lines, kinds=True)

    def _what(self, conflict: Any) -> str:
        if not conflict.field:
            return self.tr("deleted since") if conflict.now is None else self.tr("came with the import, edited since")
        values = [
            text if text not in (None, "") else "–" for text in (conflict.before, conflict.imported, conflict.now)
        ]
        line = self.tr("{field}: {before} before, {imported} imported, {now} now")
        return line.format(
            field=field_label(conflict.field, self._look.language), before=values[0], imported=values[1], now=values[2]
        )

    def _choose(self, keep: bool) -> None:
        self.hide()
        self.chosen.emit(self._batch, keep)

    def _leave(self) -> None:
        self.hide()
        self.dropped.emit()
