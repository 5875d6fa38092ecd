"""Answers given anew, their versions, questions edited, votes, and going on after a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.core.events import AnswerDone, Event, FactsFound, TextDelta
from shopdesk.gui.main_window import MainWindow
from tests.gui.doubles import App, answered, fact_of, product
from tests.gui.test_answering import ask, finished
from tests.gui.waiting import PATIENCE_MS

Open = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
FACTS = (fact_of(product()),)


class Counting:
    """Each answer is another; the one numbered `stops` ends in its middle."""

    def __init__(self, stops: int = 0) -> None:
        self.count, self.stops = 0, stops

    def __call__(self, question: str, cancel: threading.Event) -> Iterator[Event]:
        self.count += 1
        text = f"{question} answer {'' if self.stops else self.count}[1] and more"
        yield FactsFound(FACTS, (), "en", 1.0)
        if self.count == self.stops:
            yield TextDelta(text[:-9])
            yield AnswerDone(answered(question, text[:-9], FACTS, stopped=True))
            return
        for start in range(0, len(text), 5):
            yield TextDelta(text[start : start + 5])
        yield AnswerDone(answered(question, text, FACTS))


def test_answering_again_keeps_both_versions(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(Counting())
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    ask(qtbot, window, "stock?")
    finished(qtbot, window)
    first = window.chat.blocks[0]
    first.chosen.emit(first)
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    finished(qtbot, window)
    assert len(window.chat.blocks) == 2
    assert first.answer.text() == "price? answer 3[1] and more"
    assert len(first.messages) == 2
    assert first.tools.version.text() == "2/2" and first.tools.version.isVisible()
    first.tools.earlier.click()
    finished(qtbot, window)
    assert first.answer.text() == "price? answer 1[1] and more"
    assert first.tools.version.text() == "1/2" and not first.tools.earlier.isEnabled()
    first.tools.later.click()
    finished(qtbot, window)
    assert first.answer.text() == "price? answer 3[1] and more"


def test_versions_are_there_after_a_restart(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en", Counting())
    window = open_window(app=app)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    window.session.answer_anew(window.chat.blocks[0])
    finished(qtbot, window)
    window.close()
    again = open_window(app=app)
    qtbot.waitUntil(lambda: len(again.chat.blocks) == 1, timeout=PATIENCE_MS)
    assert again.chat.turns == 1
    assert again.chat.blocks[0].answer.text() == "price? answer 2[1] and more"
    assert again.chat.blocks[0].tools.version.text() == "2/2"


def test_an_edited_question_takes_the_place_of_the_first(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(Counting())
    ask(qtbot, window, "prise?")
    finished(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_E, CTRL)
    assert window.composer.in_edit and window.composer.input.toPlainText() == "prise?"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.composer.in_edit and window.composer.input.toPlainText() == ""
    QTest.keyClick(window, Qt.Key.Key_E, CTRL)
    QTest.keyClicks(window.composer.input, "price?")
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert [block.question for block in window.chat.blocks] == ["price?"]
    assert window.chat.blocks[0].bubble.text.text() == "price?"
    assert window.chat.blocks[0].answer.text() == "price? answer 2[1] and more"
    ask(qtbot, window, "next?")  # a question of its own again
    finished(qtbot, window)
    assert [block.question for block in window.chat.blocks] == ["price?", "next?"]


def test_a_stopped_answer_goes_on_to_its_end(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(Counting(stops=1))
    ask(qtbot, window, "long?")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    assert block.stopped and block.resume.isVisible()
    shown: list[str] = []
    block.answer.document.contentsChanged.connect(lambda: shown.append(block.answer.document.toPlainText()))
    block.resume.click()
    finished(qtbot, window)
    assert block.answer.text().endswith("and more") and not block.stopped
    assert not block.resume.isVisible()
    # What stood there was not taken away first.
    assert shown and all(len(text) >= len("long? answer [1]") - 1 for text in shown if text)


def test_votes_are_kept_with_the_right_answer(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en", Counting())
    window = open_window(app=app)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    block.tools.up.click()
    finished(qtbot, window)
    assert app.store.feedback.votes == {1: ("up", "")}
    block.tools.down.click()
    finished(qtbot, window)
    assert block.right_answer is not None and block.right_answer.text.hasFocus()
    QTest.keyClicks(block.right_answer.text, "It costs 1.")
    QTest.keyClick(block.right_answer.text, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert app.store.feedback.votes == {1: ("down", "It costs 1.")}
    assert block.right_answer is None
    assert window.message_bar.isVisible() and "Insights" in window.message_bar.text.text()
    window.close()
    again = open_window(app=app)
    qtbot.waitUntil(lambda: len(again.chat.blocks) == 1, timeout=PATIENCE_MS)
    assert again.chat.blocks[0].vote == "down"


def test_text_of_an_answer_can_be_selected_and_copied(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(Counting())
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    text = window.chat.blocks[0].answer
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_A, CTRL)
    QTest.keyClick(text, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "price? answer 1[1] and more"
    window.chat.blocks[0].tools.copy.click()
    assert QApplication.clipboard().text() == "price? answer 1 and more"
