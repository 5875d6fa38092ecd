"""How the window looks and speaks just now: theme, icons, pictures, language, and the news that they changed."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from shopdesk.core.types import Language
from shopdesk.gui.icons import Icons, Pictures
from shopdesk.gui.theme import (
    LARGEST,
    LIGHT,
    SMALLEST,
    Theme,
    apply_letters,
    scaled,
    style_sheet,
    theme_named,
    with_accent,
)

log = logging.getLogger(__name__)


class Look(QObject):
    """One per window. `changed` is emitted after the theme changed; a new language arrives as Qt's LanguageChange."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path, picture_folders: tuple[Path, ...] = ()) -> None:
        super().__init__()
        self._application = application
        self.resources = resources
        self._translations = resources / "i18n"
        self._translators: list[QTranslator] = []
        self.icons = Icons(resources / "icons")
        self.pictures = Pictures((*picture_folders, resources / "sample" / "pictures"))
        self.theme: Theme = LIGHT
        self.scale = 1.0
        self._worn: tuple[Theme, float, str] | None = None
        self._lettered: Language = "en"
        self._dressed = False
        self.language: Language = "en"

    def wear(self, theme_name: str, accent: str = "", scale: float = 1.0, font: str = "") -> None:
        """Change theme ("light", "dark", "contrast" or "system"), accent, size and font, at once and everywhere."""
        scale = max(SMALLEST, min(LARGEST, scale))
        worn = (with_accent(theme_named(theme_name), accent), scale, font)
        if worn == self._worn:
            return
        self._worn, self.theme, self.scale = worn, worn[0], scale
        self._letter()
        self.changed.emit()

    def _letter(self) -> None:
        """Give the program the letters of what is worn, in the fonts of the language."""
        if self._worn is None:
            return
        self._lettered = self.language
        apply_letters(self._application, *self._worn, self.language)
        if self._dressed:
            self.dress()

    def dress(self) -> None:
        """Give the program its style sheet, now and whenever the look changes.

        After the window was built: under a style sheet every piece that is put into another is dressed anew with all
        that it holds, which would take longer than everything else at the start.
        """
        self._dressed = True
        self._application.setStyleSheet(scaled(style_sheet(self.theme), self.scale))

    def px(self, pixels: int) -> int:
        """So many pixels at the size that letters have just now."""
        return round(pixels * self.scale)

    def speak(self, language: Language) -> None:
        """Change the language of every visible word at once."""
        self.language = language
        self._unload()
        if language == "zh":
            # Qt's own words first (menus of text fields, file dialogs), so that ours win where both know a string.
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            for file in (f"{qt}/qtbase_zh_CN.qm", str(self._translations / "shopdesk_zh.qm")):
                translator = QTranslator(self)
                if translator.load(file):
                    self._application.installTranslator(translator)
                    self._translators.append(translator)
                else:
                    log.warning("no translation in %s", file)
        if language != self._lettered:
            self._letter()

    def drawing(self, name: str, ink: str, pixels: int, ratio: float) -> QPixmap:
        """The icon `name` as a picture, as large as `pixels` are just now, for a device pixel ratio."""
        return self.icons.pixmap(name, getattr(self.theme, ink), self.px(pixels), ratio)

    def icon(self, name: str, ink: str = "text") -> QIcon:
        """The icon `name` in the theme's colour `ink` (an attribute of Theme)."""
        return self.icons.icon(name, getattr(self.theme, ink), disabled=self.theme.muted)

    def close(self) -> None:
        """Leave the application without our translator (it may outlive the window)."""
        self._unload()

    def _unload(self) -> None:
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators.clear()
