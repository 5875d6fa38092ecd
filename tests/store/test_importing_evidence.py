"""Tables whose columns are called in words nobody foresaw are known by their values."""

from __future__ import annotations

import pytest

from shopdesk.store import Store
from tests.store.conftest import Write, import_file

ORDERS = """提货单,东家,拿了啥,共计,走到哪步,约哪天,记下
TH-1,周阿姨,竹椅 × 2,120.00,待上门,2026-11-24,2026-11-20
TH-2,老郑,藤篮 × 1; 竹椅 × 1,98.50,已上门,2026-11-22,2026-11-19
TH-3,冯女士,草席 × 4,260.00,制作中,2026-11-30,2026-11-21
"""
JOBS = """Docket,Whose,Wants,Comes to,Where it is,Wanted by,Written up
T-1,Mrs Lowe,Oak stool x 2,120.00,Ready,2026-11-24,2026-11-20
T-2,Sam Pike,Ash bench x 1; Oak stool x 1,98.50,Being sanded,2026-11-22,2026-11-19
T-3,Dr Hill,Elm tray x 4,260.00,Awaiting timber,2026-11-30,2026-11-21
"""
OFFERS = """Tag,Headline,Sort,Once over,You save,Live,Over,On what,Small print
WARM,Warm week,percent_off,,10%,2026-11-10,2026-11-20,Throws,Ten per cent off all throws.
BIG,Big basket,full_reduction,80,15,2026-11-12,2026-12-01,Baskets,Fifteen off when baskets come to 80.
"""
RULES = """事由,怎么办
坏了找谁,一年内坏了我们包修，人为的收工本费。
能不能换,七天内没用过可以换，要带小票。
"""
BRANCHES = """网点,在哪,座机,几点到几点
河东,河东大街18号,0535-6610118,7:30-21:00
河西,河西路22号,0535-6610119,8:00-20:30
"""
GOODS = """行号,叫什么,料子,零售,仓库,卖点
Z-101,竹编椅子,竹,68.00,12,轻便
Z-102,藤编篮子,藤,45.00,0,结实
Z-103,草编席子,草,88.00,7,凉快
Z-104,竹编篮子,竹,39.00,21,轻便
"""


@pytest.mark.parametrize(
    ("text", "kind", "mapping"),
    [
        (ORDERS, "orders", {"number": "提货单", "customer": "东家", "lines": "拿了啥", "total": "共计",
                            "status": "走到哪步", "expected_at": "约哪天", "placed_at": "记下"}),
        (JOBS, "orders", {"number": "Docket", "customer": "Whose", "lines": "Wants", "total": "Comes to",
                          "expected_at": "Wanted by", "placed_at": "Written up"}),
        (OFFERS, "promotions", {"code": "Tag", "title": "Headline", "type": "Sort", "threshold": "Once over",
                                "discount": "You save", "starts": "Live", "ends": "Over", "scope": "On what",
                                "body": "Small print"}),
        (RULES, "policies", {"title": "事由", "body": "怎么办"}),
        (BRANCHES, "stores", {"name": "网点", "address": "在哪", "phone": "座机", "hours": "几点到几点"}),
        (GOODS, "products", {"sku": "行号", "name": "叫什么", "price": "零售", "stock": "仓库"}),
    ],
)  # fmt: skip
def test_a_table_is_known_by_its_values(
    store: Store, write: Write, text: str, kind: str, mapping: dict[str, str]
) -> None:
    (part,) = store.importer.look(write("table.csv", text)).parts
    assert part.kind == kind
    assert {field: part.mapping.get(field) for field in mapping} == mapping


def test_a_code_that_repeats_and_has_no_figure_is_none(store: Store, write: Write) -> None:
    goods = "Tag,Item,Material,Price\nQ-1,Stool,Oak,20.00\nQ-2,Bench,Ash,45.00\nQ-3,Tray,Oak,9.00\n"
    (part,) = store.importer.look(write("goods.csv", goods)).parts
    assert part.mapping["sku"] == "Tag" and "Material" in part.attributes


def test_rules_put_as_questions_are_what_their_file_says(store: Store, write: Write) -> None:
    text = "Question,Answer\nDo you mend chairs?,Yes. Bring them in on a Monday.\nDo you deliver?,For £8.\n"
    assert store.importer.look(write("policies.csv", text)).parts[0].kind == "policies"
    assert store.importer.look(write("faq.csv", text)).parts[0].kind == "answers"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("店名,地址,电话,早上开门,晚上关门\n东店,东街1号,0535-6610118,7:30,21:00\n西店,西街2号,0535-6610119,8:00,20:30\n",
         ["7:30-21:00", "8:00-20:30"]),
        (("Branch,Address,Phone,Weekdays,Sunday\nEast,1 East St,01539 700811,9am to 5.30pm,Closed\n"
         "West,2 West St,01768 700920,8am to 6pm,10am to 4pm\n"),
         ["Weekdays 9am to 5.30pm; Sunday Closed", "Weekdays 8am to 6pm; Sunday 10am to 4pm"]),
    ],
)  # fmt: skip
def test_hours_in_several_columns_are_one(store: Store, write: Write, text: str, hours: list[str]) -> None:
    import_file(store, write("stores.csv", text))
    stores = store.catalogue.stores()
    assert sorted(str(record.fields["hours"]) for record in stores) == sorted(hours)
    assert not any(record.attributes for record in stores)


def test_names_that_come_again_for_each_size_stand_beside_the_code(store: Store, write: Write) -> None:
    goods = (
        "Article,Garment,Size,Count,Case price,Each\nU-1,Wool jumper,S,4,90.00,9.50\n"
        "U-2,Wool jumper,M,2,90.00,9.50\nU-3,Wool jumper,L,0,90.00,9.90\nU-4,Rain coat,S,7,200.00,22.00\n"
    )
    (part,) = store.importer.look(write("uniform.csv", goods)).parts
    assert {part.mapping[field] for field in ("sku", "name", "price")} == {"Article", "Garment", "Each"}


def test_places_and_prices_in_a_shops_own_words(store: Store, write: Write) -> None:
    goods = "货号,品名,店里卖,厂家指导价,挂杆,库存\nHF-1,马面裙,268.00,328.00,3号杆,4\nHF-2,褙子,198.00,,1号杆,0\n"
    (part,) = store.importer.look(write("goods.csv", goods)).parts
    told = {field: part.mapping.get(field) for field in ("price", "list_price", "location")}
    assert told == {"price": "店里卖", "list_price": "厂家指导价", "location": "挂杆"}


@pytest.mark.parametrize(
    "table",
    [
        # a description that tells of what beside it are the names
        (
            "Tag,Thing,Make,Description,We ask,How many\nT1,Vice,Irwell,Swivel,59.00,3\nT2,Vice,Irwell,Fixed,49.00,2\n"
            "T3,Hand Plane,Orrin,Fixed,38.00,5\nT4,Marking Gauge,Orrin,Fixed,12.00,9\n"
        ),
        # a remark on a few of them, names under a word of the trade
        "藏号,藏品名,说明,出让价,现有\nA1,小碟,有修补,180.00,1\nA2,小碟,,220.00,2\nA3,笔筒,,460.00,1\nA4,镇纸,,95.00,4\n",
        # nothing that is known but the code and the price
        "货签,物件,归类,本店价,剩多少\nB1,藤编篮,篮,35.00,6\nB2,藤编篮,篮,48.00,3\nB3,竹匾,匾,22.00,8\nB4,笤帚,帚,15.00,9\n",
    ],
)
def test_names_stand_beside_the_code_whatever_they_are_called(store: Store, write: Write, table: str) -> None:
    header = table.splitlines()[0].split(",")
    (part,) = store.importer.look(write("goods.csv", table)).parts
    assert [part.mapping.get(field) for field in ("sku", "name", "price", "stock")] == [*header[:2], *header[-2:]]
