"""How tests of the window wait: for what is under way, and for what it takes away."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from shopdesk.gui.main_window import MainWindow

PATIENCE_MS = 30_000
"""How long a test waits for what must come; a busy machine is no fault of the window."""


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Nothing is under way any more, and the pieces that were taken out of the window are gone."""
    works = [window.jobs, *([window.import_page.work] if "import" in window.pages_made else [])]
    qtbot.waitUntil(lambda: not any(work.busy for work in works), timeout=PATIENCE_MS)
    # Qt deletes them in a later turn of its loop, which nothing else here waits for.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
