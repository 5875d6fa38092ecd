"""An approved answer in the window: its card shows what was approved, beside the row that fills it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shopdesk.core.events import AnswerDone, Event, FactsFound, Focus, TextDelta
from shopdesk.core.types import Record
from shopdesk.gui.main_window import MainWindow
from tests.gui.doubles import AS_OF, answered, fact_of, product
from tests.gui.test_answering import ask, finished

APPROVED = Record(
    "answer",
    "有停车场吗",
    "有停车场吗",
    {"answer": "地下一层有。", "approved_by": "店长", "approved_at": "2026-11-20", "topic": None, "source": "feedback"},
    AS_OF,
)


def approved_answer(question: str, cancel: threading.Event) -> Iterator[Event]:
    facts = (fact_of(APPROVED), fact_of(product(), 2))
    yield FactsFound(facts, (Focus(1, "answer"),), "zh", 2.0)
    yield TextDelta("地下一层有 [1]。")
    yield AnswerDone(answered(question, "地下一层有 [1]。", facts, route="approved", model_name=None))


def test_its_card_and_footer(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    window = open_window(approved_answer)
    ask(qtbot, window, "parking?")
    finished(qtbot, window)
    block = window.chat.blocks[0]
    assert block.answer.text() == "地下一层有 [1]。"
    assert "approved answer" in block.footer.text()
    shown = " ".join(label.text() for label in window.facts.cards[0].findChildren(QLabel))
    assert "地下一层有。" in shown and "店长" in shown
