"""Settings: language, theme, model, data folder. Each takes effect at once; there is nothing to confirm."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shopdesk import __version__
from shopdesk.gui.access import Access
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.look_setting import ShopSetting, SizeSetting
from shopdesk.gui.messages import Messages
from shopdesk.gui.model_setting import ModelSetting
from shopdesk.gui.pieces import Button, Choice, Section, Translated, label, page_of
from shopdesk.gui.pin_setting import PinSetting
from shopdesk.gui.ports import AppLike
from shopdesk.gui.stale_setting import StaleSetting
from shopdesk.gui.watch_setting import WatchSetting

COLUMN_PX = 720


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
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = label("", "page-title")
        self.language_heading, self.theme_heading = label("", "title"), label("", "title")
        self.folder_heading = label("", "title")
        self.language = Choice(look, ("zh", "en"), look.language)
        self.theme = Choice(look, ("system", "light", "dark", "contrast"), str(app.settings.get("theme", "system")))
        self.letters = SizeSetting(app, jobs, look, messages)
        self.look_of_shop = ShopSetting(app, jobs, look, messages)
        self.shop = self.look_of_shop.shop
        self.pin = PinSetting(access, jobs, look, messages)
        self.models = ModelSetting(app, jobs, look, messages)
        self.folder = label(str(self._home()), selectable=True)
        self.folder_note = label("", "small")
        self.open_button = Button(look, "folder")
        self.about = label("", "small", selectable=True)
        self.stale, self.watch = StaleSetting(app, jobs, look, messages), WatchSetting(app, jobs, look, messages)
        self._lay_out()
        self.language.chosen.connect(self.language_chosen)
        self.theme.chosen.connect(self._wear)
        self.letters.changed.connect(self.look_changed)
        self.look_of_shop.changed.connect(self.look_changed)
        self.look_of_shop.changed.connect(self.shop_renamed)
        self.models.changed.connect(self.model_changed)
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
        column.addWidget(self.models)
        column.addWidget(Section(self.folder_heading, self.folder, self.folder_note, _left(self.open_button)))
        column.addWidget(self.about)
        column.addStretch(1)
        self.setWidget(page_of(self._look, column, COLUMN_PX))

    def refresh(self) -> None:
        """Look at the shelf and the shop's settings again."""
        self.stale.refresh()
        self.watch.refresh()
        self.models.refresh()

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
        self.folder_heading.setText(self.tr("Data folder"))
        self.folder_note.setText(
            self.tr(
                "Database, models, settings and logs of this shop. To use another folder, start ShopDesk with --home."
            )
        )
        self.open_button.name(self.tr("Open the folder"))
        self.about.setText(self.tr("ShopDesk {version} · works without a network").format(version=__version__))

    def _wear(self, theme: str) -> None:
        settings = self._app.settings
        self._jobs.keep(
            lambda: settings.set("theme", theme), on_done=lambda _: self.look_changed.emit(),
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
