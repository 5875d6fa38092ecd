"""The window for tests: offscreen, closed properly, and nothing may be left behind by it."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.app import App as RealApp
from shopdesk.app import open_app
from shopdesk.gui.application import build_window
from shopdesk.gui.main_window import MainWindow
from tests.gui.doubles import App, Script, price_answer
from tests.gui.waiting import PATIENCE_MS

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Said by the offscreen platform itself, whatever the program does.
HARMLESS = r"This plugin does not support|propagateSizeHints|DirectWrite|XDG_RUNTIME_DIR"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS))
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture(scope="session")
def what_stays() -> None:
    """Modules, classes and the tests themselves are no garbage: a collection after each test need not look at them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, what_stays: None) -> Iterator[None]:
    """A test that leaves a thread or a running timer behind fails."""
    before = set(threading.enumerate())
    # As in the running program: no cycle is collected on a worker thread (see shopdesk.gui.garbage).
    gc.disable()
    yield
    gc.collect()
    gc.enable()
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, f"threads left behind: {left}"
    timers = [
        timer for widget in qapp.topLevelWidgets() for timer in widget.findChildren(QTimer)
        if timer.isActive() and widget.isVisible()
    ]  # fmt: skip
    assert not timers, f"timers left running: {timers}"


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """`open_window(script=…, language=…, app=…, width=…)` shows a window over a shop in memory."""
    opened: list[MainWindow] = []

    def make(
        script: Script = price_answer, *, language: str = "en", app: App | None = None, width: int = 1366
    ) -> MainWindow:
        window = build_window(app or App(tmp_path, language, script), qapp)
        window.resize(width, 768)
        opened.append(window)
        window.show()
        window.begin()
        qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE_MS)
        return window

    yield make
    for window in opened:
        _end(window)
    qtbot.wait(1)
    qapp.setStyleSheet("")


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as it is after the first start, made once."""
    home = tmp_path_factory.mktemp("fresh") / "home"
    open_app(home, language="zh").close()
    return home


@pytest.fixture
def app(tmp_path: Path, fresh_home: Path) -> Iterator[RealApp]:
    """The whole program over a home of its own, with the sample shop."""
    home = tmp_path / "家 home"
    shutil.copytree(fresh_home, home)
    with open_app(home, language="zh") as opened:
        yield opened


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, app: RealApp) -> Iterator[MainWindow]:
    """The window over the real store."""
    made = build_window(app, qapp)
    made.resize(1366, 768)
    made.show()
    made.begin()
    qtbot.waitUntil(lambda: not made.jobs.busy, timeout=PATIENCE_MS)
    yield made
    _end(made)
    qtbot.wait(1)
    qapp.setStyleSheet("")


def _end(window: MainWindow) -> None:
    window.close()
    window.look.close()
    window.deleteLater()
