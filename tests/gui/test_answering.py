"""From the question in the composer to the answer on the page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shopdesk.core.errors import EngineError
from shopdesk.core.events import AnswerDone, Event, FactsFound, Focus, Notice, TextDelta, TextReplaced
from shopdesk.gui.main_window import MainWindow
from tests.gui.doubles import POLICY, App, Engine, answered, fact_of, price_answer, product
from tests.gui.waiting import PATIENCE_MS

Open = Callable[..., MainWindow]
FACTS = (fact_of(product()), fact_of(POLICY, 2))


def ask(qtbot: QtBot, window: MainWindow, question: str) -> None:
    """As a clerk does it: type, Enter."""
    window.composer.input.setFocus()
    QTest.keyClicks(window.composer.input, question)
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)


def finished(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy and not window.session.busy, timeout=PATIENCE_MS)


class Gate:
    """A script that stands still until the test lets it go on."""

    def __init__(self, *steps: list[Event]) -> None:
        self.steps = steps
        self.go = [threading.Event() for _ in steps]
        self.cancelled = False

    def __call__(self, question: str, cancel: threading.Event) -> Iterator[Event]:
        for step, go in zip(self.steps, self.go, strict=True):
            while not go.wait(0.01):
                if cancel.is_set():
                    self.cancelled = True
                    yield AnswerDone(answered(question, "half", FACTS, stopped=True))
                    return
            yield from step


def test_an_answer_is_shown_with_its_footer_and_cards(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "JKT-105?")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    assert block.answer.text() == "岭上冲锋衣 的价格是 ¥404.00 [1]。"
    assert "checked against the rows" in block.footer.text()
    assert "as of" in block.footer.text()
    price = window.facts.cards[0].findChild(QLabel, "focus-price")
    assert price is not None and price.text() == "¥404.00"
    assert price.font().pixelSize() in range(28, 33)


def test_cards_come_before_any_word(qtbot: QtBot, open_window: Open) -> None:
    found: list[Event] = [FactsFound(FACTS, (Focus(1, "stock"),), "zh", 1.0)]
    gate = Gate(found, [TextDelta("有货 [1]。")], [AnswerDone(answered("q", "有货 [1]。", FACTS))])
    window = open_window(gate)
    ask(qtbot, window, "stock?")
    gate.go[0].set()
    qtbot.waitUntil(lambda: len(window.facts.cards) == 2, timeout=PATIENCE_MS)
    assert window.chat.blocks[0].answer.text() == ""
    qtbot.waitUntil(lambda: bool(window.facts.cards[0].findChildren(QLabel, "focus-stock")), timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: window.facts.cards[0].mapTo(window, QPoint(0, 0)).x() > window.facts.x(), timeout=PATIENCE_MS
    )  # laid out
    where = window.facts.cards[0].mapTo(window, QPoint(0, 0))
    gate.go[1].set()
    qtbot.waitUntil(lambda: window.chat.blocks[0].answer.text() == "有货 [1]。", timeout=PATIENCE_MS)
    assert window.facts.cards[0].mapTo(window, QPoint(0, 0)) == where
    gate.go[2].set()
    finished(qtbot, window)


def test_replaced_text_takes_the_place_of_the_streamed_one(qtbot: QtBot, open_window: Open) -> None:
    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield FactsFound(FACTS, (), "zh", 1.0)
        yield TextDelta("It costs ¥999 ")
        yield TextReplaced("It costs ¥404.00 [1].")
        yield AnswerDone(answered(question, "It costs ¥404.00 [1].", FACTS, repaired=1))

    window = open_window(script)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    assert window.chat.blocks[0].answer.text() == "It costs ¥404.00 [1]."
    assert "corrected" in window.chat.blocks[0].footer.text()


def test_escape_stops_and_the_stop_button_goes(qtbot: QtBot, open_window: Open) -> None:
    gate = Gate([FactsFound(FACTS, (), "zh", 1.0), TextDelta("half")], [TextDelta("never")])
    window = open_window(gate)
    assert not window.composer.stop.isVisible()
    ask(qtbot, window, "long answer?")
    gate.go[0].set()
    qtbot.waitUntil(lambda: window.chat.blocks[0].answer.text() == "half", timeout=PATIENCE_MS)
    assert window.composer.stop.isVisible()
    started = time.monotonic()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    finished(qtbot, window)
    assert time.monotonic() - started < 5
    assert gate.cancelled
    assert not window.composer.stop.isVisible()
    assert "stopped" in window.chat.blocks[0].footer.text()


def test_a_new_question_stops_the_first_and_is_answered(qtbot: QtBot, open_window: Open) -> None:
    gate = Gate([FactsFound(FACTS, (), "zh", 1.0)], [TextDelta("never")])

    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield from gate(question, cancel) if question == "first" else price_answer(question, cancel)

    window = open_window(script)
    ask(qtbot, window, "first")
    gate.go[0].set()
    qtbot.waitUntil(lambda: bool(window.facts.cards), timeout=PATIENCE_MS)
    ask(qtbot, window, "second")
    finished(qtbot, window)
    assert gate.cancelled
    assert [block.question for block in window.chat.blocks] == ["first", "second"]
    assert "¥404.00" in window.chat.blocks[1].answer.text()
    assert "never" not in window.chat.blocks[0].answer.text()


def test_closing_in_mid_answer_ends_the_thread(qtbot: QtBot, open_window: Open) -> None:
    gate = Gate([FactsFound(FACTS, (), "zh", 1.0)], [TextDelta("never")])
    window = open_window(gate)
    ask(qtbot, window, "long?")
    gate.go[0].set()
    qtbot.waitUntil(lambda: bool(window.facts.cards), timeout=PATIENCE_MS)
    started = time.monotonic()
    window.close()
    assert time.monotonic() - started < 5
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("shopdesk-")]


def test_a_new_conversation_in_mid_answer_shows_nothing_of_the_old_one(qtbot: QtBot, open_window: Open) -> None:
    gate = Gate([FactsFound(FACTS, (), "zh", 1.0)], [TextDelta("never")])
    window = open_window(gate)
    ask(qtbot, window, "long?")
    gate.go[0].set()
    qtbot.waitUntil(lambda: bool(window.facts.cards), timeout=PATIENCE_MS)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    finished(qtbot, window)
    assert window.chat.blocks == ()
    assert window.facts.cards == []
    assert window.session.conversation_id is None


def test_clicking_a_citation_marks_its_card(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    text = window.chat.blocks[0].answer
    places = (QPoint(x, y) for y in range(0, text.height(), 4) for x in range(0, text.width(), 4))
    cited = next(place for place in places if text.anchor_at(place) == "1")
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, pos=cited)
    assert [card.property("marked") for card in window.facts.cards] == [True, False]
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert [card.property("marked") for card in window.facts.cards] == [False, True]


def test_a_citation_cut_in_two_by_the_stream_is_one_link(qtbot: QtBot, open_window: Open) -> None:
    pieces = ["😀 costs ¥404.00 [", "1", "].", " More 😀 [2]"]

    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield FactsFound(FACTS, (), "zh", 1.0)
        yield from (TextDelta(piece) for piece in pieces)
        yield AnswerDone(answered(question, "".join(pieces), FACTS))

    window = open_window(script)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    text = window.chat.blocks[0].answer
    for mark in ("[1]", "[2]"):
        cursor = text.document.find(mark)
        cursor.setPosition(cursor.selectionStart() + 2)
        assert cursor.charFormat().anchorHref() == mark[1]
    cursor = text.document.find("costs")
    assert not cursor.charFormat().isAnchor()


def test_a_notice_is_one_line_with_details_on_click(qtbot: QtBot, open_window: Open) -> None:
    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield FactsFound(FACTS, (), "zh", 1.0)
        yield Notice("engine_missing", "No model.", "worker died: 9")
        yield AnswerDone(answered(question, "¥404.00 [1]", FACTS, route="exact"))

    window = open_window(script)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    assert block.notice.text() == "No model."
    assert not block.details.isVisible()
    block.notice_details.click()
    assert block.details.isVisible() and "worker died" in block.details.text()


@pytest.mark.parametrize("error", [EngineError("engine_missing", detail="why"), RuntimeError("boom")])
def test_an_error_is_one_line_and_the_question_can_be_asked_again(
    qtbot: QtBot, open_window: Open, error: Exception
) -> None:
    failures = [error]

    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        if failures:
            raise failures.pop()
        yield from price_answer(question, cancel)

    window = open_window(script)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    assert window.message_bar.isVisible()
    wanted = "Something went wrong" if isinstance(error, RuntimeError) else "No model"
    assert wanted in window.message_bar.text.text()
    assert not window.message_bar.details.isVisible()
    window.message_bar.details_button.click()
    assert ("boom" if isinstance(error, RuntimeError) else "why") in window.message_bar.details.toPlainText()
    window.chat.blocks[0].again.click()
    finished(qtbot, window)
    assert "¥404.00" in window.chat.blocks[1].answer.text()


def test_copy_leaves_the_citation_marks_out(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.clipboard().text() == "岭上冲锋衣 的价格是 ¥404.00。"


def test_the_view_follows_only_a_reader_at_the_end(qtbot: QtBot, open_window: Open) -> None:
    gate = Gate(
        [FactsFound(FACTS, (), "zh", 1.0), TextDelta("line\n" * 80)],
        [TextDelta("more\n" * 40)],
        [TextDelta("end\n" * 40), AnswerDone(answered("q", "line\n" * 80 + "more\n" * 40 + "end\n" * 40, FACTS))],
    )
    window = open_window(gate)
    ask(qtbot, window, "long?")
    bar = window.chat.scroller.verticalScrollBar()
    gate.go[0].set()
    qtbot.waitUntil(lambda: bar.maximum() > 500 and bar.value() == bar.maximum(), timeout=PATIENCE_MS)
    bar.setValue(100)
    before = bar.maximum()
    gate.go[1].set()
    qtbot.waitUntil(lambda: bar.maximum() > before, timeout=PATIENCE_MS)
    assert bar.value() == 100
    bar.setValue(bar.maximum())
    gate.go[2].set()
    finished(qtbot, window)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > before, timeout=PATIENCE_MS)


def test_a_refusal_offers_the_nearest_products(qtbot: QtBot, open_window: Open) -> None:
    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield FactsFound(FACTS[:1], (), "zh", 1.0)
        yield AnswerDone(answered(question, "没有找到。", FACTS[:1], route="refusal", citations=()))

    window = open_window(script, language="zh")
    ask(qtbot, window, "flying carpet")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    chip = block.nearest[0]
    assert chip is not None
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert "岭上冲锋衣" in window.composer.input.toPlainText()


def test_variants_can_be_looked_at_in_the_card(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    card = window.facts.cards[0]
    chips = {chip.text(): chip for chip in card.findChildren(type(window.composer.send)) if chip.isCheckable()}
    assert chips["L · 15"].isChecked()
    chips["XL · 0"].click()
    assert card.record.key == "JKT-106"


def test_variants_are_called_by_the_column_that_tells_them_apart(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    card = window.facts.cards[0]
    own = {"color": None, "size": None}
    rows = [
        replace(product(f"R-{n}", stock=n, **own), attributes={"产地": "法国", "硬度": hard})
        for n, hard in ((1, "2.5"), (2, "3"))
    ]
    card.show_variants(rows)
    qtbot.wait(1)
    chips = {chip.text() for chip in card.findChildren(type(window.composer.send)) if chip.isCheckable()}
    assert chips == {"2.5 · 1", "3 · 2"}
    shown = [text.text() for text in card.findChildren(QLabel) if text.property("role") == "heading"]
    assert shown == ["硬度"]
    card.show_variants([replace(row, attributes={}) for row in rows])
    qtbot.wait(1)
    chips = {chip.text() for chip in card.findChildren(type(window.composer.send)) if chip.isCheckable()}
    assert chips == {"R-1 · 1", "R-2 · 2"}


def test_an_app_without_a_model_says_so(qtbot: QtBot, open_window: Open, tmp_path: object) -> None:
    app = App(tmp_path, "en")  # type: ignore[arg-type]
    app.engine = None
    window = open_window(app=app)
    assert "no model" in window.header.model.text()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    assert "¥404.00" in window.chat.blocks[0].answer.text()


def test_the_model_state_is_told_from_another_thread(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    engine = window.app.engine
    thread = threading.Thread(target=engine.tell, args=("starting",))  # type: ignore[union-attr]
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "loading" in window.header.model.text(), timeout=PATIENCE_MS)
    assert window.header.bar.isVisible()
    engine.tell("ready")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: window.header.model.text() == "counter · cpu", timeout=PATIENCE_MS)
    assert not window.header.bar.isVisible()


def test_many_cards_follow_one_by_one_and_a_late_one_can_be_cited(qtbot: QtBot, open_window: Open) -> None:
    facts = tuple(fact_of(product(f"JKT-{n}", f"衣服 {n}"), n) for n in range(1, 16))

    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield FactsFound(facts, (), "zh", 1.0)
        yield AnswerDone(answered(question, "共 15 款 [9]", facts))

    window = open_window(script)
    ask(qtbot, window, "all?")
    window.facts.highlight(9)
    finished(qtbot, window)
    qtbot.waitUntil(lambda: len(window.facts.cards) == 12, timeout=PATIENCE_MS)
    window.facts.highlight(9)
    assert [card.fact.id for card in window.facts.cards if card.property("marked")] == [9]
    assert [card.fact.id for card in window.facts.cards] == list(range(1, 13))
    assert window.facts.more.isVisible() and "3" in window.facts.more.text()


class Served(Engine):
    """A model on a server, with a local one behind it (see shopdesk.engine.fallback)."""

    url = "http://models.shop.example:8000/v1"
    device = "remote"
    failure: Exception | None = None


def test_a_model_server_and_its_failure_are_told(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    app.engine = engine = Served()
    window = open_window(app=app)
    header = window.header
    assert header.model.text() == "counter · models.shop.example"
    assert header.offline.text() == "network in use" and "models.shop.example" in header.offline.toolTip()
    engine.failure = OSError("gone")
    engine.tell("ready")
    qtbot.waitUntil(lambda: header.model.text() == "model server silent: the rows answer", timeout=PATIENCE_MS)
    engine.device = "cpu"
    engine.tell("starting")
    engine.tell("ready")
    qtbot.waitUntil(lambda: header.model.text() == "model server silent: counter · cpu answers", timeout=PATIENCE_MS)
    window.resize(760, 600)
    assert header.model.isVisible() and window.width() == 760
    header.name_shop("云栖户外运动用品旗舰店" * 5)
    qtbot.wait(1)
    assert window.width() == 760, "a long name is cut, it does not widen the window"
    engine.failure, engine.device = None, "remote"
    engine.tell("ready")
    qtbot.waitUntil(lambda: header.model.text() == "counter · models.shop.example", timeout=PATIENCE_MS)


def test_small_talk_claims_no_check(qtbot: QtBot, open_window: Open) -> None:
    def greeting(question: str, cancel: threading.Event) -> Iterator[Event]:
        yield AnswerDone(answered(question, "您好！", ()))

    window = open_window(greeting)
    ask(qtbot, window, "hello")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    assert "checked" not in block.footer.text()
    assert not block._footer_mark.isVisibleTo(block)
