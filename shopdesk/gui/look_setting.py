"""Settings: size of letters, font, and the shop's own look: accent colour, logo, greeting, quick questions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit

from shopdesk.gui import shop
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Choice, ComboBox, Section, Translated, label
from shopdesk.gui.ports import AppLike
from shopdesk.gui.theme import SCALES

ACCENTS = ("", "#0b6b57", "#1d5fbf", "#7a3fa0", "#b3261e", "#a04c00", "#3d4a52")
_LOGO_KINDS = "*.png *.jpg *.jpeg *.svg *.webp"


class _Kept(Translated, Section):
    """Settings that are kept as they are chosen."""

    changed = Signal()

    def __init__(self, app: AppLike, jobs: Jobs, messages: Messages) -> None:
        super().__init__()
        self._app, self._jobs, self._messages = app, jobs, messages

    def _keep(self, key: str, value: object) -> None:
        settings = self._app.settings
        self._jobs.keep(
            lambda: settings.set(key, value), on_done=lambda _: self.changed.emit(),
            on_failed=self._messages.report,
        )  # fmt: skip


class SizeSetting(_Kept):
    """How large letters are, and in which font."""

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__(app, jobs, messages)
        self.heading, self.font_heading, self.note = label("", "title"), label("", "small"), label("", "small")
        current = float(app.settings.get("scale") or 1.0)
        self.scale = Choice(look, SCALES, next((name for name in SCALES if float(name) == current), "1.0"))
        self.font_box = ComboBox(look)
        self.font_box.addItem("")
        families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
        self.font_box.addItems([name for name in families if not name.startswith(".")])
        self.font_box.setCurrentText(str(app.settings.get("font") or ""))
        for piece in (self.heading, self.scale, self.font_heading, self.font_box, self.note):
            self.put(piece)
        self.scale.chosen.connect(lambda value: self._keep("scale", float(value)))
        self.font_box.activated.connect(
            lambda number: self._keep("font", self.font_box.itemText(number) if number else None)
        )
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Size of letters"))
        for name in SCALES:
            self.scale.buttons[name].name(f"{float(name):.0%}")
        self.font_heading.setText(self.tr("Font"))
        self.font_box.setItemText(0, self.tr("As the system"))
        self.font_box.setAccessibleName(self.tr("Font"))
        self.note.setText(
            self.tr("Fonts that know Chinese. Font files in the folder “fonts” of the data folder count.")
        )


class ShopSetting(_Kept):
    """Name, logo, accent, greeting and quick questions. `changed` after each was kept."""

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__(app, jobs, messages)
        self.heading = label("", "title")
        self._names = {name: label("", "small") for name in ("name", "greeting", "accent", "logo", "chips")}
        self.shop = QLineEdit(str(app.settings.get(shop.SHOP_NAME) or ""))
        self.shop.setMaxLength(60)
        self.greeting = QLineEdit(str(app.settings.get(shop.GREETING) or ""))
        self.greeting.setMaxLength(120)
        self.accent = Choice(look, ACCENTS, str(app.settings.get(shop.ACCENT) or ""))
        self.own_accent = QLineEdit(str(app.settings.get(shop.ACCENT) or ""))
        self.own_accent.setMaxLength(7)
        self.own_accent.setFixedWidth(look.px(110))
        for color, button in self.accent.buttons.items():
            if color:
                button.setIcon(_swatch(color))
                button.setIconSize(QSize(20, 20))
        self.logo_button, self.no_logo = Button(look, "image"), Button(look, "trash", "plain")
        self.chips = QPlainTextEdit(shop.chips_text(shop.chips_of(app)))
        self.chips.setObjectName("field")
        self.chips.setFixedHeight(look.px(120))
        self.chips_button = Button(look, "check")
        accents, logos = QHBoxLayout(), QHBoxLayout()
        accents.addWidget(self.accent)
        accents.addWidget(self.own_accent)
        accents.addStretch(1)
        logos.addWidget(self.logo_button)
        logos.addWidget(self.no_logo)
        logos.addStretch(1)
        self.put(self.heading)
        for name, piece in (
            ("name", self.shop), ("greeting", self.greeting), ("accent", accents), ("logo", logos),
            ("chips", self.chips),
        ):  # fmt: skip
            self.put(self._names[name])
            self.put(piece)
        keep = QHBoxLayout()
        keep.addWidget(self.chips_button)
        keep.addStretch(1)
        self.put(keep)
        self.shop.editingFinished.connect(lambda: self._keep_text(shop.SHOP_NAME, self.shop))
        self.greeting.editingFinished.connect(lambda: self._keep_text(shop.GREETING, self.greeting))
        self.accent.chosen.connect(self._choose_accent)
        self.own_accent.editingFinished.connect(self._write_accent)
        self.logo_button.clicked.connect(self._choose_logo)
        self.no_logo.clicked.connect(lambda: self._keep(shop.LOGO, None))
        self.chips_button.clicked.connect(self.keep_chips)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("The shop's look"))
        names = {
            "name": self.tr("Shop name"), "greeting": self.tr("Greeting"), "accent": self.tr("Accent colour"),
            "logo": self.tr("Logo"),
            "chips": self.tr("Quick questions, one a line: name = question; | where the product's name goes"),
        }  # fmt: skip
        for name, text in names.items():
            self._names[name].setText(text)
        self.shop.setPlaceholderText(self.tr("As it stands over the conversation"))
        self.shop.setAccessibleName(names["name"])
        self.greeting.setPlaceholderText(self.tr("What does the customer want to know?"))
        self.greeting.setAccessibleName(names["greeting"])
        self.chips.setAccessibleName(self.tr("Quick questions"))
        self.chips.setPlaceholderText(self.tr("Stock = Is | in stock?"))
        self.own_accent.setPlaceholderText("#0b6b57")
        self.own_accent.setAccessibleName(names["accent"])
        for color, button in self.accent.buttons.items():
            button.name(color or self.tr("Usual"))
            button.setText("" if color else self.tr("Usual"))
        self.logo_button.name(self.tr("Choose a picture…"))
        self.no_logo.name(self.tr("No logo"))
        self.chips_button.name(self.tr("Keep the quick questions"))

    def keep_chips(self) -> None:
        self._keep(shop.CHIPS, shop.chips_json(shop.chips_from(self.chips.toPlainText())))

    def keep_logo(self, file: Path) -> None:
        self._jobs.keep(
            lambda: shop.keep_logo(self._app, file), on_done=lambda _: self.changed.emit(),
            on_failed=self._messages.report,
        )  # fmt: skip

    def _choose_accent(self, color: str) -> None:
        self.own_accent.setText(color)
        self._keep(shop.ACCENT, color or None)

    def _write_accent(self) -> None:
        text = self.own_accent.text().strip()
        if text == str(self._app.settings.get(shop.ACCENT) or ""):
            return
        if text and not QColor(text).isValid():
            self._messages.say(self.tr("{text} is no colour: write it as #0b6b57.").format(text=text), "", "warning")
            return
        self.accent.show_choice(text)
        self._keep(shop.ACCENT, text or None)

    def _choose_logo(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Logo"), "", self.tr("Pictures ({kinds})").format(kinds=_LOGO_KINDS)
        )
        if name:
            self.keep_logo(Path(name))

    def _keep_text(self, key: str, field: QLineEdit) -> None:
        text = field.text().strip()
        if text != str(self._app.settings.get(key) or ""):
            self._keep(key, text)


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(20, 20)
    pixmap.fill(QColor(color))
    return QIcon(pixmap)
