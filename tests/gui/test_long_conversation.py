"""Ten thousand turns open at once and scroll; what is in sight stays where it is."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from shopdesk.gui.answer_block import AnswerBlock
from shopdesk.gui.main_window import MainWindow
from tests.gui.doubles import App, answered, fact_of, product
from tests.gui.test_answering import ask, finished
from tests.gui.waiting import PATIENCE_MS

Open = Callable[..., MainWindow]
TURNS = 10_000


@pytest.fixture(scope="module")
def long_shop(tmp_path_factory: pytest.TempPathFactory) -> App:
    app = App(tmp_path_factory.mktemp("long"), "zh")
    conversations = app.store.conversations
    number = conversations.start()
    fact = fact_of(product())
    for turn in range(TURNS):
        text = f"第 {turn} 答 ¥404.00 [1]。" * (1 + turn % 5)
        conversations.keep(number, f"第 {turn} 问", answered("q", text, (fact,)), (fact,))
    app.settings.set("last_conversation", number)
    return app


def in_sight(window: MainWindow) -> list[AnswerBlock]:
    height = window.chat.scroller.viewport().height()
    return [block for block in window.chat.blocks if block.y() < height and block.y() + block.height() > 0]


def calm(qtbot: QtBot, window: MainWindow) -> None:
    """Until everything in sight is drawn."""
    column = window.chat.scroller

    def drawn() -> bool:
        first, last = column._between(0, 0)
        return not window.jobs.busy and all(place.block is not None for place in column.places[first : last + 1])

    qtbot.waitUntil(drawn, timeout=PATIENCE_MS)
    qtbot.wait(20)
    qtbot.waitUntil(drawn, timeout=PATIENCE_MS)


def test_ten_thousand_turns_open_at_their_end_with_a_handful_of_widgets(
    qtbot: QtBot, open_window: Open, long_shop: App
) -> None:
    window = open_window(app=long_shop)
    calm(qtbot, window)
    assert window.chat.turns == TURNS
    assert len(window.chat.blocks) < 40
    assert in_sight(window)[-1].question == f"第 {TURNS - 1} 问"
    bar = window.chat.scroller.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(bar.maximum() // 2)
    calm(qtbot, window)
    middle = [block.question for block in in_sight(window)]
    assert middle and all(2000 < int(question.split()[1]) < 8000 for question in middle)
    assert len(window.chat.blocks) < 60
    bar.setValue(0)
    calm(qtbot, window)
    assert in_sight(window)[0].question == "第 0 问"
    assert "¥404.00" in in_sight(window)[0].answer.text()


def test_blocks_follow_one_another_without_gap_or_overlap(qtbot: QtBot, open_window: Open, long_shop: App) -> None:
    window = open_window(app=long_shop)
    bar = window.chat.scroller.verticalScrollBar()
    calm(qtbot, window)
    for value in (bar.maximum() // 3, bar.maximum() // 3 + 400, bar.maximum() // 3 - 900):
        bar.setValue(value)
        calm(qtbot, window)
        seen = in_sight(window)
        assert len(seen) >= 2
        for one, other in itertools.pairwise(seen):
            assert other.y() - (one.y() + one.height()) == 32
            assert one.height() == one.fit(one.width())


def test_scrolling_back_does_not_jump(qtbot: QtBot, open_window: Open, long_shop: App) -> None:
    window = open_window(app=long_shop)
    calm(qtbot, window)
    bar = window.chat.scroller.verticalScrollBar()
    bar.setValue(bar.maximum() - 4000)
    calm(qtbot, window)
    for _ in range(8):
        first = in_sight(window)[0]
        before = first.y()
        bar.setValue(bar.value() - 150)
        moved = first.y() - before
        assert moved == 150
        calm(qtbot, window)
        assert first.y() - before == 150  # also after those above it were measured


def test_a_question_in_the_long_conversation_goes_to_its_end(qtbot: QtBot, open_window: Open, long_shop: App) -> None:
    window = open_window(app=long_shop)
    calm(qtbot, window)
    bar = window.chat.scroller.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    calm(qtbot, window)
    ask(qtbot, window, "how much now?")
    finished(qtbot, window)
    calm(qtbot, window)
    assert in_sight(window)[-1].question == "how much now?"
    assert bar.value() == bar.maximum()
    assert window.chat.turns == TURNS + 1


def test_a_hit_of_the_search_opens_where_it_was_said(qtbot: QtBot, open_window: Open, long_shop: App) -> None:
    window = open_window(app=long_shop)
    calm(qtbot, window)
    number = window.session.conversation_id
    assert number is not None
    window.rail.opened.emit(number, 5000)  # message numbers count from 1
    calm(qtbot, window)
    assert in_sight(window)[0].question == "第 4999 问"
