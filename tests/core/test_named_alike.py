"""Goods of one name that only a column of their own tells apart: told each, never added up in the place of another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from tests.core.planners import planner_of

PRODUCTS = """编号,品名,售价,库存,粗细,适用
K-1,毛衣针 竹制,12.00,20,3mm,棒针
K-2,毛衣针 竹制,15.00,8,5mm,棒针
K-3,毛衣针 竹制,15.00,4,6mm,棒针
Y-1,羊毛线团,28.00,9,,钩针
Y-2,棉线团,16.00,30,,钩针
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with planner_of(tmp_path_factory.mktemp("alike"), {"货品.csv": PRODUCTS}) as planner:
        yield planner


def test_what_is_told_as_one_says_what_all_of_it_are(planner: Planner) -> None:
    told = exact_answer(planner.plan("棒针有哪些毛衣针？"))
    assert "3mm" in told and "5mm/6mm" in told


def test_several_of_one_thing_are_no_sum_with_another(planner: Planner) -> None:
    assert "27.00" not in exact_answer(planner.plan("毛衣针和线团一起买多少钱"))
    assert planner.plan("毛衣针和线团一起买多少钱").intent == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "一个羊毛线团和两把剪刀一共多少钱",
        "羊毛线团 and two pairs of scissors, what do they come to",
        "three bags of kilo soy and a 羊毛线团",
    ],
)
def test_what_is_known_alone_is_no_sum_of_the_whole(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found", exact_answer(planner.plan(question))


def test_the_name_that_ends_in_what_is_said_is_meant(tmp_path: Path) -> None:
    rows = (
        "SKU,Name,Category,Price,Stock\nH-1,National Hive Assembled,Hives,235.00,2\nH-2,Super Assembled,Hives,39.00,9\n"
    )
    with planner_of(tmp_path, {"products.csv": rows}) as planner:
        assert "235.00" in exact_answer(planner.plan("how much is the hive assembled"))
        assert "39.00" not in exact_answer(planner.plan("how much is the hive assembled"))


def test_who_ordered_is_not_asked_where_goods_are_named(tmp_path: Path) -> None:
    tables = {
        "products.csv": "SKU,Name,Price,Stock\nS-1,Cottage Electric Stove,189.00,6\n",
        "orders.csv": "Order,Status,Amount,Customer,Goods\nHH-711,Delivered,298.00,Rectory Cottage,Logs x 2\n",
    }
    with planner_of(tmp_path, tables) as planner:
        assert "189.00" in exact_answer(planner.plan("how much is the Cottage Electric Stove?"))
        assert "HH-711" in exact_answer(planner.plan("has Rectory Cottage's order come?"))


def test_a_decimal_measure_tells_goods_apart(tmp_path: Path) -> None:
    rows = "编号,品名,颜色,售价,库存\nJ-1,左手平剪,5.5寸,298.00,2\nJ-2,平剪,6寸,268.00,9\n"
    with planner_of(tmp_path, {"货品.csv": rows}) as planner:
        assert "298.00" in exact_answer(planner.plan("左手平剪5.5寸多少钱"))


def test_letters_within_a_name_ask_for_no_code(tmp_path: Path) -> None:
    rows = "SKU,Name,Colour,Price,Stock\nSD-13,Crown Pro Skull Cap,Black,72.00,0\n"
    with planner_of(tmp_path, {"products.csv": rows}) as planner:
        assert "stock 0" in exact_answer(planner.plan("do we still have the Crown Pro Skull Cap in black?"))


def test_whether_goods_of_a_size_are_there_asks_for_the_stock(tmp_path: Path) -> None:
    rows = "编号,品名,规格,售价,库存\nN-1,网线,超六类 300米,398.00,0\nN-2,网线,六类 300米,298.00,7\n"
    with planner_of(tmp_path, {"货品.csv": rows}) as planner:
        assert "无货" in exact_answer(planner.plan("超六类网线有没有"))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what's the Nine Ball Cue before the sale", "9 ×"),
        ("full price of 300根水洗棉床单, not the sale one", "300 ×"),
    ],
)
def test_a_number_in_a_name_wants_none_of_it(tmp_path: Path, question: str, figure: str) -> None:
    rows = "SKU,Name,Price,List price,Stock\nC-7,Nine Ball Cue,112.00,129.00,3\nB-1,300根水洗棉床单,199.00,219.00,8\n"
    with planner_of(tmp_path, {"products.csv": rows}) as planner:
        assert figure not in exact_answer(planner.plan(question))


def test_an_offer_is_not_named_by_the_beginning_of_the_next_word(tmp_path: Path) -> None:
    tables = {
        "products.csv": "SKU,Name,Category,Colour,Size,Price,Stock\nH-1,Linen Flat Cap,Flat caps,Stone,L,34.00,8\n",
        "promotions.csv": "Code,Offer,Type,Discount,Starts,Ends\n"
        "F-1,Flat caps 12% off,percent_off,12%,2026-11-16,2026-12-06\n",
    }
    with planner_of(tmp_path, tables) as planner:
        assert "34.00" in exact_answer(planner.plan("how much is the linen flat cap stone L"))
