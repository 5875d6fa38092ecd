"""Goods told apart by what stands in the shop's own columns: the rows that have what is said, or an honest no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store, open_store

ROWS = """sku,name,price,stock,color,size,switch type,backlight,teeth
KB-1,Loom Keyboard,88,4,black,,linear,none,
KB-2,Loom Keyboard,95,0,black,,linear,RGB,
KB-3,Loom Keyboard,91,7,white,,tactile,none,
PZ-1,Heron Puzzle,12,3,,,,,500
PZ-2,Heron Puzzle,19,6,,,,,1500
TS-1,Marsh Tee,20,5,red,S,,,
TS-2,Marsh Tee,21,5,red,L,,,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("shop")
    file = folder / "goods.csv"
    file.write_text(ROWS, encoding="utf-8")
    with open_store(folder / "shop.db") as opened:
        opened.importer.commit(opened.importer.plan(file))
        yield opened


def answer(store: Store, question: str) -> str:
    return exact_answer(Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question))


@pytest.mark.parametrize(
    ("question", "has", "has_not"),
    [
        ("price of the loom keyboard with linear switches and no backlight", ["88"], ["95", "91"]),
        ("how much is the tactile loom keyboard", ["91"], ["88", "95"]),
        ("loom keyboard with RGB backlight in stock?", ["0"], ["4", "7"]),
        ("heron puzzle with 1500 teeth, how much", ["19"], ["12", "28500"]),
        ("what switch types does the loom keyboard come in", ["linear", "tactile"], []),
        ("price of the marsh tee in red, size L", ["21"], ["20"]),
    ],
)
def test_what_is_said_of_a_column_is_what_it_has(
    store: Store, question: str, has: list[str], has_not: list[str]
) -> None:
    said = answer(store, question)
    assert all(part in said for part in has) and not any(part in said for part in has_not), said


@pytest.mark.parametrize(
    "question", ["tactile loom keyboard with RGB backlight price", "price of red marsh tee size M"]
)
def test_what_no_row_has_together_is_not_found(store: Store, question: str) -> None:
    assert Planner(store.catalogue, lambda: date(2026, 11, 21)).plan(question).intent == "not_found"


def test_a_list_says_once_what_two_lists_of_the_shop_have(tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(
        "sku,name,price,stock,size\n7,Larch Pan,30,,\n7-1,Larch Pan,30,12,standard\n8,Larch Pot,45,,\n",
        encoding="utf-8",
    )
    with open_store(tmp_path / "shop.db") as opened:
        opened.importer.commit(opened.importer.plan(file))
        said = answer(opened, "do you have anything by Larch under $100?")
    assert said.count("Larch Pan") == 1 and "12" in said and "Larch Pot" in said, said


def test_one_character_is_what_goods_are_called_by_not_what_they_are_for(tmp_path: Path) -> None:
    file = tmp_path / "商品.csv"
    file.write_text("货号,名称,售价,简介\nB-1,蚕丝被,699,\nB-2,羽绒枕,59,与被同用\n", encoding="utf-8")
    with open_store(tmp_path / "shop.db") as opened:
        opened.importer.commit(opened.importer.plan(file))
        assert "699" in answer(opened, "最便宜的被子多少钱") and "699" in answer(opened, "被子怎么卖")


def test_goods_are_meant_whose_whole_name_is_said_though_filler_stands_in_it(home: Path) -> None:
    # "货" and "能" say nothing elsewhere, and other goods of the sample shop have more of what is left of the name
    with open_store(home / "shop.db") as sample:
        said = answer(sample, "8根山货郎能量棒 蓝莓味打包，一共收他多少")
    assert "¥100.00" in said and "能量棒" in said, said


def test_stock_without_a_count_is_said_once(tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("sku,name,price,stock,color\nA-1,Wren Mug,9,in stock,red\nA-2,Wren Mug,8,in stock,blue\n")
    with open_store(tmp_path / "shop.db") as opened:
        opened.importer.commit(opened.importer.plan(file))
        assert "stock in stock" not in answer(opened, "do you have the wren mug?")
