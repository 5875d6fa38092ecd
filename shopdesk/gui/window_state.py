"""Size and place of the window, as they were when it was closed."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from shopdesk.gui.ports import SettingsLike

KEY = "window"


def keep_state(window: QWidget, settings: SettingsLike) -> None:
    settings.set(KEY, bytes(window.saveGeometry().toBase64().data()).decode("ascii"))


def restore_state(window: QWidget, settings: SettingsLike) -> bool:
    """Whether there was a state that still fits; a window must not come back where no screen is any more."""
    kept = settings.get(KEY)
    if not isinstance(kept, str) or not window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
        return False
    frame = window.frameGeometry()
    return any(screen.availableGeometry().intersects(frame) for screen in QGuiApplication.screens())
