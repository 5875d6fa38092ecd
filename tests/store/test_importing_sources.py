"""What shops' programs export: spreadsheets, archives, documents, any encoding, without a header, and what is none."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from shopdesk.core.errors import ImportFault
from shopdesk.core.types import Record
from shopdesk.store import Store
from shopdesk.store.importing import sources
from shopdesk.store.importing.columns import is_trade_code, product_columns
from tests.store.conftest import GOODS_EN, GOODS_ZH, POLICIES, Write, import_file

JAPANESE = (
    '商品コード,商品名,カラー,販売価格,在庫数\nJ-1,ステンレスボトル 500ml,ブルー,"¥1,980",5\n'
    "J-2,コットンのタオル（青）,あお,680円,0\n"
)
KOREAN = "상품코드,상품명,가격,재고\nK-1,스테인리스 보온병,19800,5\nK-2,면 수건 파란색,6800,3\n"
GERMAN = "Artikelnummer;Bezeichnung;Größe;Verkaufspreis;Bestand\nD-1;Straßenschuh für Gäste;42;1.299,00 €;7\n"
TAIWANESE = "商品編號,商品名稱,售價,庫存,顏色\nT-1,保溫水壺與運動毛巾,590,3,深藍色\nT-2,登山背包，防水,1280,0,紅色\n"


def product(store: Store, code: str) -> Record:
    (record,) = store.catalogue.by_code(code)
    return record


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


# -- encodings ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encodings", "key", "name", "price", "stock"),
    [
        (
            GOODS_ZH.replace("¥", "￥"),
            "utf-8 utf-16-be utf-32 utf-32-le gb18030 gbk",
            "B-200",
            "保温杯 500ml",
            "89.50",
            7,
        ),
        (TAIWANESE, "big5 utf-8-sig utf-16-le", "T-2", "登山背包，防水", "1280.00", 0),
        (JAPANESE, "shift_jis euc_jp utf-16", "J-1", "ステンレスボトル 500ml", "1980", 5),
        (GERMAN, "cp1252 iso-8859-15 utf-8", "D-1", "Straßenschuh für Gäste", "1299.00", 7),
        (KOREAN, "euc_kr cp949 utf-16-le", "K-1", "스테인리스 보온병", "19800", 5),
    ],
)
def test_files_of_any_country_are_read_by_themselves(
    store: Store, tmp_path: Path, text: str, encodings: str, key: str, name: str, price: str, stock: int
) -> None:
    for encoding in encodings.split():
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        report = import_file(store, path)
        record = product(store, key)
        assert report["rejected"] == 0, encoding
        assert (record.title, record.fields["price"], record.fields["stock"]) == (name, price, stock), encoding


def test_a_doubtful_encoding_is_shown_with_lines_and_can_be_chosen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(KOREAN.encode("euc_kr"))
    (part,) = store.importer.look(path).parts
    assert part.encoding_doubtful
    choices = dict(part.encoding_choices)
    assert "스테인리스" in "".join(choices["cp949"]) and len(choices) > 1
    (part,) = store.importer.look(path, encoding="gb18030").parts
    assert part.encoding == "gb18030" and not part.encoding_doubtful


def test_one_character_beyond_ascii_far_down_is_still_seen(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"A-{n},Plain cup {n},5\n" for n in range(30_000))
    (tmp_path / "a.csv").write_bytes(f"sku,name,price\n{rows}A-X,Gürtel,9\n".encode("cp1252"))
    plan = store.importer.plan(tmp_path / "a.csv")
    assert plan.source.encoding == "cp1252" and plan.report.counts.suspicions == []


# -- spreadsheets, archives, documents ----------------------------------------------------------


def test_every_sheet_of_a_workbook_is_read_as_what_it_is(store: Store, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "shop.xlsx",
        {
            "商品": [
                ["XX 店商品清单"], [], ["商品编码", "商品名称", "售价", "库存", "条码"],
                ["X-1", "保温杯", 89.5, 7, 6901234567892], ["X-2", "跑鞋", 1299, 0, "0095205603217"],
            ],
            "退换货": [["标题", "内容"], ["七天退货", "凭小票七天内可退。"]],
            "空": [],
            "说明": [["这里只有一句话"]],
        },
    )  # fmt: skip
    report = import_file(store, path)
    assert (report["new"], report["rejected"], report["batch"]) == (3, 0, 1)
    parts = {part["part"]: part for part in report["parts"]}  # type: ignore[attr-defined]
    assert (parts["商品"]["kind"], parts["退换货"]["kind"]) == ("products", "policies")
    assert parts["空"]["skipped"] and parts["说明"]["skipped"]
    first, second = product(store, "X-1"), product(store, "X-2")
    assert (first.fields["price"], first.fields["barcode"], first.fields["stock"]) == ("89.50", "6901234567892", 7)
    assert second.fields["barcode"] == "0095205603217"
    assert store.importer.undo(1).removed == 3


def test_formulas_count_by_their_values(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"a": [["sku", "name", "price"], ["F-1", "Cup", "=2*6"]]})
    # What a spreadsheet program adds when it saves: the value beside the formula.
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    assert "<f>2*6</f><v />" in sheet or "<f>2*6</f><v></v>" in sheet or "<f>2*6</f><v/>" in sheet
    for blank in ("<v />", "<v></v>", "<v/>"):
        sheet = sheet.replace(f"<f>2*6</f>{blank}", "<f>2*6</f><v>12</v>")
    members["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    import_file(store, path)
    assert product(store, "F-1").fields["price"] == "12.00"


def test_an_archive_is_one_import_of_all_that_is_in_it(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("export/stock.csv", 'id,goods_id,specifications,price,number\n1,77,"[""黑""]",99.00,4\n')
        archive.writestr("export/goods.csv", "id,goods_sn,name,brand_id,retail_price\n77,G-77,登山杖,5,120.00\n")
        archive.writestr("export/brand.csv", "id,name,desc\n5,岩鹿,\n")
        archive.writestr("policies.md", "# 退货\n七天。\n")
        archive.writestr("__MACOSX/._goods.csv", b"\0\0\0\1")
        archive.writestr("photo.png", b"\x89PNG....")
    report = import_file(store, tmp_path / "all.zip")
    assert (report["new"], report["batch"]) == (4, 1)
    parent, variant = product(store, "G-77"), product(store, "1")
    assert (parent.fields["brand"], variant.title, variant.fields["brand"], variant.fields["stock"]) == (
        "岩鹿", "登山杖", "岩鹿", 4,
    )  # fmt: skip
    assert {record.key for record in store.catalogue.variants_of(parent)} == {"G-77", "1"}
    store.importer.undo(1)
    assert store.catalogue.total("products") == store.catalogue.total("policies") == store.catalogue.total("terms") == 0


def test_a_word_document_is_policies_by_its_headings(store: Store, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Returns", 1)
    document.add_paragraph("Within seven days.")
    document.add_paragraph("With the receipt.", style="List Bullet")
    document.add_heading("保修", 1)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "电器", "两年"
    document.save(str(tmp_path / "rules.docx"))
    assert import_file(store, tmp_path / "rules.docx")["kind"] == "policies"
    texts = {record.title: record.fields["body"] for record in store.catalogue.records("policies")}
    assert texts == {"Returns": "Within seven days.\n- With the receipt.", "保修": "电器 | 两年"}


def test_bold_lines_head_a_word_document_without_headings(store: Store, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("退货").bold = True
    document.add_paragraph("七天内可退。")
    document.save(str(tmp_path / "政策.docx"))
    import_file(store, tmp_path / "政策.docx")
    assert [record.title for record in store.catalogue.records("policies")] == ["退货"]


def test_headings_in_code_are_none(store: Store, write: Write) -> None:
    import_file(store, write("a.md", "# Returns\n```\n# not a heading\n```\n"))
    (record,) = store.catalogue.records("policies")
    assert "# not a heading" in str(record.fields["body"])


# -- JSON -------------------------------------------------------------------------------------------


def test_nested_variants_and_wrapped_arrays(store: Store, write: Write) -> None:
    shirts = {
        "901": {
            "name": "T-Shirt", "product_id": "901",
            "variants": {
                "11": {"item_id": "11", "options": {"color": "blue", "size": "M"}, "available": True, "price": 50.88},
                "12": {"item_id": "12", "options": {"color": "red", "fit": "slim"}, "available": False, "price": 49},
            },
        },
        "902": {"name": "Mug", "product_id": "902", "variants": {"13": {"item_id": "13", "price": 9.5}}},
    }  # fmt: skip
    report = import_file(store, write("products.json", json.dumps(shirts)))
    assert (report["new"], report["rejected"]) == (3, 0)
    blue, red = product(store, "11"), product(store, "12")
    assert (blue.title, blue.fields["color"], blue.fields["size"], blue.fields["price"]) == (
        "T-Shirt",
        "blue",
        "M",
        "50.88",
    )
    assert (red.fields["stock"], dict(red.attributes)) == (0, {"fit": "slim"})
    assert len(store.catalogue.variants_of(blue)) == 2
    wrapped = {"code": 0, "data": {"list": [{"sku": "W-1", "name": "Can", "price": 1}], "total": 1}}
    import_file(store, write("wrapped.json", json.dumps(wrapped)))
    assert product(store, "W-1").title == "Can"


def test_a_dump_of_several_models_is_read_model_by_model(store: Store, write: Write) -> None:
    dump = [
        {"model": "shop.product", "pk": 1, "fields": {"sku": "P-1", "name": "Cup", "price": "5.00", "stock": 2}},
        {"model": "shop.policy", "pk": 1, "fields": {"title": "Returns", "body": "Seven days."}},
    ]
    report = import_file(store, write("dump.json", json.dumps(dump)))
    assert [(part["part"], part["kind"]) for part in report["parts"]] == [  # type: ignore[attr-defined]
        ("shop.product", "products"), ("shop.policy", "policies"),
    ]  # fmt: skip


def test_a_long_array_is_read_piece_by_piece(store: Store, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopdesk.store.importing.objects._BLOCK", 64)
    items = [{"sku": f"A-{n}", "name": "x" * (n % 200), "price": n} for n in range(1, 300)]
    report = import_file(store, write("a.json", json.dumps(items, indent=1)))
    assert report["new"] == 298 and report["rejected"] == 1  # the two that have no letters in their names
    with pytest.raises(ImportFault) as caught:
        store.importer.plan(write("b.json", json.dumps(items)[:-20]))
    assert caught.value.code == "import_broken_json"


# -- without a header ------------------------------------------------------------


def test_columns_without_a_header_are_known_by_their_values(store: Store, write: Write) -> None:
    books = (
        'Book,Books > Code,9780131103627,The C Language,"As we said in the preface to the first edition, C wears '
        "wears well as one's experience with it grows.\",Book partner,9780131103627,9.99,20\n"
        'Book,Books > Code,9780201616224,The Pragmatic Programmer,"What do you do to become a better programmer? Much '
        'than learn one more language, says this book.",Book partner,9780201616224,3.99,82\n'
        'Book,Books > Fun,9780316037709,Ghost in the Wires,"A thrilling true story of intrigue, suspense, '
        'escape, told by the one who did it.",Book partner,9780316037709,10.99,56\n'
    )
    path = write("books.csv", books)
    report = import_file(store, path)
    assert (report["header"], report["read"], report["new"]) == (False, 3, 3)
    record = product(store, "9780201616224")
    assert (record.title, record.fields["price"], record.fields["stock"], record.fields["category"]) == (
        "The Pragmatic Programmer", "3.99", 82, "Books > Code",
    )  # fmt: skip
    assert import_file(store, path, mapping={"brand": "6"})["changed"] == 3
    assert product(store, "9780201616224").fields["brand"] == "Book partner"


def test_a_broken_export_with_backslashes_and_both_separators(store: Store, write: Write) -> None:
    text = (
        'Book,Books > Fiction,"9780131103627";"Prepare for Your Test";NULL;"Gardners";"9780131103627";"10.32";"6"\n'
        'Book,Books > Fiction,"9780201616224";"Readings from\\" Voices of a History\\"";NULL;"Gardners";'
        '"9780201616224";"10.25";"5"\n'
        'Book,Books > Fiction,"9780316037709";"Better Photography";NULL;"Book"\n'
    )
    report = import_file(store, write("broken.csv", text))
    assert (report["delimiter"], report["new"]) == (";", 3)
    record = product(store, "9780201616224")
    assert (record.title, record.fields["price"], record.fields["stock"]) == (
        'Readings from" Voices of a History"',
        "10.25",
        5,
    )
    assert [remark["code"] for remark in report["suspicious"]] == ["suspicious_row_short"]  # type: ignore[attr-defined]


def test_a_column_of_trade_codes_is_the_barcode_whatever_it_is_called(store: Store, write: Write) -> None:
    text = "sku,name,price,zahlencode\nA,Cup,1,9780131103627\nB,Mug,2,9780201616224\nC,Pot,3,9780316037709\n"
    assert import_file(store, write("a.csv", text))["mapping"]["barcode"] == "zahlencode"  # type: ignore[index]


@pytest.mark.parametrize("code", ["9780131103627", "0095205603217", "95205603217".zfill(12), "96385074", "080442957X"])
def test_trade_codes_have_the_right_check_digit(code: str) -> None:
    assert is_trade_code(code)
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    assert not is_trade_code(wrong)


def test_values_tell_prices_from_counts() -> None:
    rows = [
        ["1", "Cup", "12.50", "15.00", "7"],
        ["2", "Mug", "9.95", "12.00", "0"],
        ["3", "Pot", "30.00", "30.00", "41"],
    ]
    found = product_columns(rows)
    assert {"name": 1, "price_minor": 2, "list_price_minor": 3, "stock": 4}.items() <= found.items()


# -- bad input ------------------------------------------------------------


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros.csv", "w") as member:
        for _ in range(80):
            member.write(bytes(1024 * 1024))
    return path


def test_files_that_are_no_tables_say_so_and_change_nothing(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "nothing.zip", "w") as archive:
        archive.writestr("photo.png", b"\x89PNG....")
    cases: list[tuple[str, bytes | None, str]] = [
        ("zeros.csv", bytes(2_000_000), "import_not_text"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "import_not_text"),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 5000, "import_broken_archive"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "import_broken_sheet"),
        ("numbers.json", b"[1, 2, 3]", "import_not_a_table"),
        ("text.json", b'"only words"', "import_not_a_table"),
        ("nothing.zip", None, "import_not_text"),
    ]
    for name, data, code in cases:
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(ImportFault) as caught:
            store.importer.plan(tmp_path / name)
        assert caught.value.code == code, name
        assert caught.value.text("zh") != caught.value.text("en")
    with pytest.raises(ImportFault) as caught:
        store.importer.plan(bomb(tmp_path / "bomb.zip"))
    assert caught.value.code == "import_too_large"
    assert store.importer.batches() == [] and store.catalogue.total("products") == 0


def test_a_renamed_file_is_read_as_what_it_is(store: Store, tmp_path: Path, write: Write) -> None:
    report = import_file(store, write("really_text.xlsx", GOODS_EN))
    assert report["new"] == 3 and report["format"] == "csv"
    assert [remark["code"] for remark in report["notices"]] == ["notice_misnamed"]  # type: ignore[attr-defined]
    path = workbook(tmp_path / "a.xlsx", {"a": [["sku", "name", "price"], ["R-1", "Cup", 5]]})
    report = import_file(store, path.rename(tmp_path / "a.csv"))
    assert report["format"] == "xlsx" and product(store, "R-1").title == "Cup"


def test_a_cell_of_ten_megabytes_and_shifted_rows_are_left_out(store: Store, tmp_path: Path) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [
            ["sku", "name", "price"],
            ["1", "Cup", "5"],
            ["2", "x" * 10_000_000, "5"],
            ["3", "Red", "mug", "7"],
            ["4", "Pot"],
        ]
    )
    (tmp_path / "a.csv").write_text(out.getvalue(), encoding="utf-8")
    report = import_file(store, tmp_path / "a.csv")
    assert [remark["code"] for remark in report["rejections"]] == ["row_cell_too_long", "row_too_many_cells"]  # type: ignore[attr-defined]
    assert report["new"] == 2 and product(store, "4").fields["price"] is None


def test_a_file_that_changes_while_it_is_read_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sku,name,price\n" + "".join(f"{n},Cup {n},5\n" for n in range(2000)), encoding="utf-8")
    steps = store.importer.planning(path)
    next(steps)
    path.write_text("sku,name,price\n1,Mug,5\n", encoding="utf-8")
    with pytest.raises(ImportFault) as caught:
        for _ in steps:
            pass
    assert caught.value.code == "import_file_changed" and store.catalogue.total("products") == 0


def test_a_faulty_part_does_not_keep_the_others_out(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("policies.csv", POLICIES)
        archive.writestr("broken.json", "[{")
    report = import_file(store, tmp_path / "a.zip")
    assert report["new"] == 2


def test_a_source_can_be_read_again(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("goods.csv", GOODS_EN)
    (source,) = sources.open_sources(tmp_path / "a.zip")
    assert list(source.lines()) == list(source.lines()) and source.part == "goods.csv"


def test_a_table_in_html_that_calls_itself_a_spreadsheet_is_read(store: Store, write: Write) -> None:
    text = (
        "<html><meta charset=gbk><table><tr><th>商品编码<th>商品名称<th>售价<th>库存</tr>\n"
        "<tr><td>H-1</td><td>茶壶 &amp; 杯</td><td>59.00</td><td>3</td></tr>"
        "<tr><td>合计</td><td></td><td></td><td>3</td></tr></table>"
    )
    report = import_file(store, write("导出.xls", text, "gb18030"))
    assert (report["format"], report["new"]) == ("html", 1)
    assert [remark["code"] for remark in report["rejections"]] == ["row_total"]  # type: ignore[attr-defined]
    assert (product(store, "H-1").title, product(store, "H-1").fields["stock"]) == ("茶壶 & 杯", 3)
    with pytest.raises(ImportFault) as caught:
        store.importer.plan(write("page.csv", "<!DOCTYPE html><p>404 not found</p>"))
    assert caught.value.code == "import_not_a_table"
