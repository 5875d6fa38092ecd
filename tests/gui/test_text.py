"""What people type, paste and import is shown as text, whatever it looks like."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shopdesk.core.events import AnswerDone, Event, FactsFound, TextDelta
from shopdesk.gui.answer_text import AnswerText
from shopdesk.gui.composer import LIMIT
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.markdown import is_markdown
from tests.gui.doubles import answered, fact_of, product
from tests.gui.test_answering import ask, finished

Open = Callable[..., MainWindow]
NAUGHTY = [
    "<b>bold</b> <img src='file:///etc/passwd'> <script>alert(1)</script>",
    "&lt;not&gt; &amp; an entity",
    "مرحبا ‮txt.exe‬ שלום",
    "😀👩‍👩‍👧‍👦🏴‍☠️",
    "Ω≈ç√∫˜µ≤≥÷ ﷽ ก็็็็็",
    "无" * (LIMIT - 1),
    "x" * (LIMIT - 1),
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_text_is_shown_as_it_is_and_widens_nothing(qtbot: QtBot, open_window: Open, text: str) -> None:
    record = product(title=text, color=text[:60], location=text[:60])

    def script(question: str, cancel: threading.Event) -> Iterator[Event]:
        facts = (fact_of(record),)
        yield FactsFound(facts, (), "zh", 1.0)
        yield TextDelta(text)
        yield AnswerDone(answered(question, text, facts))

    window = open_window(script)
    window.composer.input.setPlainText(text)
    window.composer.ask()
    finished(qtbot, window)
    block = window.chat.blocks[0]
    assert block.answer.text() == text
    assert block.bubble.text.text() == text
    card = window.facts.cards[0]
    titles = [label.text() for label in card.findChildren(QLabel) if label.property("role") == "title"]
    assert text in titles
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in card.findChildren(QLabel) if label.text())
    assert card.width() <= window.facts.width()
    assert block.width() <= window.chat.width()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20)))
def test_any_pieces_add_up_to_their_text(qtbot: QtBot, open_window: Open, pieces: list[str]) -> None:
    # One window serves all examples.
    window = _kept_window(open_window)
    text = AnswerText(window.look)
    for piece in pieces:
        text.append_text(piece)
    whole = "".join(pieces)
    assert text.text() == whole
    # Qt shows the no-break space and stores it; its plain text gives an ordinary one back.
    drawn = whole.replace("\u00a0", " ").replace("\ufdd0", "\n").replace("\ufdd1", "\n")
    if is_markdown(whole):
        assert [c for c in drawn if c.isalpha()] == [c for c in text.document.toPlainText() if c.isalpha()]
    else:
        assert text.document.toPlainText() == drawn
    text.deleteLater()


def _kept_window(open_window: Open) -> MainWindow:
    kept = getattr(open_window, "kept", None)
    if kept is None:
        kept = open_window()
        open_window.kept = kept  # type: ignore[attr-defined]
    return kept  # type: ignore[no-any-return]


def test_a_huge_paste_is_taken_and_gently_refused(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    data = QMimeData()
    data.setText("长" * 100_000)
    window.composer.input.insertFromMimeData(data)
    assert len(window.composer.input.toPlainText()) == 100_000
    assert not window.composer.send.isEnabled()
    assert "100,000" in window.composer.counter.text()
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    assert window.chat.blocks == ()
    assert len(window.composer.input.toPlainText()) == 100_000
    window.composer.input.setPlainText("长" * LIMIT)
    assert window.composer.send.isEnabled()


def test_pasted_html_becomes_text(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    data = QMimeData()
    data.setHtml("<h1>big</h1>")
    data.setText("big")
    window.composer.input.insertFromMimeData(data)
    assert window.composer.input.toPlainText() == "big"


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_question_is_not_asked(qtbot: QtBot, open_window: Open, text: str) -> None:
    window = open_window()
    window.composer.input.setPlainText(text)
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return)
    assert window.chat.blocks == ()


def test_shift_enter_is_a_new_line(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    height = window.composer.input.height()
    QTest.keyClicks(window.composer.input, "a")
    QTest.keyClick(window.composer.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(window.composer.input, "b")
    assert window.composer.input.toPlainText() == "a\nb"
    assert window.composer.input.height() > height
    assert window.chat.blocks == ()
    ask(qtbot, window, "c")
    finished(qtbot, window)
    assert window.chat.blocks[0].question == "a\nbc"


@pytest.mark.parametrize(
    "name", ["5*8*10 A_b_c", "<b>绳</b> [1](x)", "~$5~ #3 | x", "![a](file:///etc/passwd)", "a & b &amp;"]
)
def test_markdown_takes_no_character_from_a_name(qtbot: QtBot, open_window: Open, name: str) -> None:
    text = AnswerText(open_window().look)
    text.append_text(f"**两种**：\n- {name}\n- 第二")
    assert is_markdown(text.text())
    assert name in text.document.toPlainText()
    text.deleteLater()


def test_tables_and_lists_are_drawn(qtbot: QtBot, open_window: Open) -> None:
    text = AnswerText(open_window().look)
    for piece in ("| 尺码 | 库存 |\n", "|---|---|\n| 42 | 3 [1] |\n", "| 43 | 0 |\n"):
        text.append_text(piece)
    frames = text.document.rootFrame().childFrames()
    assert [type(frame).__name__ for frame in frames] == ["QTextTable"]
    assert (frames[0].rows(), frames[0].columns()) == (3, 2)  # type: ignore[attr-defined]
    cited: list[int] = []
    text.cited.connect(cited.append)
    text.link.emit("1")
    text.link.emit("file:///etc/passwd")
    assert cited == [1]
    text.replace_text("1. 一\n2. **二**")
    assert text.document.toPlainText() == "一\n二"
    text.deleteLater()
