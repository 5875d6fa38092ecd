"""The admin pages over the real store: browse, filter, edit, delete, undo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from shopdesk.app import App
from shopdesk.gui.admin.kinds import KINDS
from shopdesk.gui.admin.markdown_editor import MarkdownEditor, Preview
from shopdesk.gui.admin.records_page import ROWS_AT_A_TIME, RecordsPage
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.pieces import Button, ComboBox
from shopdesk.gui.wording import moment
from tests.gui.waiting import PATIENCE_MS, settled

CTRL = Qt.KeyboardModifier.ControlModifier


def page_of(qtbot: QtBot, window: MainWindow, kind: str) -> RecordsPage:
    window.show_page(kind)
    settled(qtbot, window)
    return window.records_pages[kind]


def keys(page: RecordsPage) -> list[str]:
    return [page.rows.record(row).key for row in range(page.rows.rowCount())]


def choose(page: RecordsPage, key: str) -> None:
    page.table.selectRow(keys(page).index(key))


def put(page: RecordsPage, field: str, text: str) -> None:
    piece = page.form.inputs[field]
    assert isinstance(piece, QLineEdit)
    piece.setFocus()
    piece.selectAll()
    piece.insert(text)


def narrowed(qtbot: QtBot, window: MainWindow, page: RecordsPage, text: str) -> None:
    page.search.setText(text)
    qtbot.waitUntil(lambda: not page._typing.isActive(), timeout=PATIENCE_MS)
    settled(qtbot, window)


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("width", [1366, 760])
def test_every_kind_has_its_page(qtbot: QtBot, window: MainWindow, app: App, kind: str, width: int) -> None:
    window.resize(width, 768)
    page = page_of(qtbot, window, kind)
    assert page.rows.total == app.store.catalogue.total(kind)
    assert window.page == kind
    if page.rows.total:
        page.table.selectRow(0)
        assert page.form.isVisible() and not page.form.dirty
    else:
        page.add_button.click()
    for button in page.findChildren(Button):
        if button.isVisible() and button.isEnabled():
            assert button.toolTip() and button.height() >= 32, button.toolTip()
    assert window.width() == width


def test_the_whole_list_is_filled_while_scrolling(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "products")
    assert page.rows.rowCount() == ROWS_AT_A_TIME < page.rows.total
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.rows.rowCount() == page.rows.total, timeout=PATIENCE_MS)
    assert len(set(keys(page))) == app.store.catalogue.total("products")


@pytest.mark.parametrize("width", [1366, 700])
def test_all_columns_come_back_when_the_shown_row_is_gone(
    qtbot: QtBot, window: MainWindow, app: App, width: int
) -> None:
    window.resize(width, 768)
    page = page_of(qtbot, window, "products")
    before = [page.table.isColumnHidden(n) for n in range(len(page.rows.columns))]
    page.table.selectRow(2)
    assert page.form.isVisible()
    app.store.editor.delete("products", page.rows.record(2).key)
    page.refresh()
    settled(qtbot, window)
    assert not page.form.isVisible() and page.table.isVisible()
    assert [page.table.isColumnHidden(n) for n in range(len(page.rows.columns))] == before


def test_columns_that_no_row_fills_are_left_out_and_come_back_when_one_does(
    qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path
) -> None:
    table = tmp_path / "teas.csv"
    table.write_text("货号,品名,零售价,货位\nT-1,铁观音,59,A1\nT-2,红茶,69,A2\n", encoding="utf-8")
    app.store.importer.commit(app.store.importer.plan(table))
    page = page_of(qtbot, window, "products")

    def shown() -> list[str]:
        return [name for n, name in enumerate(page.rows.columns) if not page.table.isColumnHidden(n)]

    assert shown() == ["key", "title", "price", "stock", "location", "as_of"]
    narrowed(qtbot, window, page, "T-1")
    app.store.editor.change("products", "T-2", {"color": "红"})
    narrowed(qtbot, window, page, "")
    assert shown() == ["key", "title", "color", "price", "stock", "location", "as_of"]


def test_goods_are_named_in_the_language_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(qtbot, window, "products")
    narrowed(qtbot, window, page, "JKT-105")
    title = page.rows.index(0, page.rows.columns.index("title"))
    page.table.selectRow(0)
    assert title.data() == page.form.title.text() == "岭雀城市软壳夹克"
    window.speak("en")
    settled(qtbot, window)
    assert title.data() == page.form.title.text() == "Ridgefinch City Softshell Jacket"


def test_headings_beside_a_form_are_whole(qtbot: QtBot, window: MainWindow) -> None:
    window.speak("en")
    page = page_of(qtbot, window, "policies")
    page.table.selectRow(1)
    header = page.table.horizontalHeader()
    shown = [n for n in range(len(page.rows.columns)) if not page.table.isColumnHidden(n)]
    assert all(header.sectionSize(n) >= header.sectionSizeHint(n) for n in shown)


def test_headings_of_an_empty_table_are_whole(qtbot: QtBot, window: MainWindow) -> None:
    window.speak("en")
    page = page_of(qtbot, window, "answers")
    header = page.table.horizontalHeader()
    assert page.rows.rowCount() == 0
    assert all(header.sectionSize(n) >= header.sectionSizeHint(n) for n in range(len(page.rows.columns)))


def test_the_count_stands_on_the_line_of_the_title(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(qtbot, window, "products")

    def line(text: QLabel) -> float:
        room, letters = text.contentsRect(), text.fontMetrics()
        top = text.mapTo(page, room.topLeft()).y()
        return top + (room.height() - letters.height()) / 2 + letters.ascent()

    assert abs(line(page.title) - line(page.count)) <= 2


def test_filter_and_sort(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(qtbot, window, "products")
    narrowed(qtbot, window, page, "JKT-1")
    assert keys(page) and all(key.startswith("JKT-1") for key in keys(page))
    assert page.count.text() == f"{len(keys(page))} 行"
    page.table.horizontalHeader().setSortIndicator(page.rows.columns.index("stock"), Qt.SortOrder.DescendingOrder)
    settled(qtbot, window)
    stock = [page.rows.record(row).fields["stock"] for row in range(page.rows.rowCount())]
    assert stock == sorted(stock, reverse=True) and len(set(stock)) > 1
    page.only.setCurrentIndex(page.only.findData("out_of_stock"))
    page.only.activated.emit(0)
    settled(qtbot, window)
    assert all(page.rows.record(row).fields["stock"] == 0 for row in range(page.rows.rowCount()))
    narrowed(qtbot, window, page, "没有这样的东西 %' --")
    assert keys(page) == [] and page.nothing.isVisible()


def test_a_price_is_edited_answered_and_taken_back(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "products")
    narrowed(qtbot, window, page, "JKT-105")
    choose(page, "JKT-105")
    put(page, "price", "388")
    assert page.form.changes() == {"price": "388"}
    QTest.keyClick(page.form.inputs["price"], Qt.Key.Key_S, CTRL)
    settled(qtbot, window)
    assert app.store.catalogue.by_code("JKT-105")[0].fields["price"] == "388.00"
    assert page.undo_bar.isVisible() and not page.form.dirty
    row = keys(page).index("JKT-105")
    assert page.rows.index(row, page.rows.columns.index("price")).data() == "¥388.00"
    page.undo_button.click()
    settled(qtbot, window)
    assert app.store.catalogue.by_code("JKT-105")[0].fields["price"] == "404.00"
    assert not page.undo_bar.isVisible()
    assert page.rows.index(row, page.rows.columns.index("price")).data() == "¥404.00"


def test_a_value_that_cannot_be_is_told_at_its_field(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "products")
    page.table.selectRow(0)
    key, before = keys(page)[0], app.store.catalogue.records("products")
    put(page, "price", "便宜")
    page.form.save_button.click()
    settled(qtbot, window)
    assert page.form.fault.isVisible() and "便宜" in page.form.fault.text() and "价格" in page.form.fault.text()
    assert page.form.inputs["price"].property("fault") is True
    assert page.form.dirty and page.form.isEnabled(), "what was typed is still there"
    assert app.store.catalogue.records("products") == before
    put(page, "price", "5")
    assert not page.form.fault.isVisible()
    page.form.save_button.click()
    settled(qtbot, window)
    assert app.store.catalogue.by_code(key)[0].fields["price"] == "5.00"


def test_a_deleted_row_comes_back(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "orders")
    key, before = keys(page)[0], app.store.catalogue.records("orders")
    choose(page, key)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settled(qtbot, window)
    assert app.store.catalogue.get("orders", key) is None
    assert key not in keys(page) and not page.form.isVisible()
    assert key in page.undo_text.text()
    page.undo_button.click()
    settled(qtbot, window)
    assert app.store.catalogue.records("orders") == before
    assert key in keys(page)


def test_a_row_is_added_with_an_attribute_of_its_own(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "products")
    page.add_button.click()
    put(page, "sku", "NEW-1")
    page.form.save_button.click()
    settled(qtbot, window)
    assert "名称" in page.form.fault.text()
    put(page, "name", "新 <b>帽子</b>")
    page.form.attribute_name.setText("产地")
    page.form.attribute_value.setText("杭州")
    page.form.attribute_button.click()
    page.form.save()
    settled(qtbot, window)
    (record,) = app.store.catalogue.by_code("NEW-1")
    assert record.title == "新 <b>帽子</b>" and record.attributes == {"产地": "杭州"}
    assert page.form.record == record
    assert page.form.title.text() == "新 <b>帽子</b>"


def test_unsaved_changes_are_asked_about_not_lost(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "products")
    first, second = keys(page)[:2]
    choose(page, first)
    put(page, "location", "Z9")
    choose(page, second)
    assert page.form.unsaved.isVisible() and page.form.record is not None and page.form.record.key == first
    page.form.discard_button.click()
    assert page.form.record.key == second and not page.form.dirty
    put(page, "location", "Z8")
    choose(page, first)
    page.form.save_button.click()
    settled(qtbot, window)
    assert app.store.catalogue.by_code(second)[0].fields["location"] == "Z8"
    assert page.form.record.key == first


def test_a_language_change_keeps_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(qtbot, window, "products")
    page.table.selectRow(0)
    put(page, "location", "Z9")
    window.settings_page.language.buttons["en"].click()
    settled(qtbot, window)
    assert page.form.changes() == {"location": "Z9"}
    assert page.form.save_button.text() == "Save" and page.title.text() == "Products"


def test_a_policy_is_written_in_markdown_beside_its_preview(qtbot: QtBot, window: MainWindow, app: App) -> None:
    page = page_of(qtbot, window, "policies")
    page.table.selectRow(0)
    record = page.form.record
    assert record is not None
    body = page.form.inputs["body"]
    assert isinstance(body, MarkdownEditor)
    assert body.width() >= 520 and body.preview.x() > body.input.x(), "side by side where there is room"
    body.input.setPlainText("退货\n七天内")
    body.input.selectAll()
    body.list_button.click()
    assert body.toPlainText() == "- 退货\n- 七天内"
    qtbot.waitUntil(lambda: "退货" in body.preview.toPlainText(), timeout=PATIENCE_MS)
    assert "-" not in body.preview.toPlainText()
    page.form.save()
    settled(qtbot, window)
    language = str(record.fields["language"])
    stored = [
        r for r in app.store.catalogue.records("policies") if (r.key, r.fields["language"]) == (record.key, language)
    ]
    assert stored[0].fields["body"] == "- 退货\n- 七天内"


def test_the_preview_loads_nothing_and_knows_no_html(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    picture.write_bytes(b"not a picture")
    preview = Preview()
    qtbot.addWidget(preview)
    asked: list[object] = []
    original = preview.loadResource
    preview.loadResource = lambda kind, name: asked.append(name) or original(kind, name)  # type: ignore[method-assign, func-returns-value]
    preview.show_markdown(f"![x]({picture.as_uri()}) <b>bold</b> <script>alert(1)</script> [go](https://example.com)")
    text = preview.toPlainText()
    assert "<b>bold</b>" in text and "<script>" in text
    assert original(2, picture.as_uri()) is None
    assert preview.openLinks() is False


def test_edits_are_seen_by_the_undo_of_an_import(qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("货号,品名,零售价\nYG-1,帽子,59\n", encoding="utf-8")
    app.store.importer.commit(app.store.importer.plan(table))
    page = page_of(qtbot, window, "products")
    page.table.selectRow(0)
    put(page, "price", "69")
    page.form.save()
    settled(qtbot, window)
    window.show_page("import")
    settled(qtbot, window)
    window.import_page.history.undo_buttons[1].click()
    settled(qtbot, window)
    assert window.import_page.conflicts.isVisible()


def test_keys_lead_through_the_pages(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_D, CTRL)
    settled(qtbot, window)
    assert window.page == "products" and window.admin_rail.isVisible() and not window.rail.isVisible()
    window.records_pages["products"].table.selectRow(0)
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.records_pages["products"].search.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.records_pages["products"].form.isVisible() and window.page == "products"
    window.admin_rail.buttons["policies"].click()
    settled(qtbot, window)
    assert window.page == "policies"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page == "chat" and window.rail.isVisible()


# Settings of the shop ------------------------------------------------------------------------------


def test_out_of_date_rows_are_marked_by_the_setting(qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("货号,品名,零售价\nYG-1,帽子,59\n", encoding="utf-8")
    app.store.importer.commit(app.store.importer.plan(table))
    page = page_of(qtbot, window, "products")
    page.table.selectRow(0)
    assert "过期" not in page.form.about.text()
    app.store.settings.set("stale_after_days", -1)
    page.refresh()
    settled(qtbot, window)
    assert "已过期" in page.form.about.text()
    age = page.rows.index(0, page.rows.columns.index("as_of"))
    assert age.data(Qt.ItemDataRole.ForegroundRole).name() == window.look.theme.warning
    app.store.settings.set("stale_after_days", 30)
    window.show_page("settings")
    settled(qtbot, window)
    setting = window.settings_page.stale.days
    assert setting.buttons["30"].isChecked()
    setting.buttons["never"].click()
    settled(qtbot, window)
    assert app.store.settings.get("stale_after_days", 30) is None
    setting.buttons["7"].click()
    settled(qtbot, window)
    assert app.store.settings.get("stale_after_days") == 7


def test_the_watched_folder_is_off_until_chosen_and_tells_what_came(
    qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    text = "货号,品名,零售价\nYG-1,帽子,59\n"
    table.write_text(text, encoding="utf-8")
    app.store.importer.commit(app.store.importer.plan(table))
    folder = tmp_path / "收银机"
    folder.mkdir()
    window.show_page("settings")
    settled(qtbot, window)
    watch = window.settings_page.watch
    assert watch.switch.buttons["off"].isChecked() and not watch.choose_button.isVisible()
    watch.watch(folder)
    settled(qtbot, window)
    assert watch.switch.buttons["on"].isChecked() and watch.folder.text() == str(folder)
    page = page_of(qtbot, window, "products")
    (folder / "export.csv").write_text(text.replace("59", "49"), encoding="utf-8")
    os.utime(folder / "export.csv", ns=(1, 1))
    (folder / "bad.csv").write_bytes(b"\x00" * 100)
    heard: list[str] = []
    window.messages.said.connect(lambda message: heard.append(message.text))
    for _ in range(4):
        window.folder_watcher.look_now()
        settled(qtbot, window)
    assert len(heard) == 2, "each is told once"
    assert any("export.csv" in text for text in heard) and any("bad.csv" in text for text in heard)
    assert app.store.catalogue.by_code("YG-1")[0].fields["price"] == "49.00"
    assert page.rows.index(0, page.rows.columns.index("price")).data() == "¥49.00", "the page follows"
    watch.watch(None)
    settled(qtbot, window)
    assert app.store.watch.folder is None


def test_kinds_of_promotions_are_said_in_words(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("promotions")
    settled(qtbot, window)
    page = window.records_pages["promotions"]
    place = page.rows.columns.index("type")
    said = [str(page.rows.index(row, place).data()) for row in range(page.rows.rowCount())]
    assert "满减" in said and not any("_" in word for word in said), said
    page.table.selectRow(said.index("满减"))
    box = page.form.inputs["type"]
    assert isinstance(box, ComboBox) and box.currentText() == "满减" and page.form.changes() == {}


def test_columns_take_what_their_texts_need_where_there_is_room(
    qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path
) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("SKU,Name,Price,Location\nQ-1,Lamp,9.00,Ground floor by the north stairs\n", encoding="utf-8")
    app.store.importer.commit(app.store.importer.plan(file))
    window.resize(1600, 800)
    page = page_of(qtbot, window, "products")
    section = page.rows.columns.index("location")
    assert page.table.columnWidth(section) >= page.table.sizeHintForColumn(section) > window.look.px(70)
    page.table.selectRow(0)
    assert sum(page.table.columnWidth(n) for n in range(len(page.rows.columns))) <= page.table.width()


def test_an_order_is_told_in_words_and_its_times_to_the_minute(
    qtbot: QtBot, window: MainWindow, app: App, tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "order number,status,status_en,placed at,total\nR-77,已发货,sent,2026-03-04T10:30:00+05:30,9.00\n",
        encoding="utf-8",
    )
    app.store.importer.commit(app.store.importer.plan(file))
    page = page_of(qtbot, window, "orders")
    choose(page, "R-77")
    assert page.form.inputs["attributes.status_en"].accessibleName() == "状态（英文）"
    placed = page.form.inputs["placed_at"]
    assert isinstance(placed, QLineEdit) and placed.text() == "2026-03-04 10:30"
    put(page, "placed_at", "2026-03-05 09:00")
    page.form.save()
    settled(qtbot, window)
    changed = app.store.catalogue.get("order", "R-77")
    assert changed is not None
    assert moment(str(changed.fields["placed_at"])) == moment("2026-03-05T09:00:00+05:30")
    assert placed_text(page) == "2026-03-05 09:00"


def placed_text(page: RecordsPage) -> str:
    piece = page.form.inputs["placed_at"]
    assert isinstance(piece, QLineEdit)
    return piece.text()
