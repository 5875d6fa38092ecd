"""What can be reached and done without a mouse, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shopdesk.app import App as RealApp
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.theme import CONTRAST, contrast
from tests.gui.test_answering import ask, finished
from tests.gui.waiting import PATIENCE_MS

Open = Callable[..., MainWindow]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAMED = {
    QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.CheckBox, QAccessible.Role.ComboBox,
    QAccessible.Role.List, QAccessible.Role.Table,
}  # fmt: skip
PAGES = ("chat", "compare", "help", "welcome", "insights", "backup", "import", "settings", "products", "policies")


def visible(interface: QAccessibleInterface) -> list[QAccessibleInterface]:
    """All that a screen reader sees below `interface`."""
    found = []
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is None or not child.isValid() or child.state().invisible:  # type: ignore[attr-defined]
            continue
        found.append(child)
        if child.role() not in (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.ComboBox):
            found += visible(child)
    return found


def nameless(window: QWidget) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(window)
    return [
        f"{child.role().name} {type(child.object()).__name__} {child.object().objectName()}"
        for child in visible(interface)
        if child.role() in NAMED
        and child.object() is not None
        and not child.text(QAccessible.Text.Name).strip()
        # The parts of Qt's own pieces speak through the piece.
        and not child.object().objectName().startswith("qt_")
        and type(child.object()).__name__ not in ("QToolButton", "QLineEditIconButton")
    ]


def test_everything_that_can_be_worked_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    window.session.ask("JKT-105 多少钱？")
    finished(qtbot, window)
    window.chat.blocks[0].show_tools()
    for page in PAGES:
        window.show_page(page)
        finished(qtbot, window)
        if page in window.records_pages:
            window.records_pages[page].table.selectRow(0)
            assert window.records_pages[page].form.isVisible()
        assert nameless(window) == [], page


def test_an_answer_is_told_to_a_screen_reader(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    told = QAccessible.queryAccessibleInterface(window.chat.blocks[0].answer)
    assert told.text(QAccessible.Text.Name) == "回答"
    assert "¥404.00" in told.text(QAccessible.Text.Description)
    chart = window.page_named("insights").questions  # type: ignore[attr-defined]
    chart.show_series(["2026-11-20", "2026-11-21"], ("questions", "accent", [3, 5]))
    assert "3, 5" in QAccessible.queryAccessibleInterface(chart).text(QAccessible.Text.Description)


def tab_to(target: QWidget, most: int = 120) -> int:
    """How many times Tab it takes to get to `target` (or into it)."""
    for presses in range(most):
        focus = QApplication.focusWidget()
        if focus is target or (focus is not None and target.isAncestorOf(focus)):
            return presses
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {target.objectName() or target}")


def test_tab_leads_through_the_whole_window(qtbot: QtBot, window: MainWindow) -> None:
    window.session.ask("JKT-105 多少钱？")
    finished(qtbot, window)
    window.chat.blocks[0].show_tools()
    window.composer.input.setFocus()
    for target in (
        window.facts,
        window.rail.new_button,
        window.rail.search,
        window.rail.list,
        window.chat.blocks[0].tools.copy,
    ):
        tab_to(target)


def test_every_main_task_by_keyboard_alone(qtbot: QtBot, window: MainWindow, app: RealApp) -> None:
    """Ask, read the card, ask again in other words, edit, compare, find, pin, rename, delete and undo, data, lock."""
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.composer.input.hasFocus()
    ask(qtbot, window, "JKT-105 price?")
    finished(qtbot, window)
    assert "404.00" in window.chat.blocks[0].answer.text()
    QTest.keyClick(window, Qt.Key.Key_1, ALT)
    assert window.facts.cards[0].property("marked")
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    finished(qtbot, window)
    assert len(window.chat.blocks[0].messages) == 2
    QTest.keyClick(window, Qt.Key.Key_E, CTRL)
    QTest.keyClicks(window.composer.input, "JKT-105 stock?")
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert window.chat.blocks[0].question == "JKT-105 stock?" and len(window.chat.blocks[0].messages) == 3
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    ask(qtbot, window, "/compare")
    assert window.page == "compare"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page == "chat"
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(window.rail.search, "stock")
    qtbot.waitUntil(lambda: window.rail.model.rowCount() == 2, timeout=PATIENCE_MS)
    window.rail.search.clear()
    finished(qtbot, window)
    tab_to(window.rail.list)
    QTest.keyClick(window.rail.list, Qt.Key.Key_P, CTRL)
    finished(qtbot, window)
    assert app.store.conversations.list()[0].pinned
    number = window.session.conversation_id
    QTest.keyClick(window.rail.list, Qt.Key.Key_Delete)
    assert window.rail.model.rowCount() == 0
    tab_to(window.rail._undo_button)
    QTest.keyClick(window.rail._undo_button, Qt.Key.Key_Space)
    assert window.rail.model.rowCount() == 2
    window.rail.list.setFocus()
    window.rail.mark(number)
    QTest.keyClick(window.rail.list, Qt.Key.Key_Return)
    finished(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_D, CTRL)
    finished(qtbot, window)
    assert window.page == "products"
    QTest.keyClick(window, Qt.Key.Key_I, CTRL)
    assert window.page == "import"
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    finished(qtbot, window)
    assert window.page == "settings"
    choice = window.settings_page.theme
    tab_to(choice)
    # Of buttons that exclude each other Tab finds the one that is down; arrows lead to the others and press them.
    while not choice.buttons["contrast"].hasFocus():
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    finished(qtbot, window)
    assert window.look.theme is CONTRAST
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.page == "help"
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    finished(qtbot, window)
    assert window.page == "chat" and window.chat.blocks == () and window.composer.input.hasFocus()


def test_high_contrast_is_high() -> None:
    for ink in ("text", "muted", "accent", "warning", "error"):
        for surface in ("page", "panel", "raised"):
            assert contrast(getattr(CONTRAST, ink), getattr(CONTRAST, surface)) >= 7, (ink, surface)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_cut_in_a_button_at_any_size(qtbot: QtBot, open_window: Open, language: str) -> None:
    window = open_window(language=language)
    window.app.settings.set("scale", 1.5)
    window.refresh_look()
    for page in ("chat", "welcome", "settings", "backup", "insights", "help"):
        window.show_page(page)
        finished(qtbot, window)
        qtbot.wait(30)
        for button in window.findChildren(QWidget):
            text = button.property("text")
            if not button.isVisible() or button.metaObject().className() != "Button" or not text:
                continue
            assert button.width() >= button.sizeHint().width() - 1, (page, text, button.width(), button.sizeHint())
