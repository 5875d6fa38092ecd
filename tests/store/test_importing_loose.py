"""Columns in words of a trade of its own: found by what the words speak of, where the values agree."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from shopdesk.store import Store
from tests.store.conftest import Write, import_file
from tests.store.test_importing_sources import product

WOOD = """Stock code,Description,Range,Was,Sell,Drawer
Q-1,Oak tray,Kitchen,9.00,7.50,D4
Q-2,Ash bowl,Kitchen,,12.00,D4
Q-3,Elm ladle,Table,,6.00,D9
Q-4,Elm spoon,Table,,4.00,D9
"""
TEA = """茶号,茶名,茶类,茶厂,售价,活动前售价,茶柜位置
C1,云雾一号,绿茶,山前茶厂,68,88,左三
C2,云雾二号,绿茶,山前茶厂,98,,左三
C3,老树春,红茶,河湾茶厂,120,150,右一
C4,老树秋,红茶,河湾茶厂,90,,右一
"""
BREAD = """Catalog #,Product,Group,Unit price,List,Shelf life,Calories
B/10,Rye loaf,Bread,3.20,3.80,3 days,240
B/11,Bun,Sweet,1.10,,1 day,310
B/12,Oat loaf,Bread,3.90,,3 days,225
"""
ORDERS = """Order,State,Ordered,To pay,Collect on,Name,Contents
O-77,Ready,2026-11-02,77.00,2026-11-05,Ida Moe,Pads x 2
"""
OFFERS = """活动代码,标题,优惠方式,门槛金额,优惠额度,起,止,内容
A1,满百减十,full_reduction,100,10,2026-11-01,2026-11-30,满100减10。
"""
FISH = """Tag,Catch,Counter,Sold by,Price,Position,Published
11,Cod loin,White fish,kg,18.50,Ice 1,true
12,Hake steak,White fish,kg,16.00,Ice 1,true
13,Queen scallop,Shellfish,piece,1.20,Ice 4,false
"""
MAPS = """ISBN,Title,Genre,Our price,Published
9780306406157,Hill Walks,Walking,9.99,2023
9781861972712,Hill Walks,Walking,14.99,2025
9780136091813,Old Ports,Sailing,12.50,2021
"""
LAMPS = """sku,name,price,Shelf note,Color temp,Age range,色温,批准文号
L1,Lamp,9.00,top,2700K,3+,暖,X1
L2,Bulb,4.00,top,4000K,6+,冷,X2
"""


def fields_of(store: Store, write: Write, name: str, text: str) -> str:
    """The columns of a file, each with its field, in the order of the header; `-` for an attribute."""
    mapping = import_file(store, write(name, text))["mapping"]
    assert isinstance(mapping, Mapping)
    field = {header: field for field, header in mapping.items()}
    return " ".join(field.get(header, "-") for header in text.splitlines()[0].split(","))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (WOOD, "sku name category list_price price location"),
        (TEA, "sku name category brand price list_price location"),
        (BREAD, "sku name category price list_price - -"),
        (FISH, "- name category unit price location -"),
        (MAPS, "barcode name category price -"),
        (LAMPS, "sku name price - - - - -"),
    ],
)
def test_what_a_trade_calls_its_columns(store: Store, write: Write, text: str, fields: str) -> None:
    assert fields_of(store, write, "goods.csv", text) == fields


def test_what_only_sounds_like_a_field_stays_an_attribute(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", LAMPS))
    assert product(store, "L1").attributes["Color temp"] == "2700K"


def test_goods_that_have_but_a_barcode_go_by_it_and_keep_the_year(store: Store, write: Write) -> None:
    import_file(store, write("books.csv", MAPS))
    assert {record.key for record in store.catalogue.records("product")} == {row[:13] for row in MAPS.split("\n")[1:4]}
    assert product(store, "9780136091813").attributes["Published"] == "2021"


def test_a_barcode_that_the_user_calls_the_code_is_both(store: Store, write: Write) -> None:
    import_file(store, write("books.csv", MAPS), mapping={"sku": "ISBN"})
    assert product(store, "9780136091813").fields["barcode"] == "9780136091813"


def test_what_a_shop_system_keeps_for_itself_is_left_out(store: Store, write: Write) -> None:
    import_file(store, write("fish.csv", FISH))
    assert all("Published" not in record.attributes for record in store.catalogue.records("product"))


def test_depots_that_count_are_stores(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", "sku,name,price,North depot,河西店\nP1,Pads,38.50,14,6\nP2,Disc,52.00,0,3\n"))
    counted = {record.fields["store"]: record.fields["stock"] for record in store.catalogue.by_code("P1")}
    assert counted == {"North depot": 14, "河西店": 6}


def test_orders_and_offers_in_a_shops_own_words(store: Store, write: Write) -> None:
    orders = fields_of(store, write, "orders.csv", ORDERS)
    assert orders == "number status placed_at total expected_at customer lines"
    by_reference = fields_of(store, write, "orders.csv", ORDERS.replace("Order,", "Ref,"))
    assert by_reference == orders
    offers = fields_of(store, write, "promotions.csv", OFFERS)
    assert offers == "code title type threshold discount starts ends body"


@pytest.mark.parametrize(("price", "currency"), [("Till price GBP", "GBP"), ("Price £", "GBP"), ("Preis (EUR)", "EUR")])
def test_the_currency_that_a_heading_says(store: Store, write: Write, price: str, currency: str) -> None:
    import_file(store, write("goods.csv", f"sku,name,{price},stock\nP1,Pads,38.50,14\n"))
    assert product(store, "P1").fields["currency"] == currency


def test_the_price_for_everybody_goes_before_that_for_members(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", "货号,品名,会员价,门市价(元)\nQ1,竹笛,120,150\n"))
    record = product(store, "Q1")
    assert (record.fields["price"], record.attributes["会员价"]) == ("150.00", "120")


def test_a_column_of_times_with_a_word_among_them_is_no_price(store: Store, write: Write) -> None:
    rows = "".join(f"N{i},果仁{i}号,{3 + i}.50,{i + 4},送给第{i}位客人的礼,{i * 7 % 17 + 3}个月\n" for i in range(15))
    import_file(store, write("nuts.csv", f"编号,商品,零售价,库存,配什么,保质期\n{rows}N99,湖盐,2.00,9,炒菜,长期\n"))
    assert product(store, "N99").fields["price"] == "2.00"


def test_amounts_under_a_word_nobody_foresaw_are_the_price(store: Store, write: Write) -> None:
    header = "Sticker,Thing,Cost,Was,Tag says,On the shop floor,Pack\n"
    import_file(store, write("seed.csv", header + "K1,Finch seed,3.10,6.50,5.80,12,2 kg\nK2,Suet,1.20,,2.90,0,500 g\n"))
    fields = product(store, "K1").fields
    assert (fields["price"], fields["list_price"], fields["stock"], fields["size"]) == ("5.80", "6.50", 12, "2 kg")


def test_who_ordered_is_no_number_of_an_order(store: Store, write: Write) -> None:
    rows = "Name,Job,Wants,Stage,Raised,Comes in\nTess Oram,J-61,Skates x 1,On order,2026-11-02,2026-12-04\n"
    rows += "Bo Lund,J-62,Pads x 2,Ready,2026-11-04,2026-11-20\n"
    import_file(store, write("orders.csv", rows))
    (order,) = store.catalogue.by_code("J-61")
    assert order.fields["customer"] == "Tess Oram"


@pytest.mark.parametrize(
    "heads",
    [
        "Item No.,Full description,Price,Qty on hand,Bin",
        "货号,货品描述,单价,现有量,存放处",
        "编码,商品描述,售价,账面数量,摆放地点",
    ],
)
def test_a_description_names_the_goods_where_nothing_else_does(store: Store, write: Write, heads: str) -> None:
    goods = ("Oolong, light roast 250 g", "Lapsang gift box", "Silver needle, 50 g", "Jasmine bags x20")
    rows = "".join(f'TE-{n},"{name}",{12 + n}.80,{n + 3},E-{n}\n' for n, name in enumerate(goods))
    import_file(store, write("teas.csv", f"{heads}\n{rows}"))
    record = product(store, "TE-1")
    assert (record.title, record.fields["stock"], record.fields["location"]) == ("Lapsang gift box", 4, "E-1")


def test_how_goods_are_kept_is_no_place_on_a_shelf(store: Store, write: Write) -> None:
    rows = "".join(f"TE-{n},茶{n}号,{12 + n}.80,密封避光\n" for n in range(4))
    import_file(store, write("teas.csv", f"编码,品名,售价,存放方式\n{rows}"))
    assert product(store, "TE-1").attributes["存放方式"] == "密封避光"
