"""What an import would change or has changed: counts, the rows behind them, the bar with the button that does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout

from shopdesk.gui.importing.changes_table import ChangesTable, lines_of_changes, lines_of_remarks
from shopdesk.gui.importing.deed_bar import DeedBar
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, CheckBox, Section, Translated, label, set_look, set_role

SORTS = ("new", "changed", "unchanged", "missing", "doubtful", "rejected")
_ROWS, _REMARKS = frozenset({"new", "changed", "missing"}), frozenset({"doubtful", "rejected"})
SHOWN_ROWS = 200


class ChangeSection(Translated, Section):
    """Asks for the rows of a count by `wanted(sort)`; they come with `show_changes`.

    `bar` has what is done with the file. It stands apart from the section, so that the page can keep it in sight.
    """

    wanted = Signal(str)
    committed = Signal(bool)  # whether damage is accepted
    undo_wanted = Signal()
    reject_file_wanted = Signal(object)
    next_wanted = Signal()
    looked_at = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._report: Any = None
        self._done = self._busy = False
        self._changes: tuple[Any, ...] = ()
        self._sort = ""
        self.heading = label("", "heading")
        self.tabs: dict[str, Button] = {}
        group = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        for sort in SORTS:
            tab = Button(look, "", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, sort=sort: self.choose(sort))
            group.addButton(tab)
            tabs.addWidget(tab)
            self.tabs[sort] = tab
        tabs.addStretch(1)
        self.table = ChangesTable(look)
        self.more = label("", "small")
        self.damage, self.notes = label("", "error"), label("", "muted")
        self.accept = CheckBox(look)
        self.import_button = Button(look, "import", "primary", ink="on_accent")
        self.undo_button, self.next_button = Button(look, "undo"), Button(look, "plus")
        self.save_button, self.open_button = Button(look, "export", "plain"), Button(look, "folder", "plain")
        self.outcome, self.look_button = label("", "good"), Button(look, "chevron-down", "plain")
        deeds = (self.accept, self.import_button, self.undo_button, self.next_button, self.look_button)
        self.bar = DeedBar(deeds, self.outcome, look)
        self.bar.hide()
        files = QHBoxLayout()
        files.addWidget(self.save_button)
        files.addWidget(self.open_button)
        files.addStretch(1)
        for part in (self.heading, tabs, self.table, self.more, files, self.damage, self.notes):
            self.put(part)
        self.accept.toggled.connect(lambda _checked: self._draw_actions())
        self.import_button.clicked.connect(lambda: self.committed.emit(self.accept.isChecked()))
        self.undo_button.clicked.connect(self.undo_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        self.look_button.clicked.connect(self.looked_at)
        self.save_button.clicked.connect(self._choose_place)
        self.open_button.clicked.connect(self._open_folder)
        self.retranslate()

    def show_report(self, report: Any, *, done: bool, busy: bool) -> None:
        """`report`: of the plan, or of the import that was done."""
        fresh = report is not self._report or done is not self._done
        self._report, self._done, self._busy = report, done, busy
        if fresh:
            self.accept.setChecked(False)
            self._changes = ()
            first = next((sort for sort in ("doubtful", "rejected", "changed", "new") if self._count(sort)), "new")
            refused = bool(self._count("rejected")) and (done or not self._to_do)
            self.choose("rejected" if refused else first)
            self._draw()
        else:
            self._draw_actions()

    def choose(self, sort: str) -> None:
        """Show the rows behind one of the counts."""
        self._sort = sort
        self.tabs[sort].setChecked(True)
        self._changes = ()
        self._draw_rows()
        if sort in _ROWS and not self._done:
            self.wanted.emit(sort)

    def show_changes(self, sort: str, changes: Any) -> None:
        if sort == self._sort:
            self._changes = tuple(changes)
            self._draw_rows()

    def retranslate(self) -> None:
        self.accept.setText(self.tr("Import it all the same"))
        self.undo_button.name(self.tr("Undo this import"))
        self.next_button.name(self.tr("Import another file"))
        self.look_button.name(self.tr("Look at it"))
        self.save_button.name(self.tr("Save the rejected rows…"))
        self.open_button.name(self.tr("Open the folder of the rejected rows"))
        self._draw()

    # Drawing ---------------------------------------------------------------------------------

    @property
    def _to_do(self) -> int:
        return int(self._report.counts.new) + int(self._report.counts.changed)

    @property
    def _blocked(self) -> bool:
        """Whether the file seems damaged and nobody has said that it is to be imported all the same."""
        return bool(self._report.damage) and not self._done and not self.accept.isChecked()

    def _count(self, sort: str) -> int:
        counts = self._report.counts
        return len(counts.suspicions) if sort == "doubtful" else int(getattr(counts, sort))

    def _draw(self) -> None:
        if self._report is None:
            return
        report, language = self._report, self._look.language
        self.heading.setText(self.tr("Done") if self._done else self.tr("What will change"))
        names = self._names()
        for sort, tab in self.tabs.items():
            count = self._count(sort)
            tab.name(f"{count:,} {names[sort]}")
            has_rows = sort in _REMARKS or (sort in _ROWS and not self._done)
            tab.setEnabled(count > 0 and has_rows)
            tab.setToolTip(self._tip(sort) or tab.toolTip())
            tab.setVisible(count > 0 or sort in ("new", "changed", "unchanged"))
            tone = {"doubtful": "warning", "rejected": "error"}.get(sort, "")
            set_look(tab, "tone", tone)
        self.damage.setText("\n".join(remark.text(language) for remark in report.damage))
        asks = bool(report.damage) and not self._done
        self.damage.setVisible(asks)
        self.accept.setVisible(asks)
        notes = [remark.text(language) for remark in report.notices]
        if report.sample_removed:
            gone = self.tr("The sample shop gave way: {n} of its rows went.")
            going = self.tr("The sample shop gives way: {n} of its rows go.")
            notes.append((gone if self._done else going).format(n=f"{report.sample_removed:,}"))
        if self._count("missing") and not self._done:
            notes.append(self.tr("Rows that are not in the file stay as they are."))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._draw_rows()
        self._draw_actions()

    def _names(self) -> dict[str, str]:
        return {
            "new": self.tr("new"), "changed": self.tr("changed"), "unchanged": self.tr("unchanged"),
            "missing": self.tr("not in the file"), "doubtful": self.tr("to look at"), "rejected": self.tr("rejected"),
        }  # fmt: skip

    def _tip(self, sort: str) -> str:
        if sort == "missing":
            return self.tr("Rows of this kind that the shop has and the file has not. They stay.")
        if sort == "doubtful":
            return self.tr("Possible, but seldom meant: look at them before you import.")
        return ""

    def _draw_rows(self) -> None:
        report, look = self._report, self._look
        if report is None:
            return
        if self._sort == "doubtful":
            lines = lines_of_remarks(report.counts.suspicions, look, "warning")
        elif self._sort == "rejected":
            lines = lines_of_remarks(report.counts.rejections, look, "error")
        else:
            lines = lines_of_changes(self._changes, look)
        lines = lines[:SHOWN_ROWS]
        self.table.show_lines(lines, remarks=self._sort in _REMARKS)
        self.table.setVisible(bool(lines))
        count = self._count(self._sort)
        self.more.setVisible(len(lines) < count and bool(lines))
        self.more.setText(self.tr("The first {n} of {total}").format(n=f"{len(lines):,}", total=f"{count:,}"))

    def _draw_actions(self) -> None:
        report, done = self._report, self._done
        if report is None:
            return
        to_do = self._to_do
        self.import_button.setVisible(not done)
        self.import_button.setEnabled(to_do > 0 and not self._blocked and not self._busy)
        wanted = self.tr("Import 1 row") if to_do == 1 else self.tr("Import {n} rows").format(n=f"{to_do:,}")
        self.import_button.name(wanted)
        self.undo_button.setVisible(done and report.batch is not None)
        self.undo_button.setEnabled(not self._busy)
        self.next_button.setVisible(done)
        self.look_button.setVisible(not done)
        self.save_button.setVisible(not done and self._count("rejected") > 0)
        self.save_button.setEnabled(not self._busy)
        self.open_button.setVisible(done and bool(report.rejected_file))
        self.open_button.setToolTip(report.rejected_file or "")
        self.outcome.setText(self._outcome() if done else self._outlook())
        self.outcome.setVisible(bool(self.outcome.text()))
        set_role(self.outcome, "good" if done else "error" if self._blocked else "muted")
        self.bar.fold()

    def _outlook(self) -> str:
        """What is to be known before the button is pressed, in one line."""
        counts = self._report.counts
        if self._blocked:
            return self.tr("The file seems damaged. Look at it before you import it.")
        if not int(counts.read):
            return self.tr("There are no rows in this file.")
        if not self._to_do and not int(counts.unchanged):
            return self.tr("None of its rows can be imported.")
        said = [] if self._to_do else [self.tr("Nothing to do: the shop already has these rows.")]
        for sort in ("doubtful", "rejected"):
            if self._count(sort):
                said.append(f"{self._count(sort):,} {self._names()[sort]}")
        return " · ".join(said)

    def _outcome(self) -> str:
        report, to_do = self._report, self._to_do
        if report.batch is None:
            return self.tr("Nothing was written.")
        one = to_do == 1
        said = self.tr("1 row was imported.") if one else self.tr("{n} rows were imported.").format(n=f"{to_do:,}")
        if report.rejected_file:
            name = Path(report.rejected_file).name
            said += " " + self.tr("The rejected ones are in {file}: mend them there and import it.").format(file=name)
        return said

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the rejected rows"), self.tr("rejected rows") + ".csv", "CSV (*.csv)"
        )
        if name:
            self.reject_file_wanted.emit(Path(name))

    def _open_folder(self) -> None:
        folder = Path(self._report.rejected_file).parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
