"""Panes, pages, languages, themes, conversations, import and settings of the window."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from shopdesk.core.events import Notice
from shopdesk.gui.application import crash_lines
from shopdesk.gui.conversations_panel import ID_ROLE
from shopdesk.gui.garbage import collected_here
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button
from shopdesk.gui.theme import DARK, LIGHT, Theme, contrast
from shopdesk.paths import resources
from tests.gui.doubles import App
from tests.gui.test_answering import ask, finished
from tests.gui.waiting import PATIENCE_MS, settled
from tools import translations

Open = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


def titles(window: MainWindow) -> list[str]:
    model = window.rail.model
    return [str(model.index(row).data()) for row in range(model.rowCount()) if model.index(row).data(ID_ROLE)]


# Panes and pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "panes"), [(1920, 3), (1200, 3), (1199, 2), (800, 2), (799, 1), (480, 1)])
def test_panes_fold(qtbot: QtBot, open_window: Open, width: int, panes: int) -> None:
    window = open_window(width=width)
    assert window.panes == panes
    assert window.rail.isVisible() == (panes == 3)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    assert window.facts.isVisible()
    assert window.width() == width
    if panes == 1:
        assert window.facts.mapTo(window, window.facts.rect().topLeft()).x() == 0
        assert window.facts.width() == width


def test_the_folded_rail_is_a_drawer(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(width=1000)
    QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    assert window.rail.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.rail.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.rail.isVisible() and window.rail.search.hasFocus()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.panes == 3, timeout=PATIENCE_MS)
    assert window.rail.isVisible()
    assert window.rail.width() < window.width() / 3


def test_keys_reach_every_page(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    QTest.keyClick(window, Qt.Key.Key_I, CTRL)
    assert window.page == "import"
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    assert window.page == "settings"
    assert not window.facts.isVisible()
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.page == "chat" and window.composer.input.hasFocus()
    settled(qtbot, window)


def test_every_button_has_a_name_and_a_touchable_size(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(width=760)
    for page in ("chat", "import", "settings"):
        window.show_page(page)
        settled(qtbot, window)
        for button in window.findChildren(Button):
            if not button.isVisible() or button.property("role") == "link" or not button.isEnabled():
                continue
            assert button.toolTip(), button.text()
            assert button.height() >= 40, (page, button.toolTip(), button.height())


def test_the_chips_prefill_a_question(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    assert [chip.text() for chip in window.chat.empty.chips] == ["库存", "退换货", "促销", "比较"]
    window.chat.empty.chips[0].click()
    assert window.composer.input.toPlainText() == "还有货吗？"
    assert window.composer.input.textCursor().position() == 0


# Language and theme ---------------------------------------------------------------------------


def test_the_language_switches_live_and_is_kept(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="en")
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    window.show_page("settings")
    window.settings_page.language.buttons["zh"].click()
    QApplication.processEvents()
    settled(qtbot, window)
    assert window.rail.new_button.text() == "新会话"
    assert window.settings_page.title.text() == "设置"
    assert window.composer.input.placeholderText().startswith("输入问题")
    families = QApplication.font().families()
    assert families.index("Noto Sans CJK SC") < families.index("DejaVu Sans")
    assert "已与店内资料核对" in window.chat.blocks[0].footer.text()
    assert window.facts.heading.text().startswith("依据")
    assert window.app.settings.get("language") == "zh"
    window.settings_page.language.buttons["en"].click()
    QApplication.processEvents()
    settled(qtbot, window)
    assert window.rail.new_button.text() == "New conversation"
    families = QApplication.font().families()
    assert families.index("DejaVu Sans") < families.index("Noto Sans CJK SC"), "quotation marks would be full-width"


def test_translations_are_complete_and_compiled() -> None:
    assert translations.faults() == []


def test_translations_keep_their_placeholders() -> None:
    import re

    for (context, english), chinese in translations.strings(translations.CATALOGUE).items():
        wanted = sorted(re.findall(r"\{\w+\}", english))
        assert sorted(re.findall(r"\{\w+\}", chinese)) == wanted, (context, english)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_ink_can_be_read_on_every_surface(theme: Theme) -> None:
    pairs = [(ink, surface) for ink in ("text", "muted", "accent") for surface in ("page", "panel")]
    pairs += [("text", "raised"), ("muted", "raised"), ("text", "accent_soft"), ("accent", "accent_soft")]
    pairs += [("warning", "page"), ("warning", "panel"), ("warning", "warning_soft"), ("error", "page")]
    pairs += [("error", "panel"), ("error", "error_soft"), ("on_accent", "accent"), ("on_accent", "accent_strong")]
    for ink, surface in pairs:
        assert contrast(getattr(theme, ink), getattr(theme, surface)) >= 4.5, (ink, surface)


def test_the_theme_switches_live(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.settings_page.theme.buttons["dark"].click()
    settled(qtbot, window)
    assert window.look.theme is DARK
    assert window.grab().toImage().pixelColor(window.width() // 2, 300).lightness() < 60
    assert window.app.settings.get("theme") == "dark"


@pytest.mark.parametrize(
    "name",
    [
        "plus", "send", "stop", "settings", "import", "box", "promo", "copy", "trash", "edit", "check", "warning",
        "error", "chevron-left", "chevron-up", "chevron-down", "model", "offline", "undo", "close", "list",
    ],
)  # fmt: skip
def test_every_icon_is_drawn(qapp: QApplication, name: str) -> None:
    look = Look(qapp, resources())
    image = look.icons.pixmap(name, "#ff0000", 20).toImage()
    assert not image.isNull(), name
    inked = [image.pixelColor(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 200]
    assert inked and all(color.red() > 200 and color.green() < 60 for color in inked), name


# Conversations --------------------------------------------------------------------------------


def test_the_last_conversation_is_there_again(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    first = open_window(app=app)
    ask(qtbot, first, "price?")
    finished(qtbot, first)
    first.close()
    second = open_window(app=app)
    settled(qtbot, second)
    assert [block.question for block in second.chat.blocks] == ["price?"]
    assert "¥404.00" in second.chat.blocks[0].answer.text()
    assert second.facts.cards[0].record.key == "JKT-105"
    assert titles(second) == ["price?"]


def test_a_question_without_an_answer_is_restored_as_such(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    conversations = app.store.conversations
    number = conversations.start()
    conversations.keep(number, "killed?", None, ())
    app.settings.set("last_conversation", number)
    window = open_window(app=app)
    block = window.chat.blocks[0]
    assert block.again.isVisible()
    assert "No answer was stored" in block.progress.text()


def test_a_vanished_conversation_opens_an_empty_one(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    app.settings.set("last_conversation", 99)
    window = open_window(app=app)
    settled(qtbot, window)
    assert window.session.conversation_id is None
    assert "99" in window.message_bar.text.text()


def test_rename_delete_and_undo(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    conversations = window.app.store.conversations  # type: ignore[attr-defined]
    ask(qtbot, window, "one")
    finished(qtbot, window)
    settled(qtbot, window)
    index = window.rail.model.index_of(1)
    window.rail.model.setData(index, "renamed", Qt.ItemDataRole.EditRole)
    settled(qtbot, window)
    assert conversations.rows[0].title == "renamed"
    window.rail.list.selectionModel().setCurrentIndex(
        window.rail.model.index_of(1), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    window.rail.list.setFocus()
    QTest.keyClick(window.rail.list, Qt.Key.Key_Delete)
    assert titles(window) == []
    window.rail.undo()
    assert titles(window) == ["renamed"]
    assert conversations.deleted == []
    window.rail._delete(1)
    window.close()
    assert conversations.deleted == [1]


def test_titles_have_the_rail_and_what_is_done_with_a_conversation_is_in_one_menu(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window()
    for question in ("shoes", "tents"):
        QTest.keyClick(window, Qt.Key.Key_N, CTRL)
        ask(qtbot, window, question)
        finished(qtbot, window)
        settled(qtbot, window)
    rail = window.rail
    index = rail.model.index_of(2)
    row = rail.list.visualRect(index)
    spot = rail._painter.menu_spot(row)
    assert rail.list.currentIndex() == index and row.width() - spot.width() > 0.8 * row.width()
    QTest.mouseClick(rail.list.viewport(), Qt.MouseButton.LeftButton, pos=spot.center())
    (menu,) = rail.findChildren(QMenu)
    assert menu.isVisible() and not menu.actions()[0].icon().isNull()
    keys = [action.text().partition("(")[2] for action in menu.actions()]
    assert keys == ["F2)", "Ctrl+P)", "Ctrl+S)", "Del)"]
    assert window.session.conversation_id == 2
    menu.actions()[3].trigger()
    menu.close()
    assert titles(window) == ["shoes"]
    rail.undo()


def test_search_narrows_the_list(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    for question in ("shoes", "tents"):
        QTest.keyClick(window, Qt.Key.Key_N, CTRL)
        ask(qtbot, window, question)
        finished(qtbot, window)
        settled(qtbot, window)
    assert titles(window) == ["tents", "shoes"]
    window.rail.search.setText("shoe")
    qtbot.waitUntil(lambda: titles(window) == ["shoes"], timeout=PATIENCE_MS)
    window.rail.search.setText("nothing such")
    qtbot.waitUntil(lambda: titles(window) == [], timeout=PATIENCE_MS)
    qtbot.waitUntil(window.rail.nothing.isVisible, timeout=PATIENCE_MS)


# Settings -------------------------------------------------------------------------------------


def test_a_model_can_be_chosen(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.app.engine = None  # type: ignore[misc]
    window.show_page("settings")
    settled(qtbot, window)
    words = [label.text() for label in window.settings_page.findChildren(QLabel)]
    assert "94.5% right in the exam · parity passed · from Small-1B · 2026-11-21" in words
    use = [button for button in window.settings_page.findChildren(QPushButton) if button.text() == "Use"]
    use[0].click()
    settled(qtbot, window)
    assert window.app.used == ["counter"]  # type: ignore[attr-defined]
    assert window.app.settings.get("model") == "counter"


def test_a_model_is_downloaded_cancelled_and_removed(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    (bundled,) = app.shelf.list()
    big = SimpleNamespace(**{**vars(bundled), "name": "big", "bundled": False})
    reached = threading.Event()

    def pull(name: str, told: Callable[[int, int], None]) -> object:
        while name == "big:q4" and not app.added:  # until it is cancelled
            told(1_250_000_000, 2_500_000_000)
            reached.set()
            time.sleep(0.002)
        return big

    app.pull = pull
    window = open_window(app=app)
    window.show_models()
    settled(qtbot, window)
    setting = window.settings_page.models
    assert setting.offers.count() == 1 and "more than this computer has free" in setting.offer_note.text()
    setting.download_button.click()
    reached.wait(PATIENCE_MS / 1000)
    qtbot.waitUntil(lambda: setting.progress.text() == "50% of 2.5 GB", timeout=PATIENCE_MS)
    assert setting.cancel_button.isVisible() and not setting.download_button.isEnabled()
    setting.cancel_button.click()
    settled(qtbot, window)
    assert not setting.cancel_button.isVisible() and setting.download_button.isEnabled()
    assert not window.message_bar.isVisible(), "what was cancelled is no fault"
    app.added = [big]
    setting.download_button.click()
    settled(qtbot, window)
    assert "Press “Use”" in window.message_bar.text.text()
    (away,) = (button for button in setting.findChildren(QPushButton) if "Remove big" in button.accessibleName())
    away.click()
    settled(qtbot, window)
    assert app.added == []


def test_the_model_that_the_search_goes_by_can_be_removed(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    (bundled,) = app.shelf.list()
    app.added = [SimpleNamespace(**{**vars(bundled), "name": "meanings", "bundled": False, "embeds": True})]
    app.choose_model("meanings")
    window = open_window(app=app)
    window.show_models()
    settled(qtbot, window)
    setting = window.settings_page.models
    (away,) = (each for each in setting.findChildren(QPushButton) if "Remove meanings" in each.accessibleName())
    away.click()
    settled(qtbot, window)
    assert app.added == []
    assert not [each for each in setting.findChildren(QPushButton) if "meanings" in each.accessibleName()]


def test_a_model_file_is_added_with_its_progress_shown(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    (bundled,) = app.shelf.list()
    seen = threading.Event()

    def add(file: Path, told: Callable[[int, int], None]) -> object:
        told(1_000_000_000, 4_000_000_000)
        seen.wait(PATIENCE_MS / 1000)
        return bundled

    app.shelf.add = add
    window = open_window(app=app)
    window.show_models()
    settled(qtbot, window)
    setting = window.settings_page.models
    setting.add(tmp_path / "usb.gguf")
    qtbot.waitUntil(lambda: setting.progress.text() == "25% of 4.0 GB", timeout=PATIENCE_MS)
    seen.set()
    settled(qtbot, window)
    assert "Press “Use”" in window.message_bar.text.text()


# Messages, crashes, jobs ----------------------------------------------------------------------


def test_messages_wait_for_the_window(qapp: QApplication) -> None:
    look = Look(qapp, resources())
    messages = Messages(look)
    heard: list[str] = []
    messages.said.connect(lambda message: heard.append(message.text))
    messages.say("early")
    assert heard == []
    messages.listen()
    messages.say("late")
    assert heard == ["early", "late"]


def test_notices_of_the_start_are_shown(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    app.notices = [Notice("model_missing", "The model file is not there.", "path")]
    window = open_window(app=app)
    assert window.message_bar.text.text() == "The model file is not there."


def test_a_crash_in_a_slot_is_one_line_and_a_log_entry(
    qtbot: QtBot, open_window: Open, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_window()
    before = sys.excepthook
    with crash_lines(window.messages), caplog.at_level(logging.ERROR):
        try:
            raise ZeroDivisionError("in a slot")
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert sys.excepthook is before
    assert "Something went wrong" in window.message_bar.text.text()
    assert "ZeroDivisionError" in window.message_bar.details.toPlainText()
    assert "unexpected failure" in caplog.text
    assert window.isVisible()


def test_a_job_delivers_in_order_on_the_gui_thread(qtbot: QtBot, qapp: QApplication) -> None:
    jobs = Jobs()
    heard: list[object] = []
    here = threading.current_thread()

    def work(cancel: threading.Event) -> Iterator[object]:
        assert threading.current_thread() is not here
        yield from range(200)
        raise ValueError("at last")

    def failed(error: object) -> None:
        assert threading.current_thread() is here
        heard.append(str(error))

    job = jobs.start("test", work, on_news=heard.append, on_failed=failed, on_ended=lambda: heard.append("ended"))
    qtbot.waitUntil(lambda: not jobs.busy, timeout=PATIENCE_MS)
    assert heard == [*range(200), "at last", "ended"]
    assert job.join(1)


def test_of_two_choices_the_one_made_last_is_written_last(qtbot: QtBot, qapp: QApplication) -> None:
    jobs, go = Jobs(), threading.Event()
    written: list[int] = []

    def slowly() -> None:
        assert go.wait(5)
        written.append(1)
        raise OSError("disk full")  # those that come after are written all the same

    jobs.keep(slowly)
    last = jobs.keep(lambda: written.append(2))
    assert not last.join(0.2)
    go.set()
    qtbot.waitUntil(lambda: not jobs.busy, timeout=PATIENCE_MS)
    assert written == [1, 2]


@pytest.mark.parametrize("width", [1366, 760])
def test_large_values_are_never_cut_off(qtbot: QtBot, open_window: Open, width: int) -> None:
    from shopdesk.core.events import Focus
    from shopdesk.core.types import Record
    from tests.gui.doubles import AS_OF, fact_of, product

    fields = {"status": "Delivered", "carrier": "Bluebird Express", "tracking": "BB7730184501", "total": "508.80"}
    order = Record("order", "YX-1", "YX-1", {**fields, "currency": "CNY", "placed_at": AS_OF}, AS_OF)
    window = open_window(width=width)
    window.facts.show_facts(
        (fact_of(order), fact_of(product(price="1234567.00"), 2)),
        (Focus(1, "status"), Focus(1, "carrier"), Focus(1, "tracking"), Focus(2, "price"), Focus(2, "stock")),
    )
    settled(qtbot, window)
    qtbot.wait(50)
    labels = [label for card in window.facts.cards for label in card.findChildren(QLabel)]
    shown = [label for label in labels if label.objectName().startswith("focus-")]
    assert len(shown) >= 4
    for label in shown:
        longest = max(label.text().split(), key=len)
        assert label.fontMetrics().horizontalAdvance(longest) <= label.width(), label.text()


def test_cycles_are_collected_on_the_gui_thread_only(qapp: QApplication) -> None:
    import gc

    gc.enable()
    with collected_here():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()


def test_a_theme_change_after_a_conversation_was_left(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    qtbot.wait(10)  # the old messages are gone for good
    window.settings_page.theme.buttons["dark"].click()
    window.settings_page.theme.buttons["light"].click()
    settled(qtbot, window)
    assert window.look.theme is LIGHT
