"""Start the window and keep it alive: translations, theme, our own faults as one line."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from shopdesk.gui.garbage import collected_here
from shopdesk.gui.jobs import short_turns
from shopdesk.gui.look import Look
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike
from shopdesk.gui.single_instance import Doorbell, wake_other
from shopdesk.gui.tray import Tray
from shopdesk.gui.wearing import wear
from shopdesk.paths import resources

log = logging.getLogger(__name__)


def run_window(app: AppLike) -> int:
    """Show the window until it is closed; the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    if wake_other(app.home.root):
        return 0
    window = build_window(app, application)
    doorbell, tray = Doorbell(app.home.root, lambda: bring_to_front(window)), Tray(application.windowIcon())
    tray.show_wanted.connect(lambda: bring_to_front(window))
    tray.new_wanted.connect(window.rail.new_wanted)
    tray.new_wanted.connect(lambda: bring_to_front(window))
    tray.quit_wanted.connect(window.close)
    with collected_here(), short_turns(), crash_lines(window.messages), interrupts(application.quit):
        window.show()
        window.begin()
        window.welcome_if_new()
        tray.begin()
        try:
            return application.exec()
        finally:
            doorbell.close()
            tray.close()
            window.close()
            window.look.close()


def bring_to_front(window: MainWindow) -> None:
    """Show the window over all others, also when it was made small."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def build_window(app: AppLike, application: QApplication) -> MainWindow:
    """The whole window, dressed and speaking as the settings say, not yet shown."""
    application.setApplicationName("ShopDesk")
    application.setApplicationDisplayName("ShopDesk")
    look = Look(application, resources(), (app.home.root / "pictures",))
    look.speak(app.language)
    for font in sorted((app.home.root / "fonts").glob("*.[to]t[fc]")):
        QFontDatabase.addApplicationFont(str(font))
    wear(look, app)
    drawing = resources() / "icons" / "shopdesk.svg"
    if drawing.is_file():
        application.setWindowIcon(QIcon(str(drawing)))
    messages = Messages(look)
    window = MainWindow(app, look, messages)
    look.dress()
    return window


@contextmanager
def crash_lines(messages: Messages) -> Iterator[None]:
    """An exception that no slot caught becomes one line with details and a log entry; the window stays."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        messages.report(error.with_traceback(trace))

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def interrupts(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl+C in the terminal closes the window properly: Python wakes Qt through a socket, no timer runs."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    try:
        old_fd = signal.set_wakeup_fd(writer.fileno())
        old_handler = signal.signal(signal.SIGINT, _noted)
    except ValueError:  # not in the main thread: then the signal is not ours to take
        reader.close()
        writer.close()
        yield
        return
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)

    def woken() -> None:
        if signal.SIGINT in reader.recv(64):
            stop()

    notifier.activated.connect(woken)
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.signal(signal.SIGINT, old_handler)
        signal.set_wakeup_fd(old_fd)
        reader.close()
        writer.close()


def _noted(_signal: int, _frame: FrameType | None) -> None:
    """The wake-up socket tells; nothing is left to do here."""
