"""The PIN and its lockout, insights, backup, the shop's own look, the first start, products for customers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shopdesk.app import App as RealApp
from shopdesk.core.offers import offers_for
from shopdesk.core.types import Record
from shopdesk.gui import shop
from shopdesk.gui.access import FREE_TRIES, KEY, Pin
from shopdesk.gui.customer import shown_to_customer
from shopdesk.gui.lock_page import LockPage
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.product_label import code_of, label_image, qr_image
from shopdesk.gui.single_instance import Doorbell, wake_other
from shopdesk.gui.theme import CONTRAST, DARK, LIGHT, contrast, scaled, with_accent
from tests.gui.doubles import AS_OF, App, Settings, product
from tests.gui.test_answering import ask, finished
from tests.gui.waiting import PATIENCE_MS

Open = Callable[..., MainWindow]


def promotion(code: str, **fields: object) -> Record:
    values = {"type": "percent_off", "discount": "10%", "currency": "CNY", "scope": "全店", **fields}
    return Record("promotion", code, code, values, AS_OF)  # type: ignore[arg-type]


# The PIN --------------------------------------------------------------------------------------


def test_the_pin_is_kept_as_a_hash_only() -> None:
    settings = Settings()
    pin = Pin(settings)
    pin.set("2468")
    assert "2468" not in repr(settings.values)
    assert settings.values[KEY]["n"] >= 2**14
    assert pin.check("2468").result == "right"
    with pytest.raises(ValueError, match="4 to 32"):
        pin.set("123")


def test_wrong_pins_lock_longer_and_longer_and_a_restart_does_not_help() -> None:
    settings, now = Settings(), [1000.0]
    pin = Pin(settings, lambda: now[0])
    pin.set("2468")
    for left in range(FREE_TRIES - 1, 0, -1):
        assert pin.check("0000").left == left
    assert pin.check("0000").result == "locked"
    assert Pin(settings, lambda: now[0]).check("2468").result == "locked"  # another program, the right PIN
    assert pin.locked_s() == 30
    now[0] += 31
    assert (pin.check("0000").result, pin.locked_s()) == ("locked", 60)
    now[0] -= 500  # a clock set back does not open the door, nor close it for ever
    assert 0 < pin.locked_s() <= 15 * 60
    now[0] += 600
    assert pin.check("2468").result == "right"
    assert pin.check("0000").left == FREE_TRIES - 1


def test_the_lock_stands_before_the_managers_pages(qtbot: QtBot, window: MainWindow, app: RealApp) -> None:
    window.access.pin.set("2468")
    window.access.know(True)
    assert window.page == "chat"
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    finished(qtbot, window)
    lock = window.page_named("lock")
    assert window.page == "lock" and isinstance(lock, LockPage)
    for _ in range(FREE_TRIES):
        lock.pin.setText("1111")
        QTest.keyClick(lock.pin, Qt.Key.Key_Return)
        finished(qtbot, window)
    assert not lock.pin.isEnabled() and "0:30" in lock.fault.text()
    assert window.page == "lock"
    window.show_page("settings")
    assert window.page == "lock"
    app.store.settings.set("manager_pin_tries", None)  # half a minute later
    window.show_page("products")
    finished(qtbot, window)
    for digit in "2468":
        lock.keys[digit].click()
    lock.open_button.click()
    qtbot.waitUntil(lambda: window.page == "products", timeout=PATIENCE_MS)
    finished(qtbot, window)
    assert window.header.lock.isVisible()
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "chat" and not window.access.may_manage
    ask(qtbot, window, "JKT-105 price?")  # the counter goes on
    finished(qtbot, window)
    assert window.chat.blocks[0].answered


def test_a_pin_is_set_and_given_up_in_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("settings")
    finished(qtbot, window)
    setting = window.settings_page.pin
    setting.pin.setText("99")
    setting.keep.click()
    assert not window.access.protected
    setting.pin.setText("9876")
    setting.keep.click()
    finished(qtbot, window)
    assert window.access.protected and window.access.may_manage and window.access.pin.check("9876").result == "right"
    setting.remove.click()
    finished(qtbot, window)
    assert not window.access.protected and not window.access.pin.exists


# Insights and backup --------------------------------------------------------------------------


def test_insights_tell_what_was_asked_and_let_an_answer_be_approved(
    qtbot: QtBot, window: MainWindow, app: RealApp
) -> None:
    for question in ("JKT-105 多少钱？", "JKT-105 多少钱", "有卖火星车吗？"):
        window.session.ask(question)
        finished(qtbot, window)
    block = window.chat.blocks[0]
    block.show_tools()
    block.tools.down.click()
    finished(qtbot, window)
    window.show_page("insights")
    finished(qtbot, window)
    page = window.page_named("insights")
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "3" in texts and any("JKT-105 多少钱" in text for text in texts)
    assert page.questions.series[0][2][-1] == 3  # type: ignore[attr-defined]
    body = page.widget()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: body.height() >= body.layout().totalHeightForWidth(body.width()), timeout=PATIENCE_MS)
    assert page._lists["asked"].itemAt(0).geometry().height() > 20  # type: ignore[attr-defined]
    assert not page.questions.grab().isNull()  # type: ignore[attr-defined]
    window.speak("en")
    finished(qtbot, window)
    qtbot.wait(1)
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert any(text.endswith("· once") for text in texts) and not any("1 times" in text for text in texts)
    opinion = app.store.feedback.list("open")[0]
    page._decide(lambda: app.store.feedback.approve(opinion.id, "404 元。"))  # type: ignore[attr-defined]
    finished(qtbot, window)
    assert app.store.feedback.list("open") == []


def test_a_backup_is_made_and_gone_back_to(qtbot: QtBot, window: MainWindow, app: RealApp, tmp_path: Path) -> None:
    window.session.ask("JKT-105 多少钱？")
    finished(qtbot, window)
    window.show_page("backup")
    page = window.page_named("backup")
    target = tmp_path / "备份 1.db"
    page.back_up(target)  # type: ignore[attr-defined]
    finished(qtbot, window)
    with sqlite3.connect(target) as copy:
        assert copy.execute("SELECT count(*) FROM messages").fetchone()[0] == 1
    copy.close()
    window.show_page("chat")
    window.session.ask("还有货吗？")
    finished(qtbot, window)
    page.ask_restore(target)  # type: ignore[attr-defined]
    assert len(app.store.conversations.messages(1)) == 2  # nothing happens before it is confirmed
    page.sure_button.click()  # type: ignore[attr-defined]
    finished(qtbot, window)
    assert len(app.store.conversations.messages(1)) == 1
    assert window.chat.blocks == ()


# The shop's own look --------------------------------------------------------------------------


def test_chips_are_the_shops_own(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "zh")
    window = open_window(app=app)
    window.show_page("settings")
    finished(qtbot, window)
    setting = window.settings_page.look_of_shop
    many = "\n".join(f"快捷问题第{number}个，名字不短 = 第{number}个？" for number in range(8))
    setting.chips.setPlainText(many)
    setting.keep_chips()
    finished(qtbot, window)
    window.show_page("chat")
    row = window.chat.empty.row
    qtbot.waitUntil(lambda: len({chip.y() for chip in row.chips}) > 1, timeout=PATIENCE_MS)  # in several lines
    assert max(chip.geometry().right() for chip in row.chips) <= row.width()
    assert all(chip.width() >= chip.sizeHint().width() for chip in row.chips)
    window.show_page("settings")
    setting.chips.setPlainText("洗护 = |怎么洗？\n\n几点关门？\n = 无名")
    setting.keep_chips()
    finished(qtbot, window)
    assert [chip.text() for chip in window.chat.empty.chips] == ["洗护", "几点关门？"]
    window.show_page("chat")
    window.chat.empty.chips[0].click()
    assert window.composer.input.toPlainText() == "怎么洗？"
    assert shop.chips_from(shop.chips_text(shop.chips_of(app))) == shop.chips_of(app)


def test_greeting_accent_and_logo_are_the_shops_own(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    window = open_window(app=app)
    window.show_page("settings")
    finished(qtbot, window)
    setting = window.settings_page.look_of_shop
    setting.greeting.setText("您好！")
    setting.greeting.editingFinished.emit()
    setting.accent.buttons["#1d5fbf"].click()
    logo = tmp_path / "标志.png"
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    picture.save(str(logo))
    setting.keep_logo(logo)
    finished(qtbot, window)
    assert window.chat.empty.greeting.text() == "您好！"
    assert window.look.theme.accent == "#1d5fbf"
    assert window.header.logo.isVisibleTo(window) and not window.header.logo.pixmap().isNull()


@pytest.mark.parametrize("accent", ["#ffff00", "#0b6b57", "#000000", "#ffffff", "#ff69b4", "#7f7f7f"])
def test_any_accent_can_be_read(accent: str) -> None:
    for theme in (LIGHT, DARK):
        own = with_accent(theme, accent)
        for surface in (own.page, own.panel, own.accent_soft):
            assert contrast(own.accent, surface) >= 4.5, (theme.name, surface)
        assert contrast(own.on_accent, own.accent) >= 4.5
    assert with_accent(LIGHT, "no colour") is LIGHT and with_accent(CONTRAST, accent) is CONTRAST


def test_letters_grow_live_and_everything_with_them(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    window = open_window(app=app)
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    before = window.chat.blocks[0].answer.heightForWidth(400), window.composer.send.height()
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        finished(qtbot, window)
    assert window.look.scale == 2.0 and app.settings.get("scale") == 2.0
    qtbot.wait(20)
    assert window.chat.blocks[0].answer.heightForWidth(400) > before[0]
    assert window.composer.send.height() >= 1.9 * before[1]
    assert window.facts.isVisible() and window.chat.height() > window.height() / 3, "the answer has room"
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
        finished(qtbot, window)
    assert window.look.scale == 1.0
    assert scaled("a { border: 1px; width: 40px }", 1.5) == "a { border: 1px; width: 60px }"


def test_the_window_is_as_it_was(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    app = App(tmp_path, "en")
    first = open_window(app=app)
    first.resize(700, 600)
    first.close()
    second = open_window(app=app, width=700)
    assert isinstance(app.settings.get("window"), str)
    assert second.width() == 700


# First start ----------------------------------------------------------------------------------


def test_the_first_start_leads_to_a_first_answer(qtbot: QtBot, window: MainWindow, app: RealApp) -> None:
    window.welcome_if_new()
    page = window.page_named("welcome")
    assert window.page == "welcome"
    page.language.buttons["en"].click()  # type: ignore[attr-defined]
    finished(qtbot, window)
    assert page.title.text() == "Welcome to ShopDesk"  # type: ignore[attr-defined]
    page.name.setText("林记 Outdoor")  # type: ignore[attr-defined]
    page.pin.setText("1357")  # type: ignore[attr-defined]
    page.questions[0].click()  # type: ignore[attr-defined]
    finished(qtbot, window)
    assert window.page == "chat" and window.chat.blocks[0].answered
    assert window.header.shop.text() == "林记 Outdoor"
    assert window.access.protected and not window.access.may_manage
    window.session.new_conversation()
    finished(qtbot, window)
    window.welcome_if_new()
    assert window.page == "chat"


def test_a_second_start_wakes_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "家 home"
    home.mkdir()
    assert not wake_other(home)
    rung: list[int] = []
    bell = Doorbell(home, lambda: rung.append(1))
    assert wake_other(home)
    qtbot.waitUntil(lambda: rung == [1], timeout=PATIENCE_MS)
    other = tmp_path / "other"
    other.mkdir()
    assert not wake_other(other)
    bell.close()


# Products for customers -----------------------------------------------------------------------


def test_a_customer_sees_nothing_that_is_the_shops_own() -> None:
    record = product(cost="180.00")
    shown = shown_to_customer(record, "zh", offers_for(record, [promotion("九折")]))
    everything = repr(shown)
    for secret in ("A5", "JKT-105", "15", "180", "10000 mm", "480 g"):
        assert secret not in everything, secret
    assert shown.price == "¥404.00" and shown.before == "¥499.00" and shown.available is True
    assert shown.offers == (("九折", "¥363.60"),)
    assert shown_to_customer(product(stock=0), "zh").available is False
    assert shown_to_customer(product(stock=None), "zh").available is None


def test_offers_have_a_price_only_where_the_row_says_enough() -> None:
    jacket = product()
    cases = {
        "plain": (promotion("a"), "363.60"),
        "full": (promotion("b", type="full_reduction", threshold="300.00", discount="50.00"), "354.00"),
        "too dear": (promotion("c", type="full_reduction", threshold="500.00", discount="50.00"), None),
        "bundle": (promotion("d", type="bundle", discount="20%"), None),
        "words": (promotion("e", discount="买一送一"), None),
    }
    for name, (offer, price) in cases.items():
        assert [found.price for found in offers_for(jacket, [offer])] == [price], name
    assert offers_for(jacket, [promotion("f", scope="帐篷、睡袋")]) == []
    assert [o.promotion.key for o in offers_for(jacket, [promotion("g", scope="帐篷、冲锋衣")])] == ["g"]
    order = offers_for(jacket, [promotion("x", type="gift", discount=""), promotion("y"), cases["full"][0]])
    assert [offer.promotion.key for offer in order] == ["b", "y", "x"]


def test_f11_shows_the_product_to_the_customer(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(language="zh")
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_F11)
    finished(qtbot, window)
    view = window.products.customer
    assert view is not None and view.isVisible()
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "岭上冲锋衣" in texts and "¥404.00" in texts
    assert not any("A5" in text or "JKT-105" in text or "15 件" in text for text in texts)
    sizes = []
    for width, height in ((1366, 768), (2732, 1536)):
        view.showNormal()
        view.resize(width, height)
        qtbot.wait(1)
        (price,) = (label for label in view.findChildren(QLabel) if label.text() == "¥404.00" and label.isVisible())
        sizes.append(price.font().pixelSize())
    assert sizes[1] == 2 * sizes[0] > 100, "a larger screen shows larger letters"
    view.show_products([product(description="很长的介绍。" * 150)])
    qtbot.wait(1)
    assert view.layout().totalHeightForWidth(view.width()) <= view.height(), "much to say is said in smaller letters"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_up_to_four_products_are_compared(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    ask(qtbot, window, "price?")
    finished(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    for number in range(3):
        window.products.toggle_compared(product(f"X-{number}", f"Other {number}", price=f"{number + 1}.00"))
    window.products.toggle_compared(product("X-9"))
    assert [record.key for record in window.products.comparison.records] == ["JKT-105", "X-0", "X-1", "X-2"]
    assert "Four products" in window.message_bar.text.text()
    window.composer.input.setPlainText("/compare")
    window.composer.ask()
    assert window.page == "compare"
    prices = [label.text() for label in window.products.comparison.findChildren(QLabel)]
    assert {"¥404.00", "¥1.00", "¥2.00", "¥3.00"} <= set(prices)
    window.products.comparison.clear_button.click()
    assert window.page == "chat"
    finished(qtbot, window)


def test_the_label_holds_a_code_that_can_be_scanned(qtbot: QtBot, open_window: Open) -> None:
    open_window()
    record = product(barcode="6901234567892")
    assert code_of(record) == "6901234567892" and code_of(product()) == "JKT-105"
    code = qr_image("6901234567892", 320)
    modules = 21 + 2 * 4  # version 1 and its quiet zone
    side = code.width() // modules
    corner = [code.pixelColor((4 + n) * side + 1, 4 * side + 1).lightness() for n in range(8)]
    assert corner == [0] * 7 + [255]  # the finder pattern's upper edge, then its separator
    assert code.pixelColor(1, 1).lightness() == 255
    image = label_image(record, "zh")
    assert not image.isNull() and image.pixelColor(2, 2).lightness() == 255
