"""Files as shops have them → rows, reports, and back again."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.core.errors import ImportFault, StoreError
from shopdesk.core.types import Record
from shopdesk.store import Store, open_store
from shopdesk.store.importing import values
from shopdesk.store.importing.sources import open_sources
from tests.store.conftest import GOODS_EN, GOODS_ZH, POLICIES, Write, import_file

REPOSITORY = Path(__file__).parents[2]


def product(store: Store, code: str) -> Record:
    (record,) = store.catalogue.by_code(code)
    return record


def content(store: Store) -> list[tuple[object, ...]]:
    """Everything the shop's rows say, for comparing before and after."""
    rows: list[tuple[object, ...]] = []
    with store._database.read() as db:
        for table in ("products", "policies", "promotions", "orders"):
            rows += [tuple(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY id")]
            rows += [tuple(row) for row in db.execute(f"SELECT rowid, * FROM {table}_search ORDER BY rowid")]
        rows += [tuple(row) for row in db.execute("SELECT * FROM vocabulary")]
    return rows


# -- encodings and shapes -------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(store: Store, tmp_path: Path, encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    text = GOODS_ZH.replace("¥", "￥") if encoding == "gbk" else GOODS_ZH
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(text)))
    (tmp_path / "商品.csv").write_bytes(out.getvalue().encode(encoding))
    report = import_file(store, tmp_path / "商品.csv")
    assert (report["new"], report["rejected"], report["delimiter"]) == (3, 0, delimiter)
    assert product(store, "B-200").title == "保温杯 500ml"


def test_traditional_chinese_and_western_encodings(store: Store, write: Write) -> None:
    text = "商品編號,商品名稱,售價,顏色說明\nT-1,保溫水壺與運動毛巾組合,590,深藍色\nT-2,登山背包，防水面料,1280,紅色\n"
    assert (
        import_file(store, write("big5.csv", text, "big5"), mapping={"name": "商品名稱", "sku": "商品編號"})["new"] == 2
    )
    assert product(store, "T-1").title == "保溫水壺與運動毛巾組合"
    western = "sku;name;price\nW-1;Café crème für Gäste;4,50 €\nW-2;Straßenschuh “Zürich”;1.299,00 €\n"
    report = import_file(store, write("western.csv", western, "cp1252"))
    assert report["encoding"] == "cp1252"
    assert product(store, "W-1").title == "Café crème für Gäste"
    assert [product(store, key).fields["price"] for key in ("W-1", "W-2")] == ["4.50", "1299.00"]
    assert product(store, "W-2").fields["currency"] == "EUR"


def test_a_broken_byte_becomes_visible_not_fatal(store: Store, tmp_path: Path) -> None:
    good = "sku,name,price\n" + "".join(f"K{n},保温杯第{n}号,1\n" for n in range(50))
    (tmp_path / "x.csv").write_bytes(good.encode() + b"K99,\xff\xe4bad,1\n")
    report = import_file(store, tmp_path / "x.csv")
    assert report["new"] == 51 and report["encoding"] == "utf-8"
    assert [remark["code"] for remark in report["suspicious"]] == ["suspicious_broken_character"]  # type: ignore[attr-defined]


def test_quotes_newlines_and_short_rows(store: Store, write: Write) -> None:
    text = 'sku,name,price,description\nQ-1,"Rope, 10 m ""strong""",9,"two\nlines"\nQ-2,Short\n,,,\nQ-3,Last,3,x\n'
    report = import_file(store, write("q.csv", text))
    assert report["new"] == 3 and report["read"] == 4 - 1
    assert (
        product(store, "Q-1").title == 'Rope, 10 m "strong"'
        and product(store, "Q-1").fields["description"] == "two\nlines"
    )
    assert product(store, "Q-2").fields["price"] is None


def test_json_jsonl_and_markdown(store: Store, write: Write) -> None:
    items = [{"sku": "J-1", "name": "Mug", "price": 12.5, "options": {"color": "blue", "material": "clay"}}]
    import_file(store, write("a.json", json.dumps({"products": items})))
    import_file(
        store,
        write("b.jsonl", '{"sku": "J-2", "name": "Cup", "price": 3}\n{"sku": "J-3", "name": "Can", "price": 4}\n'),
    )
    record = product(store, "J-1")
    assert (record.fields["color"], dict(record.attributes), record.fields["price"]) == (
        "blue",
        {"material": "clay"},
        "12.50",
    )
    assert product(store, "J-3").title == "Can"
    report = import_file(store, write("rules.md", "# 退货\n七天内可退。\n\n## Repairs\nWe mend zips.\n"))
    assert (report["kind"], report["new"]) == ("policies", 2)
    assert [record.fields["language"] for record in store.catalogue.records("policies")] == ["zh", "en"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.csv", b"", "import_empty"),
        ("header.csv", b"sku,name\n", "import_empty"),
        ("bom.csv", b"\xef\xbb\xbf", "import_empty"),
        ("book.xlsx", b"PK\x03\x04" + b"\0" * 99, "import_broken_archive"),
        ("bad.json", b"[{", "import_broken_json"),
        ("columns.csv", b"foo,bar\n1,2\n", "import_no_column_product"),
    ],
)
def test_files_that_cannot_be_imported(store: Store, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ImportFault) as caught:
        store.importer.plan(tmp_path / name)
    assert caught.value.code == code and caught.value.text("zh") != caught.value.text("en")


def test_options_that_do_not_exist(store: Store, write: Write) -> None:
    path = write("a.csv", GOODS_EN)
    for options, code in (
        ({"mapping": {"nonsense": "Title"}}, "import_field_unknown"),
        ({"mapping": {"name": "Nonsense"}}, "import_column_unknown"),
        ({"encoding": "klingon"}, "import_encoding_unknown"),
        ({"kind": "planets"}, "import_kind_unknown"),
    ):
        with pytest.raises(ImportFault) as caught:
            store.importer.plan(path, **options)  # type: ignore[arg-type]
        assert caught.value.code == code
    with pytest.raises(ImportFault) as caught:
        store.importer.plan(path.with_name("absent.csv"))
    assert caught.value.code == "import_unreadable"


# -- what the columns mean --------------------------------------------------------


def test_chinese_and_english_headers_are_understood(store: Store, write: Write) -> None:
    zh = import_file(store, write("goods_zh.csv", GOODS_ZH))
    en = import_file(store, write("goods_en.csv", GOODS_EN))
    assert zh["mapping"] == {
        "sku": "商品编码",
        "name": "商品名称",
        "price": "售价(元)",
        "list_price": "市场价",
        "stock": "库存",
        "color": "颜色",
        "size": "尺码",
        "location": "货位",
        "barcode": "条码",
        "brand": "品牌",
        "category": "分类",
    }
    assert (zh["currency"], en["currency"]) == ("CNY", "USD")
    record = product(store, "A-100")
    assert {
        name: record.fields[name] for name in ("price", "list_price", "stock", "color", "size", "location", "barcode")
    } == {
        "price": "1299.00",
        "list_price": "1599.00",
        "stock": 12,
        "color": "黑色",
        "size": "42",
        "location": "A5",
        "barcode": "6901234567892",
    }
    assert record.attributes == {"材质": "网布"}
    assert product(store, "B-200").fields["stock"] == 7 and product(store, "B-200").fields["list_price"] is None
    hat = product(store, "H-1")
    assert (hat.fields["brand"], hat.fields["stock"], hat.attributes) == ("Northbay", 25, {"Fabric": "merino wool"})


def test_a_platform_export_keeps_what_can_be_answered(store: Store, write: Write) -> None:
    text = (
        "id,goods_sn,name,category_id,gallery,brief,is_on_sale,sort_order,pic_url,unit,counter_price,retail_price,detail,add_time,deleted\n"
        '7,G-7,藤编收纳篮,1008,"[""http://x.test/a.jpg"", ""http://x.test/b.jpg""]",手工编织,1,3,http://x.test/p.png,件,129.00,99.00,'
        '"<p><img src=""http://x.test/1.jpg""/></p>",2018-02-01 00:00:00,0\n'
        "8,G-8,旧篮子,1008,[],停产,0,4,,件,1,1,<p>只剩&nbsp;样品</p>,2018-02-01 00:00:00,0\n"
        "9,G-9,删除的,1008,[],,1,5,,件,1,1,,2018-02-01 00:00:00,1\n"
    )
    report = import_file(store, write("goods.csv", text))
    assert (report["new"], report["rejected"], report["currency"]) == (2, 1, "CNY")
    assert report["rejections"][0]["line"] == 4 and report["rejections"][0]["code"] == "row_deleted"  # type: ignore[index]
    basket, old = product(store, "G-7"), product(store, "G-8")
    assert (basket.fields["price"], basket.fields["list_price"], basket.fields["unit"]) == ("99.00", "129.00", "件")
    assert (basket.fields["description"], dict(basket.attributes)) == ("手工编织", {})
    assert old.fields["description"] == "停产\n只剩 样品" and old.attributes == {"is_on_sale": "0"}


def test_option_cells_become_colour_size_and_attributes(store: Store, write: Write) -> None:
    text = (
        "item_id,product_id,name,options,price,available\n"
        '1,P,T-Shirt,"color: blue; size: M; style: v-neck",50.88,True\n'
        '2,P,T-Shirt,"{""color"": ""red"", ""size"": ""L""}",49.67,False\n'
        '3,P,T-Shirt,"[{""key"": ""颜色"", ""value"": ""白""}, {""key"": ""容量"", ""value"": ""2L""}]",49,有货\n'
    )
    import_file(store, write("options.csv", text))
    first, second, third = (product(store, key) for key in "123")
    assert (first.fields["color"], first.fields["size"], dict(first.attributes)) == ("blue", "M", {"style": "v-neck"})
    assert (second.fields["available"], second.fields["stock"]) == (False, 0)
    assert (third.fields["color"], third.attributes, third.fields["available"], third.fields["stock"]) == (
        "白",
        {"容量": "2L"},
        True,
        None,
    )
    assert len(store.catalogue.variants_of(first)) == 3


def test_type_is_a_category_only_where_it_does_not_tell_variants_apart(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", "sku,name,price,type\n1,Kettle,5,electric\n2,Kettle,5,gas\n"))
    assert product(store, "1").attributes == {"type": "electric"}
    import_file(store, write("b.csv", "sku,name,price,type\n3,Lamp,5,Indoor\n4,Bench,5,Outdoor\n"))
    assert product(store, "3").fields["category"] == "Indoor"


def test_price_in_cents_and_rows_without_a_code(store: Store, write: Write) -> None:
    import_file(store, write("c.csv", "name,price_cents,color\nPen,4995,red\nPen,4995,blue\nPen,4995,red\n"))
    records = store.catalogue.records("products")
    assert [record.fields["price"] for record in records] == ["49.95", "49.95"]
    again = import_file(store, write("c2.csv", "name,price_cents,color\nPen,4995,red\nPen,5000,blue\n"))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 1, 1)


def test_bad_rows_are_rejected_with_line_and_reason_and_odd_ones_pointed_out(store: Store, write: Write) -> None:
    text = (
        "sku,name,price,stock,barcode\n1,Free,0,1,\n2,,,,\n3,Odd,twelve,1,\n4,Minus,5,-3,\n5,Neg,-5,1,\n6,Code,5,1,7.6E+12\n"
        "6,Again,5,1,\n7,Stock,5,some,\n,,5,1,\n"
    )
    report = import_file(store, write("bad.csv", text))
    assert [(remark["line"], remark["code"]) for remark in report["rejections"]] == [  # type: ignore[attr-defined]
        (3, "row_without_name"),
        (4, "row_amount_unread"),
        (6, "row_amount_negative"),
        (8, "row_twice_differs"),
        (10, "row_without_name"),
    ]
    assert [(remark["line"], remark["code"]) for remark in report["suspicious"]] == [  # type: ignore[attr-defined]
        (2, "suspicious_price_zero"),
        (5, "suspicious_stock_negative"),
        (7, "suspicious_barcode_rounded"),
        (9, "suspicious_stock_unread"),
        (8, "suspicious_twice"),
    ]
    assert product(store, "6").fields["barcode"] is None
    assert report["rejections"][1]["reason_zh"] == "“twelve”不是金额"  # type: ignore[index]


def test_the_user_may_map_columns(store: Store, write: Write) -> None:
    path = write("m.csv", "A,B,C\nX-1,Thing,12\n")
    report = import_file(store, path, mapping={"sku": "A", "name": "2", "price": "C"}, currency="eur")
    assert report["mapping"] == {"sku": "A", "name": "B", "price": "C"}
    assert product(store, "X-1").fields["currency"] == "EUR"


def test_policies_promotions_and_orders(store: Store, write: Write) -> None:
    assert import_file(store, write("p.csv", POLICIES))["kind"] == "policies"
    assert (
        import_file(store, write("faq.csv", "question,answer\nHow do I return?,Within 7 days.\n"))["kind"] == "answers"
    )
    coupons = "id,name,desc,discount,min,start_time,end_time,code\n1,满减券,全场通用,5.00,99.00,2026-01-01 00:00:00,,\n"
    assert import_file(store, write("c.csv", coupons))["kind"] == "promotions"
    (coupon,) = store.catalogue.records("promotions")
    assert (coupon.fields["threshold"], coupon.fields["discount"], coupon.fields["starts"]) == (
        "99.00",
        "5.00",
        "2026-01-01",
    )
    orders = (
        "订单号,订单状态,下单时间,实付金额,快递公司,运单号,商品明细\n"
        "SO1,已发货,2026/1/5 10:00:00,¥99.00,顺丰,SF123,A-100 x2; 保温杯\n"
    )
    assert import_file(store, write("o.csv", orders))["kind"] == "orders"
    (order,) = store.catalogue.by_code("sf123")
    assert (order.key, order.fields["total"], order.fields["lines"]) == ("SO1", "99.00", "A-100 × 2; 保温杯")
    assert order.fields["placed_at"] == "2026-01-05T10:00:00"


# -- importing again, undoing, the sample ---------------------------------------------


def test_importing_again_tells_new_changed_and_unchanged(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    plan = store.importer.plan(write("b.csv", GOODS_ZH.replace("89.5", "895") + "C-1,新品,5,,1,,,,,,,\n"))
    assert plan.to_json()["batch"] is None and store.catalogue.total("products") == 3
    report = store.importer.commit(plan).to_json()
    assert (report["new"], report["changed"], report["unchanged"], report["batch"]) == (1, 1, 2, 2)
    assert [remark["code"] for remark in report["suspicious"]] == ["suspicious_price_jump"]
    assert {key: report[key] for key in ("read", "new", "changed")} == {
        key: plan.to_json()[key] for key in ("read", "new", "changed")
    }


def test_a_file_with_few_columns_changes_only_those(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    report = import_file(store, write("stock.csv", "货号,库存\nA-100,99\nZ-9,1\n"))
    assert (report["changed"], report["rejected"]) == (1, 1)
    record = product(store, "A-100")
    assert (record.fields["stock"], record.title, record.fields["price"], record.attributes) == (
        99,
        "云朵跑鞋",
        "1299.00",
        {"材质": "网布"},
    )


def test_undo_makes_everything_what_it_was(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    before = content(store)
    batch = import_file(store, write("b.csv", GOODS_ZH.replace("云朵", "月亮") + "C-1,新品,5,,1,,,,,,,\n"))["batch"]
    assert keys_of(store) == {"A-100", "A-101", "B-200", "C-1"}
    assert isinstance(batch, int)
    assert store.importer.undo(batch).to_json() == {
        "batch": batch, "removed": 1, "restored": 2, "returned": 0, "conflicts": [],
    }  # fmt: skip
    assert content(store) == before
    with pytest.raises(StoreError) as caught:
        store.importer.undo(batch)
    assert caught.value.code == "batch_undone"
    assert [one.undone_at is None for one in store.importer.batches()] == [False, True]


def keys_of(store: Store) -> set[str]:
    return {record.key for record in store.catalogue.records("products")}


def test_a_batch_that_others_build_upon_is_not_undone(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    import_file(store, write("b.csv", GOODS_ZH.replace("89.5", "99.5")))
    with pytest.raises(StoreError) as caught:
        store.importer.undo(1)
    assert caught.value.code == "batch_built_upon" and caught.value.params["later"] == 2
    store.importer.undo(2)
    store.importer.undo(1)
    assert keys_of(store) == set()
    with pytest.raises(StoreError) as caught:
        store.importer.undo(77)
    assert caught.value.code == "batch_missing"


def test_the_sample_goes_with_the_first_real_rows_and_returns_with_undo(
    store: Store, tmp_path: Path, write: Write
) -> None:
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "products.csv").write_text("sku,name,price\nA-100,Sample Shoe,1\nS-2,Other,2\n", encoding="utf-8")
    (folder / "policies.csv").write_text(POLICIES, encoding="utf-8")
    (folder / "orders.csv").write_text("number,status,total\nSO-1,paid,5\n", encoding="utf-8")
    store.load_sample(folder)
    assert store.has_sample() and store.importer.batches() == [] and product(store, "A-100").sample
    before = content(store)
    path = write("a.csv", GOODS_ZH)
    assert store.importer.plan(path).to_json()["sample_removed"] == 5
    report = import_file(store, path)
    assert (report["new"], report["sample_removed"]) == (3, 5)
    assert store.catalogue.total("orders") == store.catalogue.total("policies") == 0 and not store.has_sample()
    assert product(store, "A-100").title == "云朵跑鞋" and not product(store, "A-100").sample
    assert store.importer.undo(1).to_json() == {
        "batch": 1, "removed": 3, "restored": 0, "returned": 5, "conflicts": [],
    }  # fmt: skip
    assert content(store) == before
    import_file(store, write("p.csv", "title,body\nNew,Rules.\n"))
    assert store.catalogue.total("policies") == 1 and product(store, "A-100").sample


def test_the_sample_does_not_return_among_real_rows(store: Store, tmp_path: Path, write: Write) -> None:
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "products.csv").write_text("sku,name,price\nS-1,Sample Shoe,1\n", encoding="utf-8")
    store.load_sample(folder)
    before = content(store)
    import_file(store, write("a.csv", "sku,name,price\nA-1,Shoe,3\n"))
    import_file(store, write("b.csv", "sku,name,price\nB-1,Boot,4\n"))
    with pytest.raises(StoreError) as caught:
        store.importer.undo(1)
    assert caught.value.code == "batch_built_upon" and keys_of(store) == {"A-1", "B-1"}
    store.importer.undo(2)
    store.importer.undo(1)
    assert content(store) == before


def test_a_file_that_changed_after_the_plan_is_not_imported(store: Store, write: Write) -> None:
    plan = store.importer.plan(write("a.csv", GOODS_ZH))
    write("a.csv", GOODS_ZH + "C-1,新品,5,,1,,,,,,,\n")
    with pytest.raises(ImportFault) as caught:
        store.importer.commit(plan)
    assert caught.value.code == "import_file_changed" and store.catalogue.total("products") == 0


def test_an_export_imports_unchanged(store: Store, tmp_path: Path, write: Write) -> None:
    formula = "sku,name,price,note text\nF-1,=1+1,5,@SUM(A1)\nF-2,'-quoted,5,+86 10\n"
    for name, text in (("a.csv", GOODS_ZH), ("b.csv", GOODS_EN), ("f.csv", formula)):
        import_file(store, write(name, text))
    count = store.catalogue.export_csv("products", tmp_path / "out.csv")
    assert count == 8
    assert "'=1+1" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    report = store.importer.plan(tmp_path / "out.csv").to_json()
    assert (report["unchanged"], report["new"], report["changed"], report["rejected"]) == (8, 0, 0, 0)


def test_killed_in_the_middle_of_a_commit_leaves_exactly_before_or_after(tmp_path: Path, write: Write) -> None:
    path, goods = tmp_path / "shop.db", write("a.csv", GOODS_ZH)
    with open_store(path) as store:
        import_file(store, goods)
        before = content(store)
    rows = "".join(f"N-{number},Grey Sock number {number},{number % 90 + 1}\n" for number in range(6000))
    big = write("big.csv", "sku,name,price\n" + rows)
    code = (
        "import sys; from pathlib import Path; from shopdesk.store import open_store\n"
        "s = open_store(Path(sys.argv[1])); p = s.importer.plan(Path(sys.argv[2])); print('go', flush=True)\n"
        "s.importer.commit(p); print('done', flush=True); import time; time.sleep(60)\n"
    )
    outcomes = set()
    for delay in (0.0, 0.15, 0.4):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(big)],
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        assert child.stdout is not None and child.stdout.readline() == b"go\n"
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with open_store(path) as store:
            after = store.catalogue.total("products")
            outcomes.add(after)
            assert after in (3, 6003)
            assert (content(store) == before) == (after == 3)
            assert store.catalogue.frequencies(["sock"])["sock"] == after - 3
            assert len(store.importer.batches()) == (1 if after == 3 else 2)
            if after != 3:
                store.importer.undo(2)
                break
        with sqlite3.connect(path) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        db.close()
    assert 3 in outcomes  # at least one kill came before the end


# -- single cells ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("¥1,299.00", "1299.00", "CNY"),
        ("￥99", "99", "CNY"),
        ("12元", "12", "CNY"),
        ("$12.5", "12.5", "USD"),
        ("1.299,00 €", "1299.00", "EUR"),
        ("1 299,50 €", "1299.50", "EUR"),
        ("US$ 5", "5", "USD"),
        ("HK$88", "88", "HKD"),
        ("1299", "1299", None),
        ("12,5", "12.5", None),
        ("1,299", "1299", None),
        ("1,234,567.89", "1234567.89", None),
        ("1.234.567", "1234567", None),
        (".5", "0.5", None),
        ("１２．５", "12.5", None),
        ("RMB 30", "30", "CNY"),
        ("99元/件", "99", "CNY"),
        ("人民币 8", "8", "CNY"),
        ("-5", "-5", None),
    ],
)
def test_money_as_people_write_it(cell: str, amount: str, currency: str | None) -> None:
    money = values.read_money(cell)
    assert money is not None
    assert (money.amount, money.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("cell", ["", "面议", "N/A", "-", "NULL"])
def test_cells_that_say_no_amount(cell: str) -> None:
    assert values.read_money(cell) is None


@pytest.mark.parametrize("cell", ["twelve", "12-15", "1.2.3", "5 apples", "1,23,4", "--5", "1e5", "∞"])
def test_cells_that_are_no_amount(cell: str) -> None:
    with pytest.raises(ValueError):
        values.read_money(cell)


@settings(max_examples=150, deadline=None)
@given(minor=st.integers(0, 10**9))
def test_any_amount_survives_every_way_of_writing_it(minor: int) -> None:
    amount = Decimal(minor) / 100
    for text in (
        f"{amount:.2f}",
        f"¥{amount:,.2f}",
        f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) + " €",
        f"{amount:.2f}元",
    ):
        money = values.read_money(text)
        assert money is not None and values.to_minor(money.amount, "CNY") == minor, text


@settings(max_examples=150, deadline=None)
@given(cell=st.text(max_size=30))
def test_no_cell_makes_a_reader_fail_unexpectedly(cell: str) -> None:
    for reader in (values.read_money, values.read_stock):
        with contextlib.suppress(ValueError):
            reader(cell)
    values.read_options(cell)
    values.text_of_html(cell)
    values.read_date(cell)
    values.read_code(cell)


def test_stock_words() -> None:
    assert values.read_stock("15件") == values.Stock(15, None)
    assert values.read_stock("1,200") == values.Stock(1200, None)
    assert values.read_stock("15.0") == values.Stock(15, None)
    assert values.read_stock("有货") == values.read_stock("In Stock") == values.Stock(None, True)
    assert values.read_stock("缺货") == values.read_stock("Out of stock") == values.Stock(0, False)
    with pytest.raises(ValueError):
        values.read_stock("2.5")


def test_html_becomes_text() -> None:
    html = "<style>p{}</style><p>A &amp; B</p><ul><li>one<li>two</ul><script>x()</script>"
    assert values.text_of_html(html) == "A & B\none\ntwo"
    assert values.text_of_html('<p><img src="http://x.test/a.jpg"/></p>') == ""
    assert values.text_of_html("5 < 6 and 7 > 6") == "5 < 6 and 7 > 6"


def test_the_source_knows_its_file(write: Write) -> None:
    source = open_sources(write("a.csv", "sep=;\nsku;name\n1;x\n"))[0]
    assert source.delimiter == ";" and [line for line, _ in source.lines()] == [2, 3]
    assert list(source.lines()) == list(source.lines())


def test_a_line_that_breaks_off_takes_nothing_away(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", "sku,name,price,stock,material\nA1,Cup,10,3,steel\n"))
    report = import_file(store, write("b.csv", "sku,name,price,stock,material\nA1\n"))
    assert report["unchanged"] == 1
    import_file(store, write("c.csv", "sku,name,price,stock,material\nA1,,12,,\n"))
    record = store.catalogue.get("product", "A1")
    assert record is not None and record.title == "Cup"
    assert record.fields["price"] == "12.00" and record.fields["stock"] is None and not record.attributes


@pytest.mark.parametrize("rows", ['A2,"Mug,12\nA3,Pot,14\n', 'A2,"Mug,12\n' + "A3,Pot,14\n" * 5000])
def test_a_quotation_mark_that_is_never_closed_is_refused(store: Store, write: Write, rows: str) -> None:
    with pytest.raises(ImportFault) as raised:
        store.importer.plan(write("a.csv", "sku,name,price\nA1,Cup,10\n" + rows))
    assert raised.value.code == "import_quote_open" and raised.value.params["line"] == 3


def test_quotation_marks_inside_names_are_none(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", 'sku,name,price\nA1,"two\nlines",10\nA2,5" disc,10\n'))
    assert {record.title for record in store.catalogue.records("product")} == {"two\nlines", '5" disc'}


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_json_too_deep_to_read_is_no_json(store: Store, write: Write, text: str) -> None:
    with pytest.raises(ImportFault) as raised:
        store.importer.plan(write("a.json", text))
    assert raised.value.code == "import_broken_json"


def test_a_broken_line_of_json_lines_is_named(store: Store, write: Write) -> None:
    lines = [f'{{"sku": "A-{n}", "name": "Reed {n}", "price": {n}}}' for n in range(1, 9)]
    with pytest.raises(ImportFault) as raised:
        store.importer.plan(write("a.jsonl", "\n".join([*lines, '{"sku": "A-9", name}'])))
    assert raised.value.code == "import_broken_json" and raised.value.detail.startswith("line 9, column 16")


def test_half_characters_in_json_are_mended(store: Store, write: Write) -> None:
    import_file(store, write("a.json", r'[{"sku":"A\ud800","name":"C\udfffup","\ud801":"x","list":["\ud800"]}]'))
    (record,) = store.catalogue.records("product")
    assert (record.key, record.title) == ("A?", "C?up")


def test_mostly_utf8_is_read_as_utf8_and_its_broken_characters_are_shown(store: Store, write: Write) -> None:
    path = write("a.csv", "sku,name,price\nL1,保温杯,12\nL3,登山杖,5\n")
    path.write_bytes(path.read_bytes() + b"L2,\xff\xfe\xe4,3\n")
    plan = store.importer.plan(path)
    assert plan.source.encoding == "utf-8"
    assert [remark.code for remark in plan.report.counts.suspicions] == ["suspicious_broken_character"]


@pytest.mark.parametrize("word", ["免费", "FREE", "kostenlos"])
def test_free_is_a_price_of_zero_to_be_looked_at(store: Store, write: Write, word: str) -> None:
    plan = store.importer.plan(write("a.csv", f"sku,name,price\nA1,Cup,{word}\n"))
    assert [remark.code for remark in plan.report.counts.suspicions] == ["suspicious_price_zero"]


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "rot13", "idna", "punycode", "undefined", "unicode_escape"])
def test_only_an_encoding_of_text_is_one(store: Store, write: Write, encoding: str) -> None:
    with pytest.raises(ImportFault) as raised:
        store.importer.plan(write("a.csv", "sku,name\nA1,Cup\n"), encoding=encoding)
    assert raised.value.code == "import_encoding_unknown"


def test_a_byte_order_mark_in_the_middle_is_no_part_of_a_code(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", "sku,name,price\nA1,Cup,10\n\ufeffA2,Mug,12\n"))
    assert [record.key for record in store.catalogue.records("product")] == ["A1", "A2"]
