"""Settings: language, theme, model, data folder. Each takes effect at once; there is nothing to confirm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shopdesk import __version__
from shopdesk.core.errors import UserFacingError
from shopdesk.gui.access import Access
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.look_setting import ShopSetting, SizeSetting
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Choice, Section, Translated, clear, label, page_of
from shopdesk.gui.pin_setting import PinSetting
from shopdesk.gui.ports import AppLike
from shopdesk.gui.stale_setting import StaleSetting
from shopdesk.gui.watch_setting import WatchSetting

COLUMN_PX = 720
_MEGABYTE = 1_000_000


class SettingsPage(Translated, QScrollArea):
    """One column of sections."""

    model_changed = Signal()
    shop_renamed = Signal()
    look_changed = Signal()  # theme, size, font, accent, logo, greeting or quick questions, already kept
    language_chosen = Signal(str)

    def __init__(
        self, app: AppLike, access: Access, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._entries: list[Any] | None = None  # None: not looked yet
        self._busy = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = label("", "page-title")
        self.language_heading, self.theme_heading = label("", "title"), label("", "title")
        self.model_heading, self.folder_heading = label("", "title"), label("", "title")
        self.language = Choice(look, ("zh", "en"), look.language)
        self.theme = Choice(look, ("system", "light", "dark", "contrast"), str(app.settings.get("theme", "system")))
        self.letters = SizeSetting(app, jobs, look, messages)
        self.look_of_shop = ShopSetting(app, jobs, look, messages)
        self.shop = self.look_of_shop.shop
        self.pin = PinSetting(access, jobs, look, messages)
        self.model_note = label("", "small")
        self.add_button = Button(look, "plus")
        self.folder = label(str(self._home()), selectable=True)
        self.folder_note = label("", "small")
        self.open_button = Button(look, "folder")
        self.about = label("", "small", selectable=True)
        self.stale, self.watch = StaleSetting(app, jobs, look, messages), WatchSetting(app, jobs, look, messages)
        self._models = QVBoxLayout()
        self._models.setSpacing(4)
        self._lay_out()
        self.language.chosen.connect(self.language_chosen)
        self.theme.chosen.connect(self._wear)
        self.letters.changed.connect(self.look_changed)
        self.look_of_shop.changed.connect(self.look_changed)
        self.look_of_shop.changed.connect(self.shop_renamed)
        self.add_button.clicked.connect(self._choose_file)
        self.open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home()))))
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(Section(self.language_heading, self.language))
        column.addWidget(Section(self.theme_heading, self.theme))
        column.addWidget(self.letters)
        column.addWidget(self.look_of_shop)
        column.addWidget(self.pin)
        column.addWidget(self.stale)
        column.addWidget(self.watch)
        models = QWidget()
        models.setLayout(self._models)
        self._models.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Section(self.model_heading, self.model_note, models, _left(self.add_button)))
        column.addWidget(Section(self.folder_heading, self.folder, self.folder_note, _left(self.open_button)))
        column.addWidget(self.about)
        column.addStretch(1)
        self.setWidget(page_of(self._look, column, COLUMN_PX))

    def refresh(self) -> None:
        """Look at the shelf and the shop's settings again."""
        self.stale.refresh()
        self.watch.refresh()
        self._jobs.call("models", self._app.shelf.list, on_done=self._show_models, on_failed=self._messages.report)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Settings"))
        self.language_heading.setText(self.tr("Language"))
        self.language.show_choice(self._look.language)
        self.language.buttons["zh"].name("中文")
        self.language.buttons["en"].name("English")
        self.theme_heading.setText(self.tr("Theme"))
        self.theme.buttons["system"].name(self.tr("As the system"))
        self.theme.buttons["light"].name(self.tr("Light"))
        self.theme.buttons["dark"].name(self.tr("Dark"))
        self.theme.buttons["contrast"].name(self.tr("High contrast"))
        self.model_heading.setText(self.tr("Model file"))
        self.model_note.setText(
            self.tr(
                "The model only words the answers; every value comes from the rows. Without a model the rows answer."
            )
        )
        self.add_button.name(self.tr("Add a model file…"))
        self.folder_heading.setText(self.tr("Data folder"))
        self.folder_note.setText(
            self.tr(
                "Database, models, settings and logs of this shop. To use another folder, start ShopDesk with --home."
            )
        )
        self.open_button.name(self.tr("Open the folder"))
        self.about.setText(self.tr("ShopDesk {version} · works without a network").format(version=__version__))
        self._draw_models()

    def _show_models(self, entries: object) -> None:
        self._entries = list(entries) if isinstance(entries, list | tuple) else []
        self._draw_models()

    def _draw_models(self) -> None:
        clear(self._models)
        current = self._current_model()
        for entry in self._entries or ():
            self._models.addLayout(self._model_row(entry, entry.name == current))
        if self._entries == []:
            self._models.addWidget(label(self.tr("No model file was found."), "muted"))

    def _model_row(self, entry: Any, current: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(str(entry.name)))
        about = [self.tr("{n} MB").format(n=f"{entry.size / _MEGABYTE:,.0f}")]
        if entry.bundled:
            about.append(self.tr("comes with ShopDesk"))
        if entry.manifest.license:
            about.append(str(entry.manifest.license))
        words.addWidget(label(" · ".join(about), "small"))
        if told := self._told(entry.report):
            words.addWidget(label(told, "small"))
        if entry.problem is not None:
            problem = entry.problem
            text = problem.text(self._look.language) if isinstance(problem, UserFacingError) else str(problem)
            words.addWidget(label(text, "error"))
        line.addLayout(words, 1)
        button = Button(self._look, "check" if current else "", "segment", ink="on_accent")
        button.setCheckable(True)
        button.setChecked(current)
        button.name(self.tr("In use") if current else self.tr("Use"))
        button.setEnabled(entry.problem is None and not self._busy)
        button.clicked.connect(lambda _=False, name=str(entry.name): self._use(name))
        line.addWidget(button)
        return line

    def _told(self, report: Any) -> str:
        """How a model did and where it comes from; "" where its manifest does not say."""
        parts = []
        if report.exam_exact is not None:
            parts.append(self.tr("{share} right in the exam").format(share=f"{report.exam_exact:.1%}"))
        if report.parity:
            parts.append(self.tr("parity passed"))
        if report.base_model:
            parts.append(self.tr("from {base}").format(base=report.base_model))
        return " · ".join([*parts, *filter(None, [report.made])])

    def _current_model(self) -> str:
        engine = self._app.engine
        manifest = getattr(engine, "manifest", None)
        chosen = self._app.settings.get("model")
        if chosen:
            return str(chosen)
        file = getattr(manifest, "file", "")
        for entry in self._entries or ():
            if manifest is not None and (entry.manifest == manifest or entry.path.name == file):
                return str(entry.name)
        return ""

    def _use(self, name: str) -> None:
        self._busy = True
        self._draw_models()

        def use() -> None:
            self._app.settings.set("model", name)
            self._app.use_model(name)
            self._app.warm_up()

        self._jobs.call("use-model", use, on_done=self._used, on_failed=self._not_used)

    def _used(self, _nothing: object) -> None:
        self._busy = False
        self._draw_models()
        for notice in self._app.notices:
            self._messages.say(notice.text, notice.detail, "warning")
        self.model_changed.emit()

    def _not_used(self, error: object) -> None:
        self._busy = False
        self._draw_models()
        self._messages.report(error)
        self.model_changed.emit()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a model file"), "", self.tr("Model files (*.gguf *.zip)")
        )
        if name:
            self.add_model(Path(name))

    def add_model(self, file: Path) -> None:
        """Put a file on the shelf (it is copied into the data folder)."""
        self._jobs.call(
            "add-model",
            lambda: self._app.shelf.add(file),
            on_done=lambda _: self.refresh(),
            on_failed=self._messages.report,
        )

    def _wear(self, theme: str) -> None:
        settings = self._app.settings
        self._jobs.call(
            "settings", lambda: settings.set("theme", theme), on_done=lambda _: self.look_changed.emit(),
            on_failed=self._messages.report,
        )  # fmt: skip

    def _home(self) -> Path:
        return self._app.home.root


def _left(piece: QWidget) -> QWidget:
    """`piece` no wider than it wants to be."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(piece, 0, Qt.AlignmentFlag.AlignLeft)
    line.addStretch(1)
    return holder
