"""What an import shows before it writes, what it refuses, and how it is taken back: nothing silently, nothing lost."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shopdesk.core.errors import ImportFault, StoreError
from shopdesk.core.types import Record
from shopdesk.store import Store, open_store
from shopdesk.store.importing.importer import ImportPlan
from shopdesk.store.importing.report import ImportReport, Progress
from tests.store.conftest import GOODS_ZH, Write, import_file
from tests.store.test_importing import REPOSITORY, content

NAUGHTY = [
    "undefined", "NULL", "None", "-", "0", "1/0", "1e100", "  padded", "\u200b", "\u2028x", "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい", "표준국어대사전", "👩‍👧‍👦 🏳️‍🌈", "ﷺ", "מבחן", "Ṱ̺̺̕h̼͓̲̦̳̘̲e͇̣̰̦̬͎",
    "<script>alert(1)</script>", "'; DROP TABLE products;--", "=cmd|' /C calc'!A0",
    "../../etc/passwd", "{0}", "%s%n", "\u202etest\u202e", "𝕋𝕙𝕖", "ı̇", "a\tb\nc", '"quoted"', "'single",
    "\\", "¯\\_(ツ)_/¯", 'a \\" b', "￾",
]  # fmt: skip


def product(store: Store, code: str) -> Record:
    (record,) = store.catalogue.by_code(code)
    return record


def age(store: Store, days: int) -> None:
    """Make all rows look as if they had been imported `days` ago."""
    then = (datetime.now().astimezone() - timedelta(days=days)).isoformat(timespec="seconds")
    with store._database.write() as db:
        for table in ("products", "policies"):
            db.execute(f"UPDATE {table} SET as_of = ?", (then,))


# -- before anything is written ------------------------------------------------------------


def test_a_plan_tells_field_by_field_what_it_would_do(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    changed = GOODS_ZH.replace("89.5,,7件", "99.5,,0件").replace("304不锈钢", "316不锈钢")
    text = (
        "".join(line + "\n" for line in changed.splitlines() if not line.startswith("A-101")) + "C-1,新品,5,,1,,,,,,,\n"
    )
    plan = store.importer.plan(write("b.csv", text))
    assert plan.to_json()["missing"] == 1
    (change,) = plan.changes(sort="changed")
    assert (change.kind, change.key, change.line) == ("product", "B-200", 3)
    assert set(change.fields) == {("price", "89.50", "99.50"), ("stock", "7", "0"), ("材质", "304不锈钢", "316不锈钢")}
    assert [change.key for change in plan.changes(sort="new")] == ["C-1"]
    assert [change.key for change in plan.changes(sort="missing")] == ["A-101"]
    assert [change.sort for change in plan.changes(limit=2, offset=1)] == ["new", "missing"]
    assert store.catalogue.total("products") == 3
    store.importer.commit(plan)
    assert store.catalogue.total("products") == 4


def test_progress_comes_and_closing_leaves_nothing_behind(store: Store, write: Write) -> None:
    text = "sku,name,price\n" + "".join(f"{n},Cup number {n},5\n" for n in range(3000))
    path = write("a.csv", text)
    steps = store.importer.planning(path)
    assert isinstance(next(steps), Progress)
    steps.close()  # type: ignore[attr-defined]
    items = list(store.importer.planning(path))
    assert isinstance(items[-1], ImportPlan) and {item.step for item in items[:-1]} >= {"reading"}  # type: ignore[union-attr]
    before = content(store)
    committing = store.importer.committing(items[-1])
    assert isinstance(next(committing), Progress)
    committing.close()  # type: ignore[attr-defined]
    assert content(store) == before and store.importer.batches() == []
    report = list(store.importer.committing(items[-1]))[-1]
    assert isinstance(report, ImportReport) and report.counts.new == 3000
    items[-1].close()
    assert not items[-1].staging.path.exists()


def test_rows_of_another_import_meanwhile_are_seen_at_the_commit(store: Store, write: Write) -> None:
    plan = store.importer.plan(write("a.csv", GOODS_ZH))
    import_file(store, write("b.csv", "sku,name,price\nA-100,Old name,5\n"))
    report = store.importer.commit(plan).to_json()
    assert (report["new"], report["changed"]) == (2, 1)
    assert product(store, "A-100").title == "云朵跑鞋"


# -- rejected rows ------------------------------------------------------------


def test_rejected_rows_can_be_mended_and_imported_again(store: Store, write: Write, tmp_path: Path) -> None:
    text = "sku,name,price,note\n1,Cup,5,=1+1\n2,Mug,twelve,=HYPERLINK(1)\n3,Pot,-7,+x\n4,Jug,8,\n"
    report = import_file(store, write("goods.csv", text))
    path = Path(str(report["rejected_file"]))
    assert report["rejected"] == 2 and path.parent.parent == store.path.parent
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[:4] for row in rows] == [
        ["sku", "name", "price", "note"], ["2", "Mug", "twelve", "'=HYPERLINK(1)"], ["3", "Pot", "-7", "'+x"],
    ]  # fmt: skip
    assert "“twelve”" in rows[1][4] and rows[0][4]
    mended = path.read_text(encoding="utf-8-sig").replace("twelve", "12").replace("-7", "7")
    again = import_file(store, write("mended.csv", mended))
    assert (again["new"], again["rejected"]) == (2, 0)
    assert dict(product(store, "2").attributes) == {"note": "=HYPERLINK(1)"}
    assert dict(product(store, "1").attributes) == {"note": "=1+1"}


def test_an_import_of_which_nothing_is_good_is_no_batch(store: Store, write: Write) -> None:
    report = import_file(store, write("a.csv", "sku,name,price\n1,Cup,x\n2,Mug,y\n"))
    assert (report["batch"], report["rejected"]) == (None, 2) and report["rejected_file"]
    assert store.importer.batches() == []


def test_an_earlier_file_of_rejected_rows_is_not_written_over(store: Store, write: Write, tmp_path: Path) -> None:
    path = write("a.csv", "sku,name,price\n1,Cup,x\n2,Mug,5\n")
    first, second = (str(import_file(store, path)["rejected_file"]) for _ in range(2))
    assert first != second and Path(first).exists() and Path(second).exists()
    plan = store.importer.plan(path)
    assert store.importer.save_rejected(plan, tmp_path / "mine.csv") == 1 and (tmp_path / "mine.csv").exists()


# -- what is suspicious, what is damaged ------------------------------------------------------------


def test_a_file_that_a_spreadsheet_damaged_is_refused_until_the_user_insists(store: Store, write: Write) -> None:
    rows = "".join(f"{n},Cup {n},5,6.9{n}E+12\n" for n in range(1, 9))
    path = write("a.csv", "sku,name,price,barcode\n" + rows)
    plan = store.importer.plan(path)
    assert [remark.code for remark in plan.report.damage] == ["damage_rounded"]
    with pytest.raises(ImportFault) as caught:
        store.importer.commit(plan)
    assert caught.value.code == "import_damaged" and store.catalogue.total("products") == 0
    assert store.importer.commit(plan, accept_damage=True).counts.new == 8
    assert product(store, "1").fields["barcode"] is None


def test_names_full_of_broken_characters_are_damage(store: Store, write: Write) -> None:
    text = "sku,name,price\n" + "".join(f"{n},\ufffd\ufffd\ufffd{n},5\n" for n in range(5))
    assert [remark.code for remark in store.importer.plan(write("a.csv", text)).report.damage] == ["damage_characters"]
    mojibake = "sku,name,price\n" + "".join(f"{n},锟斤拷锟斤拷{n},5\n" for n in range(5))
    assert store.importer.plan(write("b.csv", mojibake)).report.damage
    questions = "sku,name,price\n" + "".join(f"{n},????,5\n" for n in range(5))
    assert store.importer.plan(write("c.csv", questions)).report.damage


def test_codes_that_a_spreadsheet_rounded_name_no_rows(store: Store, write: Write) -> None:
    rows = "".join(f"A-{n},Cup,{n}\n" for n in range(20))
    report = import_file(store, write("a.csv", f"sku,name,price\n{rows}6.9E+12,Mug,5\n"))
    assert [remark["code"] for remark in report["rejections"]] == ["row_code_rounded"]  # type: ignore[attr-defined]


def test_lost_zeros_leave_the_barcode_as_it_was(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", "sku,name,price,barcode\n1,Toner,5,0095205603217\n"))
    report = import_file(store, write("b.csv", "sku,name,price,barcode\n1,Toner,6,95205603217\n"))
    assert [remark["code"] for remark in report["suspicious"]] == ["suspicious_zeros_lost"]  # type: ignore[attr-defined]
    assert product(store, "1").fields["barcode"] == "0095205603217"


def test_rows_that_come_twice_and_disagree_are_told(store: Store, write: Write) -> None:
    report = import_file(store, write("a.csv", "sku,name,price\n1,Cup,5\n1,Cup,5\n1,Cup,50\n2,Mug,4\n"))
    assert [(remark["line"], remark["code"]) for remark in report["rejections"]] == [  # type: ignore[attr-defined]
        (3, "row_twice"), (4, "row_twice_differs"),
    ]  # fmt: skip
    assert [remark["code"] for remark in report["suspicious"]] == ["suspicious_twice"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_names_are_kept_letter_by_letter(store: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"names.{form}"
    if form == "json":
        path.write_text(
            json.dumps([{"sku": f"S-{n}", "name": name} for n, name in enumerate(NAUGHTY)]), encoding="utf-8"
        )
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["sku", "name"], *([f"S-{n}", name] for n, name in enumerate(NAUGHTY))])
    plan = store.importer.plan(path)
    store.importer.commit(plan, accept_damage=True)
    assert [product(store, f"S-{n}").title for n in range(len(NAUGHTY))] == NAUGHTY


# -- layouts ------------------------------------------------------------


def test_what_the_user_said_of_a_layout_holds_for_the_next_file(store: Store, write: Write) -> None:
    text = "Kürzel;Was;Wieviel;Fach\n{};Cup;{};4\n"
    options = {"kind": "products", "mapping": {"sku": "Kürzel", "name": "Was", "price": "Wieviel"}, "currency": "EUR"}
    import_file(store, write("a.csv", text.format("A", "5,50")), **options)
    (layout,) = store.importer.layouts()
    assert (layout.name, layout.mapping["price"]) == ("a.csv", "Wieviel")
    plan = store.importer.plan(write("b.csv", text.format("B", "6,50")))
    (part,) = plan.look.parts
    assert part.remembered and part.mapping["price"] == "Wieviel"
    store.importer.commit(plan)
    assert (product(store, "B").fields["price"], product(store, "B").fields["currency"]) == ("6.50", "EUR")
    store.importer.forget_layout(layout.id)
    assert not store.importer.look(write("c.csv", text.format("C", "7,50"))).parts[0].remembered
    assert not store.importer.look(write("d.csv", GOODS_ZH)).parts[0].remembered


def test_a_guess_can_be_taken_away(store: Store, write: Write) -> None:
    plan = store.importer.plan(write("a.csv", GOODS_ZH), mapping={"brand": "", "category": "品牌"})
    assert "brand" not in plan.layout.mapping() and plan.layout.mapping()["category"] == "品牌"
    assert "price" in store.importer.fields("products") and "hours" in store.importer.fields("store")


# -- undo ------------------------------------------------------------


def edited(store: Store, write: Write) -> int:
    """A shop whose second import was worked on by hand: the batch."""
    import_file(store, write("a.csv", "sku,name,price,stock,shelf note\n1,Cup,5,1,top\n2,Mug,6,2,low\n"))
    batch = import_file(
        store, write("b.csv", "sku,name,price,stock,shelf note\n1,Cup,7,3,end\n2,Mug,8,2,low\n3,Pot,9,9,\n")
    )
    store.editor.change("products", "1", {"price": "7.50", "brand": "Tarn"})
    store.editor.change("products", "3", {"stock": "8"})
    return int(str(batch["batch"]))


def test_undoing_puts_earlier_values_back_over_edits_and_tells_of_them(store: Store, write: Write) -> None:
    batch = edited(store, write)
    found = {(c.key, c.field): (c.before, c.imported, c.now) for c in store.importer.conflicts(batch)}
    assert found[("1", "price")] == ("5.00", "7.00", "7.50") and ("3", "") in found
    report = store.importer.undo(batch)
    assert (report.removed, report.restored, len(report.conflicts)) == (1, 2, 2)
    record = product(store, "1")
    assert (record.fields["price"], record.fields["stock"], record.fields["brand"]) == ("5.00", 1, "Tarn")
    assert record.attributes == {"shelf note": "top"} and store.catalogue.by_code("3") == []
    assert [hit.record.key for hit in store.catalogue.search(wish("Tarn"))] == ["1"]


def test_undoing_may_keep_what_was_edited(store: Store, write: Write) -> None:
    batch = edited(store, write)
    store.importer.undo(batch, keep_edits=True)
    record = product(store, "1")
    assert (record.fields["price"], record.fields["stock"], record.fields["brand"]) == ("7.50", 1, "Tarn")
    assert product(store, "3").fields["stock"] == 8 and product(store, "2").fields["price"] == "6.00"


def wish(text: str):  # type: ignore[no-untyped-def]
    from shopdesk.core.ports import SearchWish

    return SearchWish(text)


def test_a_row_deleted_by_hand_returns_with_the_undo_unless_it_shall_not(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", "sku,name,price\n1,Cup,5\n2,Mug,6\n"))
    batch = int(str(import_file(store, write("b.csv", "sku,name,price\n1,Cup,7\n2,Mug,8\n"))["batch"]))
    store.editor.delete("products", "1")
    (conflict,) = store.importer.conflicts(batch)
    assert (conflict.key, conflict.now) == ("1", None)
    store.importer.undo(batch, keep_edits=True)
    assert store.catalogue.by_code("1") == [] and product(store, "2").fields["price"] == "6.00"


# -- as of when ------------------------------------------------------------


def test_rows_that_a_file_confirms_are_known_as_of_now(store: Store, write: Write) -> None:
    path = write("a.csv", GOODS_ZH)
    import_file(store, path)
    age(store, 40)
    old = product(store, "A-100").as_of
    assert product(store, "A-100").stale
    before = content(store)
    report = import_file(store, path)
    assert (report["unchanged"], report["batch"]) == (3, 2)
    assert product(store, "A-100").as_of > old and not product(store, "A-100").stale
    store.importer.undo(2)
    assert content(store) == before and product(store, "A-100").stale


def test_what_is_stale_is_a_setting(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    age(store, 10)
    assert not product(store, "A-100").stale
    store.settings.set("stale_after_days", 7)
    assert product(store, "A-100").stale and store.catalogue.search(wish("跑鞋"))[0].record.stale
    store.settings.set("stale_after_days", None)
    assert not product(store, "A-100").stale


# -- other kinds ------------------------------------------------------------


def test_rows_that_repeat_an_order_number_are_its_lines(store: Store, write: Write) -> None:
    orders = (
        "订单号,订单状态,下单时间,实付金额,快递公司,运单号\nSO1,已发货,2026/1/5,¥99.00,顺丰,SF123\n"
        "SO2,待付款,2026/1/6,¥5.00,,\n"
    )
    import_file(store, write("orders.csv", orders))
    items = (
        "id,order_sn,product_name,product_sku_code,product_price,product_quantity,product_attr\n"
        '1,SO1,跑鞋,A-1,49.50,1,"[{""key"":""颜色"",""value"":""黑""}]"\n2,SO2,杯子,C-1,5.00,1,\n3,SO1,袜子,B-1,49.50,2,\n'
    )
    report = import_file(store, write("order_items.csv", items))
    assert (report["kind"], report["read"], report["changed"], report["continued"]) == ("orders", 3, 2, 1)
    (order,) = store.catalogue.by_code("SO1")
    assert order.fields["lines"] == "跑鞋 (黑) (A-1) × 1 @ ¥49.50; 袜子 (B-1) × 2 @ ¥49.50"
    assert (order.fields["status"], order.fields["total"]) == ("已发货", "99.00")
    shopify = (
        "Name,Financial Status,Created at,Total,Currency,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n"
        "#1001,paid,2026-01-05,30.00,USD,1,Cup,10.00,CUP\n#1001,,,,,2,Mug,10.00,MUG\n"
    )
    import_file(store, write("orders_export.csv", shopify))
    (order,) = store.catalogue.by_code("#1001")
    assert (order.fields["lines"], order.fields["total"]) == ("Cup (CUP) × 1 @ $10.00; Mug (MUG) × 2 @ $10.00", "30.00")


def test_variants_with_blank_titles_go_on_with_the_product_above(store: Store, write: Write) -> None:
    text = (
        "Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,"
        "Variant Inventory Qty,Variant Price,Image Src\n"
        "coat,Rain Coat,<p>Dry &amp; warm</p>,Tarn,Coats,Color,Red,Size,M,RC-1,4,59.00,http://x.test/1.jpg\n"
        "coat,,,,,,Blue,,L,RC-2,0,61.00,\ncoat,,,,,,,,,,,,http://x.test/2.jpg\n"
        "lamp,Lamp,,Tarn,Lamps,Title,Default Title,,,,1,9.00,\n"
    )
    report = import_file(store, write("shopify.csv", text))
    assert (report["new"], report["rejected"], report["continued"]) == (3, 0, 1)
    blue = product(store, "RC-2")
    fields = [blue.title, *(blue.fields[name] for name in ("color", "size", "brand", "description"))]
    assert fields == [
        "Rain Coat", "Blue", "L", "Tarn", "Dry & warm",
    ]  # fmt: skip
    assert len(store.catalogue.variants_of(blue)) == 2


def test_promotions_of_every_sort(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", "id,sku,name,price\n7,G-7,保温杯,50\n"))
    text = (
        "code,title,type,threshold,discount,starts,ends\nF,满减,满减,300,50,2026-01-01,2026-12-31\n"
        "P,会员九折,折扣,,9折,2026-01-01,\n"
        "C,新人券,优惠券,100,20,,\nB,买二送一,捆绑,,,,\nR,反了,折扣,,10%,2026-05-01,2026-01-01\n"
    )
    report = import_file(store, write("promotions.csv", text))
    types = {record.key: record.fields["type"] for record in store.catalogue.records("promotions")}
    assert types == {"F": "full_reduction", "P": "percentage", "C": "coupon", "B": "bundle", "R": "percentage"}
    assert [remark["code"] for remark in report["suspicious"]] == ["suspicious_dates_reversed"]  # type: ignore[attr-defined]
    ladder = "id,product_id,count,discount,price\n1,7,3,0.70,0.00\n2,7,5,0.50,0.00\n3,8,0,0.00,0.00\n"
    report = import_file(store, write("product_ladder.csv", ladder))
    assert (report["new"], [remark["code"] for remark in report["rejections"]]) == (2, ["row_without_promotion"])  # type: ignore[attr-defined]
    steps = [record for record in store.catalogue.records("promotions") if record.fields["type"] == "ladder"]
    assert [(record.title, record.fields["discount"], record.fields["scope"]) for record in steps] == [
        ("满 3 件 7 折 · 保温杯", "30%", "保温杯"), ("满 5 件 5 折 · 保温杯", "50%", "保温杯"),
    ]  # fmt: skip


def test_stores_answers_barcodes_attributes_and_lists(store: Store, write: Write) -> None:
    import_file(
        store,
        write(
            "goods.csv",
            "id,sku,name,brand_id,price,stock,store\n7,G-7,保温杯,3,50,2,南京店\n7,G-7,保温杯,3,50,9,上海店\n",
        ),
    )
    assert [record.fields["stock"] for record in store.catalogue.by_code("G-7")] == [9, 2]
    assert import_file(store, write("门店.csv", "门店名称,地址,电话\n南京店,中山路 1 号,025-1\n"))["kind"] == "stores"
    assert (
        import_file(store, write("faq.csv", "question,answer,approved by\nOpen on Sunday?,Yes.,Kim\n"))["kind"]
        == "answers"
    )
    (answer,) = store.catalogue.records("answers")
    assert (answer.title, answer.fields["answer"], answer.fields["approved_by"]) == ("Open on Sunday?", "Yes.", "Kim")
    barcodes = "sku,barcode\nG-7,6901234567892\nG-7,6901234567908\n"
    assert import_file(store, write("barcodes.csv", barcodes))["kind"] == "barcodes"
    assert {record.key for code in ("6901234567892", "6901234567908") for record in store.catalogue.by_code(code)} == {
        "G-7"
    }
    assert store.catalogue.by_code("G-7")[0].fields["barcode"] == "6901234567892"
    traits = "id,goods_id,attribute,value\n1,7,材质,316 钢\n2,7,产地,中国\n3,99,产地,中国\n"
    report = import_file(store, write("goods_attribute.csv", traits))
    assert (report["kind"], report["changed"], report["rejected"]) == ("attributes", 2, 1)
    assert store.catalogue.by_code("G-7")[0].attributes == {"材质": "316 钢", "产地": "中国"}
    brands = import_file(store, write("brand.csv", "id,name,desc,pic_url\n3,暖山,,http://x.test\n"))
    assert brands["kind"] == "lists" and store.catalogue.by_code("G-7")[0].fields["brand"] == "暖山"
    for batch in (6, 5, 4, 3, 2):
        store.importer.undo(batch)
    record = store.catalogue.by_code("G-7")[0]
    assert (record.fields["barcode"], record.fields["brand"], record.attributes) == (None, None, {})


@pytest.mark.parametrize("first", ["a_goods_attribute.csv", "z_goods_attribute.csv"])
def test_attributes_find_products_of_the_same_file_wherever_they_stand_in_it(
    store: Store, tmp_path: Path, first: str
) -> None:
    path = tmp_path / "shop.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(first, "id,goods_id,attribute,value\n1,1,材质,竹\n2,2,容量,300 毫升\n3,9,材质,铁\n")
        file.writestr("goods.csv", "id,goods_sn,name,retail_price\n1,G-1,竹砧板,39\n2,G-2,陶瓷杯,19\n")
    report = import_file(store, path)
    assert (report["new"], report["changed"], report["rejected"]) == (2, 2, 1)
    assert store.catalogue.by_code("G-2")[0].attributes == {"容量": "300 毫升"}


def test_a_row_that_is_rejected_is_not_missing_from_the_file(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", "sku,name,price\nG-1,Cup,5\nG-2,Mug,6\nG-3,Jug,7\n"))
    plan = store.importer.plan(write("again.csv", "sku,name,price\nG-1,Cup,five\nG-2,Mug,6\nX-9,Pan,-1\n"))
    assert (plan.report.counts.rejected, plan.report.counts.missing) == (2, 1)
    assert [change.key for change in plan.changes(sort="missing")] == ["G-3"]


def test_the_only_specification_of_a_product_takes_no_measure_away(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", "id,goods_sn,name,retail_price\n7,G-7,床品,99\n8,G-8,枕头,59\n"))
    for name, column, rows in (
        ("goods_attribute.csv", "attribute", "1,7,规格,150*200cm\n2,8,填充,羽绒\n"),
        ("goods_specification.csv", "specification", "1,7,规格,标准\n2,8,规格,标准\n"),
    ):
        import_file(store, write(name, f"id,goods_id,{column},value\n{rows}"), kind="attributes")
    told = {record.key: dict(record.attributes) for record in store.catalogue.records("product")}
    assert told == {"G-7": {"规格": "150*200cm"}, "G-8": {"填充": "羽绒", "规格": "标准"}}


# -- power cuts ------------------------------------------------------------


def kill_at_random(path: Path, big: Path, rows: int, moments: list[float]) -> set[int]:
    """Kill an import `moments` seconds after it began, each time; how many products there were after each kill."""
    code = (
        "import sys; from pathlib import Path; from shopdesk.store import open_store\n"
        "s = open_store(Path(sys.argv[1])); p = s.importer.plan(Path(sys.argv[2])); print('go', flush=True)\n"
        "s.importer.commit(p); print('done', flush=True); import time; time.sleep(60)\n"
    )
    with open_store(path) as store:
        before, known = content(store), store.catalogue.total("products")
    outcomes = set()
    for moment in moments:
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(big)], stdout=subprocess.PIPE, cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )  # fmt: skip
        assert child.stdout is not None and child.stdout.readline() == b"go\n"
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with open_store(path) as store:
            total = store.catalogue.total("products")
            outcomes.add(total)
            assert total in (known, known + rows)
            assert (content(store) == before) == (total == known)
            assert store.catalogue.frequencies(["sock"])["sock"] == total - known
            if total != known:
                store.importer.undo(store.importer.batches()[0].id)
                assert [row for row in content(store) if row not in before] == []
    return outcomes


@pytest.mark.skipif(not os.environ.get("SHOPDESK_MANY_KILLS"), reason="takes many minutes; set SHOPDESK_MANY_KILLS")
@pytest.mark.timeout(3600)
def test_two_hundred_kills_leave_exactly_before_or_after(tmp_path: Path, write: Write) -> None:
    path, dice = tmp_path / "shop.db", random.Random(4)
    with open_store(path) as store:
        import_file(store, write("a.csv", GOODS_ZH))
    rows = "".join(f"N-{number},Grey Sock number {number},{number % 90 + 1}\n" for number in range(6000))
    big = write("big.csv", "sku,name,price\n" + rows)
    outcomes = kill_at_random(path, big, 6000, [dice.uniform(0, 1.0) for _ in range(200)])
    assert outcomes == {3, 6003}


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(store: Store, write: Write) -> None:
    import_file(store, write("a.csv", GOODS_ZH))
    before = content(store)
    rows = "".join(f"N-{n},Grey Sock number {n} in a drawer,{n % 90 + 1}\n" for n in range(4000))
    plan = store.importer.plan(write("big.csv", "sku,name,price\n" + rows))
    with store._database.read() as db:
        pages = int(db.execute("PRAGMA page_count").fetchone()[0])
    store._database.connection().execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreError) as caught:
        store.importer.commit(plan)
    assert caught.value.code == "store_disk_full"
    store._database.connection().execute("PRAGMA max_page_count = 1073741823")
    assert content(store) == before and len(store.importer.batches()) == 1


def test_what_a_killed_import_left_behind_goes_with_the_next_one(
    store: Store, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    orphan, own = tmp_path / f"shopdesk-import-{ended.pid}-x.db", tmp_path / f"shopdesk-import-{os.getpid()}-x.db"
    orphan.touch()
    own.touch()
    store.importer.plan(write("a.csv", GOODS_ZH)).close()
    assert not orphan.exists() and own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_no_room_for_temporary_files_is_told(store: Store, write: Write) -> None:
    import resource

    import_file(store, write("a.csv", GOODS_ZH))
    before = content(store)
    big = write(
        "big.csv", "sku,name,price\n" + "".join(f"N-{n},Grey Sock number {n},{n % 90 + 1}\n" for n in range(4000))
    )

    def temporary() -> set[Path]:
        return set(Path(tempfile.gettempdir()).glob(f"shopdesk-import-{os.getpid()}-*"))

    others = temporary()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(StoreError) as caught:
            store.importer.plan(big)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.code == "store_disk_full"
    assert content(store) == before and temporary() <= others


def test_bytes_of_a_program_are_no_text(store: Store, tmp_path: Path) -> None:
    (tmp_path / "noise.csv").write_bytes(random.Random(3).randbytes(50_000))
    with pytest.raises(ImportFault) as caught:
        store.importer.plan(tmp_path / "noise.csv")
    assert caught.value.code == "import_not_text"
