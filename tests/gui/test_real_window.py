"""The whole program under the window: real store, sample shop, assistant and, where it is there, the real model."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shopdesk.app import App
from shopdesk.gui.application import build_window
from shopdesk.gui.main_window import MainWindow
from shopdesk.paths import resources
from tests.gui.waiting import PATIENCE_MS

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


# With the embedded model, as a clerk and a bad day would have it -------------------------------


@pytest.fixture
def ready(qtbot: QtBot, window: MainWindow, app: App) -> MainWindow:
    """The window with the embedded model loaded."""
    assert app.engine is not None, app.notices
    app.warm_up()
    app.engine.wait_ready(90)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not window.header.bar.isVisible(), timeout=PATIENCE_MS)
    return window


@needs_model
def test_an_answer_is_given_anew_by_the_rows_and_by_the_model(qtbot: QtBot, ready: MainWindow) -> None:
    ask(qtbot, ready, "JKT-105 多少钱？")
    block = ready.chat.blocks[0]
    routes = [block.route]
    for _ in range(2):
        ready.session.answer_anew(block)
        qtbot.waitUntil(lambda: not ready.jobs.busy and not ready.session.busy, timeout=60_000)
        routes.append(block.route)
        assert "404.00" in block.answer.text()
    assert routes == ["model", "exact", "model"]
    assert len(block.messages) == 3


@needs_model
def test_stop_ends_the_model_in_mid_answer_and_continue_goes_on(qtbot: QtBot, ready: MainWindow, app: App) -> None:
    ready.session.ask("JKT-105 多少钱？它的材质和重量是什么？")
    ready.session.stop()
    qtbot.waitUntil(lambda: not ready.jobs.busy and not ready.session.busy, timeout=60_000)
    block = ready.chat.blocks[0]
    if block.stopped:  # a quick machine may have been done before
        block.resume.click()
        qtbot.waitUntil(lambda: not ready.jobs.busy and not ready.session.busy, timeout=60_000)
    assert block.answered and not block.stopped
    ask(qtbot, ready, "JKT-105 还有货吗？")
    assert "15" in ready.chat.blocks[1].answer.text()


@needs_model
def test_the_worker_dies_in_mid_answer_and_the_counter_goes_on(qtbot: QtBot, ready: MainWindow, app: App) -> None:
    ready.session.ask("JKT-105 多少钱？")
    block = ready.chat.blocks[0]
    append, killed = block.append_text, []

    def kill_at_the_first_words(text: str) -> None:
        append(text)
        if not killed:
            killed.append(app.engine.worker_pid)  # type: ignore[union-attr]
            os.kill(killed[0], signal.SIGKILL)

    block.append_text = kill_at_the_first_words  # type: ignore[method-assign]
    qtbot.waitUntil(lambda: not ready.jobs.busy and not ready.session.busy, timeout=60_000)
    assert killed and block.answered and "404.00" in block.answer.text()  # the rows stepped in, or the model came back
    ask(qtbot, ready, "JKT-105 多少钱？")
    assert "404.00" in ready.chat.blocks[1].answer.text()


def test_a_scan_shows_the_product_of_the_real_shop(qtbot: QtBot, window: MainWindow, app: App) -> None:
    barcode = str(app.store.catalogue.by_code("JKT-105")[0].fields["barcode"])
    window.show_page("settings")
    window.scanner.gap_ms = 2000
    target = window.settings_page.shop
    target.setFocus()
    QTest.keyClicks(target, barcode)
    QTest.keyClick(target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.jobs.busy and not window.session.busy, timeout=60_000)
    assert window.page == "chat" and window.facts.cards[0].record.key == "JKT-105"
    assert target.text() == ""
    ask(qtbot, window, "还有货吗？")  # a follow-up about what was scanned
    assert "15" in window.chat.blocks[1].answer.text()


def test_a_file_is_imported_by_the_page_and_taken_back(
    qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path
) -> None:
    file = tmp_path / "新 货.csv"
    file.write_text("货号,品名,零售价,库存\nQQ-1,云朵抱枕,59.00,7\n", encoding="utf-8")
    window.show_page("import")
    page = window.import_page

    def calm() -> None:
        qtbot.waitUntil(lambda: not page.work.busy and not window.jobs.busy, timeout=60_000)

    page.open_file(file)
    calm()
    page.work.commit()
    calm()
    ask(qtbot, window, "QQ-1 多少钱？")
    assert "59.00" in window.chat.blocks[-1].answer.text()
    window.show_page("import")
    page.work.ask_undo(max(batch.id for batch in app.store.importer.batches()))
    calm()
    assert app.store.catalogue.by_code("QQ-1") == []
