"""Input methods, barcode scanners, names as they are typed, commands after a slash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shopdesk.gui import commands
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.typeahead import last_piece, suggested
from tests.gui.doubles import product
from tests.gui.test_answering import ask, finished
from tests.gui.waiting import PATIENCE_MS

Open = Callable[..., MainWindow]


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method sends: text under composition, then what it comes to."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


# Input methods --------------------------------------------------------------------------------


def test_enter_never_sends_while_an_input_method_composes(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    field = window.composer.input
    field.setFocus()
    compose(field, "pao'xie")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.chat.blocks == () and field.composing
    window.composer.send.click()
    assert window.chat.blocks == ()
    compose(field, "", "跑鞋")
    # Some methods hand on the very Enter that ended the composition.
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.chat.blocks == ()
    assert field.toPlainText() == "跑鞋"
    QApplication.processEvents()
    qtbot.wait(5)
    QTest.keyClick(field, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert [block.question for block in window.chat.blocks] == ["跑鞋"]


def test_no_names_are_offered_in_the_middle_of_a_composition(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    field = window.composer.input
    field.setFocus()
    compose(field, "chong'feng")
    qtbot.wait(200)
    assert window.composer.suggestions is not None and not window.composer.suggestions.isVisible()


# Scanners -------------------------------------------------------------------------------------


def scan(widget: QWidget, code: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """A busy machine must not take a scanner for a person."""
    window = widget.window()
    assert isinstance(window, MainWindow)
    window.scanner.gap_ms = 2000
    QTest.keyClicks(widget, code)
    if end is not None:
        QTest.keyClick(widget, end)


@pytest.mark.parametrize("place", ["composer", "search", "list", "button", "settings"])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_scan_goes_to_the_product_wherever_the_focus_is(
    qtbot: QtBot, open_window: Open, place: str, end: Qt.Key
) -> None:
    window = open_window()
    if place == "settings":
        window.show_page("settings")
        finished(qtbot, window)
    target = {
        "composer": window.composer.input, "search": window.rail.search, "list": window.rail.list,
        "button": window.rail.new_button, "settings": window.settings_page.shop,
    }[place]  # fmt: skip
    target.setFocus()
    scan(target, "6901234567892", end)
    finished(qtbot, window)
    assert window.page == "chat"
    assert [block.question for block in window.chat.blocks] == ["6901234567892"]
    text = getattr(target, "toPlainText", getattr(target, "text", lambda: ""))()
    assert "6901" not in str(text)


def test_a_scan_leaves_the_half_typed_question(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    field = window.composer.input
    field.setPlainText("Is  blue?")
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    field.setFocus()
    qtbot.wait(60)
    scan(field, "JKT-105")
    finished(qtbot, window)
    assert field.toPlainText() == "Is  blue?"
    assert window.chat.blocks[0].question == "JKT-105"


def test_a_scanner_without_enter_is_known_by_its_digits(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.composer.input.setFocus()
    scan(window.composer.input, "6901234567892", None)
    qtbot.waitUntil(lambda: bool(window.chat.blocks), timeout=PATIENCE_MS)
    finished(qtbot, window)
    assert window.chat.blocks[0].question == "6901234567892"
    assert window.composer.input.toPlainText() == ""


def test_typing_is_no_scan(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    seen: list[str] = []
    window.scanner.scanned.connect(seen.append)
    window.composer.input.setFocus()
    for key in "JKT-105":
        QTest.keyClicks(window.composer.input, key)
        qtbot.wait(60)
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    finished(qtbot, window)
    ask(qtbot, window, "price?")  # fast, but no code
    finished(qtbot, window)
    assert seen == []
    assert [block.question for block in window.chat.blocks] == ["JKT-105", "price?"]


def test_a_field_that_takes_scans_keeps_them(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.show_page("settings")
    finished(qtbot, window)
    pin = window.settings_page.pin.pin
    pin.setFocus()
    scan(pin, "123456", None)
    qtbot.wait(120)
    assert pin.text() == "123456" and window.chat.blocks == ()


# Names and commands ---------------------------------------------------------------------------


def test_names_are_offered_and_taken_by_keyboard(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    field, offered = window.composer.input, window.composer.suggestions
    assert offered is not None
    field.setFocus()
    field.insertPlainText("黑色的冲锋")
    qtbot.waitUntil(offered.isVisible, timeout=PATIENCE_MS)
    assert [suggestion.text for suggestion in offered.suggestions] == ["岭上冲锋衣"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "黑色的岭上冲锋衣" and window.chat.blocks == ()
    assert not offered.isVisible()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE_MS)


def test_enter_asks_while_names_are_offered_but_none_is_chosen(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    window.composer.input.setFocus()
    window.composer.input.insertPlainText("冲锋")
    assert window.composer.suggestions is not None
    qtbot.waitUntil(window.composer.suggestions.isVisible, timeout=PATIENCE_MS)
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert window.chat.blocks[0].question == "冲锋"
    assert not window.composer.suggestions.isVisible()


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("黑色冲锋", "黑色冲锋"),
        ("有货吗？冲锋", "冲锋"),
        ("the Soft", "the Soft"),
        ("a", ""),
        ("冲", ""),
        ("ok ", ""),
        ("/ne", ""),
    ],
)  # fmt: skip
def test_the_piece_that_may_be_a_name(before: str, piece: str) -> None:
    assert last_piece(before) == piece


def test_half_a_word_is_no_name() -> None:
    jacket = product("SKU-9", "Softshell Jacket")
    assert [s.replaces for s in suggested([jacket], "is the soft", "en")] == [4]
    assert suggested([jacket], "microsoft", "en") == []
    assert [s.text for s in suggested([jacket], "sku-", "en")] == ["SKU-9"]


@pytest.mark.parametrize("typed", ["/help", "/帮助"])
def test_commands_are_known_in_both_languages(qtbot: QtBot, open_window: Open, typed: str) -> None:
    window = open_window()
    window.composer.input.setFocus()
    window.composer.input.setPlainText(typed)
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    assert window.page == "help" and window.chat.blocks == ()
    finished(qtbot, window)


def test_an_unknown_command_is_named_and_not_asked(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.composer.input.setPlainText("/fly")
    window.composer.ask()
    assert "/fly" in window.message_bar.text.text() and window.chat.blocks == ()
    assert commands.read("/2 price") is None and commands.read("1/2") is None


def test_find_searches_all_that_was_said(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.composer.input.setPlainText("/find jacket 404")
    window.composer.ask()
    assert window.rail.search.text() == "jacket 404" and window.rail.search.hasFocus()
    qtbot.wait(200)
    finished(qtbot, window)


def test_every_command_does_something(qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    monkeypatch.setattr(window.library, "choose_file", lambda *_: None)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    for command in commands.COMMANDS:
        if command.id not in ("data",):  # the rows' page wants a real store
            window.do_command(command.id, "")
            finished(qtbot, window)
    window.products.close()
