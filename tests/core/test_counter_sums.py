"""Sums as they come up at the counter: with an offer, by the box, added to what was spoken of; orders and stores by
what people call them."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.types import Exchange
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store, open_store

GOODS = """Code,Product,Group,Maker,Size,Price,Trade,Box price,Box qty,Stock,Where kept
K1,Diamond Kite,Kites,Aloft,Small,18.00,15.00,,,6,Wall
K2,Diamond Kite,Kites,Aloft,Large,27.00,22.00,,,3,Wall
K3,Parafoil,Kites,Aloft,,64.00,55.00,,,2,Wall
K4,Line Winder,Spares,Aloft,,4.50,3.60,40.00,10,30,Drawer
K5,Kite Line,Spares,Aloft,50 m,6.00,4.90,55.00,10,18,Drawer
K6,Repair Tape,Spares,Aloft,,3.20,2.60,,,25,Drawer
"""
CHINESE_GOODS = """货号,品名,分类,售价,会员价,整箱价,每箱数,库存
H1,竹蜻蜓,玩具,6.00,5.00,60.00,12,40
H2,空竹,玩具,45.00,40.00,,,9
H3,抖轴绳,配件,8.00,7.00,75.00,10,22
"""
OFFERS = """Code,Promotion,Type,Threshold,Discount,Start,End,Scope,Details
SP10,Spares 10% off,percent_off,,10%,2026-11-01,2026-12-31,Spares,10% off all spares.
KI8,£8 off kites over £60,full_reduction,60,8,2026-11-01,2026-12-31,Kites,£8 off kites when they come to £60.
PJ,配件活动85折,percent_off,,15%,2026-11-01,2026-12-31,配件,配件一律85折。
"""
ORDERS = """Order,Status,Placed,Total,Due,Customer,Items,Taken by
W-11,Frame being glued,2026-11-16,64.00,2026-11-28,Ada Quill,Parafoil x 1,Bram
W-13,配线中,2026-11-19,45.00,2026-11-25,周姐风筝店,空竹 × 1,Sue
W-12,Ready at counter,2026-11-18,27.00,2026-11-22,Mr Thorne,Diamond Kite Large x 1,Sue
"""
STORES = """Branch,Address,Phone,Hours,Sunday,Manager
Pier Stall,North Pier stall 4,01753 4411,9am-6pm,10am-2pm,Bram
Hill Shop,12 Beacon Road,01753 4422,9am-5pm,Closed,Sue
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    folder: Path = tmp_path_factory.mktemp("counter")
    with open_store(folder / "shop.db") as store:
        tables = {"goods": GOODS, "货品": CHINESE_GOODS, "promotions": OFFERS, "orders": ORDERS, "stores": STORES}
        for name, text in tables.items():
            _import(store, folder / f"{name}.csv", text)
        yield Planner(store.catalogue, lambda: date(2026, 11, 21))


def _import(store: Store, path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(csv.reader(io.StringIO(text)))
    store.importer.commit(store.importer.plan(path))


def answer(planner: Planner, *turns: str) -> str:
    history: Sequence[Exchange] = []
    said = ""
    for turn in turns:
        plan = planner.plan(turn, history)
        said = exact_answer(plan)
        history = [*history, Exchange(turn, said, plan.facts)]
    return said


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        # promotions by what they are for, what they take off, or only as "the deal"
        (["line winder on the spares deal"], "4.05"),
        (["two line winders once the 10%'s off"], "8.10"),
        (["three repair tapes with the ten percent"], "8.64"),
        (["the parafoil after the £8"], "56.00"),
        (["price of the repair tape?", "two of them with the offer"], "5.76"),
        (["抖轴绳两根按配件活动价多少"], "13.60"),
        # goods that are taken by the box
        (["how much is a box of kite line"], "55.00"),
        (["two boxes of line winders"], "80.00"),
        (["a box of repair tape, how much"], "3.20"),
        (["how many in a box of kite line"], "10"),
        (["竹蜻蜓一箱多少钱"], "60.00"),
        (["竹蜻蜓一个多少"], "6.00"),
        (["空竹多少钱", "那来三个,按会员价"], "120.00"),
        (["抖轴绳什么价", "一箱呢"], "75.00"),
        (["how much is the parafoil", "three, trade price"], "165.00"),
        # baskets that go on from what was spoken of, or only name goods
        (["price of a line winder", "two of those and a repair tape"], "12.20"),
        (["how much is the parafoil", "add 2 repair tapes to that"], "70.40"),
        (["空竹多少钱", "再加一根抖轴绳"], "53.00"),
        (["a parafoil with a line winder"], "68.50"),
        (["空竹加抖轴绳,多少钱"], "53.00"),
        # what the goods are for, or which sort is meant, told beside them; measures that are cut off
        (["开新店,空竹2个抖轴绳3根多少钱"], "114.00"),
        (["俩空竹仨抖轴绳"], "114.00"),
        (["孩子要一个空竹一根抖轴绳,一共几块"], "53.00"),
        (["two diamond kites, the large, and a parafoil"], "118.00"),
        (["a parafoil and a repair tape, before any discount"], "67.20"),
        (["parafoil and repair tape before the ten percent"], "67.20"),
        (["空竹多少钱", "抖轴绳呢", "两根一起"], "53.00"),
        (["price of the parafoil", "and the line winder", "two of each"], "137.00"),
        (["抖轴绳多少", "来6根", "打完折呢"], "40.80"),
        # what is saved on one of a shop's prices
        (["空竹会员能便宜多少"], "5.00"),
        (["how much would trade save on the parafoil"], "9.00"),
        (["price of the parafoil", "trade?", "so how much do they save"], "9.00"),
        # orders by their goods and by who wrote them, stores by what they are called for short
        (["风筝店周姐的空竹配好了吗"], "配线中"),
        (["how's the parafoil coming on"], "Frame being glued"),
        (["who took Ada Quill's order"], "Bram"),
        (["is Mr Thorne's kite here to collect"], "Ready at counter"),
        (["what time does the pier one open"], "9am"),
        (["is the Beacon Road place open on Sunday"], "Closed"),
        (["who runs the stall on the pier"], "Bram"),
    ],
)
def test_what_is_asked_at_the_counter(planner: Planner, turns: list[str], text: str) -> None:
    assert text in answer(planner, *turns)


def test_goods_that_are_not_there_make_no_sum(planner: Planner) -> None:
    assert planner.plan("a parafoil with a wind sock").intent != "computed"


def test_what_has_no_price_but_the_tag_costs_what_the_tag_says(tmp_path: Path) -> None:
    text = "款号,品名,吊牌价,到手价,库存\nA1,布老虎,60.00,48.00,3\nA2,拨浪鼓,25.00,,5\n"
    with open_store(tmp_path / "shop.db") as store:
        _import(store, tmp_path / "goods.csv", text)
        planner = Planner(store.catalogue, lambda: date(2026, 11, 21))
        assert "73.00" in answer(planner, "布老虎一个拨浪鼓一个,一共多少")
        assert "48.00" in answer(planner, "布老虎多少钱")
