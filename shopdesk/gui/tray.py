"""The icon in the system's tray, where there is one: show, new conversation, quit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon


class Tray(QObject):
    show_wanted = Signal()
    new_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self._menu = QMenu()
        self._show = self._menu.addAction("", self.show_wanted.emit)
        self._new = self._menu.addAction("", self.new_wanted.emit)
        self._menu.addSeparator()
        self._quit = self._menu.addAction("", self.quit_wanted.emit)
        self.icon = QSystemTrayIcon(icon)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self._menu.installEventFilter(self)
        self.retranslate()

    def begin(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def close(self) -> None:
        self.icon.hide()
        self._menu.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self.icon.setToolTip("ShopDesk")
        self._show.setText(self.tr("Show the window"))
        self._new.setText(self.tr("New conversation"))
        self._quit.setText(self.tr("Quit"))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.show_wanted.emit()
