"""How the window looks and speaks just now: theme, icons, pictures, language, and the news that they changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTranslator, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from shopdesk.core.types import Language
from shopdesk.gui.icons import Icons, Pictures
from shopdesk.gui.theme import LIGHT, Theme, apply_theme, theme_named


class Look(QObject):
    """One per window. `changed` is emitted after the theme changed; a new language arrives as Qt's LanguageChange."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path, picture_folders: tuple[Path, ...] = ()) -> None:
        super().__init__()
        self._application = application
        self.resources = resources
        self._translations = resources / "i18n"
        self._translator: QTranslator | None = None
        self.icons = Icons(resources / "icons")
        self.pictures = Pictures((*picture_folders, resources / "sample" / "pictures"))
        self.theme: Theme = LIGHT
        self.language: Language = "en"

    def wear(self, theme_name: str) -> None:
        """Change to the theme "light", "dark" or "system", at once and everywhere."""
        self.theme = theme_named(theme_name)
        apply_theme(self._application, self.theme)
        self.changed.emit()

    def speak(self, language: Language) -> None:
        """Change the language of every visible word at once."""
        self.language = language
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        if language == "zh":
            translator = QTranslator(self)
            translator.load(str(self._translations / "shopdesk_zh.qm"))
            self._application.installTranslator(translator)
            self._translator = translator

    def icon(self, name: str, ink: str = "text") -> QIcon:
        """The icon `name` in the theme's colour `ink` (an attribute of Theme)."""
        return self.icons.icon(name, getattr(self.theme, ink), disabled=self.theme.muted)

    def close(self) -> None:
        """Leave the application without our translator (it may outlive the window)."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
