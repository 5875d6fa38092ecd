"""Files in the manner of tills, web shops and office programs, each read without a word about its layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shopdesk.core.ports import SearchWish
from shopdesk.core.types import Record
from shopdesk.store import Store
from shopdesk.store.importing import loose, values
from shopdesk.store.importing.headers import normal
from shopdesk.store.importing.spread import columns_of_sizes, columns_of_stores
from tests.store.conftest import Write, import_file
from tests.store.test_importing_sources import product, workbook


def of_stores(store: Store, code: str) -> dict[str, tuple[object, object]]:
    found = store.catalogue.by_code(code)
    return {str(record.fields["store"]): (record.fields["price"], record.fields["stock"]) for record in found}


def rows_of(store: Store, kind: str) -> list[Record]:
    return list(store.catalogue.records(kind, limit=100))


# -- stock of several stores --------------------------------------------------------------


def test_columns_of_stores_become_a_row_for_each_store(store: Store, write: Write) -> None:
    write_and_import(store, write, "till.csv", "sku,name,retail_price,inventory_Main_Outlet,reorder_point_Main_Outlet,"
                     "inventory_Harbour\n10021,Rain Shell,79.90,5,2,1\n10022,Rain Hat,19.90,,2,4\n")  # fmt: skip
    assert of_stores(store, "10021") == {"Main Outlet": ("79.90", 5), "Harbour": ("79.90", 1)}
    assert of_stores(store, "10022") == {"Harbour": ("19.90", 4)}


def test_stores_in_brackets_have_prices_of_their_own(store: Store, write: Write) -> None:
    text = """SKU,Name,Price [Uptown],In stock [Uptown],Price [Quay],In stock [Quay]
20001,Espresso Cup,6.50,14,7.00,2
20002,Mug,8,0,8.50,1
"""
    write_and_import(store, write, "items.csv", text)
    assert of_stores(store, "20001") == {"Uptown": ("6.50", 14), "Quay": ("7.00", 2)}


def test_chinese_columns_of_stores(store: Store, write: Write) -> None:
    text = """商品编码,商品名称,零售价,人民广场店库存,徐家汇店库存,库存合计,库存下限
C1,雨伞,49.00,3,0,3,5
C2,雨鞋,89.00,0,5,5,5
"""
    write_and_import(store, write, "各店.csv", text)
    assert of_stores(store, "C1") == {"人民广场店": ("49.00", 3), "徐家汇店": ("49.00", 0)}


@pytest.mark.parametrize(
    "header",
    [
        ["sku", "name", "stock", "stock status", "stock_on_order", "low stock"],
        ["编码", "名称", "可用库存", "锁定库存", "在途库存", "安全库存", "总库存"],
        ["sku", "name", "qty", "min qty", "max qty", "qty (pcs)"],
    ],
)
def test_other_counts_are_no_stores(header: list[str]) -> None:
    rows = [["A", "B", *["3"] * (len(header) - 2)]] * 4
    assert columns_of_stores(header, rows, {"sku": 0, "name": 1}) == {}


def test_the_only_store_of_a_till_is_the_shop(store: Store, write: Write) -> None:
    text = """Item Name,SKU,Price,Current Quantity Corner Shop,New Quantity Corner Shop
Canvas Tote,SQ-1,18.00,12,
"""
    write_and_import(store, write, "catalog.csv", text)
    assert product(store, "SQ-1").fields["stock"] == 12


def test_one_row_for_each_place_that_has_it(store: Store, write: Write) -> None:
    write_and_import(store, write, "inventory.csv", "Handle,Title,SKU,Location,Committed,Available,On hand\n"
                     "tee,Alder Tee,AT-S,Main Street,1,3,4\ntee,Alder Tee,AT-S,Harbour,1,8,9\n")  # fmt: skip
    assert {name: stock for name, (_, stock) in of_stores(store, "AT-S").items()} == {"Main Street": 3, "Harbour": 8}


# -- a special price beside the usual one ---------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "sku,name,price,special_price",
        "sku,name,price,Sale price",
        "货号,名称,售价,促销价",
        "sku,name,Preis,Aktionspreis",
    ],
)
def test_a_special_price_is_asked_where_there_is_one(store: Store, write: Write, header: str) -> None:
    write_and_import(store, write, "sale.csv", f"{header}\nA-1,Mug,20,15\nA-2,Cup,10,\nA-3,Jug,30,0\n")
    prices = {key: product(store, key).fields for key in ("A-1", "A-2", "A-3")}
    assert {key: fields["price"] for key, fields in prices.items()} == {"A-1": "15.00", "A-2": "10.00", "A-3": "30.00"}
    assert prices["A-1"]["list_price"] == "20.00" and prices["A-2"]["list_price"] is None


def test_a_special_price_of_some_days_is_no_price_and_the_preview_says_so(store: Store, write: Write) -> None:
    text = (
        "sku,name,price,special_price,special_price_from_date,special_price_to_date\n"
        "A-1,Mug,20,15,2026-01-01,2026-12-31\nA-2,Cup,10,,,\n"
    )
    report = write_and_import(store, write, "magento.csv", text)
    assert [(notice["code"], notice["field"]) for notice in report["notices"]] == [("notice_dated_price", "price")]  # type: ignore[attr-defined]
    mug = product(store, "A-1")
    assert (mug.fields["price"], mug.attributes["special_price"], mug.fields["barcode"]) == ("20.00", "15", None)


# -- stock of several sizes ------------------------------------------------------------------


def sizes_of(store: Store, *codes: str) -> dict[str, tuple[object, object]]:
    return {code: (product(store, code).fields["size"], product(store, code).fields["stock"]) for code in codes}


def test_columns_of_sizes_become_a_row_for_each_size(store: Store, write: Write) -> None:
    text = """款号,品名,颜色,零售价,S,M,L,XL,合计
K8,麂皮短裙,黑,199,2,0,,5,7
K8,麂皮短裙,驼,199,,1,1,,2
K9,亚麻衬衫,白,159,,3,4,,7
"""
    write_and_import(store, write, "尺码表.csv", text)
    assert sizes_of(store, "K8-黑-S", "K8-黑-M", "K8-黑-XL", "K8-驼-L", "K9-白-M") == {
        "K8-黑-S": ("S", 2), "K8-黑-M": ("M", 0), "K8-黑-XL": ("XL", 5), "K8-驼-L": ("L", 1), "K9-白-M": ("M", 3),
    }  # fmt: skip
    assert product(store, "K8-驼-L").fields["price"] == "199.00" and not store.catalogue.by_code("K8-黑-L")


def test_a_size_that_is_not_kept_is_no_size_and_looks_like_no_error(store: Store, write: Write) -> None:
    text = "SKU,Name,Price,S,M,L\nC-1,Cape,89,1,not stocked,3\nC-2,Coat,99,4,2,Not stocked\n"
    report = write_and_import(store, write, "capes.csv", text)
    assert {hit.key for hit in store.catalogue.records("product")} == {"C-1-S", "C-1-L", "C-2-S", "C-2-M"}
    assert report["suspicious"] == []


def test_columns_of_shoe_sizes(store: Store, write: Write) -> None:
    write_and_import(store, write, "shoes.csv", "SKU,Name,Price,38,39,40,40.5,41\nR-1,Trail Runner,89,1,,3,0,2\n")
    assert sizes_of(store, "R-1-38", "R-1-40", "R-1-40.5") == {
        "R-1-38": ("38", 1), "R-1-40": ("40", 3), "R-1-40.5": ("40.5", 0)
    }  # fmt: skip
    assert not store.catalogue.by_code("R-1-39")


@pytest.mark.parametrize(
    "header",
    [["sku", "name", "S", "M", "price"], ["sku", "name", "2024", "2025", "2026"], ["a", "b", "20", "45", "90"]],
)
def test_other_columns_are_no_sizes(header: list[str]) -> None:
    assert columns_of_sizes(header, [["A", "B", "3", "4", "5"]] * 4) == {}


# -- prices and counts -----------------------------------------------------------------------


def test_the_regular_price_holds_where_there_is_no_other(store: Store, write: Write) -> None:
    text = """SKU,Name,Stock,Sale price,Regular price,Attribute 1 name,Attribute 1 value(s)
cap,Wool Cap,14,16,18,Colour,Grey
belt,Leather Belt,3,,55,,
"""
    write_and_import(store, write, "wc.csv", text)
    cap, belt = product(store, "cap"), product(store, "belt")
    assert (cap.fields["price"], cap.fields["list_price"], cap.fields["color"]) == ("16.00", "18.00", "Grey")
    assert (belt.fields["price"], belt.fields["list_price"]) == ("55.00", None)


def test_a_makers_price_is_not_asked(store: Store, write: Write) -> None:
    write_and_import(store, write, "a.csv", "sku,name,price,msrp\nA,Kettle,,55\nB,Pot,20,25\n")
    assert product(store, "A").fields["price"] is None


def test_prices_with_tax_go_before_those_without(store: Store, write: Write) -> None:
    write_and_import(
        store, write, "p.csv", "Name;Reference;Price (tax excl.);Price (tax incl.);Quantity\nMug;demo;10.00;12.00;3\n"
    )
    write_and_import(
        store, write, "j.csv", "Artikelnummer;Artikelname;Netto-VK;Brutto-VK;Bestand\nJ-1;Helm;50,34;59,90;1.250\n"
    )
    assert product(store, "demo").fields["price"] == "12.00"
    helmet = product(store, "J-1").fields
    assert (helmet["price"], helmet["stock"], helmet["currency"]) == ("59.90", 1250, "EUR")


def test_what_the_shop_pays_is_no_price(store: Store, write: Write) -> None:
    text = """商品编码,商品名称,进价,批发价,门店零售单价,库存下限,当前库存
A1,洗衣液,18.5,22,29.9,5,36
A2,牙膏,3,4,7.5,5,0
"""
    write_and_import(store, write, "档案.csv", text)
    assert (product(store, "A1").fields["price"], product(store, "A1").fields["stock"]) == ("29.90", 36)
    for title in ("成本单价", "库存金额"):
        named: dict[str, int] = {}
        loose.fill("product", named, [title], [["1.50"], ["3.00"]])
        assert named == {}


def test_a_price_of_35_digits_rejects_its_row_alone(store: Store, write: Write) -> None:
    report = write_and_import(store, write, "a.csv", f"sku,name,price\nA,Tea,{'9' * 35}\nB,Mug,5\nC,Cup,1{'0' * 12}\n")
    assert (report["new"], report["rejected"]) == (2, 1)
    assert report["rejections"][0]["code"] == "row_amount_unread"  # type: ignore[index]


def test_counts_and_dates_as_people_write_them() -> None:
    assert values.read_stock("1.250", decimal_comma=True) == values.Stock(1250, None)
    assert values.read_stock("12.000") == values.Stock(12, None)
    assert values.read_stock("out_of_stock") == values.Stock(0, False)
    assert values.read_date("01.11.2026") == "2026-11-01"
    assert values.read_date("20261101") == "2026-11-01"
    assert values.read_date("Nov 1, 2026") == values.read_date("1-Nov-2026") == "2026-11-01"
    assert values.read_date("13/02/2026 08:00") == "2026-02-13T08:00"
    assert values.read_date("3/4/2026") == "3/4/2026"
    assert values.read_date("99.99.2026") == "99.99.2026"


# -- currencies ----------------------------------------------------------------------------------


def test_a_table_of_numbers_has_the_currency_of_the_shop(store: Store, write: Write) -> None:
    write_and_import(store, write, "goods.csv", "id,name,price\n7,云朵跑鞋,1299\n")
    write_and_import(store, write, "reduction.csv", "id,product_id,full_price,reduce_price\n1,7,100.00,20.00\n")
    (promotion,) = rows_of(store, "promotions")
    assert promotion.fields["currency"] == "CNY" and "¥100" in promotion.title


def test_options_in_chinese_tell_the_currency(store: Store, write: Write) -> None:
    write_and_import(store, write, "sku.csv", "id,goods_id,specifications,price,number,url\n"
                     '1,11,"[""浅杏粉"",""大号""]",999.00,3,http://example.com/abcdefghijklmnop.png\n')  # fmt: skip
    assert product(store, "1").fields["currency"] == "CNY"


# -- headers ---------------------------------------------------------------------------------------


def test_a_header_in_two_languages_is_one_header(store: Store, write: Write) -> None:
    text = (
        "version 1.00\ntitle\tprice\tnum\tdescription\touter_id\n宝贝名称\t宝贝价格\t宝贝数量\t宝贝描述\t商家编码\n"
        "风衣 中长款\t299.00\t35\t修身\tFY-01\n"
    )
    report = write_and_import(store, write, "taobao.csv", text, "utf-16")
    assert (report["read"], report["rejected"]) == (1, 0)
    assert (product(store, "FY-01").fields["price"], product(store, "FY-01").fields["stock"]) == ("299.00", 35)


def test_a_cover_sheet_is_no_product(store: Store, tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "封面": [["2026 秋季商品资料"], ["制表：王敏"]],
        "商品": [["秋季价目表"], ["款号", "品名", "零售价"], ["QX-01", "风衣", 719.2]],
    }
    report = import_file(store, workbook(tmp_path / "秋季.xlsx", sheets))
    assert report["new"] == 1 and [part["skipped"] is None for part in report["parts"]] == [False, True]  # type: ignore[attr-defined]


def test_a_path_in_a_header_ends_in_its_first_part() -> None:
    assert normal("Unit of Measure/Display Name") == normal("Unit of Measure")


def test_numbers_of_nothing_are_no_products(store: Store, write: Write) -> None:
    dump = [
        {"model": "offer.offer", "pk": 1, "fields": {"name": "Spring", "discount": "10%", "start_date": "2026-03-01"}},
        {"model": "offer.condition", "pk": 1, "fields": {"type": "Count", "range": 2, "value": "3"}},
    ]
    report = write_and_import(store, write, "offers.json", json.dumps(dump))
    assert (report["new"], report["rejected"]) == (1, 0)


def test_a_table_in_html_may_stand_in_one_line(store: Store, write: Write) -> None:
    rows = [["商品编码", "商品名称", "售价"], ["H1", "碗&amp;碟", "39"], ["H2", "杯", "15.8"]]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    write_and_import(store, write, "export.xls", f"<html><table>{cells}</table></html>", "gbk")
    assert product(store, "H1").title == "碗&碟" and product(store, "H2").fields["price"] == "15.80"


# -- JSON ----------------------------------------------------------------------------------------------


def test_objects_that_name_one_thing_are_its_name(store: Store, write: Write) -> None:
    item = {
        "id": 7, "title": "Brass Lamp", "brand": {"id": 3, "name": "Ostrea"}, "inventory": {"quantity": 6},
        "variants": [{"sku": "BL-S", "price": {"amount": "129.50", "currency": "EUR"}, "stock": 2}],
    }  # fmt: skip
    write_and_import(store, write, "api.json", json.dumps({"data": {"items": [item]}}))
    lamp = product(store, "BL-S")
    assert (lamp.title, lamp.fields["brand"], lamp.fields["price"]) == ("Brass Lamp", "Ostrea", "129.50")
    assert (lamp.fields["currency"], lamp.fields["stock"]) == ("EUR", 2)


def test_parcels_of_an_order_tell_its_tracking_numbers(store: Store, write: Write) -> None:
    order = {
        "order_id": "#W1", "status": "delivered", "items": [{"name": "Lamp", "price": 5}],
        "fulfillments": [{"tracking_id": ["357962501027"], "item_ids": ["1"]}, {"tracking_id": ["4711"]}],
    }  # fmt: skip
    write_and_import(store, write, "orders.json", json.dumps({"#W1": order, "#W2": {**order, "order_id": "#W2"}}))
    (found,) = [record for record in rows_of(store, "orders") if record.key == "#W1"]
    assert found.fields["tracking"] == "357962501027, 4711"


def test_headings_within_headings_become_policies(store: Store, write: Write) -> None:
    steps = [
        {
            "type": "interaction",
            "text": "Ask the customer for the full name.",
            "subtext": ["Or for the account number."],
        }
    ]
    guide = {
        "Refunds": {
            "description": "how money goes back to customers",
            "subflows": {
                "Start a refund": {"actions": steps, "instructions": ["Wrap up by asking whether more is needed."]}
            },
        }
    }
    report = write_and_import(store, write, "guide.json", json.dumps(guide))
    assert report["kind"] == "policies"
    policies = {record.title: record.fields["body"] for record in rows_of(store, "policies")}
    assert set(policies) == {"Refunds", "Refunds › Start a refund"}
    assert "full name" in str(policies["Refunds › Start a refund"]) and "- Or for" in str(
        policies["Refunds › Start a refund"]
    )


# -- what belongs together -----------------------------------------------------------------------------


def test_variants_may_come_before_their_products(store: Store, write: Write) -> None:
    variants = write(
        "sku.csv", 'id,goods_id,specifications,price,number\n91,7,"[""红""]",10.00,3\n92,7,"[""蓝""]",11.00,4\n'
    )
    import_file(store, variants)
    assert product(store, "91").title == "91"
    write_and_import(store, write, "goods.csv", "id,goods_sn,name,brand,price\n7,G-7,棉床单,暖山,10.00\n")
    assert {product(store, code).title for code in ("91", "92")} == {"棉床单"}
    assert product(store, "91").fields["brand"] == "暖山"
    store.importer.undo(store.importer.batches()[0].id)
    assert product(store, "91").title == "91"


def test_thresholds_in_words(store: Store, write: Write) -> None:
    text = """活动名称,活动类型,门槛,优惠内容,开始时间
双十一,满减,满300元,减50元,2026/11/1
第二件半价,阶梯,2件,5折,2026/11/1
新客,优惠券,无门槛,10元,2026/11/1
"""
    write_and_import(store, write, "活动.csv", text)
    found = {record.title: record for record in rows_of(store, "promotions")}
    assert found["双十一"].fields["threshold"] == "300.00"
    assert found["第二件半价"].attributes["count"] == "2" and found["新客"].fields["threshold"] is None


def write_and_import(store: Store, write: Write, name: str, text: str, encoding: str = "utf-8") -> dict[str, object]:
    return import_file(store, write(name, text, encoding))


def test_names_without_any_word_are_found_again(store: Store, write: Write) -> None:
    names = ["😍", "・(￣∀￣)・:*:", "(╯°□°）╯︵ ┻━┻)", "'", "<>?{}|_+", "Mug"]
    text = "sku,name,price\n" + "".join(f"S-{place},{name},5\n" for place, name in enumerate(names))
    write_and_import(store, write, "signs.csv", text)
    for name in names:
        assert [hit.record.title for hit in store.catalogue.search(SearchWish(text=name))][:1] == [name]
