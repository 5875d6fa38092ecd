"""The whole program under the window: real store, sample shop, assistant and, where it is there, the real model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shopdesk.app import App, open_app
from shopdesk.gui.application import build_window
from shopdesk.gui.main_window import MainWindow
from shopdesk.paths import resources
from tests.gui.doubles import PATIENCE_MS

MODEL = resources() / "models" / "counter.gguf"
needs_model = pytest.mark.skipif(not MODEL.is_file(), reason="the embedded model is not in resources/models yet")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(tmp_path / "家 home", language="zh") as opened:
        yield opened


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, app: App) -> Iterator[MainWindow]:
    made = build_window(app, qapp)
    made.show()
    made.begin()
    qtbot.waitUntil(lambda: not made.jobs.busy, timeout=PATIENCE_MS)
    yield made
    made.close()
    made.look.close()
    made.deleteLater()
    qtbot.wait(1)


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


def test_a_real_file_is_imported_and_undone(qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path) -> None:
    table = tmp_path / "新到货.csv"
    table.write_bytes(
        "货号,品名,零售价,库存\nYG-301,云谷帆布包,¥129.00,24\nYG-302,云谷保温杯,¥159.00,8\n".encode("gb18030")
    )
    window.show_page("import")
    page = window.import_page
    page.open_file(table)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE_MS)
    assert page.encoding.currentData() == "gb18030"
    assert [page.preview.index(row, 0).data() for row in range(2)] == ["YG-301", "YG-302"]
    assert "¥129.00" in [page.preview.index(0, column).data() for column in range(page.preview.columnCount())]
    page.commit()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE_MS)
    assert [record.key for record in app.store.catalogue.by_code("YG-301")] == ["YG-301"]
    assert not app.store.catalogue.by_code("JKT-105")
    page.undo_last()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE_MS)
    assert not app.store.catalogue.by_code("YG-301")
    assert app.store.catalogue.by_code("JKT-105")
