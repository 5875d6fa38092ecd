"""The import page over the real store: from the dropped file to undo."""

from __future__ import annotations

import csv
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.app import App
from shopdesk.gui.importing.changes_table import ChangeLine, ChangesTable, Lines
from shopdesk.gui.importing.page import ImportPage
from shopdesk.gui.look import Look
from shopdesk.gui.main_window import MainWindow
from shopdesk.gui.pieces import Button, ComboBox
from shopdesk.paths import resources
from tests.gui.waiting import PATIENCE_MS, settled

GOODS = "货号,品名,零售价,库存,产地\nYG-301,云谷帆布包,¥129.00,24,浙江\nYG-302,云谷保温杯,¥159.00,8,江苏\n"


def cells(page: ImportPage) -> list[list[str]]:
    rows = page.change.table.rows
    return [
        [str(rows.index(row, column).data()) for column in range(rows.columnCount())] for row in range(rows.rowCount())
    ]


def choose_field(qtbot: QtBot, page: ImportPage, column: int, field: str) -> None:
    """Click what a column is taken for, and choose something else."""
    table = page.what.table
    place = table.visualRect(table.rows.index(0, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: bool(table.findChildren(ComboBox)), timeout=PATIENCE_MS)
    (box,) = table.findChildren(ComboBox)
    box.setCurrentIndex(box.findData(field))
    box.activated.emit(box.currentIndex())


@pytest.fixture
def page(window: MainWindow) -> ImportPage:
    window.show_page("import")
    return window.import_page


def opened(qtbot: QtBot, window: MainWindow, path: Path, content: str | bytes, encoding: str = "utf-8") -> ImportPage:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    window.import_page.open_file(path)
    settled(qtbot, window)
    return window.import_page


def test_a_dropped_file_is_imported_and_undone(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path
) -> None:
    table = tmp_path / "新到货.csv"
    table.write_bytes(GOODS.encode("gb18030"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    page.drop.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settled(qtbot, window)
    assert page.what.kind.currentData() == "products"
    assert page.what.encoding.currentData() == "gb18030"
    assert page.what.table.rows.index(1, 1).data() == "云谷帆布包"
    assert page.what.table.taken_for() == ["sku", "name", "price", "stock", ""]
    assert page.change.tabs["new"].text() == "2 新增"
    assert page.change.import_button.text() == "导入 2 行"
    assert app.store.catalogue.by_code("JKT-105"), "nothing is written before the button is pressed"
    page.change.import_button.click()
    settled(qtbot, window)
    assert [record.key for record in app.store.catalogue.by_code("YG-301")] == ["YG-301"]
    assert not app.store.catalogue.by_code("JKT-105")
    assert "已导入 2 行" in page.change.outcome.text()
    assert list(page.history.undo_buttons) == [1]
    QApplication.processEvents()
    assert not page.history.undo_buttons[1].isHidden()
    app.store.importer.commit(app.store.importer.plan(table))
    page.history.show_batches(app.store.importer.batches())
    QApplication.processEvents()
    assert page.history.undo_buttons[2].isHidden(), "there is nothing that it would take back"
    app.store.importer.undo(2)
    page.change.undo_button.click()
    settled(qtbot, window)
    assert not app.store.catalogue.by_code("YG-301")
    assert app.store.catalogue.by_code("JKT-105")
    assert not page.history.undo_buttons[1].isEnabled()
    assert not page.change.isVisible()
    assert "撤销" in window.message_bar.text.text()


def test_one_row_is_spoken_of_as_one_and_the_samples_name_goes_with_its_rows(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    window.speak("en")
    settled(qtbot, window)
    assert window.header.shop.text() == "Cloudrest Outdoor · Nanjing Road"
    table = tmp_path / "one.csv"
    table.write_text("sku,name,price\nR-1,Reed,3\n", encoding="utf-8")
    page.open_file(table)
    settled(qtbot, window)
    assert page.change.import_button.text() == "Import 1 row"
    page.change.import_button.click()
    settled(qtbot, window)
    assert "1 row was imported." in page.change.outcome.text()
    assert window.header.shop.text() == "ShopDesk"


def test_old_and_new_values_stand_side_by_side(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, window, tmp_path / "a.csv", GOODS)
    page.work.commit()
    settled(qtbot, window)
    second = GOODS.replace("¥129.00", "¥1290.00").replace(",8,江苏", ",7,江苏") + "X-9,,3,,\nYG-303,坏行,abc,1,\n"
    opened(qtbot, window, tmp_path / "b.csv", second)
    tabs = {sort: tab.text() for sort, tab in page.change.tabs.items()}
    assert tabs["changed"] == "2 有变化" and tabs["rejected"].endswith("拒收")
    assert page.change.tabs["doubtful"].isChecked(), "what is doubtful is shown first"
    assert any("129.00" in line[-1] and "1290.00" in line[-1] for line in cells(page))
    page.change.tabs["changed"].click()
    settled(qtbot, window)
    assert cells(page) == [
        ["2", "YG-301", "云谷帆布包", "价格 129.00 → 1290.00"],
        ["3", "YG-302", "云谷保温杯", "库存 8 → 7"],
    ]
    page.change.tabs["rejected"].click()
    assert any(line[0] == "5" and "abc" in line[-1] for line in cells(page))
    assert "已按" not in page.what.about.text()
    assert "上次列相同" in page.what.about.text(), "the layout of the first import is remembered"


def test_rejected_rows_are_saved_mended_and_imported(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, window, tmp_path / "a.csv", GOODS + "YG-303,坏行,abc,1,浙江\n")
    saved = tmp_path / "rejected.csv"
    page.change.reject_file_wanted.emit(saved)
    settled(qtbot, window)
    with saved.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:3] == ["YG-303", "坏行", "abc"] and rows[1][-1]
    text = saved.read_text(encoding="utf-8-sig").replace(",abc,", ",19,", 1)
    opened(qtbot, window, tmp_path / "mended.csv", text)
    page.work.commit()
    settled(qtbot, window)
    assert app.store.catalogue.by_code("YG-303")[0].fields["price"] == "19.00"


def test_a_column_can_be_said_to_be_another_field(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, window, tmp_path / "a.csv", GOODS)
    choose_field(qtbot, page, 4, "brand")
    settled(qtbot, window)
    assert page.what.table.taken_for() == ["sku", "name", "price", "stock", "brand"]
    page.change.choose("new")
    settled(qtbot, window)
    assert "品牌 浙江" in cells(page)[0][-1]
    choose_field(qtbot, page, 3, "")
    settled(qtbot, window)
    assert page.what.table.taken_for() == ["sku", "name", "price", "", "brand"]


def test_a_doubtful_encoding_is_shown_with_its_lines_and_can_be_chosen(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, window, tmp_path / "a.csv", "sku,name,price\nA-1,cafés,3\n", "cp1252")
    part = page.what.current
    if not part.encoding_doubtful:
        pytest.skip("this guess is certain")
    samples = [button for button in page.what.findChildren(Button) if button.property("role") == "choice"]
    assert len(samples) == len(part.encoding_choices) > 1
    assert page.what.doubt.isVisible()
    wanted = next(button for button in samples if button.text().startswith("cp1252"))
    assert "cafés" in wanted.text()
    wanted.click()
    settled(qtbot, window)
    assert page.what.current.encoding == "cp1252"
    assert page.what.table.rows.index(1, 1).data() == "cafés"


def test_a_wrong_encoding_is_set_right(qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, window, tmp_path / "a.csv", GOODS, "gb18030")
    page.what.encoding.setCurrentIndex(page.what.encoding.findData("big5hkscs"))
    page.what.encoding.activated.emit(0)
    settled(qtbot, window)
    page.what.encoding.setCurrentIndex(page.what.encoding.findData("gb18030"))
    page.what.encoding.activated.emit(0)
    settled(qtbot, window)
    assert page.what.table.rows.index(1, 1).data() == "云谷帆布包"
    assert page.change.import_button.isEnabled()


def test_the_first_row_can_be_data(qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, window, tmp_path / "a.csv", GOODS)
    page.what.header.setCurrentIndex(page.what.header.findData(False))
    page.what.header.activated.emit(1)
    settled(qtbot, window)
    assert page.what.table.rows.index(1, 0).data() == "货号"
    assert page.what.current.header is False


def test_each_sheet_is_shown_and_one_can_be_left_out(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "商品"
    for row in (["货号", "品名", "零售价"], ["YG-1", "帽子", 59], ["YG-2", "围巾", 79]):
        first.append(row)
    other = book.create_sheet("旧商品")
    for row in (["货号", "品名", "零售价"], ["OLD-1", "旧帽子", 9]):
        other.append(row)
    book.save(tmp_path / "book.xlsx")
    page.open_file(tmp_path / "book.xlsx")
    settled(qtbot, window)
    assert [page.what.part.itemText(n) for n in range(page.what.part.count())] == ["商品", "旧商品"]
    assert not page.what.encoding.isVisible()
    assert page.change.tabs["new"].text() == "3 新增"
    page.what.part.setCurrentIndex(1)
    page.what.part.activated.emit(1)
    assert page.what.table.rows.index(1, 0).data() == "OLD-1"
    page.what.skip.click()
    settled(qtbot, window)
    assert page.change.tabs["new"].text() == "2 新增"
    page.work.commit()
    settled(qtbot, window)
    assert app.store.catalogue.by_code("YG-1") and not app.store.catalogue.by_code("OLD-1")


def test_a_damaged_file_is_only_imported_when_the_user_insists(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    text = "货号,品名,零售价,条码\n" + "".join(f"YG-{n},杯子{n},9,6.9E+12\n" for n in range(6))
    opened(qtbot, window, tmp_path / "a.csv", text)
    assert page.change.damage.isVisible() and page.change.damage.text()
    assert not page.change.import_button.isEnabled() and "损坏" in page.change.outcome.text()
    assert not page.change.accept.visibleRegion().isEmpty()
    page.change.accept.click()
    assert page.change.import_button.isEnabled()
    page.change.import_button.click()
    settled(qtbot, window)
    assert page.work.report is not None and page.work.report.batch is not None


@pytest.mark.parametrize("width", [1366, 1024])
def test_the_button_that_imports_is_in_sight_on_a_small_screen(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path, width: int
) -> None:
    window.resize(width, 768)
    lines = "".join(f"YG-{n},杯子{n},{n + 9},{n}\n" for n in range(40))
    opened(qtbot, window, tmp_path / "a.csv", f"货号,品名,零售价,库存\n{lines}YG-99,壶,abc,1\n")
    for button in (page.change.import_button, page.change.look_button):
        assert not button.visibleRegion().isEmpty() and button.isEnabled()
        assert window.rect().contains(button.mapTo(window, button.rect().bottomRight()))
    assert "1 拒收" in page.change.outcome.text()
    foot, column = page.change.bar, page.change
    assert abs(foot.mapTo(page, foot.rect().topLeft()).x() - column.mapTo(page, column.rect().topLeft()).x()) <= 1
    page.change.look_button.click()
    assert not page.change.tabs["new"].visibleRegion().isEmpty()
    page.change.import_button.click()
    settled(qtbot, window)
    assert not page.change.undo_button.visibleRegion().isEmpty()
    page.change.undo_button.click()
    settled(qtbot, window)
    assert not page.change.bar.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_box_to_tick_is_seen_in_every_theme(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path, theme: str
) -> None:
    app.settings.set("theme", theme)
    window.refresh_look()
    text = "货号,品名,零售价,条码\n" + "".join(f"YG-{n},杯子{n},9,6.9E+12\n" for n in range(6))
    opened(qtbot, window, tmp_path / "a.csv", text)

    def inks() -> set[str]:
        image = page.change.accept.grab(QRect(0, 0, 24, page.change.accept.height())).toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    ink = window.look.theme
    assert ink.muted in inks() and ink.accent not in inks()
    page.change.accept.click()
    assert {ink.accent, ink.on_accent} <= inks()


@pytest.mark.parametrize("width", [1366, 1024, 760])
def test_the_bar_leaves_the_page_its_room_where_letters_are_large(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path, width: int
) -> None:
    window.speak("en")
    app.settings.set("scale", 2.0)
    window.refresh_look()
    window.resize(width, 768)
    text = "sku,name,price,barcode\n" + "".join(f"YG-{n},Cup {n},9,6.9E+12\n" for n in range(6))
    opened(qtbot, window, tmp_path / "a.csv", text)
    bar, words = page.change.bar, page.change.outcome
    assert window.width() == width and bar.height() < page.height() / 2
    assert words.isVisible() and words.width() > 280 and words.height() >= words.heightForWidth(words.width())
    for piece in (page.change.accept, page.change.import_button, page.change.look_button):
        assert bar.rect().contains(piece.geometry()) and piece.width() >= piece.sizeHint().width()


def test_a_file_of_which_no_row_can_be_read_is_not_said_to_be_there_already(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, window, tmp_path / "a.csv", "货号,品名,零售价\nYG-1,帽子,abc\nYG-2,围巾,x.y\n")
    assert page.change.outcome.text() == "没有可以导入的行。"
    assert page.change.tabs["rejected"].isChecked() and not page.change.import_button.isEnabled()


def test_undo_shows_what_was_edited_by_hand_and_can_keep_it(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path
) -> None:
    for name, price in (("a.csv", "¥129.00"), ("b.csv", "¥139.00")):
        opened(qtbot, window, tmp_path / name, GOODS.replace("¥129.00", price))
        page.work.commit()
        settled(qtbot, window)
    app.store.editor.change("products", "YG-301", {"price": "150"})
    page.history.undo_buttons[2].click()
    settled(qtbot, window)
    assert page.conflicts.isVisible()
    model = page.conflicts.table.rows
    shown = [model.line(row).what for row in range(model.rowCount())]
    assert any(all(value in line for value in ("129.00", "139.00", "150.00")) for line in shown)
    assert app.store.importer.batch(2).undone_at is None, "nothing is done before one is chosen"
    page.conflicts.cancel_button.click()
    assert not page.conflicts.isVisible()
    page.history.undo_buttons[2].click()
    settled(qtbot, window)
    page.conflicts.keep_button.click()
    settled(qtbot, window)
    assert app.store.catalogue.by_code("YG-301")[0].fields["price"] == "150.00"
    assert app.store.importer.batch(2).undone_at is not None


def test_an_import_under_way_can_be_cancelled_and_leaves_nothing(
    qtbot: QtBot,
    window: MainWindow,
    app: App,
    page: ImportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    importer, gate = app.store.importer, threading.Event()
    committing = importer.committing

    def held(*args: Any, **wishes: Any) -> Iterator[object]:
        """The real import, which waits in the middle of its transaction."""
        for step in committing(*args, **wishes):
            yield step
            gate.wait(PATIENCE_MS / 1000)

    monkeypatch.setattr(importer, "committing", held)
    opened(qtbot, window, tmp_path / "a.csv", GOODS)
    before = app.store.catalogue.records("products")
    page.change.import_button.click()
    qtbot.waitUntil(lambda: page.work.step == "writing", timeout=PATIENCE_MS)
    assert page.progress.isVisible() and not page.what.isEnabled()
    page.progress.cancel_button.click()
    gate.set()
    settled(qtbot, window)
    assert page.work.report is None
    assert app.store.catalogue.records("products") == before
    assert app.store.importer.batches() == []
    monkeypatch.undo()
    page.change.import_button.click()
    settled(qtbot, window)
    assert app.store.catalogue.by_code("YG-301"), "it can be begun again"


def test_another_file_while_one_is_read_takes_its_place(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    rows = "".join(f"BIG-{n},大商品 {n},{n % 900}.00,{n % 50},浙江\n" for n in range(2_000))
    (tmp_path / "big.csv").write_text(GOODS + rows, encoding="utf-8")
    (tmp_path / "small.csv").write_text(GOODS, encoding="utf-8")
    page.open_file(tmp_path / "big.csv")
    page.open_file(tmp_path / "small.csv")
    settled(qtbot, window)
    assert page.drop.file_name.text() == "small.csv"
    assert page.work.plan.report.counts.read == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("zeros.csv", b"\x00" * 4096), ("program.exe", b"MZ\x90\x00" + b"\xff\xfe" * 900)],
)
def test_a_bad_file_is_one_line(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path, name: str, content: bytes
) -> None:
    opened(qtbot, window, tmp_path / name, content)
    assert window.message_bar.isVisible() and name in window.message_bar.text.text()
    assert not page.change.isVisible()
    assert page.drop.choose_button.isEnabled()


def test_a_file_that_changed_meanwhile_is_looked_at_again(
    qtbot: QtBot, window: MainWindow, app: App, page: ImportPage, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    opened(qtbot, window, table, GOODS)
    table.write_text(GOODS + "YG-303,新的,9,1,\n", encoding="utf-8")
    page.work.commit()
    settled(qtbot, window)
    assert app.store.importer.batches() == []
    assert window.message_bar.isVisible()
    assert page.change.import_button.text() == "导入 3 行"


def test_a_zip_shows_its_files(qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("goods.csv", GOODS)
        archive.writestr("policies.csv", "标题,内容\n退货,七天内可以退货。\n")
    page.open_file(tmp_path / "all.zip")
    settled(qtbot, window)
    kinds = {part.name: part.kind for part in page.work.look.parts}
    assert kinds == {"goods.csv": "products", "policies.csv": "policies"}


def test_the_page_speaks_both_languages_with_a_file_open(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, window, tmp_path / "a.csv", GOODS)
    window.settings_page.language.buttons["en"].click()
    settled(qtbot, window)
    assert page.change.import_button.text() == "Import 2 rows"
    assert page.what.table.rows.index(0, 2).data() == "Price"
    assert page.change.tabs["new"].text() == "2 new"


def test_of_many_changes_only_those_in_sight_are_worded(qtbot: QtBot, qapp: QApplication) -> None:
    worded: list[int] = []

    def word(item: int) -> ChangeLine:
        worded.append(item)
        return ChangeLine(str(item), "", "", "")

    table = ChangesTable(Look(qapp, resources()))
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show_lines(Lines(range(10_000), word)[:5_000])
    table.show()
    table.grab()
    assert table.rows.rowCount() == 5_000
    assert 0 in worded and len(worded) < 60 and len(set(worded)) == len(worded)
