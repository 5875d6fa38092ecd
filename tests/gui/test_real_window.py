"""The whole program under the window: real store, sample shop, assistant and, where it is there, the real model."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shopdesk.app import App
from shopdesk.gui.application import build_window
from shopdesk.gui.main_window import MainWindow
from shopdesk.paths import resources
from tests.gui.doubles import PATIENCE_MS

MODEL = resources() / "models" / "counter.gguf"
needs_model = pytest.mark.skipif(not MODEL.is_file(), reason="the embedded model is not in resources/models yet")


def ask(qtbot: QtBot, window: MainWindow, question: str) -> None:
    window.composer.input.setFocus()
    for character in question:  # keyClicks knows Latin keys only
        window.composer.input.insertPlainText(character)
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.jobs.busy and not window.session.busy, timeout=60_000)


def test_the_rows_answer_in_the_window(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "JKT-105 多少钱？")
    block = window.chat.blocks[0]
    assert "¥404.00" in block.answer.text()
    card = window.facts.cards[0]
    assert card.record.key == "JKT-105"
    price = card.findChild(QLabel, "focus-price")
    assert price is not None and price.text() == "¥404.00"
    ask(qtbot, window, "还有货吗？")
    assert "15" in window.chat.blocks[1].answer.text()


@needs_model
def test_the_real_model_writes_the_right_price(qtbot: QtBot, window: MainWindow, app: App) -> None:
    assert app.engine is not None, app.notices
    app.warm_up()
    app.engine.wait_ready(60)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not window.header.bar.isVisible(), timeout=PATIENCE_MS)
    ask(qtbot, window, "JKT-105 多少钱？")
    block = window.chat.blocks[0]
    assert "¥404.00" in block.answer.text()
    assert "已与店内资料核对" in block.footer.text()
    number = window.session.conversation_id
    assert number is not None
    stored = app.store.conversations.messages(number)[0]
    assert stored.answer_json is not None
    assert '"route": "model"' in stored.answer_json


@needs_model
def test_closing_while_the_model_writes_ends_soon(qtbot: QtBot, window: MainWindow, app: App) -> None:
    app.warm_up()
    app.engine.wait_ready(60)  # type: ignore[union-attr]
    window.composer.input.setPlainText("七天无理由退货的规定是什么？")
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    started = time.monotonic()
    window.close()
    assert time.monotonic() - started < 5


def test_a_question_of_before_is_there_after_a_restart(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, app: App
) -> None:
    ask(qtbot, window, "JKT-105 多少钱？")
    window.close()
    again = build_window(app, qapp)
    again.show()
    again.begin()
    qtbot.waitUntil(lambda: bool(again.chat.blocks), timeout=PATIENCE_MS)
    assert "¥404.00" in again.chat.blocks[0].answer.text()
    qtbot.waitUntil(lambda: not again.jobs.busy, timeout=PATIENCE_MS)
    again.close()
    again.look.close()
    again.deleteLater()
